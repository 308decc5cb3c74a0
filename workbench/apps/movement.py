"""What has moved, in plain words: mine, and what we agree on."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import Any

import pandas as pd

from workbench.apps.journey import Journey, Page
from workbench.apps.markup import element, folded, items, section
from workbench.apps.yardstick import leans, yardstick
from workbench.capability import consensus_change, how_sure


def movement(journey: Journey) -> str:
    """Write the section on what has moved since the start, as HTML."""
    _ = journey.translate
    parts = (_mine(journey), ours(journey), yardstick(journey))
    label = element("p", _("Self-rated, not reviewed"), style="wb-label")
    cards = f'<div class="wb-cards">{"".join(f"<article>{part}</article>" for part in parts if part)}</div>'
    return section(_("What has moved"), label, cards, name="moved")


def _mine(journey: Journey) -> str:
    _ = journey.translate
    steps = _own_steps(journey)
    title = element("h3", _("You"))
    if not (journey.study.ratings["basis"] == "individual").any():
        return title + element("p", _("You have no ratings of your own in this study."))
    if steps.empty:
        return title + element("p", _("You have rated once so far. What moves shows after the next time."))
    words = _(
        "Of {n} components you have rated at least twice, you chose a higher level for {up}, the same for {same} "
        "and a lower for {down}, last time against first."
    )
    change = steps["change"]
    up, down = int((change > 0).sum()), int((change < 0).sum())
    counted = words.format(n=len(steps), up=up, same=len(steps) - up - down, down=down)
    pattern = (
        _("That it is so much oftener one way than the other is more than chance usually gives.")
        if leans(up, down)
        else _("Chance alone can give this many up and down.")
    )
    caution = _(
        "One person's answer moves a step by chance about every other time. Look at the pattern, not at one step."
    )
    names, levels = journey.components(), journey.levels
    lines = [
        f"<b>{escape(names[row.component])}</b>: {escape(levels[row.first])} → {escape(levels[row.last])}"
        for row in _rows(steps[change != 0])
    ]
    said = element("p", f"{counted} {pattern}") + element("p", caution)
    return title + said + folded(escape(_("Which ones")), items(lines))


def _own_steps(journey: Journey) -> pd.DataFrame:
    """First and last own level of each component rated at least twice: component, first, last, change."""
    study = journey.study
    own = study.ratings[(study.ratings["basis"] == "individual") & (study.ratings["frame"] == "now")]
    timed = own.dropna(subset=["level"]).merge(study.occasions[["occasion", "number"]], on="occasion")
    steps = timed.sort_values("number").groupby("component")["level"].agg(first="first", last="last", n="size")
    order = [name for name in journey.components() if name in steps.index]
    twice: pd.DataFrame = steps.loc[order].query("n > 1").reset_index()
    return twice.assign(change=twice["last"] - twice["first"])


def ours(journey: Page) -> str:
    """Write what has moved of what the organisation agreed on, as HTML."""
    _ = journey.translate
    title = element("h3", journey.organisation)
    agreed = consensus_change(journey.study.ratings, journey.study.occasions, journey.study.components)
    now = agreed[(agreed["frame"] == "now") & (agreed["first_occasion"] != agreed["last_occasion"])]
    if agreed.empty:
        return title + element("p", _("You have not agreed on any levels yet."))
    if now.empty:
        return title + element("p", _("You have agreed on levels once so far. What moves shows after the next time."))
    words = _(
        "Of {n} components you have agreed on at least twice, the level is higher for {up}, the same for {same} "
        "and lower for {down}, last time against first."
    )
    change = now["change"]
    counted = words.format(n=len(now), up=(change > 0).sum(), same=(change == 0).sum(), down=(change < 0).sum())
    told = _people_changed(journey, now) + folded(
        escape(_("Component by component, and how sure")), _steps(journey, now)
    )
    return title + element("p", counted) + told


def _steps(journey: Page, now: pd.DataFrame) -> str:
    """Gather the components under what can be said of them, so that nothing is said twice."""
    names, levels, lines = journey.components(), journey.levels, defaultdict(list)
    for row in now.to_dict("records"):
        first, last = levels[int(row["first_level"])], levels[int(row["last_level"])]
        moved = last if first == last else f"{first} → {last}"
        lines[how_sure(row, journey.translate)].append(f"<b>{escape(names[row['component']])}</b>: {escape(moved)}")
    return "".join(element("h4", said) + items(under) for said, under in lines.items())


def _people_changed(journey: Page, now: pd.DataFrame) -> str:
    """Say how many were new at the last occasion at which anything was agreed on."""
    _, number = journey.translate, journey.study.occasions.set_index("occasion")["number"]
    latest = now[now["last_occasion"].map(number) == now["last_occasion"].map(number).max()]
    present, returning = latest["present"].max(), latest["returning"].min()
    if pd.isna(present) or pd.isna(returning) or present == returning:
        return ""
    words = _(
        "{new} of the {all} who agreed last time were not there at the start. "
        "Part of what has moved may be that others answer."
    )
    return element("p", words.format(new=present - returning, all=present))


def _rows(frame: pd.DataFrame) -> Any:
    return frame.itertuples()
