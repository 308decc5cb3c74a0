"""Broken text and table files: each mistake is one fault, with its place, what was found and a cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.damage import (
    Damage,
    all_of,
    appended,
    bytes_of,
    faults_of,
    folder_instead,
    lines,
    put,
    removed,
    replaced,
    told,
    without,
    written,
)
from workbench.exchange.frozen import seal
from workbench.opening import open_study

N, K, P, R = "instrument.yaml", "codebook.yaml", "people.csv", "ratings.csv"
FAMILY = "codes.COND"


@pytest.fixture
def study(tiny_folder: Path) -> Path:
    return tiny_folder


# the damage; then the one fault's file, row, column, found, and words of its cure
CASES: dict[str, tuple[Damage, str, int, str, str, str]] = {
    # the form of a CSV file
    "semicolons": (bytes_of(P, lambda b: b.replace(b",", b";")), P, 0, "", "semicolons between columns", "Excel"),
    "tabs": (bytes_of(P, lambda b: b.replace(b",", b"\t")), P, 0, "", "tabs between columns", "with commas"),
    "a field too many": (lines(P, lambda r: [*r[:2], r[2] + ",x", *r[3:]]), P, 3, "", "6 of 5 values", "mend the row"),
    "a field too few": (lines(P, lambda r: [*r, "P-9,A1"]), P, 5, "", "2 of 5 values", "mend the row"),
    "a blank line": (lines(P, lambda r: [*r[:2], "", *r[2:]]), P, 3, "", "an empty row", "remove the row"),
    "an emptied row": (lines(P, lambda r: [*r, ",,,,"]), P, 5, "", "an empty row", "remove the row"),
    "a column twice": (lines(P, lambda r: [row + ",x" if at else row + ",person" for at, row in enumerate(r)]),
                       P, 1, "", "person 2 times", "remove or rename"),
    "an open quote": (lines(P, lambda r: [*r[:2], '"' + r[2], *r[3:]]), P, 3, "", "*", "double quotes"),
    "a NUL": (replaced(P, "P-2,A1,part", "P-2,A1,\0part"), P, 3, "", "a NUL character", "remove it"),
    "an empty file": (written(P, ""), P, 0, "", "no header", "comma between columns"),
    "UTF-16": (bytes_of(P, lambda b: b.decode().encode("utf-16")), P, 0, "", "*", "UTF-8"),
    "a table that is a folder": (folder_instead(P), P, 0, "", "*", "put the file in its place"),
    "a table that is gone": (removed(P), P, 0, "", "no file", "person,organisation,role"),
    "a column that is gone": (replaced(P, "person,", "vem,"), P, 1, "person", "no such column", "add column person"),
    # values
    "a level in decimals": (replaced(R, "individual,2,", "individual,2.0,"), R, 2, "level", "2.0", "whole number"),
    "a month that is none": (replaced(P, "2025-02-05", "2025-13-01"), P, 2, "joined", "2025-13-01", "2025-02-05"),
    "a day without zeros": (replaced(P, "2025-02-05", "2025-2-5"), P, 2, "joined", "2025-2-5", "2025-02-05"),
    "a day with a blank": (replaced(P, "2025-02-05", "2025-02- 5"), P, 2, "joined", "2025-02- 5", "2025-02-05"),
    "a missing quote": (replaced("codings.csv", ",Chefen,", ",,"), "codings.csv", 3, "quote", "nothing", "fill in"),
    "a negative start": (replaced("codings.csv", "N3,0,", "N3,-3,"), "codings.csv", 3, "start", "-3", "mend"),
    "line ends of Windows": (replaced("entries.csv", "nej.\n", "nej.\r\n"),
                             "entries.csv", 2, "text", "Vi vågade 🙂 säga nej.\r\nSedan gick vi hem", "replace CR LF"),
    # the shape of the instrument
    "an instrument that is a folder": (folder_instead(N), N, 0, "", "*", "put the file in its place"),
    "an empty instrument": (written(N, ""), N, 0, "", "nothing", "demo's file"),
    "a tag that does not fit": (written(N, "id: !!int ''"), N, 0, "", "*", "mend the place"),
    "a day that is none": (written(N, "id: 2025-13-45"), N, 0, "", "*", "mend the place"),
    "nested without end": (written(N, "[" * 100_000), N, 0, "", "*", "mend the place"),
    "components: null": (put(N, "components", None), N, 0, "components", "nothing", "a list"),
    "components: a text": (put(N, "components", "I1"), N, 0, "components", "I1", "write a list"),
    "components: themselves": (bytes_of(N, lambda b: b.replace(b"components:", b"components: &all [*all]\nold:")),
                               N, 0, "components.0", "a list", "demo's file"),
    "a component that is a text": (put(N, "components.0", "I1"), N, 0, "components.0", "I1", "demo's file"),
    "a component without id": (without(N, "components.0.id"), N, 0, "components.0.id", "nothing", "add id"),
    "an id that is a list": (put(N, "components.0.id", ["I1"]), N, 0, "components.0.id", "a list", "as a text"),
    "an arena nobody knows": (put(N, "components.0.arena", "x"), N, 0, "components.I1.arena", "x", "choose one"),
    "an arena that is gone": (without(N, "components.0.arena"), N, 0, "components.I1.arena", "nothing", "add arena"),
    "an id twice": (put(N, "components.1.id", "I1"), N, 0, "components.I1", "2 times", "rename one"),
    "a block nobody knows": (put(N, "components.0.block", "X"), N, 0, "components.I1.block", "X", "mend it"),
    "scale: null": (put(N, "scale", None), N, 0, "scale", "nothing", "demo's file"),
    "scale without missing": (without(N, "scale.missing"), N, 0, "scale.missing", "nothing", "add missing"),
    "levels: null": (put(N, "scale.levels", None), N, 0, "scale.levels", "nothing", "a list"),
    "a level that is a text": (put(N, "scale.levels.1", "x"), N, 0, "scale.levels.1", "x", "demo's file"),
    "levels out of order": (put(N, "scale.levels.0.value", 5), N, 0, "scale.levels", "[5, 1, 2, 3, 4, 5]", "levels"),
    "blocks: null": (put(N, "blocks", None), N, 0, "blocks", "nothing", "a list"),
    "anchors: null": (put(N, "components.0.anchors", None), N, 0, "components.I1.anchors", "nothing", "a list"),
    "an anchor that is a text": (put(N, "components.0.anchors.2", "x"), N, 0, "components.I1.anchors.2", "x", "demo's"),
    "an anchor too few": (without(N, "components.0.anchors.2"), N, 0, "components.I1.anchors", "5 sentences", "write"),
    "global_items: a text": (put(N, "global_items", "x"), N, 0, "global_items", "x", "write a list"),
    "a version that is a number": (put(N, "version", 1.1), N, 0, "version", "1.1", "in quotes"),
    "a title that is gone": (put(N, "title", None), N, 0, "title", "nothing", "demo's file"),
    # the shape of the codebook
    "codes: a mapping": (put(K, "codes", {"a": 1}), K, 0, "codes", "a mapping", "write a list"),
    "codes: a text": (put(K, "codes", "abc"), K, 0, "codes", "abc", "write a list"),
    "codes: null": (put(K, "codes", None), K, 0, "codes", "nothing", "a list"),
    "a code that is a text": (put(K, "codes.0", "x"), K, 0, "codes.0", "x", "demo's file"),
    "a code that is a list": (put(K, "codes.0.code", ["x"]), K, 0, "codes.0.code", "a list", "as a text"),
    "a parent that is a list": (put(K, "codes.0.parent", ["x"]), K, 0, f"{FAMILY}.parent", "a list", "as a text"),
    "a parent nobody knows": (put(K, "codes.0.parent", "X"), K, 0, f"{FAMILY}.parent", "X", "mend the name"),
    "a family in itself": (put(K, "codes.0.parent", "COND"), K, 0, f"{FAMILY}.parent", "COND", "mend a parent"),
    "a definition that is a text": (put(K, "codes.0.definition", "x"), K, 0, f"{FAMILY}.definition", "x", "demo's"),
    "history: a text": (put(K, "history", "x"), K, 0, "history", "x", "write a list"),
    "a stance nobody knows": (put(K, "stance", "x"), K, 0, "stance", "x", "choose one"),
    "a code twice": (put(K, "codes.2.code", "COND_TIME"), K, 0, "codes.COND_TIME", "2 times", "rename one"),
    # what the study is
    "no licence": (replaced("study.toml", "licence", "licens"), "study.toml", 0, "licence", "nothing", "add licence"),
    "no day": (replaced("study.toml", "published", "ut"), "study.toml", 0, "published", "nothing", "add"),
    "a day in words": (replaced("study.toml", "= 2026-11-21", '= "soon"'), "study.toml", 0, "published", "soon", "day"),
    "an id in a list": (replaced("study.toml", '"demo"', '["demo"]'), "study.toml", 0, "id", "a list", "as a text"),
    "TOML that is none": (written("study.toml", "id = "), "study.toml", 0, "", "*", "mend the place"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_one_mistake_is_one_fault_with_its_place_and_cure(name: str, study: Path) -> None:
    damage, file, row, column, found, cure = CASES[name]
    damage(study)

    faults = [fault for fault in faults_of(study) if fault.found != "vem"]

    assert [(fault.file, fault.row, fault.column) for fault in faults] == [(file, row, column)]
    assert found in {faults[0].found, "*"}
    assert cure in faults[0].cure


BOTH_GONE: dict[str, tuple[Damage, str, list[str]]] = {
    "an anchor": (put(N, "components.0.anchors.0", {}), N,
                  ["components.I1.anchors.0.en", "components.I1.anchors.0.sv"]),
    "a component's name": (all_of(without(N, "components.0.sv"), without(N, "components.0.en")), N,
                           ["components.I1.en", "components.I1.sv"]),
    "a level's name": (all_of(without(N, "scale.levels.0.sv"), without(N, "scale.levels.0.en")), N,
                       ["scale.levels.0.en", "scale.levels.0.sv"]),
    "an evidence's name": (put(N, "evidence.0", {"code": "B0"}), N, ["evidence.B0.en", "evidence.B0.sv"]),
    "a code's name": (all_of(without(K, "codes.0.sv"), without(K, "codes.0.en")), K, [f"{FAMILY}.en", f"{FAMILY}.sv"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BOTH_GONE)
def test_a_text_that_is_in_neither_language_is_missed_in_both(name: str, study: Path) -> None:
    damage, file, columns = BOTH_GONE[name]
    damage(study)

    assert [(fault.file, fault.column) for fault in faults_of(study)] == [(file, column) for column in columns]


CONSENSUS = {"organisation": "A1", "occasion": "T1", "component": "I3", "frame": "now", "basis": "consensus"}


def test_a_second_consensus_is_a_fault_that_shows_its_key(study: Path) -> None:
    appended("ratings", **CONSENSUS, level="3")(study)

    (fault,) = faults_of(study)

    assert (fault.file, fault.row, fault.column) == (R, 6, "organisation")
    assert fault.found == "A1 · (none) · T1 · I3 · now · consensus"


def test_a_field_too_many_in_every_row_does_not_shift_the_columns(study: Path) -> None:
    lines(P, lambda rows: [rows[0], *(row + ",x" for row in rows[1:])])(study)

    assert told(faults_of(study)) == [(P, row, "", "6 of 5 values") for row in (2, 3, 4)]


def test_a_fault_of_the_codebook_hides_no_fault_of_a_table(study: Path) -> None:
    all_of(put(K, "stance", "x"), replaced(R, "individual,2,", "individual,9,"))(study)

    assert told(faults_of(study)) == [(K, 0, "stance", "x"), (R, 2, "level", "9")]


def test_the_faults_of_whole_files_come_first(study: Path) -> None:
    all_of(removed("study.toml"), put(K, "stance", "x"), removed(P), replaced(R, "individual,2,", "individual,9,"))(
        study
    )

    assert [(fault.file, fault.row) for fault in faults_of(study)] == [(P, 0), ("study.toml", 0), (K, 0), (R, 2)]


def test_a_reference_to_a_row_that_is_not_there_is_still_a_fault(study: Path) -> None:
    all_of(removed("organisations.csv"), replaced("entries.csv", "N2,A1,P-2,T1", "N2,A1,P-2,T9"))(study)

    assert told(faults_of(study)) == [("organisations.csv", 0, "", "no file"), ("entries.csv", 3, "occasion", "T9")]


def test_a_codebook_without_history_or_codes_is_sound(study: Path) -> None:
    all_of(
        put(K, "history", None), put(K, "codes", []), lines("codings.csv", lambda rows: rows[:1]),
        put(N, "global_items", None),
    )(study)  # fmt: skip
    seal(study)

    assert open_study(study).codes.empty
