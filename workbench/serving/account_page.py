"""One's own account: who one is here, what one may open, and an end to being logged in anywhere."""

from __future__ import annotations

from workbench.access.rules import Who
from workbench.serving.pages import PageHandler
from workbench.serving.routes import PAGES, may_open

NO_LINK = ("account", "analysis")  # this page itself, and pages that need a name


class AccountHandler(PageHandler):
    """What the server knows of whoever is logged in."""

    resource = "account"

    def get(self) -> None:
        """Show the page."""
        who: Who = self.current_user.who
        mine = [session for session in self.store.sessions.all() if session.code == who.code]
        opened = [page for page in PAGES if page not in NO_LINK and may_open(who, page)]
        has_password = self.identity_provider.takes_passwords
        self.show("account.html", open_sessions=len(mine), pages=opened, has_password=has_password)

    async def post(self) -> None:
        """End every session of one's own, this one too, with their kernels."""
        code = self.current_user.username
        self.store.sessions.end_of(code)
        await self.kernel_manager.end_owned(code)
        self.identity_provider.end_session(self)
        self.redirect(self.base_url)
