"""Experiments handed in: designed, followed up and sent again, in whatever order the files come."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import
from workbench.loaders.taking import take_in_import
from workbench.records import Record, frame_records
from workbench.store.live import LiveStudy
from workbench.tables import EXPERIMENTS

Row = Mapping[str, str]
DESIGN = {
    "Titel": "Ring först", "Förbättra eller förnya": "Förbättra", "Vi tror att": "de svarar", "Minsta test": "ring tio",
}  # fmt: skip
DONE = {"Titel": "Ring först", "Status": "genomfört", "Startade": "2025-03-05", "Vad som hände": "Fem svarade."}
RUNNING = {"Titel": "Ring först", "Status": "pågår", "Startade": "2025-03-04", "Vad som hände": "Vi ringde."}


def write(folder: Path, files: Mapping[str, Sequence[Row]]) -> Path:
    """Write tables of the organisation's experiments at the second occasion, in a folder of their own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, rows in files.items():
        headings = list(dict.fromkeys(["Organisation", "Tillfälle", *(name for row in rows for name in row)]))
        told = [{"Organisation": "Ena verket", "Tillfälle": "2", **row} for row in rows]
        lines = [headings, *([row.get(heading, "") for heading in headings] for row in told)]
        (folder / name).write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    return folder


def loaded(live: LiveStudy, folder: Path) -> Import:
    return load_entries(folder, study=live.read(), progress=False)


def hand_in(live: LiveStudy, folder: Path, *rows: Row) -> Import:
    """Hand in one file of rows, and take it in."""
    found = loaded(live, write(folder, {"moment.csv": rows}))
    take_in_import(live, found)
    return found


def experiments(live: LiveStudy) -> dict[str, Record]:
    """Return the study's experiments as plain values, by title, without their codes."""
    records, _ = frame_records(EXPERIMENTS, live.read().experiments)
    return {str(row["title"]): {**row, "experiment": None, "follows": bool(row["follows"])} for row in records}


def outcomes(found: Import) -> list[str]:
    return found.rows["outcome"].to_list()


def told(found: Import, weight: str) -> list[tuple[str, str]]:
    """List the headings and rules of what is told with a weight."""
    return [(one.column, str(one.rule)) for one in found.problems if one.weight == weight]


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_a_design_and_its_follow_up_come_in_one_folder(
    handed_to: LiveStudy, tmp_path: Path, names: tuple[str, str]
) -> None:
    folder = write(tmp_path / "in", dict(zip(names, ([DESIGN], [DONE]), strict=True)))
    found = loaded(handed_to, folder)

    assert outcomes(found) == ["taken", "taken"]
    assert take_in_import(handed_to, found)
    row = experiments(handed_to)["Ring först"]
    assert [row[name] for name in ("status", "happened", "assumption")] == ["done", "Fem svarade.", "de svarar"]
    again = loaded(handed_to, folder)
    assert outcomes(again) == ["there", "there"]
    assert take_in_import(handed_to, again) is None


def test_the_act_is_undone_with_design_and_follow_up(handed_to: LiveStudy, tmp_path: Path) -> None:
    before = experiments(handed_to)
    hand_in(handed_to, tmp_path / "in", DONE, DESIGN)
    handed_to.undo()

    assert experiments(handed_to) == before


def test_what_is_planned_is_the_same_whether_it_is_said_or_not(handed_to: LiveStudy, tmp_path: Path) -> None:
    hand_in(handed_to, tmp_path / "in", DESIGN)
    again = hand_in(handed_to, tmp_path / "in", {**DESIGN, "Status": "planerat", "Beslut": "inget beslut"})

    assert outcomes(again) == ["there"]
    assert not again.problems


def test_two_full_rows_with_one_title_are_one_experiment(handed_to: LiveStudy, tmp_path: Path) -> None:
    before = len(experiments(handed_to))
    found = hand_in(handed_to, tmp_path / "in", {**DESIGN, **DONE}, DESIGN, {**DESIGN, **RUNNING})

    assert outcomes(found) == ["taken", "taken", "taken"]
    assert len(handed_to.read().experiments) == before + 1
    assert experiments(handed_to)["Ring först"]["started"] == "2025-03-05"


def test_a_second_design_that_states_something_else_is_refused(handed_to: LiveStudy, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    found = hand_in(handed_to, folder, {**DESIGN, "Vi tror att": "de ringer"}, {**DESIGN, "Tillfälle": "1"})

    assert outcomes(found) == ["refused", "taken"]
    assert experiments(handed_to)["Ring först"]["assumption"] == "de svarar"
    assert told(found, "refused") == [
        ("Vi tror att", "Another experiment with this title is there already, and states something else.")
    ]
    assert outcomes(loaded(handed_to, folder)) == ["refused", "there"]


def test_a_later_hand_in_sets_nothing_back(handed_to: LiveStudy, tmp_path: Path) -> None:
    hand_in(handed_to, tmp_path / "in", DESIGN, DONE)
    before = experiments(handed_to)
    found = hand_in(handed_to, tmp_path / "in", {**DESIGN, "Status": "planerat", "Startade": "2025-03-01"})

    assert experiments(handed_to) == before
    assert told(found, "changed") == [
        ("Status", "The experiment has come further, and the study has: done."),
        ("Startade", "The experiment has come further, and the study has: 2025-03-05."),
    ]


def test_what_is_told_further_on_replaces_what_is_there_and_says_so(handed_to: LiveStudy, tmp_path: Path) -> None:
    hand_in(handed_to, tmp_path / "in", DESIGN, RUNNING)
    found = hand_in(handed_to, tmp_path / "in", DONE)

    assert experiments(handed_to)["Ring först"]["happened"] == "Fem svarade."
    assert ("Vad som hände", "The study had something else: Vi ringde..") in told(found, "changed")


def test_words_that_only_add_are_taken(handed_to: LiveStudy, tmp_path: Path) -> None:
    hand_in(handed_to, tmp_path / "in", DESIGN, RUNNING)
    found = hand_in(handed_to, tmp_path / "in", {**RUNNING, "Vad som hände": "Vi ringde. Sedan svarade fem."})

    assert experiments(handed_to)["Ring först"]["happened"] == "Vi ringde. Sedan svarade fem."
    assert not found.problems


def test_of_two_accounts_of_one_stage_the_second_waits(handed_to: LiveStudy, tmp_path: Path) -> None:
    hand_in(handed_to, tmp_path / "in", DESIGN, RUNNING)
    found = hand_in(handed_to, tmp_path / "in", {**RUNNING, "Vad som hände": "Ingen svarade."})

    assert outcomes(found) == ["refused"]
    assert told(found, "refused") == [
        ("Vad som hände", "The study has something else of the experiment already: Vi ringde..")
    ]


def test_a_follow_up_that_ends_before_it_starts_keeps_no_other_row_out(handed_to: LiveStudy, tmp_path: Path) -> None:
    found = hand_in(handed_to, tmp_path / "in", DESIGN, {**DONE, "Avslutades": "2025-03-01"})

    assert outcomes(found) == ["taken", "refused"]
    assert experiments(handed_to)["Ring först"]["status"] == "planned"


def test_what_follows_a_design_that_breaks_a_rule_is_refused_with_it(handed_to: LiveStudy, tmp_path: Path) -> None:
    broken = {**DESIGN, "Startade": "2025-03-05", "Avslutades": "2025-03-01"}
    log = {"Moment": "Ring först", "Text": "Vi ringde."}
    other = {**DESIGN, "Titel": "Ring igen", "Fortsätter": "Ring först"}
    found = hand_in(handed_to, tmp_path / "in", {**RUNNING, "Avslutades": "2025-03-09"}, other, broken, log)

    assert set(outcomes(found)) == {"refused"}
    assert len(found.rows) == 4


def test_experiments_and_logs_name_those_of_the_same_import(handed_to: LiveStudy, tmp_path: Path) -> None:
    log = {"Moment": "Ring igen", "Text": "Vi ringde igen."}
    later = {**DESIGN, "Titel": "Ring igen", "Fortsätter": "Ring först"}
    last = {**DESIGN, "Titel": "Ring sist", "Fortsätter": "Ring igen"}
    found = hand_in(handed_to, tmp_path / "in", log, last, later, DESIGN)

    assert outcomes(found) == ["taken"] * 4
    table = handed_to.read().experiments.set_index("title")
    assert table.loc["Ring sist", "follows"] == table.loc["Ring igen", "experiment"]
    assert table.loc["Ring igen", "follows"] == table.loc["Ring först", "experiment"]


def test_experiments_that_continue_each_other_are_refused(handed_to: LiveStudy, tmp_path: Path) -> None:
    found = hand_in(
        handed_to,
        tmp_path / "in",
        {**DESIGN, "Fortsätter": "Andra"},
        {**DESIGN, "Titel": "Andra", "Fortsätter": "Ring först"},
    )

    assert outcomes(found) == ["refused", "refused"]


@pytest.mark.parametrize(("status", "sign"), [("planerat", "fem svar"), ("pågår", None)])
def test_a_sign_can_be_stated_until_the_start(
    handed_to: LiveStudy, tmp_path: Path, status: str, sign: str | None
) -> None:
    hand_in(handed_to, tmp_path / "in", {**DESIGN, "Status": status})
    found = hand_in(handed_to, tmp_path / "in", {"Titel": "Ring först", "Tecken": "fem svar"})

    assert experiments(handed_to)["Ring först"]["sign"] == sign
    assert len(told(found, "changed")) == (sign is None)


def test_components_that_were_not_stated_are_told(handed_to: LiveStudy, tmp_path: Path) -> None:
    later = {**DESIGN, "Titel": "Ring igen"}
    hand_in(handed_to, tmp_path / "in", {**DESIGN, "Komponent": "I3"}, later)
    same = hand_in(handed_to, tmp_path / "in", {**RUNNING, "Komponent": "I3"})
    other = hand_in(handed_to, tmp_path / "in", {**RUNNING, "Titel": "Ring igen", "Komponent": "I3"})

    assert not told(same, "changed")
    assert [heading for heading, _ in told(other, "changed")] == ["Komponent"]


def test_a_title_with_a_text_is_the_texts_heading(handed_to: LiveStudy, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    words = "---\nperson: P-1\ntillfälle: 2\ntitel: En vår\n---\nVi gick hem.\n"
    (tmp_path / "in" / "a.md").write_text(words, encoding="utf-8")
    found = loaded(handed_to, tmp_path / "in")
    take_in_import(handed_to, found)

    assert outcomes(found) == ["taken"]
    assert "En vår" in set(handed_to.read().attributes["value"])
    assert outcomes(loaded(handed_to, tmp_path / "in")) == ["there"]


def test_a_title_with_more_of_an_experiment_stays_one(handed_to: LiveStudy, tmp_path: Path) -> None:
    found = hand_in(handed_to, tmp_path / "in", {"Titel": "Okänt", "Status": "pågår", "Text": "Vi gick hem."})

    assert outcomes(found) == ["refused"]


_stages = st.sampled_from(["", "idé", "planerat", "pågår", "genomfört", "delvis"])
_days = st.sampled_from(["", "2025-03-01", "2025-03-05", "2025-03-09"])
_texts = st.sampled_from(["", "Vi ringde.", "Vi ringde. Fem svarade.", "Ingen svarade."])
_told = st.fixed_dictionaries(
    {
        "Titel": st.sampled_from(["Ring först", "Ring igen"]), "Tillfälle": st.sampled_from(["1", "2"]),
        "Status": _stages, "Startade": _days, "Avslutades": _days, "Vad som hände": _texts,
        "Beslut": st.sampled_from(["", "inget beslut", "inför", "pausa"]),
    }
)  # fmt: skip
_designed = st.tuples(
    _told,
    st.sampled_from(["de svarar", "de ringer"]),
    st.sampled_from(["", "fem svar"]),
    st.sampled_from(["", "Ring först"]),
).map(
    lambda one: {
        **DESIGN,
        **one[0],
        "Vi tror att": one[1],
        "Tecken": one[2],
        "Fortsätter": one[3] if one[0]["Titel"] != one[3] else "",
    }
)
_rows = st.lists(_told | _designed, min_size=2, max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=_rows, data=st.data())
def test_in_any_order_the_same_comes_of_it_and_nothing_of_it_once_more(
    begun_awkward: Path, rows: list[dict[str, str]], data: st.DataObject
) -> None:
    """The files give the same experiments in any order; the same folder again makes no event and the same account."""
    seen = []
    for order in (rows, data.draw(st.permutations(rows))):
        with tempfile.TemporaryDirectory() as made:
            folder = write(Path(made) / "in", {f"{place}.csv": [row] for place, row in enumerate(order)})
            with LiveStudy(shutil.copytree(begun_awkward, Path(made) / "study"), actor="K1") as live:
                first = loaded(live, folder)
                take_in_import(live, first)
                after = experiments(live)
                again = loaded(live, folder)
                assert take_in_import(live, again) is None
                assert again.totals["taken"] == 0
                assert again.totals["refused"] == first.totals["refused"]
                seen.append(after)
    assert seen[0] == seen[1]
