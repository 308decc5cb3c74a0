"""What a development lead's, a sponsor's and a facilitator's page hold, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from workbench.access.given import COLLEAGUES, NETWORK
from workbench.access.handed_in import STATES, answered, handed_in
from workbench.access.pages import (
    SLICES,
    Slice,
    cut,
    journey_slice,
    network_slice,
    organisation_slice,
    read_counts,
    sponsor_slice,
    write_page,
)
from workbench.access.rules import Kind
from workbench.access.slices import slice_for
from workbench.accounts.account import ROLES
from workbench.errors import WorkbenchError
from workbench.opening import open_study
from workbench.study import Study
from workbench.tables import TABLES

DAY = dt.date(2026, 11, 22)
PROGRAMME = {"occasions", "codes", "lineage", "components", "focus", "organisations"}


@pytest.fixture(params=["demo", "municipalities"])
def study(request: pytest.FixtureRequest) -> Study:
    """Give each of the two demo studies."""
    found: Study = request.getfixturevalue(request.param)
    return found


def filled(part: Slice) -> set[str]:
    return {name for name, frame in part.study.frames.items() if len(frame)}


def whole(part: Slice) -> str:
    """Every cell of a slice, rows and counts, as one text."""
    tables = [*part.study.frames.items(), *part.counts.items()]
    return "\n".join(frame.to_csv() for name, frame in tables if name not in {"codes", "lineage"})


def persons(study: Study) -> set[str]:
    return set(study.people["person"])


def others(study: Study, table: str, organisation: str) -> Iterator[str]:
    """Keys of the rows that are another organisation's."""
    frame = getattr(study, table)
    yield from frame.loc[frame["organisation"] != organisation, TABLES[table].key[0]]


def test_a_development_lead_sees_what_is_the_organisation_s_and_nobody_in_it(study: Study) -> None:
    for organisation in study.organisations["organisation"]:
        part = organisation_slice(study, organisation, day=DAY)
        text = whole(part)

        tables = {"ratings", "entries", "experiments", "experiment_components", "definitions", "practices"}
        assert filled(part) <= PROGRAMME | tables
        assert set(part.study.ratings["basis"]) <= {"consensus"}
        assert part.study.entries["person"].isna().all()
        assert "researchers" not in set(part.study.entries["visibility"])
        assert set(part.counts) == {"spread", "spread withheld", COLLEAGUES, NETWORK}
        assert {person for person in persons(study) if person in text} == set()
        for table in ("experiments", "definitions", "practices", "entries"):
            assert not set(others(study, table, organisation)) & set(getattr(part.study, table)[TABLES[table].key[0]])
        assert set(part.study.ratings["organisation"]) <= {organisation}


def test_a_development_lead_sees_all_that_is_the_organisation_s(study: Study) -> None:
    organisation = study.organisations["organisation"].iloc[0]
    part = organisation_slice(study, organisation, day=DAY)
    agreed = study.ratings.query("organisation == @organisation and basis == 'consensus'").reset_index(drop=True)

    assert_frame_equal(part.study.ratings, agreed)
    for table in ("experiments", "definitions", "practices"):
        assert len(getattr(part.study, table)) == (getattr(study, table)["organisation"] == organisation).sum()


def test_a_sponsor_sees_what_was_agreed_on_and_tried_and_no_word_of_anybody_s(study: Study) -> None:
    for organisation in study.organisations["organisation"]:
        part = sponsor_slice(study, organisation)
        text = whole(part)

        assert filled(part) <= PROGRAMME | {"ratings", "experiments", "experiment_components"}
        assert set(part.study.ratings["basis"]) <= {"consensus"}
        assert part.counts == {}
        assert {person for person in persons(study) if person in text} == set()
        assert not [words for words in study.entries["text"] if words in text]


def test_a_facilitator_sees_who_is_in_it_and_no_word_but_those_given_to_the_network(study: Study) -> None:
    part = network_slice(study, day=DAY)
    text = whole(part)

    assert filled(part) <= PROGRAMME | {"people"}
    assert not [words for words in study.entries.query("visibility != 'network'")["text"] if words in text]
    assert not [words for words in study.experiments["assumption"] if words in text]
    assert part.study.components["organisation"].isna().all()
    for name in ("handed in", "answered", "agreed on"):
        assert not {"level", "missing", "text"} & set(part.counts[name])


def test_how_many_handed_in_does_not_tell_what_they_answered(study: Study) -> None:
    ratings = study.ratings
    given = ratings["level"].notna() | ratings["missing"].isin(["DK", "NA"])
    other = ratings.assign(level=ratings["level"].mask(given, 5), missing=ratings["missing"].mask(given, None))
    told = study.with_frames(study.frames | {"ratings": other})

    assert_frame_equal(handed_in(study), handed_in(told))
    for basis in ("individual", "consensus"):
        assert_frame_equal(answered(study, basis=basis), answered(told, basis=basis))


def test_who_has_handed_in_is_told_for_those_who_were_there(demo: Study) -> None:
    table = handed_in(demo).set_index(["person", "occasion"])
    left = demo.people.set_index("person")["left"]

    assert set(table["state"]) <= set(STATES)
    first = table.reset_index().query("person == 'P-K37D' and occasion == 'T1'").iloc[0]
    assert (first["asked"], first["given"], first["state"]) == (14, 14, "handed in")
    assert set(table.loc[table.index.get_level_values("occasion") == "T6", "state"]) == {"handed in"}
    assert {"partly", "absent", "nothing"} & set(table["state"])
    assert ("P-EJ9D", "T1") in table.index
    assert not pd.isna(left["P-EJ9D"])
    assert ("P-EJ9D", "T6") not in table.index


def test_who_was_never_asked_alone_is_not_said_to_lack_anything(municipalities: Study) -> None:
    assert set(handed_in(municipalities)["state"]) == {"not asked"}


def test_a_planned_gap_is_told_from_an_answer_that_is_missing(demo: Study) -> None:
    table = answered(demo, basis="individual")
    focus = set(zip(demo.focus["occasion"], demo.focus["component"], strict=True))
    gaps = table[table["state"] == "planned gap"]

    assert not focus & set(zip(gaps["occasion"], gaps["component"], strict=True))
    assert (table[["DK", "NA", "ABS", "WD"]] == 0).all(axis=None)


def test_the_network_s_counts_are_the_same_on_everybody_s_page(demo: Study) -> None:
    mine, network = journey_slice(demo, "P-K37D", day=DAY), network_slice(demo, day=DAY)

    assert_frame_equal(mine.study.ratings, slice_for(demo, "P-K37D").ratings)
    counted = {"people", "people withheld", "organisations", "organisations withheld"}
    assert set(mine.counts) == {*counted, COLLEAGUES, NETWORK}
    for name in counted:
        assert_frame_equal(mine.counts[name], network.counts[name])


def test_a_role_without_a_page_has_no_slice(tiny: Study) -> None:
    for page in get_args(Kind):
        for role in ROLES:
            if (page, role) not in SLICES:
                with pytest.raises(WorkbenchError, match="has no slice"):
                    cut(tiny, page, role, "P-1", day=DAY)


@pytest.mark.parametrize("role", ["development_lead", "sponsor"])
def test_who_is_not_in_the_study_has_no_organisation_to_see(tiny: Study, role: str) -> None:
    with pytest.raises(WorkbenchError, match="No organisation"):
        cut(tiny, "organisation", role, "P-9", day=DAY)  # type: ignore[arg-type]


def test_a_lead_s_page_is_that_of_the_lead_s_own_organisation(tiny: Study) -> None:
    part = cut(tiny, "organisation", "development_lead", "P-3", day=DAY)

    assert list(part.study.organisations["organisation"]) == ["A2"]


def test_a_written_slice_is_a_sound_study_with_its_counts_beside(demo: Study, tmp_path: Path) -> None:
    for number, part in enumerate([network_slice(demo, day=DAY), sponsor_slice(demo, "A3")]):
        write_page(part, tmp_path / str(number))
        read = read_counts(tmp_path / str(number))

        assert read is not None
        assert set(read) == set(part.counts)
        assert all(list(read[name]) == list(table) for name, table in part.counts.items())
        assert all(len(read[name]) == len(table) for name, table in part.counts.items())
        assert len(open_study(tmp_path / str(number)).ratings) == len(part.study.ratings)


def test_a_study_that_is_no_slice_has_no_counts(tiny_folder: Path) -> None:
    assert read_counts(tiny_folder) is None
