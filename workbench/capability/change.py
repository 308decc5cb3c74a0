"""Change between two occasions: within the same people first, everybody beside it."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.capability.rows import COMPONENT, PERSON, levels, rated_at, spread
from workbench.capability.superiority import superiority_interval
from workbench.frames import Frame, in_order, native, read, whole


def within_person_change(
    ratings: IntoDataFrameT, *, first: str, last: str, frame: str = "now", components: Any = None
) -> IntoDataFrameT:
    """Pair each person's level at `first` with the same person's at `last`.

    Parameters
    ----------
    ratings : DataFrame
        The study's ratings; individual ones with a level are used.
    first, last : str
        Occasions compared.

    Returns
    -------
    DataFrame (organisation, component and person,)
        organisation, component, person; first_level, last_level (levels); change (levels, NA unless
        both); answered: "both", "first" or "last".

    Source: docs/methods.md#change-within-the-same-people (change within respondents is the headline).
    """
    moments = {"first_level": rated_at(first, frame), "last_level": rated_at(last, frame)}
    pairs = spread(levels(ratings, "individual"), PERSON, moments)
    change = nw.col("last_level") - nw.col("first_level")
    pairs = pairs.filter(~(nw.col("first_level").is_null() & nw.col("last_level").is_null()))
    pairs = pairs.with_columns(change=change, answered=_answered())
    return native(in_order(pairs, PERSON, components), like=ratings)


def _answered() -> nw.Expr:
    once = nw.when(nw.col("first_level").is_null()).then(nw.lit("last")).otherwise(nw.lit("first"))
    both = ~(nw.col("first_level").is_null() | nw.col("last_level").is_null())
    return nw.when(both).then(nw.lit("both")).otherwise(once)


def change_summary(pairs: IntoDataFrameT, *, components: Any = None) -> IntoDataFrameT:
    """Summarise paired change for each organisation and component, respondents being the units.

    Parameters
    ----------
    pairs : DataFrame
        From `within_person_change`.

    Returns
    -------
    DataFrame (organisation and component,)
        organisation, component; n: people who answered both times; up, same, down: people; median_change
        (levels); mean_change (levels, only to be held against `component_noise_band`); superiority:
        (up + ½ same) / n; lower, upper: its exact 95 % interval (`superiority_interval`); first_only,
        last_only: people who answered once. NA where n is 0.
    """
    marks = {"up": nw.col("change") > 0, "same": nw.col("change") == 0, "down": nw.col("change") < 0}
    marks |= {name: nw.col("answered") == name for name in ("both", "first", "last")}
    flags = {name: where.fill_null(value=False).cast(nw.Int64) for name, where in marks.items()}
    middle = {"median_change": nw.col("change").median(), "mean_change": nw.col("change").mean()}
    sums = [nw.col(name).sum() for name in marks]
    table = read(pairs).with_columns(**flags).group_by(COMPONENT).agg(*sums, **middle)
    table = _with_superiority(table.rename({"both": "n", "first": "first_only", "last": "last_only"}))
    columns = [
        *COMPONENT,
        "n",
        "up",
        "same",
        "down",
        *middle,
        "superiority",
        "lower",
        "upper",
        "first_only",
        "last_only",
    ]
    return native(in_order(table, COMPONENT, components).select(columns), like=pairs)


def _with_superiority(table: Frame) -> Frame:
    counts = list(zip(*(table[name].to_list() for name in ("up", "same", "down")), strict=True))
    bounds = [superiority_interval(*row) if sum(row) else (None, None) for row in counts]
    values: dict[str, list[float | None]] = {
        "superiority": [
            (up + same / 2) / (up + same + down) if up + same + down else None for up, same, down in counts
        ],
        "lower": [low for low, _ in bounds],
        "upper": [high for _, high in bounds],
    }
    space = table.implementation
    return table.with_columns(
        *[nw.new_series(name, column, nw.Float64, backend=space) for name, column in values.items()]
    )


def all_respondent_change(
    ratings: IntoDataFrameT, *, first: str, last: str, frame: str = "now", components: Any = None
) -> IntoDataFrameT:
    """Compare the medians of everybody who answered at either occasion, to stand beside the paired change.

    Parameters
    ----------
    ratings : DataFrame
        The study's ratings; individual ones with a level are used.
    first, last : str
        Occasions compared.

    Returns
    -------
    DataFrame (organisation and component,)
        organisation, component; n_first, n_last, both: people; overlap: both / n_last; median_first,
        median_last, change: levels. Where overlap is low the change is partly a change of people.
    """
    pairs = read(within_person_change(ratings, first=first, last=last, frame=frame))
    met = (nw.col("answered") == "both").cast(nw.Int64)
    table = (
        pairs.with_columns(both=met)
        .group_by(COMPONENT)
        .agg(
            nw.col("both").sum(),
            n_first=nw.col("first_level").count(),
            n_last=nw.col("last_level").count(),
            median_first=nw.col("first_level").median(),
            median_last=nw.col("last_level").median(),
        )
    )
    share = nw.when(nw.col("n_last") > 0).then(nw.col("both") / nw.col("n_last"))
    table = whole(table, "n_first", "n_last", "both").with_columns(
        overlap=share, change=nw.col("median_last") - nw.col("median_first")
    )
    columns = ["n_first", "n_last", "both", "overlap", "median_first", "median_last", "change"]
    return native(in_order(table, COMPONENT, components).select(*COMPONENT, *columns), like=ratings)
