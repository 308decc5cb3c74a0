"""The codebook: codes with definition, include, exclude and example, and how they came to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from workbench.errors import Fault
from workbench.language import Language
from workbench.shape import BOTH, Listed, Maybe, OneOf, shape_faults, twice_faults
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


_SHAPE = {
    "id": str,
    "version": str,
    "title": Maybe(BOTH),
    "stance": OneOf(("codebook", "reflexive")),
    "codes": Listed(
        {
            "code": str,
            "parent": Maybe(str),
            **BOTH,
            **dict.fromkeys(PARTS, BOTH),
            "since": str,
            "status": OneOf(CODES["status"].allowed),
            "replaced_by": Maybe(str),
        },
        least=0,
    ),
    "history": Maybe(
        Listed(
            {
                "version": str,
                "date": date,
                "act": str,
                "from": Listed(str, least=0),
                "to": Listed(str, least=0),
                "reason": str,
            },
            least=0,
        )
    ),
}


def make_codebook(content: Mapping[str, Any]) -> tuple[Codebook | None, list[Fault]]:
    """Check the content of ``codebook.yaml`` and give it shape; None when it has faults."""
    faults = list(shape_faults(FILE, content, _SHAPE)) or list(_faults(content))
    if faults:
        return None, faults
    names = [column.name for column in CODES.columns]
    codes = pd.DataFrame([_row(code) for code in content["codes"]], columns=names).astype("str")
    lineage = ["version", "date", "act", "from", "to", "reason"]
    history = pd.DataFrame(content.get("history") or [], columns=lineage)
    return Codebook(content["id"], content["version"], content["stance"], codes, history), []


def _row(code: Mapping[str, Any]) -> dict[str, Any]:
    texts = {f"{part}_{tongue}": code[part][tongue] for part in PARTS for tongue in ("sv", "en")}
    kept = {name: code.get(name) for name in ("code", "parent", "since", "status", "replaced_by")}
    return {**kept, "name_sv": code["sv"], "name_en": code["en"], **texts}


def _faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    codes = content["codes"]
    names = [code["code"] for code in codes]
    yield from twice_faults(FILE, "codes", names)
    for code in codes:
        for part in ("parent", "replaced_by"):
            if code.get(part) is not None and code[part] not in names:
                rule = "must be a code of this codebook"
                yield Fault(FILE, 0, f"codes.{code['code']}.{part}", code[part], rule, "mend the name")
    yield from _circle_faults({code["code"]: code.get("parent") for code in codes})


def _circle_faults(parents: Mapping[Any, Any]) -> Iterator[Fault]:
    for code in parents:
        above, seen = parents[code], {code}
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == code:
            yield Fault(
                FILE, 0, f"codes.{code}.parent", str(parents[code]), "a family cannot lie in itself", "mend a parent"
            )
