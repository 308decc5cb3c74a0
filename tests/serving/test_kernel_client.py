"""The patient client looks again instead of waiting for ever."""

from __future__ import annotations

import asyncio
from queue import Empty

import pytest
from jupyter_client.channels import AsyncZMQSocketChannel

from workbench.serving.kernel_client import PatientChannel


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> PatientChannel:
    """Give a channel whose message is seen only at the third look."""
    looks: list[float] = []

    async def look(_self: PatientChannel, timeout: float) -> dict[str, int]:  # noqa: ASYNC109 -- upstream's
        looks.append(timeout)
        if len(looks) < 3:
            raise Empty
        return {"look": len(looks)}

    monkeypatch.setattr(AsyncZMQSocketChannel, "get_msg", look)
    return PatientChannel.__new__(PatientChannel)


def test_a_message_that_was_not_announced_is_found(channel: PatientChannel) -> None:
    assert asyncio.run(channel.get_msg()) == {"look": 3}


def test_a_time_limit_is_kept(channel: PatientChannel) -> None:
    with pytest.raises(Empty):
        asyncio.run(channel.get_msg(timeout=0))
