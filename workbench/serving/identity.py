"""Who is asking: the session cookie, looked up on the server at every request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.utils import url_path_join
from tornado.web import RequestHandler
from traitlets import Any as AnyTrait
from traitlets import Instance

from workbench.access.rules import Who, depends_on_organisation
from workbench.accounts.account import Account, Role
from workbench.accounts.store import AccountStore
from workbench.language import Language

COOKIE = "workbench-session"


@dataclass
class WorkbenchUser(User):
    """A logged-in person, as the server's session says."""

    role: Role = "participant"
    person: str = ""
    language: Language = "sv"
    organisation: str = ""
    session: str = field(default="", repr=False)

    @property
    def who(self) -> Who:
        """As the table of who may do what knows them."""
        return Who(self.username, self.role, self.person, self.organisation)

    @classmethod
    def of(cls, account: Account, session: str = "", organisation: str = "") -> WorkbenchUser:
        """Make the user of an account; the code is the only name there is."""
        return cls(
            account.code,
            role=account.role,
            person=account.person,
            language=account.language,
            organisation=organisation,
            session=session,
        )


class WorkbenchIdentity(IdentityProvider):
    """Code and password, then a session that the server can end."""

    takes_passwords = True
    accounts = Instance(AccountStore)
    organisation_of = AnyTrait(lambda _person: "", help='Finds the organisation of a person of the study; "" for none.')
    elsewhere = AnyTrait(help="The settings of identity from elsewhere; none here.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cookie_name = COOKIE
        self.cookie_options = {"samesite": "Strict", "expires_days": None}

    def get_handlers(self) -> list[tuple[str, object]]:
        """Give the ways in and out, under the server's own prefix (Voilà would add them without it)."""
        from workbench.serving.invitation import InvitationHandler  # noqa: PLC0415 -- pages need identity
        from workbench.serving.login import LogInHandler, LogOutHandler  # noqa: PLC0415 -- as above

        base = self.parent.server_url or "/"
        return [
            (url_path_join(base, "login"), LogInHandler),
            (url_path_join(base, "logout"), LogOutHandler),
            (url_path_join(base, "invitation/([^/]*)"), InvitationHandler),
        ]

    def get_user_token(self, handler: RequestHandler) -> None:
        """Nobody: no token in an address or a header is a way in."""

    def user_to_cookie(self, user: User) -> str:
        """Open a session and give its id."""
        return self.accounts.sessions.open(user.username)

    def user_from_cookie(self, cookie_value: str) -> WorkbenchUser | None:
        """Return the session's user, unless the session was ended on the server."""
        account = self.accounts.sessions.find(cookie_value)
        return self.user_of(account, cookie_value) if account else None

    def user_of(self, account: Account, session: str = "") -> WorkbenchUser:
        """Return the user of an account, with the organisation where something depends on it."""
        asked = account.person and depends_on_organisation(account.role)
        return WorkbenchUser.of(account, session, self.organisation_of(account.person) if asked else "")

    def end_session(self, handler: RequestHandler) -> None:
        """End the asker's session and clear the cookie."""
        value = handler.get_secure_cookie(COOKIE)
        if value:
            self.accounts.sessions.end(value.decode())
        self.clear_login_cookie(handler)
