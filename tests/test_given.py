"""Texts given to others: everybody they were given to reads them, nobody else does, and no slice says who wrote."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.access.given import COLLEAGUES, COLUMNS, NETWORK, OWN_WORDS
from workbench.access.pages import Slice, cut, read_counts, write_page
from workbench.acts.consents import consent
from workbench.acts.entries import correct_entry, hand_in
from workbench.store.creating import create_study
from workbench.store.live import LiveStudy
from workbench.study import Study
from workbench.tables import ENTRY_KINDS

from .tiny import tiny_study

DAY = dt.date(2026, 11, 22)
TINY = tiny_study()
HOMES = {"P-1": "A1", "P-2": "A1", "P-3": "A2"}
PAGES = [
    ("journey", "participant", "P-1"),
    ("journey", "development_lead", "P-3"),
    ("organisation", "development_lead", "P-2"),
    ("organisation", "sponsor", "P-3"),
    ("network", "facilitator", ""),
]
MARK = "Ord{}."


def page(study: Study, kind: str, role: str, person: str) -> Slice:
    return cut(study, kind, role, person, day=DAY)  # type: ignore[arg-type]


def everything(part: Slice) -> str:
    """Every cell of a slice as one text, the codebook apart."""
    tables = [*part.study.frames.items(), *part.counts.items()]
    return "\n".join(table.to_csv() for name, table in tables if name not in {"codes", "lineage"})


row = st.fixed_dictionaries(
    {
        "organisation": st.sampled_from(["A1", "A2"]),
        "person": st.sampled_from([*HOMES, None]),
        "recorder": st.sampled_from([None, None, None, "K1"]),
        "kind": st.sampled_from([*OWN_WORDS, *OWN_WORDS, *ENTRY_KINDS.split()]),
        "visibility": st.sampled_from(["organisation", "network", "researchers"]),
        "occasion": st.sampled_from(["T1", "T2"]),
        "component": st.sampled_from(["I3", None]),
    }
)
choice = st.fixed_dictionaries(
    {
        "person": st.sampled_from(list(HOMES)),
        "purpose": st.sampled_from(["take_part", "shared_in_network", "organisation_named"]),
        "given": st.booleans(),
        "decided": st.sampled_from(["2025-02-05", "2025-03-01", "2025-04-01"]),
    }
)


def a_study(rows: list[dict[str, Any]], choices: list[dict[str, Any]]) -> Study:
    """Give the small study other texts and other choices."""
    frames = TINY.frames
    entries = pd.DataFrame(rows, columns=list(rows[0]) if rows else ["person"])
    entries = entries.assign(
        entry=[f"E{number}" for number in range(len(rows))],
        text=[MARK.format(number) for number in range(len(rows))],
        organisation=[HOMES.get(row["person"], row["organisation"]) for row in rows],
    ).reindex(columns=frames["entries"].columns)
    consents = pd.DataFrame(choices, columns=["person", "purpose", "given", "decided", "information"])
    consents = consents.drop_duplicates(["person", "purpose", "decided"]).assign(information="1.0")
    return TINY.with_frames(
        frames
        | {
            "entries": entries.astype(frames["entries"].dtypes.to_dict()),
            "consents": consents.astype(frames["consents"].dtypes.to_dict()),
            "codings": frames["codings"].head(0),
        }
    )


def says(choices: list[dict[str, Any]], person: str | None, purpose: str) -> bool | None:
    """Give somebody's latest choice, in another way than the code does; None for none."""
    days: dict[str, bool] = {}
    for made in choices:
        if (made["person"], made["purpose"]) == (person, purpose):
            days.setdefault(made["decided"], made["given"])
    return days[max(days)] if days else None


def was_given(text: dict[str, Any], choices: list[dict[str, Any]], reader: tuple[str, str, str]) -> bool:
    """Whether a text is for a reader: their own, written together at home, or given."""
    kind, role, person = reader
    writer, home, mine = text["person"], HOMES.get(text["person"], text["organisation"]), HOMES.get(person, "")
    if role == "sponsor":
        return False
    if writer is None and home == mine:
        return bool(text["visibility"] != "researchers")
    if kind == "journey" and writer == person:
        return True
    handed_in = text["kind"] in OWN_WORDS or (writer is None and text["kind"] == "discussion")
    if not handed_in or text["recorder"] or says(choices, writer, "take_part") is False:
        return False
    if home == mine and writer != person:
        return bool(text["visibility"] in {"organisation", "network"})
    shares = writer is None or says(choices, writer, "shared_in_network") is True
    return bool(text["visibility"] == "network" and home != mine and shares)


@given(rows=st.lists(row, max_size=8), choices=st.lists(choice, max_size=8))
@settings(max_examples=25)
def test_a_slice_holds_a_text_exactly_when_it_was_given_to_its_reader(
    rows: list[dict[str, Any]], choices: list[dict[str, Any]]
) -> None:
    study = a_study(rows, choices)

    for reader in PAGES:
        told = everything(page(study, *reader))
        held = {number for number in range(len(rows)) if MARK.format(number) in told}

        assert held == {number for number, text in enumerate(rows) if was_given(text, choices, reader)}, reader


@given(rows=st.lists(row, max_size=8), choices=st.lists(choice, max_size=8))
@settings(max_examples=10)
def test_no_text_of_somebody_else_s_comes_with_a_code_a_time_or_codings(
    rows: list[dict[str, Any]], choices: list[dict[str, Any]]
) -> None:
    study = a_study(rows, choices)

    for kind, role, person in PAGES:
        part = page(study, kind, role, person)
        for name in {COLLEAGUES, NETWORK} & set(part.counts):
            table = part.counts[name]
            assert list(table) == list(COLUMNS)
            assert not {"P-1", "P-2", "P-3"} & set(table.to_numpy().ravel())
            for _, text in table.dropna(subset="organisation").iterrows():
                number = int(text["text"].removeprefix("Ord").removesuffix("."))
                assert name == COLLEAGUES or says(choices, rows[number]["person"], "organisation_named")


def test_a_text_is_for_its_new_readers_as_soon_as_it_is_corrected(tiny: Study, tmp_path: Path) -> None:
    create_study(tmp_path / "live", tiny, actor="K1")
    with LiveStudy(tmp_path / "live", actor="P-2") as live:
        live.do(consent("P-2", "shared_in_network", given=True, information="1.0"))

        def read_by() -> list[str]:
            study = live.read()
            held = [reader for reader in PAGES if "Nyss skrivet" in everything(page(study, *reader))]
            assert not any("Först skrivet" in everything(page(study, *reader)) for reader in PAGES)
            return [f"{kind} {person}".strip() for kind, _role, person in held]

        text = "Nyss skrivet."
        live.do(
            hand_in("Först skrivet.", occasion="T1", kind="reflection", person="P-2", entry="N9",
                    visibility="researchers")
        )  # fmt: skip
        assert read_by() == []
        live.do(correct_entry("N9", text=text, visibility="network"))
        assert read_by() == ["journey P-1", "journey P-3", "network"]
        live.do(correct_entry("N9", visibility="organisation"))
        assert read_by() == ["journey P-1"]
        live.do(correct_entry("N9", visibility="network"))
        live.do(consent("P-2", "shared_in_network", given=False, information="1.0"))
        assert read_by() == ["journey P-1"]
        live.do(correct_entry("N9", visibility="researchers"))
        assert read_by() == []


def test_who_has_left_the_network_is_given_nothing_more(tiny: Study) -> None:
    people = tiny.people
    people["left"] = people["left"].mask(people["person"] == "P-1", pd.Timestamp("2025-04-01"))
    left = tiny.with_frames(tiny.frames | {"people": people})

    assert "Hemligt." in everything(page(tiny, "journey", "participant", "P-1"))
    assert "Hemligt." not in everything(page(left, "journey", "participant", "P-1"))
    assert "Hemligt." not in everything(page(left, "organisation", "development_lead", "P-1"))


@pytest.mark.parametrize("text", ["007", "NA", "nan", "1,5", 'Sa "nej".\n\nOch gick 🙂', "a\rb", " ", "=1+1", "True"])
def test_a_written_text_is_read_as_it_was_written(tiny: Study, tmp_path: Path, text: str) -> None:
    entries = tiny.entries
    entries.loc[entries["entry"] == "N2", "text"] = text
    write_page(
        page(tiny.with_frames(tiny.frames | {"entries": entries}), "journey", "participant", "P-1"), tmp_path / "p"
    )
    read = read_counts(tmp_path / "p")

    assert read is not None
    assert list(read[COLLEAGUES]["text"]) == [text]
    assert read[COLLEAGUES]["component"].isna().all()
    assert read[NETWORK].empty
