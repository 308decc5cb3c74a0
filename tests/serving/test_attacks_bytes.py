"""Below the request: bodies without end, two requests in one, lines never finished; others are served meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from urllib.parse import urlsplit

import psutil
import pytest
from tornado.web import RequestHandler

from workbench.serving import limits
from workbench.serving.limits import MOST_BODY, MOST_HEAD, PagesApplication
from workbench.serving.visitor import Visitor

from .conftest import Enter, Running
from .raw import Line, Reply, head, tell
from .test_rules import ADDRESSES

slow = pytest.mark.slow
BIG = 10 << 20
MIB = 1 << 20
METHODS = ["POST", "PUT", "GET", "DELETE", "LONG"]
NOWHERE = "00000000-0000-0000-0000-000000000000"


def told(server: Running, **more: str) -> dict[str, str]:
    return {"Host": urlsplit(server.url).netloc, "Connection": "close"} | more


def memory(server: Running) -> int:
    return int(psutil.Process(server.pid).memory_info().rss)


def serves(server: Running) -> bool:
    return Visitor(server.url).ask("developer").status == 200


def pieces(count: int, size: int = 64 * 1024) -> Iterator[bytes]:
    yield from (b"x" * size for _ in range(count))


def chunks(count: int, size: int = 64 * 1024) -> Iterator[bytes]:
    yield from (f"{size:x}\r\n".encode() + b"x" * size + b"\r\n" for _ in range(count))


def big(server: Running, path: str, method: str, how: str, cookie: str) -> Reply:
    """Send ten megabytes, as far as they are taken."""
    headers = {"Cookie": cookie} if cookie else {}
    match how:
        case "its length first":
            begin = head(method, path, told(server, **headers, **{"Content-Length": str(BIG)}))
            return tell(server.url, iter([begin, *pieces(BIG // (64 * 1024))]))
        case "waiting for leave":
            begin = head(method, path, told(server, **headers, Expect="100-continue", **{"Content-Length": str(BIG)}))
            return tell(server.url, begin)
        case "in chunks":
            begin = head(method, path, told(server, **headers, **{"Transfer-Encoding": "chunked"}))
            return tell(server.url, iter([begin, *chunks(BIG // (64 * 1024))]))
        case _:  # many small chunks
            begin = head(method, path, told(server, **headers, **{"Transfer-Encoding": "chunked"}))
            return tell(server.url, iter([begin, *chunks(2 * MOST_BODY // 64, size=64)]))


@slow
@pytest.mark.parametrize("how", ["its length first", "waiting for leave", "in chunks", "in small chunks"])
def test_ten_megabytes_are_refused_everywhere_before_they_are_taken(enter: Enter, server: Running, how: str) -> None:
    cookie = enter("anna").cookie_header()
    before = memory(server)
    for path in ADDRESSES.values():
        for method in METHODS:
            reply = big(server, "/" + path.format(kernel=NOWHERE), method, how, cookie)
            assert [status for status in reply.statuses if status != 100] in ([], [400]), (method, path)
    assert memory(server) - before < 32 * MIB
    assert serves(server)


@slow
def test_thirty_bodies_of_ten_megabytes_at_once_take_no_room(server: Running) -> None:
    before = memory(server)
    with ExitStack() as lines:
        for _ in range(30):
            line = lines.enter_context(closing(Line(server.url)))
            line.say(head("POST", "/login", told(server, **{"Transfer-Encoding": "chunked"})))
            line.say(b"".join(chunks(1, size=MOST_BODY - 1)))
        assert serves(server)
        assert memory(server) - before < 32 * MIB


@slow
@pytest.mark.parametrize("size", [MOST_HEAD, 1 << 20])
@pytest.mark.parametrize("where", ["the address", "the query", "a header", "a cookie", "the method", "no line at all"])
def test_a_request_whose_head_has_no_end_is_refused(server: Running, size: int, where: str) -> None:
    much = "x" * size
    said = {
        "the address": head("GET", "/" + much, told(server)),
        "the query": head("GET", "/login?next=" + much, told(server)),
        "a header": head("GET", "/login", told(server, much="x", More=much)),
        "a cookie": head("GET", "/login", told(server, Cookie=f"workbench-session={much}")),
        "the method": head(much, "/login", told(server)),
        "no line at all": b"x" * size + b"\r\n\r\n",
    }
    reply = tell(server.url, said[where])
    assert reply.status in {0, 400}
    assert serves(server)


# Two lengths, or a length that can be read in two ways: what one reads as a body, another reads as a request.
HIDDEN = "GET /developer HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
LENGTHS = {
    "a length and chunks": "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and a length": "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "two lengths": "Content-Length: 0\r\nContent-Length: 5\r\n\r\n",
    "two lengths in one": "Content-Length: 0, 5\r\n\r\n",
    "a length below none": "Content-Length: -1\r\n\r\n",
    "a length with a sign": "Content-Length: +0\r\n\r\n",
    "a length of another base": "Content-Length: 0x0\r\n\r\n",
    "a length in other digits": "Content-Length: \u0660\r\n\r\n",
    "a length without digits": "Content-Length: \r\n\r\n",
    "a length beyond all": "Content-Length: 99999999999999999999\r\n\r\n",
    "chunks of another name": "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks after something": "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "chunks before something": "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunks twice": "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "chunks with a space in the name": "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "chunks after a control character": "Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "chunks on a folded line": "X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: -0\r\n\r\n",
    "a chunk of a length with a sign": "Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n",
    "a chunk of a length below none": "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    "a chunk with an addition": "Transfer-Encoding: chunked\r\n\r\n0;x=y\r\n\r\n",
    "a chunk that ends elsewhere": "Transfer-Encoding: chunked\r\n\r\n1\r\nxx\r\n0\r\n\r\n",
    "a line end inside": "X: y\rContent-Length: 5\r\n\r\n",
    "a zero inside": "X: y\0z\r\n\r\n",
}


@slow
@pytest.mark.parametrize("lengths", LENGTHS.values(), ids=LENGTHS)
def test_no_request_is_hidden_in_another_s_body(server: Running, lengths: str) -> None:
    host = urlsplit(server.url).netloc
    first = f"POST /login HTTP/1.1\r\nHost: {host}\r\n{lengths}"
    reply = tell(server.url, (first + HIDDEN.format(host=host)).encode())
    assert reply.statuses in ([400], [])
    assert serves(server)


@slow
def test_requests_one_after_the_other_on_one_line_are_each_answered(server: Running) -> None:
    host = urlsplit(server.url).netloc
    line = f"GET /developer HTTP/1.1\r\nHost: {host}\r\n\r\n"
    reply = tell(server.url, (line * 20 + HIDDEN.format(host=host)).encode())
    assert reply.statuses == [200] * 21


@slow
@pytest.mark.parametrize(
    "data", [b"\x16\x03\x01\x02\x00\x01\x00", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\0" * 4096, b"\r\n" * 40]
)
def test_another_protocol_is_no_request(server: Running, data: bytes) -> None:
    with closing(Line(server.url)) as line:
        line.say(data + b"\r\n\r\n")
        line.socket.shutdown(1)
        assert line.hear_all().status in {0, 400}
    assert serves(server)


HALF = {
    "nothing": b"",
    "half a line": b"GET /dev",
    "half a head": b"GET /login HTTP/1.1\r\nHost: localhost\r\nX-A: b",
    "half a body": b"POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\nabc",
    "half a chunk": b"POST /login HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nabc",
}


@slow
@pytest.mark.parametrize("half", HALF.values(), ids=HALF)
def test_others_are_served_while_two_hundred_say_only(enter: Enter, server: Running, half: bytes) -> None:
    before = memory(server)
    with ExitStack() as lines:
        for _ in range(200):
            lines.enter_context(closing(Line(server.url))).say(half)
        began = time.monotonic()
        assert enter("anna").ask("account").status == 200
        assert time.monotonic() - began < 10
        assert memory(server) - before < 64 * MIB


@slow
def test_others_are_served_while_fifty_do_not_take_what_they_asked_for(enter: Enter, server: Running) -> None:
    path = "/" + ADDRESSES[next(pattern for pattern in ADDRESSES if "plotly" in pattern)]
    before = memory(server)
    with ExitStack() as lines:
        for _ in range(50):
            line = lines.enter_context(closing(Line(server.url, receive_buffer=4096)))
            line.say(head("GET", path, {"Host": urlsplit(server.url).netloc}))
        began = time.monotonic()
        assert enter("anna").ask("account").status == 200
        assert time.monotonic() - began < 20
        assert memory(server) - before < 128 * MIB  # far less than fifty times the file


class Small(RequestHandler):
    """Answers little, or much."""

    async def get(self, size: str) -> None:
        for _ in range(int(size)):
            self.write(b"x" * MIB)
            await self.flush()
        await self.finish("answered")


async def answer(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /0 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    try:
        return await asyncio.wait_for(reader.read(), timeout=20)
    finally:
        writer.close()


@pytest.mark.parametrize(
    "said", [b"", b"GET /0 HT", b"GET /64 HTTP/1.1\r\nHost: x\r\n\r\n"], ids=["nothing", "half", "no more"]
)
def test_when_there_is_no_room_left_whoever_waited_longest_makes_room(
    monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(limits, "MOST_CONNECTIONS", 5)

    async def run() -> None:
        server = PagesApplication([("/([0-9]+)", Small)], behind_proxy=False).listen(0, "127.0.0.1")
        port = next(iter(server._sockets.values())).getsockname()[1]  # noqa: SLF001 -- nothing else tells
        waiting = [await asyncio.open_connection("127.0.0.1", port, limit=1024) for _ in range(12)]
        for _, writer in waiting:
            writer.write(said)
        await asyncio.sleep(0.2)
        answers = await asyncio.gather(*(answer(port) for _ in range(3)))
        assert all(b"answered" in one for one in answers)
        assert len(server._connections) <= 5  # noqa: SLF001 -- nothing else tells
        for _, writer in waiting:
            writer.close()
        server.stop()
        await server.close_all_connections()

    asyncio.run(run())
