"""Identity from elsewhere: another says who somebody is, our own accounts say what that person may open."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import User
from jupyter_server.utils import url_path_join

from workbench.accounts.account import Account
from workbench.accounts.store import AccountStore
from workbench.names import Names, as_written
from workbench.serving.identity import WorkbenchIdentity, WorkbenchUser
from workbench.serving.identity_settings import Matches
from workbench.serving.login import LogOutHandler
from workbench.serving.pages import PageHandler
from workbench.serving.routes import after_login

FORBIDDEN = 403


def account_named(store: AccountStore, name: str, matches: Matches) -> Account | None:
    """Find the one account that a name given elsewhere means.

    Parameters
    ----------
    store : AccountStore
    name : str
        An account's code, without regard to capitals, or an e-mail address that the key has.
    matches : {"code", "address"}
        Which of both.

    Returns
    -------
    Account or None
        None when it means nobody, or several, or somebody whose way in is shut.
    """
    accounts = [account for account, _ in store.accounts.all()]
    if matches == "address":
        meant = {entry.person for entry in Names(store.path).entries() if as_written(entry.email) == as_written(name)}
        found = [account for account in accounts if len(meant) == 1 and (account.person or account.code) in meant]
    else:
        found = [account for account in accounts if account.code.casefold() == name.casefold()]
    return found[0] if len(found) == 1 and not found[0].disabled else None


class ElsewhereIdentity(WorkbenchIdentity):
    """Somebody else's word on who asks, then a session as ever, which the server can end."""

    takes_passwords = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # "Strict" would keep the cookie away from whoever comes from the log-in of another site, again and again.
        self.cookie_options = {"samesite": "Lax", "expires_days": None}

    def get_handlers(self) -> list[tuple[str, object]]:
        """No password and no invitation: only pages that say who one is, and an end to it."""
        base = self.parent.server_url or "/"
        return [
            (url_path_join(base, "login"), StrangerHandler),
            (url_path_join(base, "logout"), LogOutElsewhereHandler),
        ]

    def user_to_cookie(self, user: User) -> str:
        """Give the id of the session that was opened."""
        return str(user.session)

    def open_session(self, handler: Any, account: Account) -> WorkbenchUser:
        """Open a session for somebody who was named, and write that down."""
        user = self.user_of(account, self.accounts.sessions.open(account.code))
        self.set_login_cookie(handler, user)
        self.accounts.log.note((account.code, account.role), "log in", "account")
        return user

    async def close_session(self, handler: Any) -> None:
        """End the session of this browser, with its kernels: another person may be at the keys now."""
        self.end_session(handler)
        await handler.kernel_manager.end_closed(self.accounts.sessions.is_open)


class StrangerHandler(PageHandler):
    """Where those are led who are nobody here: no form, only what to do."""

    resource = "front"

    @property
    def wanted(self) -> str:
        """The page that was asked for, as it is called here."""
        return "/" + self.get_argument("next", "/").removeprefix(self.base_url).lstrip("/")

    @allow_unauthenticated
    def get(self) -> None:
        """Lead on those who are known, and tell the others."""
        if self.who:
            self.redirect(self.base_url + after_login(self.who, self.wanted))
        else:
            self.refuse(named=self.identity_provider.is_named(self))

    def refuse(self, *, named: bool) -> None:
        """Say that one is nobody here; that somebody was named who has no way in is written down."""
        if named:
            self.store.log.note(("", ""), "log in", "account", allowed=False)
        self.set_status(FORBIDDEN)
        self.show("identity_stranger.html", named=named)


class LogOutElsewhereHandler(LogOutHandler):
    """End the session and its kernels, and lead to where one logs out elsewhere."""

    @allow_unauthenticated
    async def post(self) -> None:
        """Lead on by a page: a form that leads to another host is stopped by the browser."""
        await self.leave()
        self.current_user = None
        leads = self.identity_provider.elsewhere.log_out
        if leads:
            self.set_header("Refresh", f"0; url={leads}")
        self.show("identity_logged_out.html", leads=leads)
