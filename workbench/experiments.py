"""What was tried at home: counts, completion, coverage and chains of experiments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.errors import WorkbenchError
from workbench.frames import Frame, grouped, in_order, made, native, read, whole
from workbench.tables import NEXT_STEPS, STATUSES

BEGUN = ("running", "done", "partly")
OVER = ("done", "partly", "not_done")


class ChainError(WorkbenchError):
    """Experiments that follow each other in a ring."""


def status_counts(experiments: IntoDataFrameT, *, by: Sequence[str] = ("organisation",)) -> IntoDataFrameT:
    """Count experiments by status, every status a row, also where there are none.

    Returns
    -------
    DataFrame (group and status,)
        The columns of `by`; status, in the order idea to not_done; n: experiments.
    """
    table = read(experiments)
    counted = table.group_by([*by, "status"]).agg(n=nw.len())
    places = _places(table, "status", STATUSES)
    grid = table.select(*by).unique().join(places, how="cross") if by else places
    full = whole(grid.join(counted, on=[*by, "status"], how="left"), "n")
    return native(full.sort(*by, "place").select(*by, "status", "n"), like=experiments)


def decision_counts(
    experiments: IntoDataFrameT, experiment_components: Any, *, components: Any = None
) -> IntoDataFrameT:
    """Count what became of the experiments that test each component.

    An experiment that tests two components counts once under each.

    Returns
    -------
    DataFrame (component, status and decision that occur,)
        component, status, decision; n: experiments.
    """
    table = read(experiments)
    linked = table.join(read(experiment_components).select("experiment", "component"), on="experiment", how="inner")
    counted = linked.group_by("component", "status", "decision").agg(n=nw.len())
    for column, values in (("status", STATUSES), ("decision", NEXT_STEPS)):
        places = _places(table, column, values).rename({"place": f"{column}_place"})
        counted = counted.join(places, on=column, how="left")
    ordered = in_order(counted, ["component", "status_place", "decision_place"], components)
    return native(ordered.select("component", "status", "decision", "n"), like=experiments)


def completion(experiments: IntoDataFrameT, *, by: Sequence[str] = ("organisation",)) -> IntoDataFrameT:
    """Say how many experiments were carried out, of those that are over.

    Returns
    -------
    DataFrame (group,)
        The columns of `by` (none: one row for all); n, done, partly, not_done, open (idea, planned or running),
        with_sign (a sign stated before the start): experiments; rate: done / (done + partly + not_done), NA while
        none is over. "Not carried out" is a result and stays in the rate.
    """
    marks = {status: nw.col("status") == status for status in OVER} | {"with_sign": ~nw.col("sign").is_null()}
    flags = {name: where.cast(nw.Int64) for name, where in marks.items()}
    flagged = read(experiments).with_columns(**flags)
    counted = grouped(flagged, by, *[nw.col(name).sum() for name in marks], n=nw.len())
    over = nw.col("done") + nw.col("partly") + nw.col("not_done")
    rate = nw.when(over > 0).then(nw.col("done") / over)
    table = in_order(counted.with_columns(open=nw.col("n") - over, rate=rate), by)
    columns = [*by, "n", *OVER, "open", "rate", "with_sign"]
    return native(table.select(columns), like=experiments)


def coverage(
    definitions: IntoDataFrameT, experiments: Any, experiment_components: Any, practices: Any, *, components: Any = None
) -> IntoDataFrameT:
    """Set side by side what each organisation has defined, tested and taken into use.

    Returns
    -------
    DataFrame (organisation and component that is defined, tested or in use,)
        organisation, component; versions: of the own definition; experiments: linked to it; tested: of
        those, begun; adopted: decided to adopt, or practices in use; state: how far it has come, "adopted",
        "tested", "defined" or "planned" (an experiment only).
    """
    keys = ["organisation", "component"]
    begun = nw.col("status").is_in(BEGUN).cast(nw.Int64)
    adopted = (nw.col("decision") == "adopt").cast(nw.Int64)
    links = read(experiment_components).select("experiment", "component")
    tried = read(experiments).with_columns(tested=begun, decided=adopted).join(links, on="experiment", how="inner")
    used = read(practices).filter(nw.col("status") == "in_use", ~nw.col("component").is_null())
    parts = [
        read(definitions).group_by(keys).agg(versions=nw.len()),
        tried.group_by(keys).agg(nw.col("tested", "decided").sum(), experiments=nw.len()),
        used.group_by(keys).agg(used=nw.len()),
    ]
    table = nw.concat([part.select(keys) for part in parts]).unique()
    for part in parts:
        table = table.join(part, on=keys, how="left")
    counts = ["versions", "experiments", "tested", "decided", "used"]
    table = whole(table, *counts).with_columns(adopted=nw.col("decided") + nw.col("used")).with_columns(state=_state())
    columns = [*keys, "versions", "experiments", "tested", "adopted", "state"]
    return native(in_order(table, keys, components).select(columns), like=definitions)


def _state() -> nw.Expr:
    defined = nw.when(nw.col("versions") > 0).then(nw.lit("defined")).otherwise(nw.lit("planned"))
    tested = nw.when(nw.col("tested") > 0).then(nw.lit("tested")).otherwise(defined)
    return nw.when(nw.col("adopted") > 0).then(nw.lit("adopted")).otherwise(tested)


def chains(experiments: IntoDataFrameT) -> IntoDataFrameT:
    """Follow experiments that continue earlier ones.

    Returns
    -------
    DataFrame (experiment in a chain of at least two,)
        chain: its first experiment; step: from 1; experiment, organisation, title, status, decision. Two
        experiments that continue the same one share its chain and the step.

    Raises
    ------
    ChainError
        Experiments follow each other in a ring.
    """
    table = read(experiments)
    follows = {name: before for name, before in table.select("experiment", "follows").rows() if isinstance(before, str)}
    steps = {name: _walk_back(name, follows) for name in table["experiment"].to_list()}
    linked = set(follows) | set(follows.values())
    found = [(name, first, step) for name, (first, step) in steps.items() if name in linked]
    placed = made(experiments, found, experiment=nw.String, chain=nw.String, step=nw.Int64)
    about = table.select("experiment", "organisation", "title", "status", "decision")
    joined = placed.join(about, on="experiment", how="inner").sort("chain", "step", "experiment")
    columns = ["chain", "step", "experiment", "organisation", "title", "status", "decision"]
    return native(joined.select(columns), like=experiments)


def _walk_back(name: str, follows: Mapping[str, str]) -> tuple[str, int]:
    """First experiment of the chain, and how many steps in."""
    walked = [name]
    while walked[-1] in follows:
        before = follows[walked[-1]]
        if before in walked:
            ring = " → ".join([*walked, before])
            raise ChainError(
                f"experiments follow each other in a ring: {ring}.\nHint: empty `follows` of the earliest."
            )
        walked.append(before)
    return walked[-1], len(walked)


def _places(table: Frame, column: str, values: str) -> Frame:
    """Give the allowed values in their declared order, with their place in it."""
    rows = [(name, place) for place, name in enumerate(values.split())]
    return made(table, rows, **{column: nw.String, "place": nw.Int64})
