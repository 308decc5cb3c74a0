"""A kernel's websocket: from other sites, to guessed kernels, with frames that break the protocol or never end."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from urllib.parse import urlsplit

import psutil
import pytest

from workbench.serving.authorizer import MOST_SOCKETS
from workbench.serving.visitor import V1, Visitor, kernel_info_request
from workbench.serving.websocket_frames import MOST_BYTES, MOST_FLOW, MOST_FRAMES, Flow

from .conftest import Enter, Running
from .raw import Line, head

slow = pytest.mark.slow
NOBODY_S = "00000000-0000-0000-0000-000000000000"
MIB = 1 << 20
FIN, RESERVED = 0x80, 0x70
TEXT, BINARY, CLOSE, PING, GO_ON = 0x1, 0x2, 0x8, 0x9, 0x0
SOUND = kernel_info_request()


def frame(opcode: int, data: bytes = b"", *, first: int = FIN, length: int | None = None) -> bytes:
    """Write a websocket's frame, of whatever length it says it has (RFC 6455, section 5.2)."""
    size = len(data) if length is None else length
    if size < 126:
        told = bytes([0x80 | size])
    elif size < 1 << 16:
        told = bytes([0x80 | 126]) + size.to_bytes(2, "big")
    else:
        told = bytes([0x80 | 127]) + size.to_bytes(8, "big")
    return bytes([first | opcode]) + told + b"\0\0\0\0" + data  # a mask of zeros changes nothing


def upgrade(visitor: Visitor, kernel_id: str, **more: str) -> bytes:
    host = urlsplit(visitor.base).netloc
    told = {
        "Host": host,
        "Origin": f"http://{host}",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol": V1,
        "Cookie": visitor.cookie_header(),
    }
    named = {name.replace("_", "-"): value for name, value in more.items()}
    headers = {name: value for name, value in (told | named).items() if value != "(none)"}
    return head("GET", f"/api/kernels/{kernel_id}/channels?session_id={uuid.uuid4()}", headers)


@contextmanager
def opened(visitor: Visitor, kernel_id: str) -> Iterator[Line]:
    """Open a websocket, and give the line under it."""
    with closing(Line(visitor.base)) as line:
        line.say(upgrade(visitor, kernel_id))
        assert line.hear().startswith(b"HTTP/1.1 101 ")
        yield line


@pytest.fixture
def eva(enter: Enter) -> tuple[Visitor, str]:
    """Give somebody with a page open, and its kernel's id."""
    visitor = enter("eva")
    return visitor, visitor.ask("min-resa").kernel_id


def is_hung_up(line: Line) -> bool:
    """Whether the server hangs up, however much it says first."""
    while line.hear():
        pass
    return True


@slow
@pytest.mark.parametrize(("more", "wanted"), [
    ({"Origin": "null"}, 403),
    ({"Origin": "http://elsewhere.example"}, 403),
    ({"Origin": "https://127.0.0.1.elsewhere.example"}, 403),
    ({"Origin": ""}, 403),
    ({"Origin": "http://elsewhere.example", "Host": "elsewhere.example"}, 403),
    ({"Cookie": "(none)"}, 403),
    ({"Cookie": "workbench-session=made-up"}, 403),
    ({"Sec_WebSocket_Protocol": "(none)"}, 400),
    ({"Sec_WebSocket_Protocol": "v0.other"}, 400),
    ({"Sec_WebSocket_Protocol": V1 + "x"}, 400),
    ({"Sec_WebSocket_Version": "99"}, 426),
    ({"Sec_WebSocket_Key": "(none)"}, 400),
    ({"Upgrade": "(none)"}, 400),
])  # fmt: skip
def test_a_websocket_is_opened_only_as_a_page_of_this_server_does(
    eva: tuple[Visitor, str], more: dict[str, str], wanted: int
) -> None:
    with closing(Line(eva[0].base)) as line:
        line.say(upgrade(*eva, **more))
        assert line.hear().split()[1] == str(wanted).encode()


@slow
def test_a_websocket_without_an_origin_is_no_browser_s_and_opens_for_the_owner_alone(
    enter: Enter, eva: tuple[Visitor, str]
) -> None:
    for visitor, wanted in ((eva[0], b"101"), (enter("anna"), b"404"), (enter("cia"), b"404"), (enter(""), b"403")):
        with closing(Line(visitor.base)) as line:
            line.say(upgrade(visitor, eva[1], Origin="(none)"))
            assert line.hear().split()[1] == wanted


@slow
def test_kernels_that_are_and_are_not_are_told_apart_by_nobody_else(enter: Enter, eva: tuple[Visitor, str]) -> None:
    anna = enter("anna")
    near = [eva[1][:-1] + ("0" if eva[1][-1] != "0" else "1"), eva[1].upper(), eva[1].replace("-", "_", 1)]
    answers = set()
    for kernel_id in (eva[1], NOBODY_S, *near, *(str(uuid.uuid4()) for _ in range(50))):
        answer = anna.ask(f"api/kernels/{kernel_id}")
        answers.add((answer.status, answer.text.replace(kernel_id, "")))
        assert anna.status(f"api/kernels/{kernel_id}", method="DELETE", key=anna.form_key("logout")) in {403, 404}
    assert len({status for status, _ in answers}) == 1
    assert eva[0].ask(f"api/kernels/{eva[1]}").status == 200


BROKEN = {
    "reserved bits": frame(BINARY, SOUND, first=FIN | RESERVED),
    "one reserved bit, as if it were compressed": frame(BINARY, SOUND, first=FIN | 0x40),
    "an opcode that nobody knows": frame(0x3, b"x"),
    "a control opcode that nobody knows": frame(0xB, b"x"),
    "a ping that is too long": frame(PING, b"x" * 126),
    "a ping in parts": frame(PING, b"x", first=0),
    "a part that goes on with nothing": frame(GO_ON, b"x"),
    "a beginning inside another": frame(BINARY, b"x", first=0) + frame(BINARY, SOUND),
    "a length of eight bytes, all set": frame(BINARY, b"x", length=(1 << 64) - 1),
    "a length beyond all need": frame(BINARY, b"x" * 64, length=MOST_BYTES + 1),
    "a close of one byte": frame(CLOSE, b"x"),
    "a text that is none": frame(TEXT, b"\xff\xfe"),
    "a text": frame(TEXT, b"{}"),
    "nothing, in binary": frame(BINARY),
    "a request, where a frame should be": head("GET", "/developer", {"Host": "localhost"}),
    "noise": os.urandom(64) + bytes([FIN | RESERVED | 0xF, 0]),
}


@slow
@pytest.mark.parametrize("said", BROKEN.values(), ids=BROKEN)
def test_the_server_hangs_up_on(eva: tuple[Visitor, str], said: bytes) -> None:
    with opened(*eva) as line:
        line.say(said)
        if said in {BROKEN["noise"], BROKEN["a request, where a frame should be"]}:
            line.socket.shutdown(1)  # its length, whatever it is, may ask for more
        assert is_hung_up(line)
    assert eva[0].open_channels(eva[1]) == 101


@slow
def test_parts_without_an_end_are_cut_off_and_take_no_room(eva: tuple[Visitor, str], server: Running) -> None:
    before = psutil.Process(server.pid).memory_info().rss
    with opened(*eva) as line:
        with suppress(OSError):
            line.say(frame(BINARY, b"x" * 65536, first=0))
            for _ in range(200):
                line.say(frame(GO_ON, b"x" * 65536, first=0))
        assert is_hung_up(line)
    assert psutil.Process(server.pid).memory_info().rss - before < 32 * MIB


@slow
@pytest.mark.parametrize("piece", [frame(PING, b"x" * 125), frame(GO_ON, b"", first=0)], ids=["pings", "empty parts"])
def test_a_flood_that_nobody_reads_the_answers_to_takes_no_room(
    eva: tuple[Visitor, str], server: Running, piece: bytes
) -> None:
    before = psutil.Process(server.pid).memory_info().rss
    with opened(*eva) as line:
        with suppress(OSError):
            line.say(frame(BINARY, b"x", first=0))
            for _ in range(200):
                line.say(piece * 500)
        assert Visitor(server.url).ask("developer").status == 200
        assert psutil.Process(server.pid).memory_info().rss - before < 32 * MIB


@slow
def test_who_says_more_than_the_kernel_takes_is_hung_up_on(eva: tuple[Visitor, str]) -> None:
    with opened(*eva) as line:
        with suppress(OSError):
            for _ in range(30):
                line.say(frame(BINARY, SOUND) * 100)
        assert is_hung_up(line)
    assert eva[0].ask(f"api/kernels/{eva[1]}").status == 200


@pytest.mark.parametrize(("size", "count"), [(1, MOST_FRAMES), (MOST_BYTES, MOST_FLOW // MOST_BYTES)])
def test_so_much_and_no_more_is_taken_until_a_while_has_passed(
    monkeypatch: pytest.MonkeyPatch, size: int, count: int
) -> None:
    now = [100.0]
    monkeypatch.setattr("workbench.serving.websocket_frames.time.monotonic", lambda: now[0])
    flow, said = Flow(), b"x" * size
    assert [flow.takes(said) for _ in range(count + 1)] == [*[True] * count, False]
    now[0] += 11
    assert flow.takes(said)


@slow
def test_a_hundred_websockets_to_one_kernel_leave_a_few_and_the_server_answers(
    eva: tuple[Visitor, str], server: Running
) -> None:
    lines = [Line(server.url) for _ in range(100)]
    for line in lines:
        line.say(upgrade(*eva))
    assert all(is_hung_up(line) for line in lines[: -MOST_SOCKETS - 1])
    assert Visitor(server.url).ask("developer").status == 200
    for line in lines:
        line.close()
