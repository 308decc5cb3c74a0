"""Identity through a trusted proxy's header: taken from the proxy's own connections, and from nowhere else."""

from __future__ import annotations

import re
from hmac import compare_digest
from typing import Any, Final

from tornado.httputil import HTTPServerRequest
from tornado.web import HTTPError

from workbench.serving.identity import WorkbenchUser
from workbench.serving.identity_elsewhere import ElsewhereIdentity, account_named
from workbench.serving.identity_settings import ByProxy

_NAME: Final = re.compile(r"[!-+\--~]{1,254}")  # one printable word of ASCII, without a comma
UNCLEAR = 400


def name_in(request: HTTPServerRequest, settings: ByProxy) -> str:
    """Read whom the proxy names; "" for nobody, and whenever it is not the proxy that speaks.

    Raises
    ------
    HTTPError
        400: the proxy's word is doubled, spelt otherwise or no name, so that it may be the asker's own.
    """
    connection: Any = request.connection
    peer = str(connection.context.address[0])  # its own other end, whatever X-Forwarded-For says
    if not settings.trusts(peer) or not _shows_key(request, settings):
        return ""
    alike = [(name, value) for name, value in request.headers.get_all() if _is_alike(name, settings.header)]
    if len(alike) > 1 or any("_" in name or (value and not _NAME.fullmatch(value)) for name, value in alike):
        raise HTTPError(UNCLEAR)
    return alike[0][1] if alike else ""


def _is_alike(name: str, header: str) -> bool:
    """Whether a header is ours, or one that some server along the way takes for ours."""
    return name.strip().replace("_", "-").casefold() == header.casefold()


def _shows_key(request: HTTPServerRequest, settings: ByProxy) -> bool:
    if not settings.key_header:
        return True
    shown = request.headers.get_list(settings.key_header)
    return len(shown) == 1 and compare_digest(shown[0].encode(), settings.key.encode())


class ProxyIdentity(ElsewhereIdentity):
    """Whoever the proxy names, as long as it names them."""

    def is_named(self, handler: Any) -> bool:
        """Whether the proxy names anybody at all."""
        return bool(name_in(handler.request, self.elsewhere))

    async def get_user(self, handler: Any) -> WorkbenchUser | None:
        """Return who is named, in a session of their own; another's session in this browser ends."""
        known = getattr(handler, "_jupyter_current_user", None)
        if known:
            return known
        handler.current_user = handler._jupyter_current_user = None  # noqa: SLF001 -- an error page asks before there is a user
        name = name_in(handler.request, self.elsewhere)
        account = account_named(self.accounts, name, self.elsewhere.matches) if name else None
        before = self.get_user_cookie(handler)
        if before and name and (account is None or before.username != account.code):
            await self.close_session(handler)
        if account is None:
            return None
        return before if before and before.username == account.code else self.open_session(handler, account)
