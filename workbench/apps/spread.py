"""From each one's answer to what an organisation agrees on: the spread as far as it may be shown, and the level."""

from __future__ import annotations

from html import escape
from typing import Any, Final

import pandas as pd

from workbench.access.cells import CELL, ORGANISATIONS
from workbench.apps.journey import EVERYTHING, Page
from workbench.apps.markup import element, items, scrolled
from workbench.apps.parts import Part
from workbench.figures import plot_level_distribution
from workbench.figures.figure import NOTHING, table_html

FRAMES: Final = ("now", "desired")
AGREEING: Final = "consensus"  # beside the page, wherever the pages are


def from_each_to_agreed(page: Page, component: str, occasion: str) -> Part:
    """Show, for one occasion, how answers spread and what was agreed on, component by component."""
    _ = page.translate
    title = _("From each one's answer to what you agree on")
    at = occasion or _latest(page)
    rows = _rows(page, component, at)
    if not rows:
        return Part(title, _steps(page) + element("p", _("Nothing has been rated that fits the choice.")))
    words = _steps(page) + "".join(element("p", line) for line in reasons(page, _chosen(page, "spread withheld", at)))
    table = table_html(pd.DataFrame(rows), page.occasions()[at])
    shown = _chosen(page, "spread", at, component)
    shown = shown[shown["frame"] == "now"]
    figure = None
    if not shown.empty:
        figure = plot_level_distribution(shown, levels=page.levels, labels=page.components(), language=page.language)
    return Part(title, words + scrolled(table, title), figure)


def reasons(page: Page, withheld: pd.DataFrame) -> list[str]:
    """Say in plain words why counts are not shown, each reason once."""
    _ = page.translate
    numbers = {"people": page.study.about.smallest_group, "organisations": ORGANISATIONS}
    words = {
        "few people": _(
            "How individual answers spread is shown when at least {people} people have chosen a level. With fewer, "
            "someone's answer could be guessed. Then only what was agreed on is shown."
        ),
        "few organisations": _(
            "The network's picture is shown when at least {organisations} organisations are in it. With fewer, one "
            "organisation's answers could be worked out."
        ),
        "isolates": _(
            "The network's picture is not shown here: with what some organisations see of themselves, the answers of a "
            "few people could be worked out."
        ),
        "open": _(
            "The numbers of a meeting are shown when it is over. Until then, each new answer could be seen as it comes."
        ),
    }
    return [said.format(**numbers) for why, said in words.items() if why in set(withheld["why"])]


def _steps(page: Page) -> str:
    _ = page.translate
    steps = [
        _("Each one rates alone."),
        _("You see how the answers spread, without names."),
        _("You talk about what differs."),
        _("You agree on a level."),
    ]
    return items(map(escape, steps), kind="ol") + _door(page)


def _door(page: Page) -> str:
    """Lead to where the development lead hands in what is agreed on, on the server's pages."""
    _ = page.translate
    words = _("Hand in, or correct, what you agree on")
    # The lead's: nobody else sees this part.
    return f'<p><a href="{AGREEING}">{escape(words)}</a></p>' if page.served else ""


def _agreed(page: Page) -> pd.DataFrame:
    ratings = page.study.ratings
    return ratings[(ratings["basis"] == "consensus") & ratings["level"].notna() & ratings["frame"].isin(FRAMES)]


def _latest(page: Page) -> str:
    """Find the last occasion at which anything was agreed on or may be counted; "" without any."""
    found = {
        *_agreed(page)["occasion"],
        *page.counts["spread"]["occasion"],
        *page.counts["spread withheld"]["occasion"],
    }
    return next((occasion for occasion in reversed(page.occasions()) if occasion in found), "")


def _chosen(page: Page, name: str, occasion: str, component: str = EVERYTHING) -> pd.DataFrame:
    table = page.counts[name]
    table = table[table["occasion"] == occasion]
    return table if component == EVERYTHING else table[table["component"] == component]


def _rows(page: Page, component: str, occasion: str) -> list[dict[str, str]]:
    _ = page.translate
    heads = {
        "now": (_("Individual answers, now"), _("Agreed, now")),
        "desired": (_("Individual answers, desired"), _("Agreed, desired")),
    }
    counts, agreed = _counted(page, occasion), _agreed(page)
    levels = agreed[agreed["occasion"] == occasion].set_index(["component", "frame"])["level"]
    any_shown = not _chosen(page, "spread", occasion).empty
    found = {name for name, _frame in (*counts, *levels.index)}
    rows = []
    for code, name in page.components().items():
        if code in found and component in {EVERYTHING, code}:
            row = {_("Component"): name}
            for frame, (alone, together) in heads.items():
                level = levels.get((code, frame))
                if any_shown:
                    row[alone] = counts.get((code, frame), NOTHING)
                row[together] = NOTHING if level is None else page.levels[int(level)]
            rows.append(row)
    return rows


def _counted(page: Page, occasion: str) -> dict[tuple[str, str], str]:
    """Write the spread of each cell in words."""
    _ = page.translate
    rows: Any = _chosen(page, "spread withheld", occasion).itertuples()
    told = {(row.component, row.frame): _("Not shown") for row in rows}
    for (_occasion, component, frame), cell in _chosen(page, "spread", occasion).groupby(CELL):
        counts = cell[cell["count"] > 0]
        told[component, frame] = ", ".join(
            f"{page.levels[int(level)]} {count}" for level, count in zip(counts["level"], counts["count"], strict=True)
        )
    return told
