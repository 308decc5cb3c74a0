"""Start the server of the pages: ``python -m workbench.serving --study … --state …``."""

from __future__ import annotations

import argparse
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.serving.forkserver.client import ForkServer
from workbench.serving.processes import end_with_parent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from workbench.serving.identity_settings import Elsewhere

# jsonschema imports this to check internationalised addresses, which no notebook has; it compiles
# grammars for two seconds. Blocked before anything can import it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def organisations_of(study: str) -> Callable[[str], str]:
    """Find people's organisations in one study, opened again only for who was not in it before."""
    from workbench.errors import WorkbenchError  # noqa: PLC0415
    from workbench.opening import open_study  # noqa: PLC0415

    known: dict[str, str] = {}

    def find(person: str) -> str:
        if person not in known:
            with suppress(WorkbenchError):  # then they see no organisation, and may still log out
                people = open_study(study).people
                known.update(zip(people["person"], people["organisation"], strict=True))
        return known.get(person, "")

    return find


def main(argv: Sequence[str] | None = None) -> None:
    """Serve until told to stop."""
    end_with_parent(int(os.environ.get("WORKBENCH_PARENT", "0")))
    options = _parser().parse_args(argv)
    elsewhere = _identity_from(options.identity)  # first: it takes a secret out of the environment
    ForkServer.warm_up()  # first of all: it imports in its own process while this one does
    from workbench.serving.app import Place, make_app  # noqa: PLC0415 -- slow

    place = Place(
        study=options.study,
        state=options.state,
        notebooks=options.notebooks,
        journey=options.journey,
        port=options.port,
        lab_url=os.environ.pop("WORKBENCH_LAB_URL", ""),
        public_host=options.public_host,
        address=options.address,
        elsewhere=elsewhere,
    )
    make_app(place, None, organisations_of(options.study)).start()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m workbench.serving", description="Serve the workbench's pages.")
    parser.add_argument("--study", required=True, help="path or address of the study")
    parser.add_argument("--state", required=True, type=Path, help="private folder for accounts")
    parser.add_argument("--notebooks", required=True, type=Path, help="folder of the analysis notebooks")
    parser.add_argument("--journey", required=True, type=Path, help="the participants' notebook")
    parser.add_argument("--port", required=True, type=int, help="port it listens on")
    parser.add_argument("--address", default="127.0.0.1", help="address it listens on (default: 127.0.0.1)")
    parser.add_argument("--public-host", default="", help="host name of a proxy in front")
    parser.add_argument("--identity", type=Path, help="file of settings when another says who somebody is")
    return parser


def _identity_from(path: Path | None) -> Elsewhere | None:
    from workbench.serving.identity_settings import IdentityError, read_identity  # noqa: PLC0415

    try:
        return read_identity(path) if path else None
    except IdentityError as error:
        raise SystemExit(str(error)) from error


if __name__ == "__main__":
    main()
