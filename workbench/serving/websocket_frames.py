"""Whether a frame from a browser is laid out as the kernel protocol v1 says.

A frame is a count, that many offsets, then the channel and the message's parts; each number takes eight
bytes, little-endian. jupyter_server 2.20 believes the count: sixteen bytes make it loop for minutes.

Source: jupyter_server.services.kernels.connection.base, ``deserialize_msg_from_ws_v1``.
"""

from __future__ import annotations

from typing import Final

NUMBER = 8
FEWEST_OFFSETS: Final = 6  # the channel, four parts of a message, and the end
MOST_OFFSETS: Final = 64
MOST_BYTES: Final = 1 << 20


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
