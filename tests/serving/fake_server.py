"""A server over a made-up study of two rows, for the tests: ``python -m tests.serving.fake_server``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from workbench.access.rules import Kind, Who
from workbench.serving.processes import end_with_parent

sys.modules.setdefault("rfc3987_syntax", None)  # as the real server does
HERE = Path(__file__).parent


def write_one_line(page: Kind, who: Who, folder: Path) -> None:
    if who.person == "P404":
        raise ValueError("entries.csv, row 7: the words of P001")
    folder.mkdir()
    (folder / "entries.csv").write_text(f"person,text\n{who.person},the words of {who.person}\n")


def main(state: str, port: str) -> None:
    end_with_parent(int(os.environ.get("WORKBENCH_PARENT", "0")))
    from workbench.serving import app  # noqa: PLC0415 -- after the block above
    from workbench.serving.app import Place, make_app  # noqa: PLC0415

    app.CLOSED_SESSION_SECONDS = 1
    place = Place(
        study=str(HERE / "study"),
        state=Path(state),
        notebooks=HERE / "notebooks",
        journey=HERE / "dashboards" / "min_resa.ipynb",
        port=int(port),
        lab_url="http://127.0.0.1:1/lab?token=the-lab-token",
    )
    make_app(place, write_one_line, lambda _person: "A1").start()


if __name__ == "__main__":
    main(*sys.argv[1:])
