"""Who answered when: the largest source of error in small groups."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.capability.rows import levels
from workbench.frames import Frame, native, read, whole


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
        share: of the later's respondents, those who also answered the earlier; number_earlier, number_later:
        place in time. An organisation with agreed levels only has the pairs of its occasions, with 0 people and
        no share.

    Source: docs/methods.md#change-within-the-same-people (alert when the overlap is under 50 %).
    """
    answers = _answers(ratings, occasions, "individual", frame)
    agreed = _answers(ratings, occasions, "consensus", frame).join(answers, on="organisation", how="anti")
    groups = nw.concat([_groups(answers), _groups(agreed).with_columns(n=nw.lit(0, nw.Int64))])
    table = _pairs(groups, ["organisation"]).join(_both(answers), on=["organisation", "earlier", "later"], how="left")
    share = nw.when(nw.col("n_later") > 0).then(nw.col("both") / nw.col("n_later"))
    table = whole(table, "n_earlier", "n_later", "both").with_columns(share=share)
    columns = ["organisation", "earlier", "later", "n_earlier", "n_later", "both", "share"]
    numbers = ["number_earlier", "number_later"]
    return native(table.sort("organisation", *numbers).select(*columns, *numbers), like=ratings)


def _answers(ratings: Any, occasions: Any, basis: str, frame: str) -> Frame:
    """Who gave at least one level, when; a consensus is nobody's own."""
    rated = levels(ratings, basis).filter(nw.col("frame") == frame)
    given = rated.select("organisation", "person", "occasion").unique()
    return given.join(read(occasions).select("occasion", "number"), on="occasion", how="inner")


def _groups(answers: Frame) -> Frame:
    """People of each organisation at each occasion."""
    return whole(answers.group_by("organisation", "occasion", "number").agg(n=nw.len()), "n")


def _pairs(answers: Frame, on: list[str]) -> Frame:
    """Join every answer with the same group's answers at the same or a later occasion."""
    pairs = answers.join(answers, on=on, how="inner").filter(nw.col("number") <= nw.col("number_right"))
    names = {"occasion": "earlier", "occasion_right": "later", "n": "n_earlier", "n_right": "n_later"}
    names |= {"number": "number_earlier", "number_right": "number_later"}
    return pairs.rename({old: new for old, new in names.items() if old in pairs.columns})


def _both(answers: Frame) -> Frame:
    """People who answered at both occasions of each pair."""
    return _pairs(answers, ["organisation", "person"]).group_by("organisation", "earlier", "later").agg(both=nw.len())
