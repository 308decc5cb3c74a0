"""What was tried at home: counts, completion, coverage and chains of experiments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.errors import WorkbenchError
from workbench.tables import DECISIONS, STATUSES

Frame = nw.DataFrame[Any]
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
    table = _read(experiments)
    counted = table.group_by([*by, "status"]).agg(n=nw.len())
    places = _places(table, "status", STATUSES)
    grid = table.select(*by).unique().join(places, how="cross") if by else places
    full = grid.join(counted, on=[*by, "status"], how="left").with_columns(_whole("n"))
    return _native(full.sort(*by, "place").select(*by, "status", "n"), like=experiments)


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
    table = _read(experiments)
    linked = table.join(_read(experiment_components).select("experiment", "component"), on="experiment", how="inner")
    counted = linked.group_by("component", "status", "decision").agg(n=nw.len())
    for column, values in (("status", STATUSES), ("decision", DECISIONS)):
        places = _places(table, column, values).rename({"place": f"{column}_place"})
        counted = counted.join(places, on=column, how="left")
    ordered = _by_component(counted, ["component", "status_place", "decision_place"], components)
    return _native(ordered.select("component", "status", "decision", "n"), like=experiments)


def completion(experiments: IntoDataFrameT, *, by: Sequence[str] = ("organisation",)) -> IntoDataFrameT:
    """Say how many experiments were carried out, of those that are over.

    Returns
    -------
    DataFrame (group,)
        The columns of `by`; n, done, partly, not_done, open (idea, planned or running), with_sign (a sign
        stated before the start): experiments; rate: done / (done + partly + not_done), NA while none is over.
        "Not carried out" is a result and stays in the rate.
    """
    marks = {status: nw.col("status") == status for status in OVER} | {"with_sign": ~nw.col("sign").is_null()}
    flags = {name: where.cast(nw.Int64) for name, where in marks.items()}
    counted = (
        _read(experiments)
        .with_columns(**flags)
        .group_by(list(by))
        .agg(*[nw.col(name).sum() for name in marks], n=nw.len())
    )
    over = nw.col("done") + nw.col("partly") + nw.col("not_done")
    rate = nw.when(over > 0).then(nw.col("done") / over)
    table = counted.with_columns(open=nw.col("n") - over, rate=rate).sort(list(by))
    columns = [*by, "n", *OVER, "open", "rate", "with_sign"]
    return _native(table.select(columns), like=experiments)


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
    links = _read(experiment_components).select("experiment", "component")
    tried = _read(experiments).with_columns(tested=begun, decided=adopted).join(links, on="experiment", how="inner")
    used = _read(practices).filter(nw.col("status") == "in_use", ~nw.col("component").is_null())
    parts = [
        _read(definitions).group_by(keys).agg(versions=nw.len()),
        tried.group_by(keys).agg(nw.col("tested", "decided").sum(), experiments=nw.len()),
        used.group_by(keys).agg(used=nw.len()),
    ]
    table = nw.concat([part.select(keys) for part in parts]).unique()
    for part in parts:
        table = table.join(part, on=keys, how="left")
    counts = ["versions", "experiments", "tested", "decided", "used"]
    table = table.with_columns(*[_whole(name) for name in counts])
    table = table.with_columns(adopted=nw.col("decided") + nw.col("used")).with_columns(state=_state())
    columns = [*keys, "versions", "experiments", "tested", "adopted", "state"]
    return _native(_by_component(table, keys, components).select(columns), like=definitions)


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
    table = _read(experiments)
    follows = {name: before for name, before in table.select("experiment", "follows").rows() if isinstance(before, str)}
    steps = {name: _walk_back(name, follows) for name in table["experiment"].to_list()}
    linked = set(follows) | set(follows.values())
    found = [(name, first, step) for name, (first, step) in steps.items() if name in linked]
    data = {key: [row[place] for row in found] for place, key in enumerate(("experiment", "chain", "step"))}
    schema: dict[str, Any] = {"experiment": nw.String, "chain": nw.String, "step": nw.Int64}
    placed = nw.from_dict(data, schema, backend=table.implementation)
    about = table.select("experiment", "organisation", "title", "status", "decision")
    joined = placed.join(about, on="experiment", how="inner").sort("chain", "step", "experiment")
    columns = ["chain", "step", "experiment", "organisation", "title", "status", "decision"]
    return _native(joined.select(columns), like=experiments)


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


def _read(frame: Any) -> Frame:
    return nw.from_native(frame, eager_only=True)


def _native(table: Frame, *, like: IntoDataFrameT) -> IntoDataFrameT:  # noqa: ARG001  the type is what `like` says
    result: IntoDataFrameT = nw.maybe_reset_index(table).to_native()
    return result


def _whole(name: str) -> nw.Expr:
    return nw.col(name).fill_null(0).cast(nw.Int64)


def _places(table: Frame, column: str, values: str) -> Frame:
    """Give the allowed values in their declared order, with their place in it."""
    names = values.split()
    data = {column: names, "place": list(range(len(names)))}
    schema: dict[str, Any] = {column: nw.String, "place": nw.Int64}
    return nw.from_dict(data, schema, backend=table.implementation)


def _by_component(table: Frame, keys: list[str], components: Any) -> Frame:
    """Sort by `keys`, the component by its fixed `position` when `components` is given."""
    if components is None:
        return table.sort(keys)
    placed = table.join(_read(components).select("component", "position"), on="component", how="left")
    return placed.sort([column for key in keys for column in (("position", key) if key == "component" else (key,))])
