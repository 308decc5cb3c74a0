"""The codebook: codes with definition, include, exclude and example, and how they came to be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.errors import Fault
from workbench.instrument import bilingual_faults
from workbench.language import Language
from workbench.tables import CODES

FILE = "codebook.yaml"
PARTS = ("definition", "include", "exclude", "example")


@dataclass(frozen=True)
class Codebook:
    """A checked codebook.

    Attributes
    ----------
    id, version : str
        Which codebook, in which version.
    stance : str
        "codebook" (agreement is measured) or "reflexive" (it is not).
    codes : DataFrame
        The table ``codes``.
    history : DataFrame
        version, date, act, from, to, reason: the codebook's lineage.
    """

    id: str
    version: str
    stance: str
    codes: pd.DataFrame
    history: pd.DataFrame

    def paths(self, language: Language = "sv") -> pd.Series[str]:
        """Name each code by its way from the family down, such as "Villkor / Tid".

        Returns
        -------
        Series of str
            Indexed by code.
        """
        names = self.codes.set_index("code")[f"name_{language}"]
        parents = self.codes.set_index("code")["parent"]
        return pd.Series(
            {code: " / ".join(names[up] for up in _line(code, parents)) for code in names.index}, dtype="str"
        )


def _line(code: str, parents: pd.Series[Any]) -> list[str]:
    above = parents[code]
    return [code] if pd.isna(above) else [*_line(above, parents), code]


def make_codebook(content: Mapping[str, Any]) -> tuple[Codebook | None, list[Fault]]:
    """Check the content of ``codebook.yaml`` and give it shape; None when it has faults."""
    faults = list(_faults(content))
    if faults:
        return None, faults
    names = [column.name for column in CODES.columns]
    codes = pd.DataFrame([_row(code) for code in content["codes"]], columns=names).astype("str")
    history = pd.DataFrame(content.get("history", []), columns=["version", "date", "act", "from", "to", "reason"])
    return Codebook(content["id"], content["version"], content["stance"], codes, history), []


def _row(code: Mapping[str, Any]) -> dict[str, Any]:
    texts = {f"{part}_{tongue}": code[part][tongue] for part in PARTS for tongue in ("sv", "en")}
    kept = {name: code.get(name) for name in ("code", "parent", "since", "status", "replaced_by")}
    return {**kept, "name_sv": code["sv"], "name_en": code["en"], **texts}


def _faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    for name in sorted({"id", "version", "stance", "codes"} - set(content)):
        yield Fault(FILE, 0, name, "nothing", "a codebook has this part", f"add {name}")
    yield from bilingual_faults(FILE, content)
    codes = content.get("codes") or []
    known = Counter(code.get("code") for code in codes)
    for name, times in known.items():
        if times > 1:
            yield Fault(FILE, 0, str(name), f"{times} times", "a code occurs once", "rename or remove one")
    for code in codes:
        yield from _code_faults(code, set(known))
    yield from _circle_faults({code.get("code"): code.get("parent") for code in codes})


def _code_faults(code: Mapping[str, Any], known: set[Any]) -> Iterator[Fault]:
    name = code.get("code")
    for part in ("sv", *PARTS):
        if not code.get(part):
            yield Fault(FILE, 0, f"{name}.{part}", "nothing", "a code has all its parts", "write it")
    for part in ("parent", "replaced_by"):
        if code.get(part) is not None and code[part] not in known:
            yield Fault(FILE, 0, f"{name}.{part}", str(code[part]), "must be a code of this codebook", "mend the name")


def _circle_faults(parents: Mapping[Any, Any]) -> Iterator[Fault]:
    for code in parents:
        above, seen = parents[code], {code}
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == code:
            yield Fault(FILE, 0, f"{code}.parent", str(parents[code]), "a family cannot lie in itself", "mend a parent")
