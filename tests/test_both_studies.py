"""Every analysis and every figure, on both demo studies and on studies too small or too empty, in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd
import pytest

from tests.tiny import DEMO, MUNICIPALITIES, tiny_study
from workbench import capability, coding, experiments, figures
from workbench.access import slice_for
from workbench.opening import open_study
from workbench.study import Study

BASES = ("individual", "consensus")
MISSPELT = re.compile(
    r"\bnan\b|\bNaT\b|<NA>|\{\w*\}"
    r"|\b1 (people|components|occasions|entries|experiments|pairs|codes|groups|times|"
    r"personer|tillfällen|anteckningar|grupper|gånger|koder)\b"
)


def emptied(study: Study, *kept: str) -> Study:
    frames = study.frames
    return study.with_frames({name: frame if name in kept else frame.iloc[:0] for name, frame in frames.items()})


def rated(study: Study, ratings: pd.DataFrame) -> Study:
    return study.with_frames(study.frames | {"ratings": ratings})


def only(study: Study, basis: str) -> Study:
    return rated(study, study.ratings[study.ratings["basis"] == basis])


def unanswered(study: Study) -> Study:
    levels = pd.array([None] * len(study.ratings), dtype="Int64")
    return rated(study, study.ratings.assign(level=levels, missing="DK"))


def one_occasion(study: Study) -> Study:
    first = study.occasions.nsmallest(1, "number")
    return rated(study, study.ratings[study.ratings["occasion"].isin(first["occasion"])]).with_frames(
        study.frames | {"occasions": first}
    )


def unplaced(study: Study) -> Study:
    """Components without a place in an order, some of them unknown."""
    parts = study.components.assign(position=pd.array([None] * len(study.components), dtype="Int64"), name_en=None)
    strange = study.ratings.tail(1).assign(component="Z9")
    return study.with_frames(
        study.frames | {"components": parts, "ratings": pd.concat([study.ratings, strange], ignore_index=True)}
    )


MADE: dict[str, Callable[[], Study]] = {
    "demo": lambda: open_study(DEMO),
    "municipalities": lambda: open_study(MUNICIPALITIES),
    "tiny": tiny_study,
    "empty": lambda: emptied(tiny_study()),
    "nothing done yet": lambda: emptied(
        tiny_study(), "organisations", "people", "occasions", "components", "focus", "codes"
    ),
    "one person": lambda: slice_for(tiny_study(), "P-1"),
    "no consensus": lambda: only(tiny_study(), "individual"),
    "only agreed": lambda: only(tiny_study(), "consensus"),
    "no level": lambda: unanswered(tiny_study()),
    "one occasion": lambda: one_occasion(tiny_study()),
    "no order": lambda: unplaced(tiny_study()),
}


@cache
def made(name: str) -> Study:
    return MADE[name]()


def ends(study: Study) -> dict[str, str]:
    order = [*study.occasions.sort_values("number")["occasion"]] or ["T1"]
    return {"first": order[0], "last": order[-1]}


def tables(study: Study) -> dict[str, pd.DataFrame]:
    """Every public analysis."""
    s, parts = study, {"components": study.components}
    cells = (s.ratings, s.focus, s.people, s.occasions, s.components)
    pairs = capability.within_person_change(s.ratings, **ends(s), **parts)
    found = {
        "within": pairs, "summary": capability.change_summary(pairs, **parts),
        "all": capability.all_respondent_change(s.ratings, **ends(s), **parts),
        "recalibration": capability.recalibration(s.ratings, **ends(s), **parts),
        "overlap": capability.respondent_overlap(s.ratings, s.occasions),
        "spread": capability.level_distribution(s.ratings, by=("component",), **parts),
        "spread of all": capability.level_distribution(s.ratings, by=(), **parts),
        "consensus": capability.consensus_change(s.ratings, s.occasions, s.components),
        "shares": coding.code_shares(s.entries, s.codings, s.occasions, families=coding.families(s.codes)),
        "new shares": coding.code_shares(s.entries, s.codings, s.occasions, new_text_only=False),
        "together": coding.co_occurrence(s.codings, minimum=1),
        "overlapping": coding.co_occurrence(s.codings, unit="overlap", minimum=1),
        "copied": coding.copied_share(s.entries), "previous": coding.previous_entries(s.entries),
        "repeated": coding.repeated_codings(s.entries, s.codings),
        "status": experiments.status_counts(s.experiments),
        "status of all": experiments.status_counts(s.experiments, by=()),
        "decisions": experiments.decision_counts(s.experiments, s.experiment_components, **parts),
        "completion": experiments.completion(s.experiments), "all done": experiments.completion(s.experiments, by=()),
        "coverage": experiments.coverage(s.definitions, s.experiments, s.experiment_components, s.practices, **parts),
        "chains": experiments.chains(s.experiments),
    }  # fmt: skip
    for basis in BASES:
        found[f"completeness, {basis}"] = capability.completeness(*cells, basis=basis)
        found[f"gap, {basis}"] = capability.gap(s.ratings, basis=basis, **parts)
        found[f"closing, {basis}"] = capability.gap_decomposition(s.ratings, **ends(s), basis=basis, **parts)
    return found


@cache
def analysed(name: str) -> dict[str, pd.DataFrame]:
    return tables(made(name))


@cache
def drawn(name: str, language: Any) -> dict[str, figures.Figure]:
    """Every figure, of the first organisation where it is of one."""
    s, found = made(name), analysed(name)
    organisation = [*s.organisations["organisation"], "A1"][0]
    own: dict[str, Any] = {"organisation": organisation, "levels": s.instrument.levels, "language": language}
    base = (s.ratings, s.occasions, s.components)
    maps = {
        f"completeness, {basis}, {frame}": figures.plot_completeness(
            found[f"completeness, {basis}"], s.occasions, s.components, frame=frame, language=language
        )
        for basis in BASES
        for frame in ("now", "desired", "then")
    }
    return maps | {
        "overlap": figures.plot_overlap(found["overlap"], language=language),
        "spread": figures.plot_level_distribution(found["spread"], levels=s.instrument.levels, language=language),
        "now, consensus": figures.plot_now_desired(*base, **own),
        "now, individual": figures.plot_now_desired(*base, basis="individual", **own),
        "levels": figures.plot_trajectories(*base, then_test=True, reader="P-1", **own),
        "wishes": figures.plot_trajectories(*base, frame="desired", **own),
        "experiments": figures.plot_experiments(s.experiments, s.occasions, language=language),
        "one's": figures.plot_experiments(s.experiments, s.occasions, organisation=organisation, language=language),
        "shares": figures.plot_code_shares(found["new shares"], s.codes, language=language),
        "together": figures.plot_co_occurrence(found["together"], s.codes, language=language),
    }


@pytest.mark.parametrize("name", MADE)
def test_every_analysis_gives_a_table_of_possible_numbers(name: str) -> None:
    """Shares lie between 0 and 1, counts are not negative, no more is rated than was expected of people."""
    for title, table in analysed(name).items():
        for column in {"share", "overlap", "superiority", "lower", "upper", "rate"} & set(table.columns):
            assert table[column].dropna().astype(float).between(0, 1).all(), (title, column)
        for column in {"n", "count", "expected", "rated", "both", "total"} & set(table.columns):
            assert (table[column].dropna() >= 0).all(), (title, column)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", MADE)
def test_every_figure_says_what_it_shows_in_whole_words(name: str, language: str) -> None:
    """No empty alternative text, no nan, no unfilled field, no "1 people"."""
    for title, figure in drawn(name, language).items():
        words = f"{figure.alt} {figure.n} {figure.rests_on}"

        assert figure.alt and figure.n, title
        assert not MISSPELT.search(words), (title, words)
        assert not re.search("<NA>|>nan<|>NaT<", figure.html()), title
        assert figure.bundle(), title


@pytest.mark.parametrize(("language", "said"), [("sv", "Enbart gemensamma nivåer"), ("en", "Only agreed levels")])
@pytest.mark.parametrize("name", ["municipalities", "only agreed"])
def test_a_study_of_agreed_levels_lacks_no_individual_ones(name: str, language: str, said: str) -> None:
    """It says that only agreed levels were collected: never that none of so many was rated."""
    found = drawn(name, language)
    own, overlap = found["completeness, individual, now"], found["overlap"]

    assert said in own.alt and said in own.n
    assert said in overlap.alt and said in overlap.n
    assert said in {trace.name for trace in own.plot.data} | set(own.table.iloc[:, -1])
    if name == "municipalities":
        assert not re.search(r"\b0 (of|av) \d|None rated|Ingen skattade|\bmissing\b", own.html() + own.n)
        assert "None rated" not in {trace.name for trace in own.plot.data}


def test_the_agreed_levels_of_the_municipalities_are_counted_as_such(municipalities: Study) -> None:
    """Each consensus on now is one rated cell, and the words speak of agreed levels."""
    given = municipalities.ratings.query("basis == 'consensus' and frame == 'now' and level.notna()")
    figure = drawn("municipalities", "en")["completeness, consensus, now"]

    assert f"{len(given)} have an agreed level" in figure.alt
    assert figure.n.startswith(f"Agreed levels: {len(given)} of ")
    assert "Agreed level" in {trace.name for trace in figure.plot.data}
    assert "wholly rated" not in figure.alt


def test_the_demo_counts_every_individual_rating_with_a_level(demo: Study) -> None:
    """The whole map adds up to the table it is drawn from, frame by frame."""
    cells = analysed("demo")["completeness, individual"].groupby("frame")["rated"].sum()
    given = demo.ratings.query("basis == 'individual' and level.notna()").groupby("frame", observed=True).size()

    assert cells.to_dict() == given.to_dict()


def test_the_start_is_seen_again_by_all_who_were_there(demo: Study) -> None:
    """In the demo nobody from the first occasion left the then-test unanswered, and newcomers are not expected."""
    then = analysed("demo")["completeness, individual"].query("frame == 'then'")

    assert then["unanswered"].sum() == 0
    assert (then["rated"] <= then["expected"]).all()


def test_no_more_entries_are_coded_than_there_are(demo: Study, municipalities: Study) -> None:
    """Two coders' readings of an entry are one entry."""
    for name, study in (("demo", demo), ("municipalities", municipalities)):
        pairs = analysed(name)["together"]

        assert set(pairs["total"]) == {study.codings["entry"].nunique()}
        assert str(study.codings["entry"].nunique()) in drawn(name, "en")["together"].n
