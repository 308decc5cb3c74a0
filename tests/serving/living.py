"""A server over a live study of the tests' own: what is handed in on its pages is read again from the study."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.tiny import tiny_study
from workbench.accounts.account import Account
from workbench.opening import open_study
from workbench.serving.demo import make_live
from workbench.serving.visitor import Visitor
from workbench.study import Study

from .conftest import JOURNEY, private_folder, started

PEOPLE = [
    Account("anna", "participant", "P-1", "en"),
    Account("bo", "development_lead", "P-2", "en"),
    Account("eva", "participant", "P-3", "sv"),
    Account("cia", "researcher", "", "en"),
]


@dataclass(frozen=True)
class Living:
    """A running server, its private folder, and the study that it serves."""

    url: str
    state: Path
    place: Path

    @property
    def study(self) -> Study:
        """The study as it is now."""
        return open_study(self.place)

    def enter(self, code: str) -> Visitor:
        """Log a person in."""
        visitor = Visitor(self.url, language="en")
        form = {"_xsrf": visitor.form_key(), "code": code, "password": f"password of {code}", "next": "/account"}
        assert visitor.post_only("login", form) == 302
        return visitor


@contextmanager
def serve_living(people: Sequence[Account] = PEOPLE, journey: Path = JOURNEY) -> Iterator[Living]:
    """Serve the tiny study, live, until the context ends."""
    with private_folder() as state:
        place = make_live(tiny_study(), state / "study")
        with started(state, people, place, journey=journey) as running:
            yield Living(running.url, state, place)
