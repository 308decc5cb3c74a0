"""Leaving: what is told beforehand is what happens, and after it no word is left where anybody reads."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.access import slice_for
from workbench.access.leaving import Leaving, leave, leaving
from workbench.access.pages import journey_slice
from workbench.acts.codes import redefine_code
from workbench.acts.codings import code_span
from workbench.acts.consents import consent
from workbench.acts.entries import hand_in
from workbench.acts.findings import give_feedback, respond, state_finding
from workbench.acts.memos import write_memo
from workbench.errors import WorkbenchError
from workbench.eventlog import row_record, unpack
from workbench.exchange.frozen import save_study
from workbench.records import Record
from workbench.search.finding import search
from workbench.store.creating import create_study
from workbench.store.live import LiveStudy
from workbench.study import Study
from workbench.tables import TABLES

DAY = dt.date(2026, 11, 22)
PEOPLE = ["P-1", "P-2", "P-3"]


def done(before: Study, person: str, folder: Path) -> tuple[Record, Study]:
    """Let a person leave a live copy of a study; gives the event and the study after it."""
    create_study(folder, before, actor="K1")
    with LiveStudy(folder, actor=person) as live:
        return live.event(live.do(leave(person)).sequence), live.read()


def rows(event: Record, side: str, table: str) -> list[Record]:
    found = unpack(str(event[side])) if event[side] else {}
    return [row_record(TABLES[table], row) for row in found.get(table, [])]


def told_and_done(told: Leaving, event: Record) -> None:
    """Hold what was told against the rows that the act took away or changed."""
    for table, count in told.gone.items():
        assert len(rows(event, "before", table)) - len(rows(event, "after", table)) == count, table
    assert len(rows(event, "after", "ratings")) == told.cleared
    assert sum(row["level"] is not None for row in rows(event, "before", "ratings")) == told.ratings["levels"].sum()
    assert len(rows(event, "after", "codes")) == told.quoted
    assert {row["entry"] for row in rows(event, "before", "entries")} == set(told.entries["entry"])
    about = json.loads(str(event["objects"]))
    assert len(about.get("findings that rested on them", [])) == len(told.findings) + told.untold


@pytest.mark.parametrize("place", [0, 17])
@pytest.mark.slow
def test_what_is_told_beforehand_is_what_is_done(demo: Study, tmp_path: Path, place: int) -> None:
    person = demo.entries["person"].value_counts().index[place]
    told = leaving(demo, person)
    event, after = done(demo, person, tmp_path / "live")

    told_and_done(told, event)
    assert told.entries["codings"].sum() == told.gone["codings"]
    assert told.stays["entries"] == slice_for(after, person).entries["entry"].size
    rests = set(after.evidence["finding"])
    assert [row.others for row in told.findings.itertuples()] == [
        row.finding in rests for row in told.findings.itertuples()
    ]


def test_who_wrote_nothing_takes_nothing_along_but_leaves(tiny: Study, tmp_path: Path) -> None:
    frames = tiny.frames | {name: getattr(tiny, name).head(0) for name in ("entries", "ratings", "codings")}
    told = leaving(tiny.with_frames(frames), "P-2")
    event, after = done(tiny.with_frames(frames), "P-2", tmp_path / "live")

    told_and_done(told, event)
    assert sum(told.gone.values()) == 0
    assert after.people.set_index("person")["left"].notna()["P-2"]


def test_a_code_that_nobody_has_cannot_leave(tiny: Study) -> None:
    with pytest.raises(WorkbenchError, match="Nobody"):
        leaving(tiny, "P-9")


def test_findings_that_were_not_given_back_are_counted_and_not_named(tiny: Study, tmp_path: Path) -> None:
    create_study(tmp_path / "live", tiny, actor="K1")
    with LiveStudy(tmp_path / "live", actor="K1") as live:
        live.do(state_finding(title_sv="Sagt", text_sv="Om mod.", evidence=["N1"], finding="F1"))
        live.do(state_finding(title_sv="Osagt", text_sv="Om tid.", evidence=["N1", "N3"], finding="F2"))
        live.do(give_feedback("F1", "A1", "T2", channel="workshop"))
        told = leaving(live.read(), "P-1")

    assert list(told.findings["title_sv"]) == ["Sagt"]
    assert (told.untold, bool(told.findings["others"].item())) == (1, False)


def test_researchers_texts_that_quote_somebody_who_left_are_named_in_the_log(tiny: Study, tmp_path: Path) -> None:
    create_study(tmp_path / "live", tiny, actor="K1")
    with LiveStudy(tmp_path / "live", actor="K1") as live:
        live.do(code_span("N1", 0, 21, "COND_TIME"))
        live.do(write_memo("theory", "Som någon sade: Vi vågade 🙂 säga nej.", memo="M1"))
        live.do(state_finding(title_sv="Mod", text_sv="Någon vågade.", evidence=["N3"], finding="F1"))
        event = live.event(live.do(leave("P-1")).sequence)

    assert json.loads(str(event["objects"]))["quoted in"] == ["memos M1"]


def test_leaving_can_be_undone_by_who_did_it_with_every_word(tiny: Study, tmp_path: Path) -> None:
    create_study(tmp_path / "live", tiny, actor="K1")
    with LiveStudy(tmp_path / "live", actor="K1") as live:
        live.do(leave("P-1"))
        live.undo()
        assert "N1" in set(live.read().entries["entry"])


@st.composite
def words(draw: st.DrawFn) -> dict[str, list[str]]:
    """Give each person texts of words that nobody else has."""
    counts = draw(st.tuples(*[st.integers(0, 3)] * len(PEOPLE)))
    return {
        person: [
            f"{person[-1]}ord{number}a {person[-1]}ord{number}b 🙂 {person[-1]}ord{number}c." for number in range(count)
        ]
        for person, count in zip(PEOPLE, counts, strict=True)
    }


def write(live: LiveStudy, written: dict[str, list[str]]) -> None:
    """Hand in the texts, code each, talk of it, quote it in the codebook, and answer a finding on it."""
    for person, texts in written.items():
        live.do(consent(person, "shared_in_network", given=True, information="1.0"))
        for number, text in enumerate(texts):
            entry = f"{person}-{number}"
            live.do(hand_in(text, occasion="T1", kind="reflection", person=person, entry=entry, visibility="network"))
            live.do(code_span(entry, 0, len(text), "COND_TIME"))
            live.do(write_memo("theory", f"Om {text}", entry=entry))
            live.do(redefine_code("COND_TIME", reason="Bättre exempel.", example_sv=text, example_en=text))
            finding = f"F-{entry}"
            live.do(state_finding(title_sv="Tid", text_sv="Tid saknas.", evidence=[entry, "N3"], finding=finding))
            home = "A2" if person == "P-3" else "A1"
            live.do(give_feedback(finding, home, "T1", channel="seminar", feedback=f"B-{entry}"))
            live.do(respond(f"B-{entry}", person, stance="adds", text=f"Jag menar {text}"))


def read_by_others(study: Study, gone: str, folder: Path) -> str:
    """Gather all that anybody but the log's reader reads: tables, codebook, slices, the frozen form, search."""
    frames = {**study.frames, "events": study.events.head(0)}
    save_study(study.with_frames(frames), folder / "frozen")
    files = [path.read_text(encoding="utf-8") for path in sorted((folder / "frozen").iterdir())]
    parts = [journey_slice(study, person, day=DAY) for person in PEOPLE if person != gone]
    slices = [frame.to_csv() for part in parts for frame in (*part.study.frames.values(), *part.counts.values())]
    found = [search(study, f"{gone[-1]}ord{number}a").to_csv() for number in range(3)]
    return "\n".join([*files, *slices, *found, *study.texts.values()])


@given(written=words(), gone=st.sampled_from(PEOPLE))
@settings(max_examples=6)
@pytest.mark.slow
def test_no_word_of_who_left_is_left_and_everybody_else_s_is(
    begun_folder: Path, written: dict[str, list[str]], gone: str
) -> None:
    with tempfile.TemporaryDirectory() as box:
        shutil.copytree(begun_folder, Path(box) / "study")
        with LiveStudy(Path(box) / "study", actor="K1") as live:
            write(live, written)
            live.do(leave(gone))
            after = live.read()
        read = read_by_others(after, gone, Path(box))

    assert f"{gone[-1]}ord" not in read
    others = [text for person, texts in written.items() if person != gone for text in texts]
    assert [text for text in others if text not in set(after.entries["text"])] == []
    assert after.ratings.loc[after.ratings["person"] == gone, "level"].isna().all()
