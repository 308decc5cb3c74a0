"""A PostgreSQL server of the tests' own: started in a temporary folder, gone with the process that started it."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

USER = "workbench"
LACKING = (
    "The tests of a shared study start a PostgreSQL server of their own, and none is installed. "
    "Cure: run .ci/postgresql, which installs it on Debian as root and elsewhere says what to install."
)
# Reads until its parent lets go of it, in whatever way the parent ends, then ends the server and tidies up.
GUARD = """
"$@" & server=$!
read -r nothing
kill -QUIT $server 2>/dev/null
wait $server
"""
START_SECONDS = 30


class Server:
    """A running server, reached through a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._guard: subprocess.Popen[bytes] | None = None

    def url(self, database: str, *, scheme: str = "postgresql") -> str:
        """Write the address of a database."""
        return f"{scheme}://{USER}@/{database}?host={quote(str(self.folder), safe='')}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            if time.monotonic() > end:
                pytest.fail(f"PostgreSQL does not start:\n{(self.folder / 'log').read_text()}")
            if self._guard is None or self._guard.poll() is not None:
                self._guard = self._begin()
            time.sleep(0.02)

    def stop(self) -> None:
        """End the server at once; what it had acknowledged is on disk."""
        if self._guard and self._guard.stdin:
            self._guard.stdin.close()
            self._guard.wait()

    def crash(self) -> None:
        """Kill the server's every process without a word, as a power cut would."""
        parent = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        for process in [parent, *(row[0] for row in self.run("SELECT pid FROM pg_stat_activity"))]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.stop()

    @contextmanager
    def database(self, like: str = "template0") -> Iterator[str]:
        """Make a database, empty or like another, and give its address; it is gone afterwards, come what may."""
        name = f"test_{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {like}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def run(self, statement: str) -> list[Any]:
        """Run a statement of the tests' own; return its rows, if it has any."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _begin(self) -> subprocess.Popen[bytes]:
        options = ["-D", str(self.folder / "data"), "-k", str(self.folder), "-c", "listen_addresses="]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                ["sh", "-c", GUARD, "guard", str(binary("postgres")), *options],
                stdin=subprocess.PIPE, stdout=log, stderr=log, cwd=self.folder, start_new_session=True,
                **_unprivileged(),
            )  # fmt: skip

    def _answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError):
            return self.run("SELECT 1") == [(1,)]
        return False


@contextmanager
def running_server() -> Iterator[Server]:
    """Make a server in a new folder and start it; server and folder are gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="workbench-postgresql-"))
    try:
        if who := _unprivileged():
            os.chown(folder, who["user"], who["group"])
        make = [str(binary("initdb")), "-D", str(folder / "data"), "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run([*make, "--auth=trust"], check=True, capture_output=True, cwd=folder, **_unprivileged())
        server = Server(folder)
        try:
            server.start()
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def binary(name: str) -> Path:
    """Find one of PostgreSQL's programs: Debian keeps them off the path."""
    places = [path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)]
    if shutil.which("initdb"):
        places.append(Path(shutil.which("initdb") or "").parent)
    if shutil.which("pg_config"):
        told = subprocess.run(["pg_config", "--bindir"], check=True, capture_output=True, text=True)
        places.append(Path(told.stdout.strip()))
    found = next((place / name for place in places if (place / name).exists()), None)
    return found or pytest.fail(LACKING)


def _unprivileged() -> dict[str, Any]:
    """Choose whom the server runs as: PostgreSQL refuses root."""
    if os.geteuid():
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    chosen = known.get("postgres") or known["nobody"]
    return {"user": chosen.pw_uid, "group": chosen.pw_gid, "extra_groups": []}
