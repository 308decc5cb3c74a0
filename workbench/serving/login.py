"""The log-in and log-out pages."""

from __future__ import annotations

import asyncio

from jupyter_server.auth.decorator import allow_unauthenticated

from workbench.accounts.tries import MAX_TRIES, MAX_TRIES_OF_ADDRESS
from workbench.serving.identity import WorkbenchUser
from workbench.serving.pages import PageHandler
from workbench.serving.routes import after_login

MAX_CODE = 64
MAX_PASSWORD = 256
UNAUTHORIZED = 401
TOO_MANY = 429


class LogInHandler(PageHandler):
    """Code and password."""

    needs_role = False

    @property
    def wanted(self) -> str:
        """The page that was asked for before log-in."""
        return self.get_argument("next", "/")

    @allow_unauthenticated
    def get(self) -> None:
        """Show the form, or the own page to those already logged in."""
        if self.current_user:
            self.redirect(self.base_url + after_login(self.current_user.role, self.wanted))
        else:
            self.show("login.html", wanted=self.wanted, code="", fault="")

    @allow_unauthenticated
    async def post(self) -> None:
        """Check the password, a limited number of times per code and per address."""
        code = self.get_body_argument("code", "")[:MAX_CODE].strip()
        password = self.get_body_argument("password", "", strip=False)[:MAX_PASSWORD]
        accounts = self.identity_provider.accounts
        limits = {f"code:{code}": MAX_TRIES, f"address:{self.request.remote_ip}": MAX_TRIES_OF_ADDRESS}
        if not accounts.tries.note(limits):
            self._refuse(TOO_MANY, code)
            return
        account = await asyncio.to_thread(accounts.accounts.check, code, password)
        if account is None:
            self._refuse(UNAUTHORIZED, code)
            return
        accounts.tries.forgive(limits)
        await self._end_session_before()
        self.identity_provider.set_login_cookie(self, WorkbenchUser.of(account))
        self.redirect(self.base_url + after_login(account.role, self.wanted))

    async def _end_session_before(self) -> None:
        """End what was open in this browser, with its kernels: another person may be at the keys now."""
        before = self.current_user
        self.identity_provider.end_session(self)
        if before:
            await self.kernel_manager.end_owned(before.username)

    def _refuse(self, status: int, code: str) -> None:
        self.set_status(status)
        self.show("login.html", wanted=self.wanted, code=code, fault="many" if status == TOO_MANY else "wrong")


class LogOutHandler(PageHandler):
    """End the session and its kernels."""

    needs_role = False

    @allow_unauthenticated
    def get(self) -> None:
        """Ask first: a link alone logs nobody out."""
        self.show("logout.html")

    @allow_unauthenticated
    async def post(self) -> None:
        """End the session, everywhere at once, and go to the landing page."""
        user = self.current_user
        self.identity_provider.end_session(self)
        if user:
            await self.kernel_manager.end_owned(user.username)
        self.redirect(self.base_url)
