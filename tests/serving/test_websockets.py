"""What a browser may say on a kernel's websocket, how often, and for how long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import pytest
from tornado.websocket import WebSocketClientConnection, WebSocketHandler

from workbench.accounts.account import Role
from workbench.accounts.store import AccountStore
from workbench.serving.authorizer import MOST_SOCKETS, OwnedChannelsHandler
from workbench.serving.identity import WorkbenchUser
from workbench.serving.visitor import Visitor, kernel_info_request
from workbench.serving.websocket_frames import MOST_BYTES, is_sound

from .conftest import CHEAP, Enter, Running

SOUND = kernel_info_request()


def numbers(*values: int) -> bytes:
    return b"".join(value.to_bytes(8, "little") for value in values)


UNSOUND = {
    "a text": "{}",
    "nothing": b"",
    "one byte": b"x",
    "a count that takes minutes": numbers(2**25, 16),
    "a count that takes for ever": b"\xff" * 16,
    "too few parts": numbers(2, 24, 24),
    "too many parts": numbers(65, *[8 * 66] * 65),
    "offsets beyond the end": numbers(6, 56, 56, 56, 56, 56, 999),
    "offsets back and forth": numbers(6, 56, 58, 57, 56, 56, 60) + b"abcd",
    "a start inside the numbers": numbers(6, 8, 8, 8, 8, 8, 56),
}


def test_a_frame_as_the_protocol_says_is_sound() -> None:
    assert is_sound(SOUND)


@pytest.mark.parametrize("frame", UNSOUND.values(), ids=UNSOUND)
def test_a_frame_is_not_sound_with(frame: object) -> None:
    assert not is_sound(frame)


@pytest.mark.parametrize(("kind", "role", "passed"), [
    ("error", "participant", False),
    ("error", "development_lead", False),
    ("error", "researcher", True),
    ("comm_msg", "participant", True),
])  # fmt: skip
def test_what_is_told_of_an_error(
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    role: Role,
    passed: bool,  # noqa: FBT001 -- a parameter
) -> None:
    told: list[object] = []
    monkeypatch.setattr(WebSocketHandler, "write_message", lambda _self, message, *_: told.append(message))
    monkeypatch.setattr(OwnedChannelsHandler, "current_user", WorkbenchUser("anna", role=role))
    name = f'"{kind}"'.ljust(len('"kernel_info_request"')).encode()
    message = SOUND.replace(b'"kernel_info_request"', name)
    OwnedChannelsHandler.__new__(OwnedChannelsHandler).write_message(message, binary=True)
    assert bool(told) is passed


Converse = Callable[[WebSocketClientConnection], Awaitable[None]]


def converse(visitor: Visitor, kernel_id: str, talk: Converse) -> None:
    async def run() -> None:
        await talk(await visitor.connect(kernel_id))

    asyncio.run(asyncio.wait_for(run(), timeout=30))


async def until_closed(connection: WebSocketClientConnection) -> int | None:
    while await connection.read_message() is not None:
        pass
    connection.close()  # on our side too
    return connection.close_code


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a count that takes minutes", "a text", "nothing", "one byte"])
def test_the_server_hangs_up_on_and_stays_quick_after(enter: Enter, name: str) -> None:
    visitor = enter("eva")
    kernel_id = visitor.ask("min-resa").kernel_id
    frame = UNSOUND[name]

    async def say(connection: WebSocketClientConnection) -> None:
        await connection.write_message(frame, binary=isinstance(frame, bytes))
        assert await until_closed(connection) == 1003

    converse(visitor, kernel_id, say)
    began = time.monotonic()
    assert visitor.ask("developer").status == 200
    assert time.monotonic() - began < 2
    assert visitor.open_channels(kernel_id) == 101


@pytest.mark.slow
def test_the_server_hangs_up_on_a_frame_beyond_all_need(enter: Enter) -> None:
    visitor = enter("eva")

    async def say(connection: WebSocketClientConnection) -> None:
        await connection.write_message(b"x" * (MOST_BYTES + 1), binary=True)
        await until_closed(connection)

    converse(visitor, visitor.ask("min-resa").kernel_id, say)


@pytest.mark.slow
def test_the_oldest_of_too_many_websockets_is_closed(enter: Enter) -> None:
    visitor = enter("eva")
    kernel_id = visitor.ask("min-resa").kernel_id

    async def open_more(first: WebSocketClientConnection) -> None:
        more = [await visitor.connect(kernel_id) for _ in range(MOST_SOCKETS)]
        await until_closed(first)
        for connection in more:
            await connection.write_message(SOUND, binary=True)
            assert await connection.read_message() is not None
            connection.close()
            await until_closed(connection)

    converse(visitor, kernel_id, open_more)


@pytest.mark.slow
def test_when_another_person_logs_in_in_the_same_browser_the_first_ones_websocket_closes(
    enter: Enter, server: Running
) -> None:
    visitor = enter("eva")
    kernel_id = visitor.ask("min-resa").kernel_id
    form = {"_xsrf": visitor.form_key("logout"), "code": "fia", "password": "password of fia", "next": "/"}

    async def change(connection: WebSocketClientConnection) -> None:
        assert await asyncio.to_thread(visitor.post_only, "login", form) == 302
        await until_closed(connection)

    converse(visitor, kernel_id, change)


@pytest.mark.slow
def test_a_websocket_does_not_outlive_a_new_password(enter: Enter, server: Running) -> None:
    visitor = enter("eva")
    kernel_id = visitor.ask("min-resa").kernel_id
    store = AccountStore(server.state / "accounts.sqlite", hasher=CHEAP)

    async def change(connection: WebSocketClientConnection) -> None:
        store.accounts.set_password("eva", "password of eva")
        await until_closed(connection)

    converse(visitor, kernel_id, change)
