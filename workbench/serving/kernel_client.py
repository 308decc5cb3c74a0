"""The client that runs a page's cells, made patient where the stock one waits for ever."""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import Type

POLL_SECONDS = 0.1


class PatientChannel(AsyncZMQSocketChannel):
    """Looks again every tenth of a second instead of waiting to be told.

    When something sends on a socket that a task is waiting to read (ipywidgets' ``Output`` does), the
    edge-triggered readiness of ZeroMQ is consumed, and the reply is never noticed: nbclient issue 312.
    """

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:  # noqa: ASYNC109 -- upstream's signature
        """Return the next message; raise ``queue.Empty`` after `timeout` seconds."""
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            left = POLL_SECONDS if end is None else min(POLL_SECONDS, max(0.0, end - time.monotonic()))
            try:
                return await super().get_msg(timeout=left)
            except Empty:
                if end is not None and time.monotonic() >= end:
                    raise


class PatientClient(AsyncKernelClient):
    """A kernel client whose replies are always noticed."""

    shell_channel_class = Type(PatientChannel)
    iopub_channel_class = Type(PatientChannel)
    control_channel_class = Type(PatientChannel)


class PageKernelManager(ServerKernelManager):
    """One page's kernel, spoken to through the patient client."""

    client_factory = Type(PatientClient, klass=AsyncKernelClient)
