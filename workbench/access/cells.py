"""Small cells: what may be counted out loud, so that nobody's answer can be worked out from what is shown.

Three rules, held for everything that is released together:

1. An organisation's own spread is shown to it when at least `Least.people` of its people gave a level.
2. The network's spread is shown when at least `Least.organisations` of them take part in it.
3. No difference isolates anybody: what is left of the network's spread when every organisation's own that is
   shown is taken away is nobody, or at least `Least.people`. Else the network's is withheld.

A cell is an occasion, a component and a frame. None is shown before its meeting is over, for a count that is
looked at before and after an answer comes in gives that answer away. There are no other margins, and no choice
of people or of organisations, so nothing else can be subtracted.

Source: docs/methods.md#small-cells.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import pandas as pd

from workbench.about import About
from workbench.capability import level_distribution

CELL: Final = ["occasion", "component", "frame"]
ORGANISATIONS: Final = 3
_COUNTED: Final = ["level", "count", "share", "n", "missing"]


@dataclass(frozen=True)
class Least:
    """How many there must be before anything is counted out loud: people, and organisations."""

    people: int
    organisations: int = ORGANISATIONS

    @classmethod
    def of(cls, about: About) -> Least:
        """As the study says of itself."""
        return cls(about.smallest_group)


@dataclass(frozen=True)
class Spread:
    """Answers over the levels, as far as they may be shown.

    Attributes
    ----------
    shown : DataFrame
        occasion, component, frame, level (0 to 5), count, share, n, missing: six rows a cell.
    withheld : DataFrame
        occasion, component, frame, why: "few people", "few organisations", "isolates" or "open"; never how many.
    """

    shown: pd.DataFrame
    withheld: pd.DataFrame


def own_spread(
    ratings: pd.DataFrame, occasions: pd.DataFrame, organisation: str, least: Least, *, day: dt.date
) -> Spread:
    """Count one organisation's individual levels, for itself.

    Parameters
    ----------
    ratings, occasions : DataFrame
        Tables of the whole study.
    organisation : str
    least : Least
    day : date
        Today: cells of a meeting that is not over are withheld.

    Returns
    -------
    Spread
    """
    own = _answers(ratings[ratings["organisation"] == organisation])
    why = own.groupby(CELL)["person"].nunique().map(lambda n: "few people" if n < least.people else "")
    return _spread(own, "individual", _unless_open(why, occasions, day))


def network_spread(ratings: pd.DataFrame, occasions: pd.DataFrame, least: Least, *, day: dt.date) -> Spread:
    """Count the individual levels of all organisations together; parameters as of `own_spread`."""
    people = _answers(ratings).groupby([*CELL, "organisation"])["person"].nunique()
    told = people.where(people < least.people, 0).groupby(CELL).sum()  # people of those whose own is not shown
    why = pd.Series("", index=told.index, dtype=object)
    why[(told > 0) & (told < least.people)] = "isolates"
    why[people.groupby(CELL).size() < least.organisations] = "few organisations"
    return _spread(_answers(ratings), "individual", _unless_open(why, occasions, day))


def agreed_spread(ratings: pd.DataFrame, occasions: pd.DataFrame, least: Least, *, day: dt.date) -> Spread:
    """Count the organisations' agreed levels; parameters as of `own_spread`.

    An agreed level is the organisation's, and its own people see it: of three organisations whose levels are
    shown together, each one is left with two that it cannot tell apart.
    """
    agreed = ratings[(ratings["basis"] == "consensus") & ratings["level"].notna()]
    why = agreed.groupby(CELL).size().map(lambda n: "few organisations" if n < least.organisations else "")
    return _spread(agreed, "consensus", _unless_open(why, occasions, day))


def _answers(ratings: pd.DataFrame) -> pd.DataFrame:
    """Keep individual ratings that have a level."""
    return ratings[(ratings["basis"] == "individual") & ratings["level"].notna()]


def _unless_open(why: pd.Series[str], occasions: pd.DataFrame, day: dt.date) -> pd.Series[str]:
    """Withhold everything of meetings that are not over."""
    going_on = set(occasions.loc[occasions["ends"].dt.date >= day, "occasion"])
    kept = why.copy()
    kept[why.index.get_level_values("occasion").isin(going_on)] = "open"
    return kept


def _spread(answers: pd.DataFrame, basis: str, why: pd.Series[str]) -> Spread:
    """Count the answers of those cells that nothing withholds."""
    table = why.rename("why").reset_index()
    free = table.loc[table["why"] == "", CELL]
    shown = [
        level_distribution(kept, by=CELL, frame=str(frame), basis=basis)
        for frame, kept in answers.merge(free, on=CELL).groupby("frame", observed=True)
    ]
    none = pd.DataFrame(columns=[*CELL, *_COUNTED])
    withheld = table[table["why"] != ""].reset_index(drop=True)
    return Spread(pd.concat(shown, ignore_index=True) if shown else none, withheld)
