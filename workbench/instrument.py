"""The instrument: components, levels with their sentences, missing codes, evidence, in two languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.errors import Fault
from workbench.shape import BOTH, Listed, Maybe, Named, OneOf, shape_faults, twice_faults
from workbench.tables import COMPONENTS

FILE = "instrument.yaml"


@dataclass(frozen=True)
class Instrument:
    """A checked instrument.

    Attributes
    ----------
    id, version : str
        Which instrument, in which version.
    title : dict of str
        Keys "sv" and "en".
    levels : DataFrame
        value (0-5), sv, en, rule_sv, rule_en.
    missing, evidence, blocks : DataFrame
        code or id, sv, en.
    components : DataFrame
        component, block, arena, sv, en, in the instrument's order.
    anchors : DataFrame
        component, level, sv, en: the sentence of each level of each component.
    """

    id: str
    version: str
    title: dict[str, str]
    levels: pd.DataFrame
    missing: pd.DataFrame
    evidence: pd.DataFrame
    blocks: pd.DataFrame
    components: pd.DataFrame
    anchors: pd.DataFrame


_SHAPE = {
    "id": str,
    "version": str,
    "title": BOTH,
    "scale": {
        "levels": Listed({"value": int, **BOTH, "rule_sv": str, "rule_en": str}),
        "missing": Listed({"code": str, **BOTH}),
    },
    "evidence": Listed({"code": str, **BOTH}),
    "blocks": Listed({"id": str, **BOTH}),
    "components": Listed(
        {"id": str, "block": str, "arena": OneOf(COMPONENTS["arena"].allowed), **BOTH, "anchors": Listed(BOTH)}
    ),
    "global_items": Maybe(Listed({"id": str, **BOTH}, least=0)),
    "process_items": Maybe(Listed({"id": str, **BOTH}, least=0)),
    "frames": Maybe(Named(BOTH)),
}


def make_instrument(content: Mapping[str, Any]) -> tuple[Instrument | None, list[Fault]]:
    """Check the content of ``instrument.yaml`` and give it shape; None when it has faults."""
    faults = list(shape_faults(FILE, content, _SHAPE)) or list(_faults(content))
    if faults:
        return None, faults
    parts = content["components"]
    named = pd.DataFrame(parts + _overall(content)).reindex(columns=["id", "block", "arena", "sv", "en"])
    anchors = [
        {"component": part["id"], "level": level, "sv": sentence["sv"], "en": sentence["en"]}
        for part in parts
        for level, sentence in enumerate(part["anchors"])
    ]
    return Instrument(
        id=content["id"],
        version=content["version"],
        title=content["title"],
        levels=pd.DataFrame(content["scale"]["levels"]),
        missing=pd.DataFrame(content["scale"]["missing"]),
        evidence=pd.DataFrame(content["evidence"]),
        blocks=pd.DataFrame(content["blocks"]).rename(columns={"id": "block"}),
        components=named.rename(columns={"id": "component"}),
        anchors=pd.DataFrame(anchors),
    ), []


def _overall(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    items = content.get("global_items") or []
    return [{**item, "arena": "overall"} for item in items if "scale" not in item]


def _faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    values = [level["value"] for level in content["scale"]["levels"]]
    if values != list(range(6)):
        yield Fault(FILE, 0, "scale.levels", str(values), "levels are 0 to 5 in order", "list the six levels")
    for place, key, items in (
        ("scale.missing", "code", content["scale"]["missing"]),
        ("evidence", "code", content["evidence"]),
        ("blocks", "id", content["blocks"]),
        ("components", "id", content["components"] + _overall(content)),
    ):
        yield from twice_faults(FILE, place, [item[key] for item in items])
    yield from _component_faults(content)


def _component_faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    blocks = {block["id"] for block in content["blocks"]}
    for part in content["components"]:
        place = f"components.{part['id']}"
        if part["block"] not in blocks:
            yield Fault(FILE, 0, f"{place}.block", part["block"], f"is one of {sorted(blocks)}", "mend it")
        if len(part["anchors"]) != len(content["scale"]["levels"]):
            found = f"{len(part['anchors'])} sentences"
            yield Fault(FILE, 0, f"{place}.anchors", found, "one sentence for each level", "write the missing ones")
