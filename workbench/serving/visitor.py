"""A visitor without a browser: keeps cookies, fills in the log-in form, opens websockets."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

V1 = "v1.kernel.websocket.jupyter.org"
PAGE_SECONDS = 120


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the address after redirects, the text."""

    status: int
    url: str
    text: str

    @property
    def kernel_id(self) -> str:
        """The kernel a page names, or ""."""
        found = re.search(r'"kernelId": "([\w-]+)"', self.text)
        return found.group(1) if found else ""

    @property
    def cells(self) -> int:
        """How many cells the page shows."""
        return self.text.count('<section class="cell')

    @property
    def is_whole(self) -> bool:
        """Whether the page came to its end without a failed cell."""
        ended = self.text.rstrip().endswith("</html>")
        return self.status == 200 and ended and 'class="failed" role="alert" data' not in self.text  # noqa: PLR2004 -- HTTP's own number


class _Stay(HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Give no request to go on with."""


class Visitor:
    """One person's browser, as far as the server can tell.

    Parameters
    ----------
    base : str
        The landing page's address.
    language : str
        What the browser says it prefers.
    """

    def __init__(self, base: str, *, language: str = "sv") -> None:
        self.base = base
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))
        self._opener.addheaders = [("Accept-Language", language)]

    def ask(
        self,
        path: str,
        *,
        form: Mapping[str, str] | None = None,
        method: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask for an address; a form is posted."""
        data = urlencode(form).encode() if form is not None else None
        address = self.base + path.lstrip("/")
        request = Request(address, data=data, method=method, headers=dict(headers or {}))  # noqa: S310 -- the base is ours
        try:
            with self._opener.open(request, timeout=PAGE_SECONDS) as answer:
                return Answer(answer.status, answer.url, answer.read().decode())
        except HTTPError as error:
            with error:
                return Answer(error.code, error.url or "", error.read().decode(errors="replace"))

    def take(self, path: str, form: Mapping[str, str]) -> bytes:
        """Post a form and return the file it gives; raises ``HTTPError`` when it gives none."""
        request = Request(self.base + path, data=urlencode(form).encode())  # noqa: S310 -- the base is ours
        with self._opener.open(request, timeout=PAGE_SECONDS) as answer:
            body: bytes = answer.read()
        return body

    def post_only(self, path: str, form: dict[str, str]) -> int:
        """Post a form and return the status, without going where it leads."""
        return self._stay(Request(self.base + path, data=urlencode(form).encode()))  # noqa: S310 -- the base is ours

    def status(self, path: str, *, method: str = "GET", key: str = "") -> int:
        """Return what an address answers to a method, with a form's key, without going where it leads."""
        data = urlencode({"_xsrf": key}).encode() if method == "POST" else None
        request = Request(self.base + path, data=data, method=method, headers={"X-XSRFToken": key})  # noqa: S310 -- the base is ours
        return self._stay(request)

    def _stay(self, request: Request) -> int:
        stay = build_opener(_Stay(), HTTPCookieProcessor(self.cookies))
        try:
            with stay.open(request, timeout=PAGE_SECONDS) as answer:
                return int(answer.status)
        except HTTPError as error:
            with error:
                return error.code

    def form_key(self, path: str = "login") -> str:
        """Read the key that a form on a page must send back."""
        found = re.search(r'name="_xsrf" value="([^"]+)"', self.ask(path).text)
        return found.group(1) if found else ""

    def log_in(self, code: str, password: str, *, wanted: str = "/") -> Answer:
        """Fill in the log-in form."""
        form = {"_xsrf": self.form_key(), "code": code, "password": password, "next": wanted}
        return self.ask("login", form=form)

    def cookie_header(self) -> str:
        """Give all cookies as one header."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)

    def open_channels(self, kernel_id: str, *, protocol: str | None = V1, origin: str = "") -> int:
        """Try the websocket of a kernel and ask it for its information.

        Returns
        -------
        int
            101 when the kernel answered; else the status that refused.
        """
        return asyncio.run(self._open_channels(kernel_id, protocol, origin))

    async def _open_channels(self, kernel_id: str, protocol: str | None, origin: str) -> int:
        try:
            socket = await self.connect(kernel_id, protocol=protocol, origin=origin)
        except HTTPClientError as error:
            return error.code
        try:
            await socket.write_message(kernel_info_request(), binary=True)
            await asyncio.wait_for(socket.read_message(), timeout=10)
        finally:
            socket.close()
            await _read_to_end(socket)
        return 101

    async def connect(
        self, kernel_id: str, *, protocol: str | None = V1, origin: str = ""
    ) -> WebSocketClientConnection:
        """Open the websocket of a kernel; raises ``HTTPClientError`` with the status that refused."""
        address = f"{self.base}api/kernels/{kernel_id}/channels?session_id={uuid.uuid4()}"
        headers = {"Cookie": self.cookie_header()} | ({"Origin": origin} if origin else {})
        request = HTTPRequest(address.replace("http", "ws", 1), headers=headers, connect_timeout=10)
        return await websocket_connect(request, subprotocols=[protocol] if protocol else None)


async def _read_to_end(socket: WebSocketClientConnection) -> None:
    """Wait until the other side has closed too, so that nothing stays open."""
    while await socket.read_message() is not None:
        pass


def kernel_info_request() -> bytes:
    """Pack a message in the websocket protocol v1: the offsets, then the parts."""
    header: dict[str, Any] = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": "kernel_info_request",
        "username": "",
        "session": uuid.uuid4().hex,
        "date": "2026-01-01T00:00:00Z",
        "version": "5.3",
    }
    parts = [b"shell", json.dumps(header).encode(), b"{}", b"{}", b"{}"]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return b"".join(number.to_bytes(8, "little") for number in (len(offsets), *offsets)) + b"".join(parts)
