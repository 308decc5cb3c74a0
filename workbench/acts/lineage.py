"""The codebook's lineage: each change of its codes makes its next version, with a reason."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from workbench.errors import Fault
from workbench.store.draft import Draft
from workbench.store.parts import read_parts

_PATCHES = ("rename", "redefine")  # what stands coded means the same; all else is a minor step


def add_step(draft: Draft, act: str, sources: Iterable[str], targets: Iterable[str], reason: str) -> str:
    """Add a row to the lineage; returns the version it makes. Refused without a reason."""
    if not reason.strip():
        rule, cure = "a change of the codebook has a reason", "say why, for whoever codes by it later"
        raise draft.refused(Fault("lineage", 0, "reason", "nothing", rule, cure))
    version = next_version(draft, act)
    draft.add(
        "lineage", version=version, changed=draft.now.date(), act=act, reason=reason,
        sources=" ".join(sources) or None, targets=" ".join(targets) or None,
    )  # fmt: skip
    return version


def next_version(draft: Draft, act: str) -> str:
    """Return the version after the codebook's: a patch step for a wording, a minor step for all else."""
    steps = draft.find("lineage")
    current = str(steps[-1]["version"]) if steps else _heading(draft)
    major, minor, patch = (*(int(number) for number in re.findall(r"\d+", current)), 0, 0, 0)[:3]
    return f"{major}.{minor}.{patch + 1}" if act in _PATCHES else f"{major}.{minor + 1}.0"


def _heading(draft: Draft) -> str:
    return str(json.loads(read_parts(draft.connection).codebook)["version"])
