"""A codebook whose every change is known, and codings that go through all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from random import Random

import pandas as pd

from tests.frames import Rows, table
from workbench.tables import CODES, CODINGS, LINEAGE

START = "1.0.0"


@dataclass
class Past:
    """Codes, codings and steps as they come to be, and the codings as each version had them."""

    codes: dict[str, str] = field(default_factory=lambda: dict.fromkeys("ABC", START))
    codings: dict[str, str] = field(default_factory=lambda: {f"C{k}": "ABC"[k % 3] for k in range(6)})
    steps: Rows = field(default_factory=list)
    versions: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def step(self, act: str, sources: Sequence[str], targets: Sequence[str]) -> None:
        """Note a step, and what the codings are after it."""
        version = f"1.{len(self.steps) + 1}.0"
        if act == "add":
            self.codes[targets[0]] = version
        day = pd.Timestamp("2025-03-01") + pd.Timedelta(days=len(self.steps))
        told = {"act": act, "sources": " ".join(sources) or None, "targets": " ".join(targets) or None}
        self.steps.append({"step": f"S{len(self.steps)}", "version": version, "changed": day, "reason": "Så.", **told})
        self.versions.append((version, dict(self.codings)))

    def add(self) -> None:
        self.step("add", [], [f"N{len(self.codes)}"])
        self.codings[f"C{len(self.codings)}"] = list(self.codes)[-1]
        self.versions[-1] = (self.versions[-1][0], dict(self.codings))

    def merge(self, dice: Random) -> None:
        into, *ended = dice.sample(sorted(self.codes), dice.randint(2, 3))
        self.codings = {coding: into if code in ended else code for coding, code in self.codings.items()}
        self.step("merge", [into, *ended], [into])

    def split(self, dice: Random) -> None:
        code, *others = dice.sample(sorted(self.codes), dice.randint(2, 3))
        parts = [code, *others]
        self.codings = {name: dice.choice(parts) if had == code else had for name, had in self.codings.items()}
        self.step("split", [code], parts)

    def rename(self, dice: Random) -> None:
        code = dice.choice(sorted(self.codes))
        self.step("rename", [code], [code])

    def retire(self, dice: Random) -> None:
        code, heir = dice.sample(sorted(self.codes), 2)
        self.step("retire", [code], [heir])

    @cached_property
    def tables(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The codes and the lineage."""
        names = [{"code": code, "since": since} for code, since in self.codes.items()]
        return table(CODES, names), table(LINEAGE, self.steps)


def codings_of(codes: dict[str, str]) -> pd.DataFrame:
    """Make a table of codings of their codes."""
    return table(CODINGS, [{"coding": coding, "entry": "N1", "code": code} for coding, code in codes.items()])


def past_of(acts: Sequence[str], seed: int) -> Past:
    """Let acts happen one after another, each as the dice fall."""
    past, dice = Past(), Random(seed)  # noqa: S311  a test's dice
    past.versions.append((START, dict(past.codings)))
    for act in acts:
        if act == "add":
            past.add()
        else:
            {"merge": past.merge, "split": past.split, "rename": past.rename, "retire": past.retire}[act](dice)
    return past
