"""How long Taguette, a peer, takes to keep one highlight, in turn with one act here: the median of each, and the ratio.

Taguette is not a part of this project: put it in an environment of its own. Run:
python benchmarks/taguette.py FOLDER/bin/taguette
"""

from __future__ import annotations

import http.cookiejar
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

from live_study import LONG, SENTENCES, begin_study

from workbench.acts.codings import code_span
from workbench.store.live import LiveStudy

PAIRS, PORT = 100, 7465
FORM, FENCE = "application/x-www-form-urlencoded", "fence"


class Peer:
    """A browser's side of a Taguette server."""

    def __init__(self, address: str) -> None:
        self.address = address.split("/?", maxsplit=1)[0]
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self._opener.open(address).read()
        self._opener.open(f"{self.address}/project/new").read()

    def post(self, path: str, body: bytes, kind: str) -> tuple[str, bytes]:
        """Send something; give the address it led to and the answer."""
        token = next(cookie.value for cookie in self.cookies if cookie.name == "_xsrf") or ""
        address = f"{self.address}{path}?_xsrf={urllib.parse.quote(token)}"
        request = urllib.request.Request(address, body, {"Content-Type": kind})  # noqa: S310  our own server
        with self._opener.open(request) as answer:
            return answer.url, answer.read()

    def make(self, path: str, /, **values: object) -> int:
        """Make something of the values, and give its number."""
        number: int = json.loads(self.post(path, json.dumps(values).encode(), "application/json")[1])["id"]
        return number


def begin_project(peer: Peer) -> tuple[str, int]:
    """Make a project with one document of an entry's length and one tag: the document's path, the tag's number."""
    address, _ = peer.post("/project/new", urllib.parse.urlencode({"name": "n", "description": ""}).encode(), FORM)
    project = f"/api/project/{re.search('[0-9]+$', address)[0]}"  # type: ignore[index]
    text = f"<p>{(SENTENCES * 100)[:LONG]}</p>"
    parts = {'name="name"': "n", 'name="description"': "", 'name="file"; filename="n.html"': text}
    lines = [f"--{FENCE}\r\nContent-Disposition: form-data; {name}\r\n\r\n{value}\r\n" for name, value in parts.items()]
    body = ("".join(lines) + f"--{FENCE}--\r\n").encode()
    _, answer = peer.post(f"{project}/document/new", body, f"multipart/form-data; boundary={FENCE}")
    document = json.loads(answer)["created"]
    return f"{project}/document/{document}/highlight/new", peer.make(f"{project}/tag/new", path="t", description="")


def measure(peer: Peer, place: Path) -> None:
    """Keep a highlight there and a coding here, in turn."""
    path, tag = begin_project(peer)
    codes, theirs, ours = begin_study(place), [], []
    draw = random.Random(1)  # noqa: S311  no secret
    with LiveStudy(place, actor="K1") as live:
        for start in draw.sample(range(LONG - 90), PAIRS):
            begun = time.perf_counter()
            peer.make(path, start_offset=start, end_offset=start + 20, tags=[tag])
            turned = time.perf_counter()
            live.do(code_span("N1", start, start + 20, codes[0]))
            ours.append(time.perf_counter() - turned)
            theirs.append(turned - begun)
    here, there = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
    print(f"one act {here:.1f} ms, one highlight over HTTP {there:.1f} ms; ratio {here / there:.2f}")


def main(program: str) -> None:
    """Start the peer on an empty database, measure, and end it."""
    with tempfile.TemporaryDirectory() as folder:
        line = [program, "--no-browser", "--port", str(PORT), "--database", f"{folder}/peer.db"]
        with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as server:  # noqa: S603
            try:
                told = (re.search(r"http://\S+token=\S+", shown) for shown in server.stdout or ())
                found = next(address for address in told if address)
                measure(Peer(found[0]), Path(folder) / "study")
            finally:
                server.terminate()


if __name__ == "__main__":
    main(sys.argv[1])
