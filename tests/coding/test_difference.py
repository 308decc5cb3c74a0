"""What differs between two versions of a codebook is told value by value, and in words with the reasons."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.frames import rows, table
from workbench.acts.codes import add_code, merge_codes, redefine_code
from workbench.codebook import Codebook, codebook_text, make_codebook
from workbench.coding import codebook_diff, codebook_diff_text, new_steps
from workbench.store.live import LiveStudy
from workbench.study import Study
from workbench.tables import CODES, LINEAGE


def book(codes: Mapping[str, Mapping[str, str | None]], **about: str) -> Codebook:
    """Make a codebook of codes and their columns."""
    told = [{"code": code, "name_en": code.title(), **row} for code, row in codes.items()]
    named = {"id": "book", "version": "1.0.0", "stance": "codebook", "title_sv": "", "title_en": "", **about}
    return Codebook(**named, codes=table(CODES, told), lineage=table(LINEAGE, []))


OLD = book({"TIME": {"parent": "COND"}, "LEAD": {"definition_en": "Leading."}})
NEW = book({"TIME": {"parent": None}, "LEAD": {"definition_en": "Leading\nothers."}, "ASK": {}}, version="1.1.0")


def test_each_value_that_differs_is_a_row() -> None:
    """What is new has all its values; what has lost one has none after."""
    assert rows(codebook_diff(OLD, NEW)) == [
        (None, "version", "1.0.0", "1.1.0"),
        ("TIME", "parent", "COND", None),
        ("LEAD", "definition_en", "Leading.", "Leading\nothers."),
        ("ASK", "code", None, "ASK"),
        ("ASK", "name_en", None, "Ask"),
    ]


def test_in_words_a_sign_tells_what_came_what_went_and_what_changed() -> None:
    assert codebook_diff_text(OLD, NEW) == (
        "book 1.0.0 → book 1.1.0\n\n"
        "Codes\n"
        "~ the codebook\n    version\n      - 1.0.0\n      + 1.1.0\n"
        "~ TIME (Time)\n    parent\n      - COND\n"
        "~ LEAD (Lead)\n    definition_en\n      - Leading.\n      + Leading\n      + others.\n"
        "+ ASK (Ask)\n    name_en\n      + Ask\n"
    )
    assert "\n- ASK (Ask)\n" in codebook_diff_text(NEW, OLD)


def test_two_that_say_the_same_differ_in_nothing() -> None:
    other = replace(OLD, codes=OLD.codes.iloc[::-1].reset_index(drop=True))

    assert codebook_diff(OLD, other).empty
    assert codebook_diff_text(OLD, other).endswith("The codes say the same.\n")


books = st.dictionaries(
    st.sampled_from("ABCD"),
    st.fixed_dictionaries(
        {"parent": st.sampled_from([None, "A", "B"]), "include_sv": st.sampled_from([None, "x", "y"])}
    ),
)


@settings(deadline=None, max_examples=50)
@given(books, books)
def test_the_old_values_with_what_differs_are_the_new_ones(
    before: dict[str, dict[str, str | None]], after: dict[str, dict[str, str | None]]
) -> None:
    """And the way back is the same with before and after changed about."""
    old, new = book(before), book(after)

    there = {(code, what): after for code, what, _before, after in rows(codebook_diff(old, new))}
    back = {(code, what, before, after) for code, what, after, before in rows(codebook_diff(new, old))}

    assert {place: value for place, value in (_values(old) | there).items() if value is not None} == _values(new)
    assert back == set(rows(codebook_diff(old, new)))


def _values(some: Codebook) -> dict[tuple[str, str], str]:
    told = {
        (str(row["code"]), str(name)): value for row in some.codes.to_dict("records") for name, value in row.items()
    }
    return {place: value for place, value in told.items() if pd.notna(value)}


def test_the_demo_s_codebook_against_the_one_before_its_last_two_steps(demo: Study) -> None:
    """NET_ADVICE was merged into NET_IDEA and then retired; the reasons are the researchers' own."""
    now = demo.codebook
    codes = now.codes.set_index("code", drop=False)
    codes.loc["NET_ADVICE", ["status", "replaced_by"]] = ["active", None]
    then = replace(now, version="1.1.0", codes=codes.reset_index(drop=True), lineage=now.lineage.iloc[:2])

    assert rows(codebook_diff(then, now))[1:] == [
        ("NET_ADVICE", "status", "active", "retired"),
        ("NET_ADVICE", "replaced_by", None, "NET_IDEA"),
    ]
    assert list(new_steps(then, now)["act"]) == ["merge", "retire"]
    told = codebook_diff_text(then, now)
    assert "  1.1.1  2025-11-20  merge  NET_IDEA, NET_ADVICE → NET_IDEA\n    Kodarna skilde inte pålitligt" in told
    assert "not in the newer one" not in told
    assert "Steps that are not in the newer one\n  1.1.1" in codebook_diff_text(now, then)


def test_what_acts_did_is_told_between_two_moments_and_between_files(begun_folder: Path, tmp_path: Path) -> None:
    with LiveStudy(shutil.copytree(begun_folder, tmp_path / "live"), actor="K1") as live:
        before = live.read().codebook
        live.do(add_code("Stress", code="STRESS", parent="COND", reason="Saknas."))
        live.do(redefine_code("COND_TIME", example_sv="Vi hann inte.", reason="Tydligare."))
        live.do(merge_codes(["COND_TIME"], "STRESS", reason="Samma sak."))
        study = live.read()

    found = codebook_diff(before, study.codebook)

    assert list(dict.fromkeys(found["code"].dropna())) == ["COND_TIME", "STRESS"]
    assert list(new_steps(before, study.codebook)["reason"]) == ["Saknas.", "Tydligare.", "Samma sak."]
    filed, faults = make_codebook(yaml.safe_load(codebook_text(study.codebook)))
    assert faults == [] and filed is not None
    assert codebook_diff_text(before, filed) == codebook_diff_text(before, study.codebook)
