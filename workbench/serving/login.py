"""The log-in and log-out pages."""

from __future__ import annotations

import asyncio

from jupyter_server.auth.decorator import allow_unauthenticated

from workbench.accounts.account import Account
from workbench.accounts.tries import MAX_TRIES, MAX_TRIES_OF_ADDRESS
from workbench.serving.me_consent import ADDRESS as CHOOSING
from workbench.serving.me_consent import leads_to_choosing
from workbench.serving.pages import PageHandler
from workbench.serving.routes import after_login

MAX_CODE = 64
MAX_PASSWORD = 256
UNAUTHORIZED = 401
TOO_MANY = 429


class EntryHandler(PageHandler):
    """A page that somebody comes in by."""

    resource = "front"

    async def let_in(self, account: Account, wanted: str = "/") -> None:
        """Open a session and lead to the page wanted, if it may be opened, or to one's own; once to one's choices."""
        await self._end_session_before()
        user = self.identity_provider.user_of(account)
        self.identity_provider.set_login_cookie(self, user)
        asks = wanted == "/" and await leads_to_choosing(user.who, self.settings["studied"], self.store)
        self.redirect(self.base_url + (CHOOSING if asks else after_login(user.who, wanted)))

    async def _end_session_before(self) -> None:
        """End what was open in this browser, with its kernels: another person may be at the keys now."""
        before = self.current_user
        self.identity_provider.end_session(self)
        if before:
            await self.kernel_manager.end_owned(before.username)


class LogInHandler(EntryHandler):
    """Code and password."""

    @property
    def wanted(self) -> str:
        """The page that was asked for before log-in."""
        return self.get_argument("next", "/")

    @allow_unauthenticated
    def get(self) -> None:
        """Show the form, or the own page to those already logged in."""
        if self.who:
            self.redirect(self.base_url + after_login(self.who, self.wanted))
        else:
            self.show("login.html", wanted=self.wanted, code="", fault="")

    @allow_unauthenticated
    async def post(self) -> None:
        """Check the password, a limited number of times per code and per address."""
        code = self.get_body_argument("code", "")[:MAX_CODE].strip()
        password = self.get_body_argument("password", "", strip=False)[:MAX_PASSWORD]
        limits = {f"code:{code}": MAX_TRIES, f"address:{self.request.remote_ip}": MAX_TRIES_OF_ADDRESS}
        if not self.store.tries.note(limits):
            self._refuse(TOO_MANY, code)
            return
        account = await asyncio.to_thread(self.store.accounts.check, code, password)
        self._note(code, allowed=account is not None)
        if account is None:
            self._refuse(UNAUTHORIZED, code)
            return
        self.store.tries.forgive(limits)
        await self.let_in(account, self.wanted)

    def _note(self, code: str, *, allowed: bool) -> None:
        """Write the try down; what is nobody's code may be a password, typed in the wrong place."""
        meant = self.store.accounts.find(code)
        self.store.log.note((meant.code, meant.role) if meant else ("", ""), "log in", "account", allowed=allowed)

    def _refuse(self, status: int, code: str) -> None:
        self.set_status(status)
        self.show("login.html", wanted=self.wanted, code=code, fault="many" if status == TOO_MANY else "wrong")


class LogOutHandler(PageHandler):
    """End the session and its kernels."""

    resource = "front"

    @allow_unauthenticated
    def get(self) -> None:
        """Ask first: a link alone logs nobody out."""
        self.show("logout.html")

    @allow_unauthenticated
    async def post(self) -> None:
        """End the session, and go to the landing page."""
        await self.leave()
        self.redirect(self.base_url)

    async def leave(self) -> None:
        """End the session and its owner's kernels."""
        who = self.who
        self.identity_provider.end_session(self)
        if who:
            self.store.log.note((who.code, who.role), "log out", "account")
            await self.kernel_manager.end_owned(who.code)
