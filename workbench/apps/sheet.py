"""One page of paper for a management meeting: what was agreed on, how sure a change is, what was tried."""

from __future__ import annotations

from html import escape
from typing import Any, Final

import pandas as pd

from workbench.apps.journey import Page
from workbench.apps.markup import element, items, scrolled
from workbench.apps.trials import ahead_lines, decision_name
from workbench.capability import consensus_change, how_sure
from workbench.figures.experiments import status_name
from workbench.figures.figure import NOTHING

MOST_TRIED: Final = 8  # more would not fit on the page beside the table
MOST_AHEAD: Final = 5
_STATES: Final = ("now", "desired")


def sheet(page: Page) -> str:
    """Write the page of paper as HTML; it fits an A4 page when printed."""
    _ = page.translate
    about = page.study.about
    label = " · ".join([_("Self-rated, not reviewed"), getattr(about, f"label_{page.language}")])
    parts = [
        element("h2", page.organisation),
        element("p", label, style="wb-label"),
        *_levels(page),
        *_tried(page),
        *_ahead(page),
        element("p", _rests_on(page), style="wb-who"),
    ]
    return f'<section class="wb-sheet">{"".join(parts)}</section>'


def _levels(page: Page) -> list[str]:
    _ = page.translate
    study = page.study
    agreed = consensus_change(study.ratings, study.occasions, study.components)
    if agreed.empty:
        return [element("h3", _("What we agree on")), element("p", _("Nothing has been agreed on yet."))]
    notes: list[str] = []
    ends = {frame: agreed[agreed["frame"] == frame].set_index("component") for frame in _STATES}
    rows = [
        _row(page, code, name, ends, notes) for code, name in page.components().items() if code in ends["now"].index
    ]
    heads = [_("Component"), _("First now"), _("Now"), _("Desired"), _("How sure")]
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    told = [f"<b>{_mark(place)}</b> {escape(note)}" for place, note in enumerate(notes)]
    caption = element("caption", _("What we agree on, first and last"))
    table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    return [scrolled(table, _("What we agree on")), f'<p class="wb-notes">{"<br>".join(told)}</p>']


def _row(page: Page, code: str, name: str, ends: dict[str, pd.DataFrame], notes: list[str]) -> str:
    now: Any = ends["now"].loc[code]
    desired = ends["desired"]["last_level"].get(code)
    sure = NOTHING
    if now["first_occasion"] != now["last_occasion"]:
        said = how_sure(now, page.translate)
        notes += [said] if said not in notes else []
        sure = _mark(notes.index(said))
    wish = NOTHING if desired is None else page.levels[int(desired)]
    cells = [page.levels[int(now["first_level"])], page.levels[int(now["last_level"])], wish, sure]
    return f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'


def _mark(place: int) -> str:
    return f"{chr(ord('a') + place)})"


def _tried(page: Page) -> list[str]:
    _ = page.translate
    experiments = page.study.experiments
    if experiments.empty:
        return []
    order = page.study.occasions.set_index("occasion")["number"]
    latest: Any = experiments.assign(number=experiments["occasion"].map(order)).sort_values("number").tail(MOST_TRIED)
    lines = [
        f"<b>{escape(row.title)}</b>: {escape(status_name(row.status, _))} · {escape(decision_name(row.decision, _))}"
        for row in latest.itertuples()
    ]
    told = _("What we tried: the latest {shown} of {all} experiments").format(shown=len(lines), all=len(experiments))
    return [element("h3", told), items(lines)]


def _ahead(page: Page) -> list[str]:
    lines = ahead_lines(page)[:MOST_AHEAD]
    return [element("h3", page.translate("What comes next")), items(lines)] if lines else []


def _rests_on(page: Page) -> str:
    _ = page.translate
    study = page.study
    agreed = study.ratings[(study.ratings["basis"] == "consensus") & study.ratings["level"].notna()]
    words = _(
        "Rests on {agreed} agreed levels from {occasions} occasions. What counts is your own start: organisations are "
        "not compared with each other. Data: {title}, version {version}."
    )
    title = getattr(study.about, f"title_{page.language}")
    numbers = {"agreed": len(agreed), "occasions": agreed["occasion"].nunique()}
    return words.format(title=title, version=study.about.version, **numbers)
