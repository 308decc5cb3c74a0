"""Who has handed in what, and when: counts of it, never a word or a level."""

from __future__ import annotations

from typing import Final

import pandas as pd

from workbench.access.given import OWN_WORDS
from workbench.capability import completeness
from workbench.study import Study

_ANSWERS: Final = ("DK", "NA")  # to say that one does not know is an answer
_LOST: Final = ("ABS", "WD")
_KEY: Final = ["person", "occasion"]
STATES: Final = ("handed in", "partly", "absent", "nothing", "not asked")


def handed_in(study: Study) -> pd.DataFrame:
    """Count what each person has handed in, at every occasion at which they were in the study.

    Parameters
    ----------
    study : Study
        The whole of it.

    Returns
    -------
    DataFrame
        organisation, person, occasion; asked: components in focus that concern the organisation, 0 where it was only
        asked for agreed levels; given: of those, how many have a level, don't know or not applicable; texts: their own
        entries there; last: day of the latest of these; state: "handed in", "partly", "absent", "nothing" or
        "not asked".
    """
    table = _present(study)
    table = table.merge(_asked(study), on=["organisation", "occasion"], how="left")
    table["asked"] = (
        table["asked"].fillna(0).astype(int).where(~table["organisation"].isin(_only_agreed(study.ratings)), 0)
    )
    table = table.merge(_given(study), on=_KEY, how="left").merge(_texts(study), on=_KEY, how="left")
    counts = ["given", "texts", "absent"]
    table[counts] = table[counts].fillna(0).astype(int)
    table["state"] = [_state(int(row.asked), int(row.given), int(row.absent)) for row in table.itertuples()]  # type: ignore[arg-type]
    return table.drop(columns="absent")


def answered(study: Study, *, basis: str) -> pd.DataFrame:
    """Give the completeness of the programme with nothing of what was answered.

    Parameters
    ----------
    study : Study
        The whole of it.
    basis : {"individual", "consensus"}

    Returns
    -------
    DataFrame
        As `workbench.capability.completeness`, of frame "now" and the shared components: `rated` counts don't know
        and not applicable too, and those who were absent or have withdrawn left no answer, so that no code is told.
    """
    ratings, shared = study.ratings, study.components[study.components["organisation"].isna()]
    ratings = ratings[ratings["component"].isin(shared["component"]) & ~ratings["missing"].isin(_LOST)].copy()
    given = ratings["level"].notna() | ratings["missing"].isin(_ANSWERS)
    ratings["level"], ratings["missing"] = (
        ratings["level"].mask(given, 0),
        ratings["missing"].mask(given, None),
    )
    table = completeness(ratings, study.focus, study.people, study.occasions, shared, basis=basis)
    return table[table["frame"] == "now"].reset_index(drop=True)


def _present(study: Study) -> pd.DataFrame:
    """Pair the people with the occasions at which they were in the study."""
    pairs = study.people[["organisation", "person", "joined", "left"]].merge(study.occasions, how="cross")
    there = (pairs["joined"] <= pairs["ends"]) & (pairs["left"].isna() | (pairs["left"] >= pairs["starts"]))
    ordered = pairs[there].sort_values(["number", "organisation", "person"])
    return ordered[["organisation", "person", "occasion"]].reset_index(drop=True)


def _asked(study: Study) -> pd.DataFrame:
    """Count the components in focus at each occasion: shared ones, and each organisation's own."""
    focus = study.focus.merge(study.components[["component", "organisation"]], on="component")
    pairs = focus.merge(study.organisations[["organisation"]], how="cross", suffixes=("_owner", ""))
    own = pairs[pairs["organisation_owner"].isna() | (pairs["organisation_owner"] == pairs["organisation"])]
    return own.groupby(["organisation", "occasion"], as_index=False).agg(asked=("component", "nunique"))


def _only_agreed(ratings: pd.DataFrame) -> set[str]:
    """Organisations that agreed on levels and of whose people nobody was asked alone."""
    given = {
        basis: set(ratings.loc[ratings["basis"] == basis, "organisation"]) for basis in ("individual", "consensus")
    }
    return given["consensus"] - given["individual"]


def _given(study: Study) -> pd.DataFrame:
    """Count components in focus that each person answered about, and those they were absent from: now."""
    own = study.ratings[(study.ratings["basis"] == "individual") & (study.ratings["frame"] == "now")]
    own = own.merge(study.focus, on=["occasion", "component"])
    answer = own["level"].notna() | own["missing"].isin(_ANSWERS)
    told = own.assign(given=answer.astype(int), absent=(own["missing"] == "ABS").fillna(value=False).astype(int))
    return told.groupby(_KEY, as_index=False)[["given", "absent"]].sum()


def _texts(study: Study) -> pd.DataFrame:
    """Count what each person wrote themselves; what a researcher wrote down was not handed in."""
    entries = study.entries
    own = entries[entries["person"].notna() & entries["recorder"].isna() & entries["kind"].isin(OWN_WORDS)]
    days = own.assign(day=own["written"].dt.tz_convert("Europe/Stockholm").dt.strftime("%Y-%m-%d"))
    return days.groupby(_KEY, as_index=False).agg(texts=("entry", "size"), last=("day", "max"))


def _state(asked: int, given: int, absent: int) -> str:
    if asked == 0:
        return "not asked"
    if given >= asked:
        return "handed in"
    if given:
        return "partly"
    return "absent" if absent else "nothing"
