"""A merge and a split are shown coding by coding before they are done, and then do just that."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.coding.logs import CODE_ROWS, CODING_ROWS, ENTRY_ROWS, coded
from tests.frames import rows
from workbench.acts.bulk import bulk
from workbench.acts.codes import merge_codes, split_code
from workbench.acts.codings import code_span
from workbench.coding import merge_preview, split_preview
from workbench.coding.versions import CodebookError
from workbench.store.live import LiveStudy
from workbench.study import Study

TOUCHED = ("coding", "entry", "person", "quote", "coder", "code_before", "code_after", "alike")


def test_a_merge_touches_the_codings_of_what_ends(kind: Any) -> None:
    """C7 was written jointly."""
    found = merge_preview(kind(CODING_ROWS), kind(ENTRY_ROWS), kind(CODE_ROWS), ["DARE", "LEAD"], "TIME")

    assert rows(found, *TOUCHED) == [
        ("C2", "N1", "P1", "Chefen frågar inte.", "K1", "LEAD", "TIME", None),
        ("C4", "N1", "P1", "Jag vågade säga nej.", "K1", "DARE", "TIME", None),
        ("C9", "N4", "P2", "ont om stöd", "K1", "LEAD", "TIME", None),
    ]
    [joint] = rows(merge_preview(kind(CODING_ROWS[6:7]), kind(ENTRY_ROWS), kind(CODE_ROWS), ["TIME"], "LEAD"))
    assert joint[:5] == ("C7", "N3", "A1", None, "T2")


def test_of_codings_that_become_alike_it_tells_which_go_and_what_stays(kind: Any) -> None:
    """K1 gave the same words three codes; K2's coding of them is K2's own."""
    marks = [("N1", "LEAD", "frågar"), ("N1", "ASK", "frågar"), ("N1", "DARE", "frågar")]
    own, other = coded(*marks), coded(marks[0], coder="K2").assign(coding="C9")
    codings = kind(pd.concat([own, other], ignore_index=True))

    into_a_third = merge_preview(codings, kind(ENTRY_ROWS), kind(CODE_ROWS), ["LEAD", "ASK"], "TIME")
    into_one = merge_preview(codings, kind(ENTRY_ROWS), kind(CODE_ROWS), ["LEAD", "ASK"], "DARE")

    assert rows(into_a_third, "coding", "alike") == [("C1", None), ("C2", "C1"), ("C9", None)]
    assert rows(into_one, "coding", "alike") == [("C1", "C3"), ("C2", "C3"), ("C9", None)]


def test_a_split_lists_every_coding_to_sort_and_shows_how_they_are_sorted(kind: Any) -> None:
    tables = kind(CODING_ROWS), kind(ENTRY_ROWS), kind(CODE_ROWS)

    assert rows(split_preview(*tables, "LEAD"), "coding", "code_after") == [("C2", "LEAD"), ("C9", "LEAD")]
    sorted_ = split_preview(*tables, "LEAD", {"C9": "TIME"})
    assert rows(sorted_, "coding", "code_before", "code_after") == [("C2", "LEAD", "LEAD"), ("C9", "LEAD", "TIME")]


def test_what_could_not_be_done_is_refused_already_in_the_preview() -> None:
    tables = CODING_ROWS, ENTRY_ROWS, CODE_ROWS
    with pytest.raises(CodebookError, match=r"Found TIM; the codebook has .*TIME"):
        merge_preview(*tables, ["TIM"], "LEAD")
    with pytest.raises(CodebookError, match="'LEAD' among what is merged into it"):
        merge_preview(*tables, ["TIME", "LEAD"], "LEAD")
    with pytest.raises(CodebookError, match="Found C1: only codings of LEAD leave it"):
        split_preview(*tables, "LEAD", {"C1": "TIME"})


@pytest.fixture
def live(begun_folder: Path, tmp_path: Path) -> Any:
    """Open the tiny study with three codes on the same words by K1, and one by another's hand."""
    twice = [code_span("N3", 0, 6, code) for code in ("COND_MANDATE", "COND_MONEY")]
    with LiveStudy(shutil.copytree(begun_folder, tmp_path / "live"), actor="K1") as opened:
        opened.do(bulk("prepare", [*twice, code_span("N1", 10, 21, "COND_MONEY"), code_span("N2", 0, 4, "COND_MONEY")]))
        yield opened


def after(study: Study, preview: pd.DataFrame) -> dict[str, str]:
    """Give every coding's code as the preview has it."""
    stays = preview[preview["alike"].isna()]
    codes = dict(zip(study.codings["coding"], study.codings["code"], strict=True))
    gone = set(preview["coding"]) - set(stays["coding"])
    became = dict(zip(stays["coding"], stays["code_after"], strict=True))
    return {coding: became.get(coding, code) for coding, code in codes.items() if coding not in gone}


@pytest.mark.parametrize(
    ("sources", "into"),
    [(["COND_MANDATE"], "COND_TIME"), (["COND_MONEY", "COND_TIME"], "COND_MANDATE"), (["COND_TIME"], "COND_CULTURE")],
)
def test_the_merge_does_what_the_preview_showed(live: LiveStudy, sources: list[str], into: str) -> None:
    study = live.read()
    shown = merge_preview(study.codings, study.entries, study.codes, sources, into)

    live.do(merge_codes(sources, into, reason="Samma sak."))

    codings = live.read().codings
    assert dict(zip(codings["coding"], codings["code"], strict=True)) == after(study, shown)


def test_the_split_does_what_the_preview_showed(live: LiveStudy) -> None:
    """The one that goes to COND_TIME is there already."""
    study = live.read()
    money = study.codings.query("code == 'COND_MONEY'").set_index("entry")["coding"]
    sort = {money["N1"]: "COND_TIME", money["N2"]: "COND_CULTURE"}
    shown = split_preview(study.codings, study.entries, study.codes, "COND_MONEY", sort)

    live.do(split_code("COND_MONEY", sort, reason="Olika saker."))

    codings = live.read().codings
    assert dict(zip(codings["coding"], codings["code"], strict=True)) == after(study, shown)
    assert list(shown["alike"].dropna()) == ["C1"]
