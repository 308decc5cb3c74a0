"""Starts kernels by forking where that works, and in the ordinary way everywhere else."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from typing import Any

from jupyter_client.provisioning import LocalProvisioner

from workbench.serving.forkserver.bounds import bounds, keep_within
from workbench.serving.forkserver.client import ForkServer, ForkServerError

LAUNCHER = "ipykernel_launcher"


class ForkProvisioner(LocalProvisioner):
    """A kernel from the fork server, or an ordinary one when there is none to be had."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Launch a kernel and return how to reach it."""
        try:
            self.process = await asyncio.to_thread(self._fork, cmd, **kwargs)
        except ForkServerError as error:
            self.log.warning("Starting the kernel in the ordinary way. %s", error)
            return await super().launch_kernel(cmd, **kwargs, preexec_fn=partial(keep_within, bounds()))
        self.pid = self.pgid = self.process.pid
        return self.connection_info

    @staticmethod
    def _fork(cmd: list[str], *, env: dict[str, str] | None = None, cwd: str | None = None, **_: Any) -> Any:
        if LAUNCHER not in cmd:
            raise ForkServerError(f"Not an ipykernel: {' '.join(cmd)}")
        argv = cmd[cmd.index(LAUNCHER) + 1 :]
        told = (argv, env if env is not None else dict(os.environ), cwd or os.getcwd())  # noqa: PTH109 -- a string is sent
        server = ForkServer.current()
        try:
            return server.fork(*told)
        except ForkServerError:
            if not server.has_ended():
                raise
            return ForkServer.current().fork(*told)  # it died a moment ago, and another can be had
