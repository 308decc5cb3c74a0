"""How much, and for how long, the server listens to anybody: what a form and a page need."""

from __future__ import annotations

import sys
import time
from typing import Any, Final
from weakref import WeakKeyDictionary

from tornado.httpserver import HTTPServer
from tornado.iostream import IOStream
from tornado.web import Application

MOST_BODY: Final = 256 * 1024  # as a draft: a form with every field full of characters of four bytes is less
MOST_HEAD: Final = 16 * 1024
MOST_CONNECTIONS = 1000  # a browser opens six
MOST_FILES: Final = 1 << 16


class PagesServer(HTTPServer):
    """Tornado's server with so much room; when it is full, whoever has kept it waiting longest goes.

    A line that is open and says nothing costs its caller nothing. Without room for more, the system's own
    limit is met, and the server neither answers anybody nor stops trying.
    """

    def initialize(self, *args: Any, **limits: Any) -> None:
        """Begin with nobody on the line."""
        super().initialize(*args, **limits)
        self.most = min(MOST_CONNECTIONS, open_more_files() // 4)
        self._since: WeakKeyDictionary[IOStream, float] = WeakKeyDictionary()

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Take a new connection, if there is room or can be made."""
        if len(self._connections) >= self.most and not self._make_room():
            stream.close()
            return
        self._since[stream] = time.monotonic()
        super().handle_stream(stream, address)

    def _make_room(self) -> bool:
        """Hang up on who has said half a request, or nothing, or does not take the answer; not on websockets."""
        streams = [connection.stream for connection in self._connections]
        waiting = [it for it in streams if it.reading()] or [it for it in streams if it.writing()]
        if waiting:
            min(waiting, key=self._since.__getitem__).close()
        return bool(waiting)


class PagesApplication(Application):
    """Tornado's application, listening with limits that fit a log-in form and a page."""

    def listen(self, port: int, address: str | None = None, **more: Any) -> Any:
        """Listen; a proxy's word on who asks is taken only when there is a proxy."""
        limits = {
            "xheaders": self.settings["behind_proxy"],
            "max_header_size": MOST_HEAD,
            "max_body_size": MOST_BODY,
            "body_timeout": 30,
            "idle_connection_timeout": 60,
        }
        server = PagesServer(self, **limits, **more)
        server.listen(port, address or "")
        return server


def open_more_files() -> int:
    """Ask the system for as many open files as this process may have, and give how many: sixty kernels take many."""
    if sys.platform == "win32":
        return MOST_FILES
    import resource  # noqa: PLC0415 -- not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(hard, MOST_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] if soft != resource.RLIM_INFINITY else MOST_FILES
