"""Whether a frame from a browser is laid out as the kernel protocol v1 says.

A frame is a count, that many offsets, then the channel and the message's parts; each number takes eight
bytes, little-endian. jupyter_server 2.20 believes the count: sixteen bytes make it loop for minutes.

Source: jupyter_server.services.kernels.connection.base, ``deserialize_msg_from_ws_v1``.
"""

from __future__ import annotations

import time
from typing import Final

NUMBER = 8
FEWEST_OFFSETS: Final = 6  # the channel, four parts of a message, and the end
MOST_OFFSETS: Final = 64
MOST_BYTES: Final = 1 << 20
FLOW_SECONDS: Final = 10
MOST_FRAMES: Final = 2000  # in that time; dragging a slider sends sixty a second
MOST_FLOW: Final = 8 * MOST_BYTES
MOST_UNREAD: Final = 32 * MOST_BYTES  # what the kernel has said and the browser has not taken


class Flow:
    """How much a browser says: more than the kernel takes would fill the server's memory."""

    def __init__(self) -> None:
        self._since, self._frames, self._bytes = time.monotonic(), 0, 0

    def takes(self, frame: str | bytes) -> bool:
        """Count a frame, and tell whether it is still within what anybody needs."""
        now = time.monotonic()
        if now - self._since > FLOW_SECONDS:
            self._since, self._frames, self._bytes = now, 0, 0
        self._frames += 1
        self._bytes += len(frame)
        return self._frames <= MOST_FRAMES and self._bytes <= MOST_FLOW


def is_sound(frame: object) -> bool:
    """Whether it is binary, and its offsets are few, in order, and end where it ends."""
    if not isinstance(frame, bytes) or len(frame) < NUMBER:
        return False
    count = _number(frame, 0)
    if not FEWEST_OFFSETS <= count <= MOST_OFFSETS or len(frame) < NUMBER * (count + 1):
        return False
    offsets = [_number(frame, place) for place in range(1, count + 1)]
    return offsets[0] == NUMBER * (count + 1) and offsets == sorted(offsets) and offsets[-1] == len(frame)


def _number(frame: bytes, place: int) -> int:
    return int.from_bytes(frame[NUMBER * place : NUMBER * (place + 1)], "little")
