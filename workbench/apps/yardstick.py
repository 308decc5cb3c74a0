"""What is said of the yardstick: the start as I rated it then, and as I see it today."""

from __future__ import annotations

from html import escape
from math import comb
from typing import Any, Final

import pandas as pd

from workbench.apps.journey import Journey
from workbench.apps.markup import element, folded, items
from workbench.capability import recalibration

_RARELY: Final = 0.05  # as seldom as this, chance leans so far to one side


def yardstick(journey: Journey) -> str:
    """Write what my rating the start once more says, as HTML; "" where I have not done so."""
    _ = journey.translate
    last = _asked_again(journey)
    if not last:
        return ""
    first = next(iter(journey.occasions()))
    steps = recalibration(journey.study.ratings, first=first, last=last, components=journey.study.components)
    if steps.empty:
        return ""
    counted = _(
        "At {occasion} you rated the start once more, as you see it today. Of {n} components you set the start lower "
        "than you did then for {down}, the same for {same} and higher for {up}."
    )
    when = journey.occasions()[last]
    told = counted.format(occasion=when, n=len(steps), **_counts(steps["recalibration"]))
    lines = [told, _meaning(journey, steps["recalibration"]), _side_by_side(journey, steps), _caution(journey)]
    shown = folded(escape(_("The start, component by component")), _component_by_component(journey, steps))
    return element("h3", _("Your yardstick")) + "".join(element("p", line) for line in lines) + shown


def _asked_again(journey: Journey) -> str:
    """Find the last occasion at which the person rated the start once more; "" for none."""
    ratings = journey.study.ratings
    again = ratings[(ratings["frame"] == "then") & (ratings["basis"] == "individual") & ratings["level"].notna()]
    return next((code for code in reversed(journey.occasions()) if code in set(again["occasion"])), "")


def _counts(change: pd.Series[Any]) -> dict[str, int]:
    return {"up": int((change > 0).sum()), "same": int((change == 0).sum()), "down": int((change < 0).sum())}


def _meaning(journey: Journey, moved: pd.Series[Any]) -> str:
    _, counts = journey.translate, _counts(moved)
    if counts["up"] == counts["down"] == 0:
        return _("You set it where you did then. Nothing says that your yardstick has moved.")
    if not leans(counts["up"], counts["down"]):
        return _("That is no more than chance usually gives. It does not say that your yardstick has moved.")
    if counts["down"] > counts["up"]:
        return _(
            "That is more than chance usually gives. Who has learnt what a level asks for often sees the start as "
            "lower: your yardstick may have moved, and the steps you took may be larger than your ratings at the time "
            "say."
        )
    return _(
        "That is more than chance usually gives. You see the start as higher today: your yardstick may have moved, and "
        "the steps you took may be smaller than your ratings at the time say."
    )


def leans(one: int, other: int) -> bool:
    """Whether so uneven a count is seldom chance's: a sign test, one in twenty."""
    n, most = one + other, max(one, other)
    return one != other and sum(comb(n, k) for k in range(most, n + 1)) <= _RARELY * 2**n


def _side_by_side(journey: Journey, steps: pd.DataFrame) -> str:
    _ = journey.translate
    words = _(
        "From the start as you rated it then, you are higher now for {up}, the same for {same} and lower for {down}. "
        "From the start as you see it today: higher for {up_today}, the same for {same_today}, lower for {down_today}."
    )
    today = {f"{name}_today": n for name, n in _counts(steps["adjusted"]).items()}
    return words.format(**_counts(steps["observed"]), **today)


def _caution(journey: Journey) -> str:
    _ = journey.translate
    return _(
        "Neither is truer than the other. Memory and hope colour how one sees the start, and one person's answer moves "
        "a step by chance about every other time."
    )


def _component_by_component(journey: Journey, steps: pd.DataFrame) -> str:
    """Write the three levels of each component, those where the start looks otherwise today first."""
    _, names, levels = journey.translate, journey.components(), journey.levels
    words = _("then {first}, seen today {then}, now {now}")
    rows: Any = steps.sort_values("recalibration", key=lambda moved: moved == 0, kind="stable").itertuples()
    lines = (
        f"<b>{escape(names[row.component])}</b>: "
        + escape(words.format(first=levels[row.first_now], then=levels[row.then], now=levels[row.last_now]))
        for row in rows
    )
    return items(lines)
