"""Every figure: words, numbers and honesty, on a study small enough to check by eye."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest

from tests.frames import table
from workbench import capability, coding
from workbench.figures import (
    Figure,
    plot_agreement,
    plot_co_occurrence,
    plot_code_shares,
    plot_completeness,
    plot_experiments,
    plot_level_distribution,
    plot_now_desired,
    plot_overlap,
    plot_trajectories,
)
from workbench.figures.distribution import MixedGroupsError
from workbench.figures.figure import MIME, table_html
from workbench.tables import CODES, CODINGS, COMPONENTS, ENTRIES, EXPERIMENTS, FOCUS, OCCASIONS, PEOPLE, RATINGS

LEVELS = ["Absent", "Ad hoc", "Trial", "Established", "Systematic", "Renewing"]
DAYS = [pd.Timestamp("2025-02-05"), pd.Timestamp("2025-03-26"), pd.Timestamp("2025-05-21")]
MEETINGS = table(
    OCCASIONS,
    [{"occasion": f"T{k + 1}", "number": k + 1, "starts": day, "ends": day} for k, day in enumerate(DAYS)],
)
PARTS = table(
    COMPONENTS,
    [
        {"component": "I1", "position": 1, "name_sv": "Omvärld", "name_en": "Context <now>", "block": "PURPOSE"},
        {"component": "I3", "position": 2, "name_sv": "Ledarskap", "name_en": "Leadership", "block": "CONDITIONS"},
    ],
)
LEVELS_GIVEN = [
    ("P1", "T1", "I1", "now", 1), ("P2", "T1", "I1", "now", 1), ("P1", "T3", "I1", "now", 3),
    (None, "T1", "I1", "now", 1), (None, "T3", "I1", "now", 3), (None, "T1", "I1", "desired", 4),
    (None, "T3", "I1", "desired", 4), (None, "T1", "I3", "now", 2), (None, "T1", "I3", "desired", 2),
    (None, "T3", "I1", "then", 0),
]  # fmt: skip
KEYS = ("person", "occasion", "component", "frame", "level")
RATED = table(
    RATINGS,
    [
        dict(zip(KEYS, row, strict=True)) | {"organisation": "A", "basis": "individual" if row[0] else "consensus"}
        for row in LEVELS_GIVEN
    ],
)
TRIED = table(
    EXPERIMENTS,
    [
        {"experiment": "X1", "status": "done", "decision": "adopt", "started": DAYS[0], "ended": DAYS[1]},
        {"experiment": "X2", "status": "not_done", "decision": "none", "not_done_reason": "No time"},
        {"experiment": "X3", "status": "running", "decision": "none", "started": DAYS[1]},
    ],
).assign(organisation="A", occasion="T1", title=["Call first", "Open draft", "One page"])
CODEBOOK = table(CODES, [{"code": "TIME", "name_en": "Time"}, {"code": "LEAD", "name_en": "Leadership"}])
LOG = table(
    ENTRIES,
    [{"entry": f"N{k}", "occasion": "T1", "text": "We lack time. Nobody leads.", "person": f"P{k}"} for k in (1, 2)],
)
CODED = table(
    CODINGS,
    [
        {
            "coding": f"{entry}{code}",
            "entry": entry,
            "code": code,
            "start": 0,
            "end": 9,
            "quote": "We lack",
            "coder": "K",
        }
        for entry in ("N1", "N2")
        for code in ("TIME", "LEAD")
    ],
)
WHO = table(PEOPLE, [{"person": p, "organisation": "A", "joined": DAYS[0]} for p in ("P1", "P2")])
ASKED = table(FOCUS, [{"occasion": t, "component": "I1"} for t in ("T1", "T3")])


def alike(**choices: Any) -> pd.DataFrame:
    """Measure two coders: the second gave one code in one entry only."""
    second = CODED[CODED["coding"] != "N2LEAD"].assign(coder="L")
    return coding.agreement(pd.concat([CODED, second]), LOG, ["K", "L"], **choices)


def trajectories() -> Figure:
    """Levels over time, with the then-test."""
    return plot_trajectories(
        RATED, MEETINGS, PARTS, organisation="A", levels=LEVELS, then_test=True, columns=1, language="en"
    )


def completeness() -> Figure:
    """Draw what was asked and answered."""
    cells = capability.completeness(RATED, ASKED, WHO, MEETINGS, PARTS)
    return plot_completeness(cells, MEETINGS, PARTS, language="en")


FIGURES: dict[str, Callable[[], Figure]] = {
    "trajectories": trajectories,
    "completeness": completeness,
    "now_desired": lambda: plot_now_desired(RATED, MEETINGS, PARTS, organisation="A", levels=LEVELS, language="en"),
    "experiments": lambda: plot_experiments(TRIED, MEETINGS, organisation="A", language="en"),
    "overlap": lambda: plot_overlap(capability.respondent_overlap(RATED, MEETINGS), language="en"),
    "distribution": lambda: plot_level_distribution(
        capability.level_distribution(RATED, by=("component",)), levels=LEVELS, language="en"
    ),
    "code_shares": lambda: plot_code_shares(coding.code_shares(LOG, CODED, MEETINGS), CODEBOOK, language="en"),
    "co_occurrence": lambda: plot_co_occurrence(coding.co_occurrence(CODED), CODEBOOK, language="en"),
    "agreement": lambda: plot_agreement(alike(), CODEBOOK, language="en"),
}


@pytest.fixture(params=sorted(FIGURES))
def draw(request: pytest.FixtureRequest) -> Callable[[], Figure]:
    """Each figure in turn."""
    return FIGURES[request.param]


def test_a_figure_has_words_numbers_and_a_table(draw: Callable[[], Figure]) -> None:
    """Alternative text with a number, n, what it rests on, and rows."""
    figure = draw()

    assert any(character.isdigit() for character in figure.alt)
    assert figure.n
    assert figure.rests_on
    assert len(figure.table)
    assert figure.plot.layout.meta["alt"] == figure.alt


def test_a_figure_is_the_same_every_time(draw: Callable[[], Figure]) -> None:
    """No random identifiers and no clock: reviewers compare the outputs."""
    assert json.dumps(draw().bundle()) == json.dumps(draw().bundle())
    assert '"uid"' not in json.dumps(draw().bundle())


def test_a_figure_is_drawn_of_plain_numbers(draw: Callable[[], Figure]) -> None:
    """Lists, not packed arrays: a person can read the output of a notebook."""
    assert "bdata" not in json.dumps(draw().bundle()[MIME])


def test_a_figure_leaves_the_width_to_the_screen(draw: Callable[[], Figure]) -> None:
    """A phone and a projector show the same figure."""
    assert draw().plot.layout.width is None


def test_lines_stop_at_a_gap() -> None:
    """T2 has no agreed level: the line has a hole there, and is told not to bridge it."""
    agreed = next(trace for trace in trajectories().plot.data if trace.name == "Agreed level")

    assert list(agreed.y) == [1.0, None, 3.0]
    assert agreed.connectgaps is False


def test_people_on_the_same_level_stand_side_by_side() -> None:
    """P1 and P2 both chose 1 at T1: two dots on the same height, apart."""
    people = next(trace for trace in trajectories().plot.data if trace.name == "Each person")

    assert list(people.y) == [1.0, 1.0, 3.0]
    assert people.x[0] != people.x[1]


def test_the_levels_are_named_on_the_axis() -> None:
    """An ordinal axis shows words."""
    assert list(trajectories().plot.layout.yaxis.ticktext) == LEVELS


def test_not_carried_out_is_seen_and_told() -> None:
    """X2 never started: it has a lane, words, and its reason in the table."""
    figure = FIGURES["experiments"]()
    words = [note.text for note in figure.plot.layout.annotations]

    assert "not carried out" in words
    assert "1 not carried out" in figure.alt
    assert "No time" in figure.html()


def test_a_planned_gap_is_marked_without_colour() -> None:
    """I1 was out of focus at T2: a dot, not a number."""
    words = [
        word for trace in completeness().plot.select_traces({"type": "scatter", "mode": "text"}) for word in trace.text
    ]

    assert "·" in words
    assert "2/2" in words


def test_ratings_say_that_they_are_not_reviewed() -> None:
    """The label of everything self-rated."""
    assert "Self-rated, not reviewed" in trajectories().html()


def test_the_table_is_escaped_and_accessible() -> None:
    """A name with angle brackets is text; headings have a scope; there is a caption."""
    html = trajectories().html()

    assert "Context &lt;now&gt;" in html
    assert "<caption>" in html
    assert '<th scope="col">' in html
    assert '<th scope="row">' in html


def test_numbers_in_tables_are_short() -> None:
    """At most three decimals, and a dash for nothing."""
    html = table_html(pd.DataFrame({"a": ["x", "y"], "b": [1 / 3, None]}), "t")

    assert "<td>0.333</td>" in html
    assert "<td>–</td>" in html  # noqa: RUF001  the dash is the point


def test_a_notebook_gets_the_plot_then_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """First Plotly's mime type with the alternative text, then the table; never a script."""
    import IPython.display  # noqa: PLC0415  patched here

    shown: list[dict[str, Any]] = []
    monkeypatch.setattr(IPython.display, "display", lambda bundle, **_raw: shown.append(bundle))

    trajectories()._ipython_display_()

    assert list(shown[0]) == [MIME, "text/plain"]
    assert "<details>" in shown[1]["text/html"]
    assert "<script" not in shown[1]["text/html"]


def test_a_long_word_is_never_cut() -> None:
    """Swedish has them: a heading breaks between words only."""
    long = PARTS.assign(name_en=["Our innovationsekosystemsfunktion", "Leadership"])

    plot = plot_trajectories(RATED, MEETINGS, long, organisation="A", levels=LEVELS, language="en").plot

    assert plot.layout.annotations[0].text == "Our<br>innovationsekosystemsfunktion"


MARKUP = '<a href="x">1 < 2 & more</a>'


def texts_drawn(part: object, name: str = "") -> Iterator[str]:
    """Every word of a plot that Plotly reads as markup."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from () if key == "meta" else texts_drawn(value, key)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts_drawn(value, name)
    elif isinstance(part, str) and name in {"text", "ticktext", "name", "hovertemplate", "customdata", "hovertext"}:
        yield part


def named_with_markup() -> dict[str, Figure]:
    """Every figure, each name in its data being markup."""
    days = MEETINGS.assign(occasion=[MARKUP + name for name in MEETINGS["occasion"]])
    parts = PARTS.assign(name_en=MARKUP)
    own = RATED.assign(organisation=MARKUP, occasion=MARKUP + RATED["occasion"])
    tried = TRIED.assign(title=MARKUP, organisation=[MARKUP, MARKUP, "B"], occasion=MARKUP + TRIED["occasion"])
    codes, log = CODEBOOK.assign(name_en=MARKUP), LOG.assign(occasion=MARKUP + LOG["occasion"])
    who, asked = WHO.assign(organisation=MARKUP), ASKED.assign(occasion=MARKUP + ASKED["occasion"])
    spread = capability.level_distribution(RATED, by=("component",)).assign(component=MARKUP)
    levels = [f"{MARKUP}{name}" for name in LEVELS]
    of = {"organisation": MARKUP, "levels": levels, "language": "en"}
    return {
        "trajectories": plot_trajectories(own, days, parts, then_test=True, reader="P1", **of),
        "now_desired": plot_now_desired(own, days, parts, **of),
        "completeness": plot_completeness(capability.completeness(own, asked, who, days, parts), days, parts),
        "experiments": plot_experiments(tried, days),
        "one's experiments": plot_experiments(tried, days, organisation=MARKUP),
        "overlap": plot_overlap(capability.respondent_overlap(own, days)),
        "distribution": plot_level_distribution(spread, levels=levels),
        "code_shares": plot_code_shares(coding.code_shares(log, CODED, days), codes, language="en"),
        "co_occurrence": plot_co_occurrence(coding.co_occurrence(CODED), codes, language="en"),
        "agreement": plot_agreement(alike(), codes, language="en"),
    }


def test_markup_in_data_is_drawn_as_text() -> None:
    """Of all that Plotly reads as markup, only our own line breaks and bold type are left."""
    for name, figure in named_with_markup().items():
        words = list(texts_drawn(figure.plot.to_plotly_json()))
        drawn = [re.sub("</?(br|b|extra)>", "", text) for text in words]

        assert any("&lt;" in text for text in drawn), name
        assert not [text for text in drawn if "<" in text or re.search("&(?!lt;|gt;|amp;)", text)], name


def test_a_caption_reads_as_the_heading_does() -> None:
    """Escaped once, not twice."""
    html = named_with_markup()["now_desired"].html()

    assert "1 &lt; 2 &amp; more" in html
    assert "&amp;lt;" not in html


def test_two_groups_never_share_a_row() -> None:
    """T1 and T3 of the same component would lie on each other: it is refused, and says how to narrow."""
    spread = capability.level_distribution(RATED)

    with pytest.raises(MixedGroupsError, match=r"they differ in \['organisation', 'occasion'\]"):
        plot_level_distribution(spread, levels=LEVELS)


def test_what_cannot_be_compared_is_said() -> None:
    """I3 was agreed on at T1 only."""
    assert "higher for 1 of 2 components, the same for 0, lower for 0; 1 cannot be compared" in trajectories().alt


def test_occasions_stand_in_time_whatever_was_answered() -> None:
    """A third organisation that answered late and once does not turn the order round."""
    late = RATED[RATED["person"].notna()].assign(organisation="B", occasion="T2").head(1)
    numbered = MEETINGS.assign(number=[1, 2, 3], occasion=["T1", "T2", "T3"])

    plot = plot_overlap(capability.respondent_overlap(pd.concat([RATED, late]), numbered), language="en").plot

    assert list(plot.layout.xaxis.ticktext) == ["T1", "T2", "T3"]


def test_blocks_of_another_instrument_are_drawn_by_their_own_names() -> None:
    """An instrument names its own building blocks."""
    parts = PARTS.assign(block=["CRAFT", "PURPOSE"])
    plot = plot_now_desired(RATED, MEETINGS, parts, organisation="A", levels=LEVELS, language="en").plot

    bold = [note.text for note in plot.layout.annotations if note.text.startswith("<b>")]

    assert bold == ["<b>Purpose and focus</b>", "<b>CRAFT</b>"]


def test_agreement_is_drawn_with_what_it_rests_on() -> None:
    figure = FIGURES["agreement"]()

    assert list(figure.table["Code"]) == ["Time", "Leadership"]
    assert list(figure.table["Given by all"]) == [2, 1]
    assert figure.n == "Entries read by two or more: 2; sentences: 4; codes: 2"
    assert "Defined for 2 of 2 codes, with an interval for 0; 1 reach 0.8 and 1 lie under 0.667." in figure.alt


def test_agreement_that_is_not_defined_is_told_in_words_and_drawn_as_no_point() -> None:
    figure = plot_agreement(alike(codes=["NONE"], unit="character"), CODEBOOK, language="en")

    assert list(texts_drawn(figure.plot.to_plotly_json())).count("not defined") == 1
    assert figure.alt == "Alpha is not defined for any code; codes: 1."
    assert figure.table["Alpha"].isna().all()
    assert "alpha of unitising" in figure.rests_on


def test_agreement_with_an_interval_is_told_from_the_lowest_to_the_highest() -> None:
    """Of two codes with an interval the table's numbers are drawn, and the ends are named."""
    sure = alike().assign(alpha=[0.9, 0.5], low=[0.7, 0.2], high=[1.0, 0.6])

    figure = plot_agreement(sure, CODEBOOK, language="en")

    assert figure.alt.endswith("from 0.50 (Time) to 0.90 (Leadership).")
    drawn = figure.plot.to_plotly_json()["data"][0]
    assert [drawn["x"], drawn["error_x"]["arrayminus"]] == [[0.5, 0.9], pytest.approx([0.3, 0.2])]


def test_no_coding_at_all_is_a_figure_that_says_so() -> None:
    figure = plot_agreement(coding.agreement(CODED[:0], LOG, ["K", "L"]), CODEBOOK, language="en")

    assert figure.alt == "Alpha is not defined for any code; codes: 0."
