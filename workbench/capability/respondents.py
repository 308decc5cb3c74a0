"""Who answered when: the largest source of error in small groups."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.capability.rows import Frame, levels, native, read, whole


def respondent_overlap(ratings: IntoDataFrameT, occasions: Any, *, frame: str = "now") -> IntoDataFrameT:
    """Count how many people answered at both of two occasions.

    Parameters
    ----------
    ratings, occasions : DataFrame
        Tables of the study; a person has answered who gave at least one level of `frame`.

    Returns
    -------
    DataFrame (organisation and pair of occasions,)
        organisation, earlier, later (also the same occasion twice); n_earlier, n_later, both: people;
        share: of the later's respondents, those who also answered the earlier.

    Source: docs/methods.md#change-within-the-same-people (alert when the overlap is under 50 %).
    """
    rated = levels(ratings, "individual").filter(nw.col("frame") == frame)
    numbers = read(occasions).select("occasion", "number")
    answers = rated.select("organisation", "person", "occasion").unique().join(numbers, on="occasion", how="inner")
    groups = answers.group_by("organisation", "occasion", "number").agg(n=nw.len())
    table = _pairs(groups, ["organisation"]).join(_both(answers), on=["organisation", "earlier", "later"], how="left")
    table = whole(table, "n_earlier", "n_later", "both").with_columns(share=nw.col("both") / nw.col("n_later"))
    columns = ["organisation", "earlier", "later", "n_earlier", "n_later", "both", "share"]
    return native(table.sort("organisation", "number", "number_right").select(columns), like=ratings)


def _pairs(answers: Frame, on: list[str]) -> Frame:
    """Join every answer with the same group's answers at the same or a later occasion."""
    pairs = answers.join(answers, on=on, how="inner").filter(nw.col("number") <= nw.col("number_right"))
    names = {"occasion": "earlier", "occasion_right": "later", "n": "n_earlier", "n_right": "n_later"}
    return pairs.rename({old: new for old, new in names.items() if old in pairs.columns})


def _both(answers: Frame) -> Frame:
    """People who answered at both occasions of each pair."""
    return _pairs(answers, ["organisation", "person"]).group_by("organisation", "earlier", "later").agg(both=nw.len())
