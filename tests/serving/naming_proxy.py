"""A small proxy that names whoever it is told to, and takes the askers' own word for it away, or does not."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from urllib.parse import urlsplit

SOURCE = "127.0.0.2"  # the proxy's own connections come from here, everybody else's from 127.0.0.1
HEADER = "X-Forwarded-User"


class NamingProxy:
    """One entrance. Set `name`, or `lines` to say anything else, and ask at `url`."""

    def __init__(self, target: str, *, source: str = SOURCE) -> None:
        self.target = urlsplit(target)
        self.source = source
        self.name = ""
        self.lines: Sequence[str] | None = None
        self.url = ""

    def named(self, head: bytes) -> bytes:
        """Take what the asker says of who they are away, and say it ourselves."""
        first, *said = head.rstrip(b"\r\n").split(b"\r\n")
        kept = [line for line in said if not line.lower().replace(b"_", b"-").startswith(HEADER.lower().encode())]
        is_socket = any(line.lower().startswith(b"upgrade:") for line in kept)
        if not is_socket:
            kept = [line for line in kept if not line.lower().startswith(b"connection:")] + [b"Connection: close"]
        ours = self.lines if self.lines is not None else [f"{HEADER}: {self.name}"]
        return b"\r\n".join([first, *kept, *(line.encode("latin-1") for line in ours), b"", b""])

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass one connection on, both ways, until either end closes."""
        with suppress(OSError, asyncio.IncompleteReadError), closing(writer):
            head = await reader.readuntil(b"\r\n\r\n")
            there = await asyncio.open_connection(self.target.hostname, self.target.port, local_addr=(self.source, 0))
            with closing(there[1]):
                there[1].write(self.named(head))
                ways = (_pass_on(reader, there[1]), _pass_on(there[0], writer))
                tasks = [asyncio.ensure_future(way) for way in ways]
                await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def run(self, ready: threading.Event, end: asyncio.Event) -> None:
        """Listen until the end, and leave no connection open."""
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        ready.set()
        await end.wait()
        server.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(65536):
            writer.write(piece)
            await writer.drain()


@contextmanager
def naming_proxy(target: str, *, source: str = SOURCE) -> Iterator[NamingProxy]:
    """Run a proxy in front of a server."""
    proxy, ready = NamingProxy(target, source=source), threading.Event()
    loop = asyncio.new_event_loop()
    end = asyncio.Event()

    def work() -> None:
        loop.run_until_complete(proxy.run(ready, end))
        loop.close()

    thread = threading.Thread(target=work)
    thread.start()
    ready.wait(10)
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(10)
