"""A client that says bytes to the server: what no well-behaved one would say."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

SECONDS = 30
HUNG_UP = 0


@dataclass(frozen=True)
class Reply:
    """What came back: the status of the first answer (0: hung up without a word), and all bytes until the end."""

    status: int
    data: bytes

    @property
    def statuses(self) -> list[int]:
        """The status of each answer there was."""
        return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", self.data)]

    @property
    def head(self) -> str:
        """The first answer's lines before its body."""
        return self.data.partition(b"\r\n\r\n")[0].decode("latin-1")

    def header(self, name: str) -> list[str]:
        """Return what the first answer says in a header, each time it does."""
        return re.findall(rf"(?im)^{re.escape(name)}: ?(.*?)\r?$", self.head)


class Line:
    """One connection, on which anything is said."""

    def __init__(self, url: str, *, receive_buffer: int = 0) -> None:
        parts = urlsplit(url)
        self.host = parts.netloc
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(SECONDS)
        self.socket.connect((parts.hostname, parts.port))

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def say(self, data: bytes) -> None:
        """Send all of it, or raise ``OSError`` when the server has hung up."""
        self.socket.sendall(data)

    def hear(self) -> bytes:
        """Wait for something, and give it; nothing when the server has hung up."""
        try:
            return self.socket.recv(65536)
        except ConnectionError:
            return b""

    def hear_all(self) -> Reply:
        """Listen until the server hangs up."""
        data = b""
        while piece := self.hear():
            data += piece
        found = re.match(rb"HTTP/1\.1 (\d{3}) ", data)
        return Reply(int(found.group(1)) if found else HUNG_UP, data)


def head(method: str, path: str, headers: Mapping[str, str]) -> bytes:
    """Write a request's first lines, as they are."""
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def tell(url: str, data: bytes | Iterable[bytes]) -> Reply:
    """Say bytes on a line of their own, as far as the server listens, and hear all that it answers."""
    with closing(Line(url)) as line:
        with suppress(OSError):
            for piece in [data] if isinstance(data, bytes) else data:
                line.say(piece)
        return line.hear_all()


def request(
    url: str, path: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, body: bytes = b""
) -> Reply:
    """Ask for an address just as it is written, and let the server hang up afterwards."""
    told = {"Host": urlsplit(url).netloc, "Connection": "close"}
    told |= {"Content-Length": str(len(body))} if body else {}
    return tell(url, head(method, path, told | dict(headers or {})) + body)
