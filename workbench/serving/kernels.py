"""Kernels with an owner: each one sees its owner's rows, and only its owner sees it."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.web import HTTPError
from traitlets import Any as AnyTrait
from traitlets import Dict, Integer, List, Unicode

from workbench.access.rules import Kind, What, Who, may
from workbench.apps.first_look import FirstLook, keep_drawn

if TYPE_CHECKING:
    from workbench.language import Language
    from workbench.serving.identity import WorkbenchUser

WriteSlice = Callable[[Kind, Who, Path], None]
"""Writes what one person's page may show into a folder: ``write_slice(page, who, folder)``."""

INHERITED = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "TMPDIR",
    "SYSTEMROOT",  # Windows cannot open a socket without it
    "PYTHONDONTWRITEBYTECODE",
    "OPENBLAS_NUM_THREADS",
    "OMP_NUM_THREADS",
)


def sees_all(user: WorkbenchUser) -> bool:
    """Whether somebody's kernel may read the study itself; everybody else's is given a slice."""
    return may(user.who, "see", What("study"))


class OwnedKernelManager(AsyncMappingKernelManager):
    """Starts kernels for people, and remembers whose each one is."""

    study = Unicode(help="Where the study is; only kernels of researchers and reviewers are told.")
    write_slice = AnyTrait(help="Writes what one person's page may show into a folder.")
    max_per_person = Integer(3, config=True, help="When one more is asked for, the oldest is ended.")
    inherited = List(Unicode(), default_value=list(INHERITED), config=True, help="Environment passed on.")
    owners = Dict(help="kernel id → code, oldest first")
    boxes = Dict(help="kernel id → its private folder")
    sessions = Dict(help="kernel id → the session that opened it")
    launches = Dict(help="kernel id → the task that starts it, while it does")
    note = AnyTrait(lambda _code, _did, _kernel_id: None, help="Told of each kernel that opens or closes, and whose.")
    listeners = Dict(help="kernel id → websockets to it, oldest first, closed when it ends")

    def is_owner(self, code: str, kernel_id: str | None) -> bool:
        """Whether the kernel runs and is this person's."""
        return kernel_id is not None and self.owners.get(kernel_id) == code

    async def start_owned(
        self, user: WorkbenchUser, kernel_id: str, folder: Path, language: Language, page: Kind
    ) -> Any:
        """Start a kernel for a person.

        Parameters
        ----------
        user : WorkbenchUser
            From the server's session, never from the request's text.
        kernel_id : str
            Chosen by the caller, so that the page can name it before it runs.
        folder : Path
            Working folder of kernels that see the whole study.
        language : {"sv", "en"}
            The page's language.
        page : Kind
            What kind of page it is for.

        Returns
        -------
        KernelManager
            The started kernel's manager.
        """
        self.owners[kernel_id] = user.username
        self.sessions[kernel_id] = user.session
        self.note(user.username, "open", kernel_id)
        # Never broken off halfway: only what has started whole can be ended whole.
        launch = self.launches[kernel_id] = asyncio.ensure_future(self._launch(user, kernel_id, folder, language, page))
        await asyncio.shield(launch)
        return self.get_kernel(kernel_id)

    async def _launch(self, user: WorkbenchUser, kernel_id: str, folder: Path, language: Language, page: Kind) -> None:
        """Start the kernel and write the slice; leave neither if one fails or the person has gone meanwhile."""
        try:
            await self._end_oldest(user.username)
            await self._start_and_write(user, kernel_id, folder, language, page)
        except BaseException:
            del self.launches[kernel_id]
            await self.end_kernel(kernel_id)
            raise
        del self.launches[kernel_id]

    async def _start_and_write(
        self, user: WorkbenchUser, kernel_id: str, folder: Path, language: Language, page: Kind
    ) -> None:
        """Do both at once, and wait for both whatever comes; no cell runs before they are done."""
        box = self.boxes[kernel_id] = self._make_box()
        env = self._environment(user, box, language)
        cwd = folder if sees_all(user) else box
        done = await asyncio.gather(
            super().start_kernel(kernel_id=kernel_id, kernel_name="python3", env=env, cwd=str(cwd)),
            asyncio.to_thread(self._write_slice, page, user, Path(env["WORKBENCH_STUDY"])),
            return_exceptions=True,
        )
        for result in done:
            if isinstance(result, BaseException):
                raise result
        if not self.is_owner(user.username, kernel_id):
            raise HTTPError(404)  # logged out meanwhile

    async def start_kernel(self, **_: Any) -> str:
        """Refuse: a kernel without an owner is nobody's, and this server starts none."""
        raise HTTPError(403)

    def _make_box(self) -> Path:
        return Path(tempfile.mkdtemp(prefix="box-", dir=self.connection_dir or None))

    def _environment(self, user: WorkbenchUser, box: Path, language: Language) -> dict[str, str]:
        """Gather all the kernel is told: an allow-list of the server's environment, and who it is for."""
        return {
            **{name: os.environ[name] for name in self.inherited if name in os.environ},
            "WORKBENCH_STUDY": self.study if sees_all(user) else str(box / "study"),
            "WORKBENCH_PERSON": user.person,
            "WORKBENCH_ROLE": user.role,
            "WORKBENCH_LANGUAGE": language,
            "IPYTHONDIR": str(box / "ipython"),
            "JUPYTER_RUNTIME_DIR": str(box),
            "PLOTLY_RENDERER": "plotly_mimetype",
        }

    def _write_slice(self, page: Kind, user: WorkbenchUser, folder: Path) -> None:
        """Write what the page may show to `folder`, which is not there yet, unless they read the study itself."""
        if not sees_all(user):
            self.write_slice(page, user.who, folder)

    def keep_drawn(self, kernel_id: str, look: FirstLook) -> None:
        """Lay what the server has drawn of a page beside its kernel's slice."""
        box = self.boxes.get(kernel_id)
        if box:
            keep_drawn(box / "study", look)

    async def _end_oldest(self, code: str) -> None:
        mine = [kernel_id for kernel_id, owner in self.owners.items() if owner == code]
        for kernel_id in mine[: -self.max_per_person]:
            await self.end_kernel(kernel_id)

    async def end_owned(self, code: str) -> None:
        """End all kernels of one person, at log-out."""
        for kernel_id in [kernel_id for kernel_id, owner in self.owners.items() if owner == code]:
            await self.end_kernel(kernel_id)

    async def end_closed(self, is_open: Callable[[str], bool]) -> None:
        """End kernels whose session has ended: by itself, by a new password, or with its account."""
        for kernel_id in [kernel_id for kernel_id, session in self.sessions.items() if not is_open(session)]:
            await self.end_kernel(kernel_id)

    async def end_all(self, seconds: float) -> None:
        """End every kernel, those that are starting too; raises ``TimeoutError`` when they will not."""
        async with asyncio.timeout(seconds):
            await asyncio.gather(*self.launches.values(), return_exceptions=True)
            await self.shutdown_all(now=True)

    async def end_kernel(self, kernel_id: str) -> None:
        """End a kernel, whatever state it is in."""
        with suppress(Exception):  # it may be starting or already gone: it is to be forgotten all the same
            await self.shutdown_kernel(kernel_id, now=True)
        self._forget(kernel_id)

    async def shutdown_kernel(self, kernel_id: str, now: bool = False, restart: bool = False) -> None:  # noqa: FBT001, FBT002 -- upstream's signature
        """Shut a kernel down and forget whose it was, unless it restarts."""
        try:
            await super().shutdown_kernel(kernel_id, now=now, restart=restart)
        finally:
            if not restart:
                self._forget(kernel_id)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that died by itself too."""
        self._forget(kernel_id)
        return super().remove_kernel(kernel_id)

    def _forget(self, kernel_id: str) -> None:
        owner = self.owners.pop(kernel_id, None)
        if owner:
            self.note(owner, "close", kernel_id)
        self.sessions.pop(kernel_id, None)
        for listener in list(self.listeners.pop(kernel_id, ())):
            listener.close()
        if kernel_id not in self.launches:  # else something may still be written there: the launch sees to it
            box = self.boxes.pop(kernel_id, None)
            if box:
                shutil.rmtree(box, ignore_errors=True)
