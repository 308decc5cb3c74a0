"""What an organisation agreed on, first and last, and how sure a difference can be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbench.capability.noise import consensus_noise_band
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
    ordered = ordered.sort_values(["organisation", "position", "frame", "number"])
    key = ["organisation", "component", "frame"]
    first, last = (ordered.drop_duplicates(key, keep=end) for end in ("first", "last"))
    ends = first[[*key, "occasion", "level"]].merge(
        last[[*key, "occasion", "level", "present", "returning"]], on=key, suffixes=("_first", "_last")
    )
    ends = ends.rename(
        columns={f"{name}_{end}": f"{end}_{name}" for name in ("occasion", "level") for end in ("first", "last")}
    )
    return ends.assign(change=ends["last_level"] - ends["first_level"])


def how_sure(row: Mapping[Any, Any] | pd.Series[Any], _: Translate) -> str:
    """Say whether a change of consensus can be told from a change of people, or from chance.

    Parameters
    ----------
    row : mapping or Series
        A row of `consensus_change`.
    _ : callable
        From `workbench.language.translator`.

    Returns
    -------
    str
        One sentence, the same for changes that are as sure as each other.

    Source: docs/methods.md#chance-alone.
    """
    if not row["change"]:
        return _("The same as at the start.")
    if pd.isna(row["present"]) or pd.isna(row["returning"]) or not 0 <= row["returning"] <= row["present"] > 0:
        return _("How many agreed was not noted, so we cannot say how sure it is.")
    return _against_chance(float(row["change"]), int(row["present"]), int(row["returning"]), _)


def _against_chance(change: float, present: int, returning: int, _: Translate) -> str:
    """Hold a change against those who are new, then against what chance gives a consensus of so many."""
    numbers = {"new": present - returning, "all": present}
    if 1 - returning / present > _MOST_REPLACED:
        words = _(
            "{new} of the {all} who agreed last were not there at the start: the level may be the same, seen by others."
        )
        return words.format(**numbers)
    low, high = consensus_noise_band(present, 1 - returning / present)
    if low <= change <= high:
        alone = _("A single person chose the level: chance alone can give this.")
        words = alone if present == 1 else _("With {all} people, of whom {new} new, chance alone can give this.")
    else:
        alone = _("That is more than chance usually gives with a single person.")
        words = alone if present == 1 else _("That is more than chance usually gives with {all} people.")
    return words.format(**numbers)
