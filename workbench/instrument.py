"""The instrument: components, levels with their sentences, missing codes, evidence, in two languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.errors import Fault

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


def make_instrument(content: Mapping[str, Any]) -> tuple[Instrument | None, list[Fault]]:
    """Check the content of ``instrument.yaml`` and give it shape; None when it has faults."""
    faults = list(_faults(content))
    if faults:
        return None, faults
    parts = content["components"]
    overall = [{**item, "arena": "overall"} for item in content.get("global_items", []) if "scale" not in item]
    named = pd.DataFrame(parts + overall).reindex(columns=["id", "block", "arena", "sv", "en"])
    anchors = [
        {"component": part["id"], "level": level, **sentence}
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


def _faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    lacking = {"id", "version", "title", "scale", "evidence", "blocks", "components"} - set(content)
    for name in sorted(lacking):
        yield Fault(FILE, 0, name, "nothing", "an instrument has this part", f"add {name}")
    yield from bilingual_faults(FILE, content)
    if lacking:
        return
    values = [level.get("value") for level in content["scale"].get("levels", [])]
    if values != list(range(6)):
        yield Fault(FILE, 0, "scale.levels", str(values), "levels are 0 to 5 in order", "list the six levels")
    yield from _component_faults(content)


def _component_faults(content: Mapping[str, Any]) -> Iterator[Fault]:
    blocks = {block["id"] for block in content["blocks"]}
    for name, times in Counter(part.get("id") for part in content["components"]).items():
        if times > 1:
            yield Fault(FILE, 0, f"components.{name}", f"{times} times", "an id occurs once", "rename one")
    for part in content["components"]:
        place = f"components.{part.get('id')}"
        if part.get("block") not in blocks:
            yield Fault(FILE, 0, f"{place}.block", str(part.get("block")), f"is one of {sorted(blocks)}", "mend it")
        if len(part.get("anchors", [])) != len(content["scale"].get("levels", [])):
            found = f"{len(part.get('anchors', []))} sentences"
            yield Fault(FILE, 0, f"{place}.anchors", found, "one sentence for each level", "write the missing ones")


def bilingual_faults(file: str, content: object, place: str = "") -> Iterator[Fault]:
    """Find every text of a YAML file that is there in one language and empty or absent in the other."""
    if isinstance(content, list):
        for index, item in enumerate(content):
            name = item.get("id", item.get("code", index)) if isinstance(item, dict) else index
            yield from bilingual_faults(file, item, f"{place}.{name}")
    elif isinstance(content, dict):
        for stem in {
            key[:-2] for key in content if isinstance(key, str) and (key in {"sv", "en"} or key[-3:] in {"_sv", "_en"})
        }:
            for tongue in ("sv", "en"):
                if not str(content.get(stem + tongue) or "").strip():
                    name = f"{place}.{stem}{tongue}".lstrip(".")
                    yield Fault(file, 0, name, "nothing", "every text is in Swedish and English", "write it")
        for key, value in content.items():
            yield from bilingual_faults(file, value, f"{place}.{key}")
