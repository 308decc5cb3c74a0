"""The codebook: codes with definition, include, exclude and example, and how they came to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import yaml

from workbench.errors import Fault
from workbench.language import Language
from workbench.shape import BOTH, Listed, Maybe, OneOf, shape_faults, twice_faults
from workbench.tables import CODES, LINEAGE

FILE = "codebook.yaml"
PARTS = ("definition", "include", "exclude", "example")
_WORDS = Maybe({"sv": Maybe(str), "en": Maybe(str)})  # a new code may begin as a name, its words coming later


@dataclass(frozen=True)
class Codebook:
    """A checked codebook.

    Attributes
    ----------
    id, version : str
        Which codebook, in which version.
    stance : str
        "codebook" (agreement is measured) or "reflexive" (it is not).
    title_sv, title_en : str
        Its title, or "".
    codes : DataFrame
        The table ``codes``.
    lineage : DataFrame
        The table ``lineage``: how the codes came to be.
    """

    id: str
    version: str
    stance: str
    title_sv: str
    title_en: str
    codes: pd.DataFrame
    lineage: pd.DataFrame

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
            **dict.fromkeys(PARTS, _WORDS),
            "since": str,
            "status": OneOf(CODES["status"].allowed),
            "replaced_by": Maybe(str),
        },
        least=0,
    ),
    "history": Maybe(
        Listed(
            {
                "step": Maybe(str),
                "version": str,
                "date": date,
                "act": OneOf(LINEAGE["act"].allowed),
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
    title = content.get("title") or {"sv": "", "en": ""}
    lineage = _lineage(content.get("history") or [])
    book = Codebook(content["id"], content["version"], content["stance"], title["sv"], title["en"], codes, lineage)
    return book, []


def _lineage(history: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    rows = [
        {
            **{name: step[name] for name in ("version", "act", "reason")},
            "step": step.get("step") or f"S{place}",
            "changed": pd.Timestamp(step["date"]),
            "sources": " ".join(step["from"]) or None,
            "targets": " ".join(step["to"]) or None,
        }
        for place, step in enumerate(history, start=1)
    ]
    names = [column.name for column in LINEAGE.columns]
    return pd.DataFrame(rows, columns=names).astype({column.name: column.dtype for column in LINEAGE.columns})


def codebook_text(book: Codebook) -> str:
    """Write the codebook as ``codebook.yaml`` has it; `make_codebook` reads the same back."""
    content = {
        "id": book.id,
        "version": book.version,
        "title": {"sv": book.title_sv, "en": book.title_en},
        "stance": book.stance,
        "codes": [_code(row) for row in _rows(book.codes)],
        "history": [_step(row) for row in _rows(book.lineage)],
    }
    return yaml.dump(content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)


class _Dumper(yaml.SafeDumper):
    """Writes line ends other than LF as escapes, since YAML would read them back as a space."""


def _write_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if {"\r", "\x85", "\u2028", "\u2029"} & set(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _write_text)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return frame.astype("object").where(frame.notna(), None).to_dict("records")  # type: ignore[return-value]


def _code(row: Mapping[str, Any]) -> dict[str, Any]:
    parts = {part: {tongue: row[f"{part}_{tongue}"] for tongue in ("sv", "en")} for part in PARTS}
    names = {"sv": row["name_sv"], "en": row["name_en"]}
    return {"code": row["code"], "parent": row["parent"], **names, **parts} | {
        name: row[name] for name in ("since", "status", "replaced_by")
    }


def _step(row: Mapping[str, Any]) -> dict[str, Any]:
    first = {"step": row["step"], "version": row["version"], "date": row["changed"].date(), "act": row["act"]}
    lists = {"from": (row["sources"] or "").split(), "to": (row["targets"] or "").split()}
    return {**first, **lists, "reason": row["reason"]}


def _row(code: Mapping[str, Any]) -> dict[str, Any]:
    words = {part: code.get(part) or {} for part in PARTS}
    texts = {f"{part}_{tongue}": words[part].get(tongue) for part in PARTS for tongue in ("sv", "en")}
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
    parents = {code["code"]: code.get("parent") for code in codes}
    for code in circles(parents):
        rule = "a family cannot lie in itself"
        yield Fault(FILE, 0, f"codes.{code}.parent", str(parents[code]), rule, "mend a parent")


def circles(parents: Mapping[Any, Any]) -> Iterator[Any]:
    """Name every code that lies in itself, `parents` telling each code's family."""
    for code in parents:
        above, seen = parents[code], {code}
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        if above == code:
            yield code
