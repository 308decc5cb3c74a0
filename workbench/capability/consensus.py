"""What an organisation agreed on, first and last, and how sure a difference can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from workbench.capability.noise import component_noise_band
from workbench.language import Translate

_MOST_REPLACED = 0.4  # above this share of new people no noise was simulated, and none needs to be


def consensus_change(ratings: pd.DataFrame, occasions: pd.DataFrame, components: pd.DataFrame) -> pd.DataFrame:
    """First and last consensus of each organisation and component, now and desired.

    Parameters
    ----------
    ratings, occasions, components : DataFrame
        Tables of a study.

    Returns
    -------
    DataFrame
        organisation, component, frame, first_occasion, last_occasion, first_level, last_level, change (levels),
        present, returning (at the last); one row where there is at least one consensus, in the components' order.
        With a single consensus first and last are the same occasion, and change is 0.
    """
    agreed = ratings[(ratings["basis"] == "consensus") & ratings["level"].notna()]
    ordered = agreed.merge(occasions[["occasion", "number"]]).merge(components[["component", "position"]])
    groups = ordered.sort_values("number").groupby(["organisation", "position", "component", "frame"])
    ends = groups.agg(
        first_occasion=("occasion", "first"),
        last_occasion=("occasion", "last"),
        first_level=("level", "first"),
        last_level=("level", "last"),
        present=("present", "last"),
        returning=("returning", "last"),
    )
    ends["change"] = ends["last_level"] - ends["first_level"]
    return ends.reset_index().drop(columns="position")


def consensus_in_words(row: Mapping[str, Any] | pd.Series[Any], levels: Sequence[str], _: Translate) -> str:
    """Say how a consensus has moved, and whether that is more than a change of people or chance can give.

    Parameters
    ----------
    row : mapping or Series
        A row of `consensus_change`.
    levels : sequence of str
        Names of the levels 0 to 5.
    _ : callable
        From `workbench.language.translator`.
    """
    first, last = levels[int(row["first_level"])], levels[int(row["last_level"])]
    if row["first_occasion"] == row["last_occasion"]:
        return _("One consensus so far: {level}.").format(level=last)
    if first == last:
        return _("The consensus is {level}, as at the start.").format(level=last)
    moved = _("The consensus has gone from {first} to {last}.").format(first=first, last=last)
    return f"{moved} {how_sure(row, _)}".strip()


def how_sure(row: Mapping[str, Any] | pd.Series[Any], _: Translate) -> str:
    """Say whether a change of consensus can be told from a change of people, or from chance."""
    if pd.isna(row["present"]) or pd.isna(row["returning"]):
        return _("How many agreed was not noted, so we cannot say how sure it is.")
    present, returning = int(row["present"]), int(row["returning"])
    numbers = {"new": present - returning, "all": present}
    if 1 - returning / present > _MOST_REPLACED:
        words = _(
            "{new} of the {all} who agreed last were not there at the start: the level may be the same, seen by others."
        )
        return words.format(**numbers)
    low, high = component_noise_band(present, 1 - returning / present)
    if low <= float(row["change"]) <= high:
        return _("With {all} people, of whom {new} new, chance alone can give this.").format(**numbers)
    return _("That is more than chance usually gives with {all} people.").format(**numbers)
