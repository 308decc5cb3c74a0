"""The page that an invitation's link opens: looking at it changes nothing, sending its form does."""

from __future__ import annotations

import asyncio

from jupyter_server.auth.decorator import allow_unauthenticated

from workbench.accounts.account import Account
from workbench.accounts.passwords import LONGEST, SHORTEST, PasswordError
from workbench.accounts.tries import MAX_TRIES_OF_ADDRESS
from workbench.serving.login import TOO_MANY, EntryHandler

WEAK, GONE = 400, 404


class InvitationHandler(EntryHandler):
    """Choose a password, once."""

    @allow_unauthenticated
    def get(self, token: str) -> None:
        """Show the form. Programs that look at links in mail come here too, and spend nothing."""
        account = self._invited(token)
        if account:
            self._show_form(account)

    @allow_unauthenticated
    async def post(self, token: str) -> None:
        """Set the password and log in; whatever was open under another password ends."""
        account = self._invited(token)
        if account is None:
            return
        password = self.get_body_argument("password", "", strip=False)
        try:
            spent = await asyncio.to_thread(self.store.invitations.spend, token, password)
        except PasswordError as error:
            self.set_status(WEAK)
            self._show_form(account, error.weakness)
            return
        if spent is None:
            self._refuse(GONE)
            return
        self.store.log.note((spent.code, spent.role), "choose password", "account")
        await self.kernel_manager.end_owned(spent.code)
        await self.let_in(spent)

    def _invited(self, token: str) -> Account | None:
        """Whom a token invites, looked for a limited number of times per address; nobody is told why not."""
        limits = {f"invitations of {self.request.remote_ip}": MAX_TRIES_OF_ADDRESS}
        if not self.store.tries.note(limits):
            self._refuse(TOO_MANY)
            return None
        account = self.store.invitations.find(token)
        if account is None:
            self.store.log.note(("", ""), "choose password", "account", allowed=False)
            self._refuse(GONE)
            return None
        self.store.tries.forgive(limits)
        return account

    def _show_form(self, account: Account, weakness: str = "") -> None:
        self.show("invitation.html", account=account, fault=weakness, shortest=SHORTEST, longest=LONGEST)

    def _refuse(self, status: int) -> None:
        self.set_status(status)
        self.show("invitation.html", account=None, fault="many" if status == TOO_MANY else "gone")

    def _request_summary(self) -> str:
        """Keep the token, which may still open something, out of what the server writes of requests."""
        return f"{self.request.method} {self.base_url}invitation/… ({self.request.remote_ip})"
