"""How far coders who coded the same entries apart read alike: code by code, with what the numbers rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, get_args

import narwhals.stable.v2 as nw
import numpy as np
from narwhals.typing import IntoDataFrameT

from workbench.coding.coefficients import alpha, cohen
from workbench.coding.comparing import CodersError
from workbench.coding.tally import Tally, Unit, tally
from workbench.coding.together import UnitError
from workbench.coding.units import Stretch
from workbench.frames import made, native, read

FEWEST = 10  # entries with a code; of fewer, the bootstrap's interval is too narrow (docs/coding.md)
_WHOLE = ("entries", "entries_with", "n", "positive", "agreed")
_PARTS = ("observed", "alpha", "low", "high", "kappa")


def agreement(  # noqa: PLR0913  the tables, and the choices a researcher makes
    codings: IntoDataFrameT,
    entries: Any,
    coders: Sequence[str],
    *,
    unit: Unit = "sentence",
    assigned: Any = None,
    codes: Sequence[str] | None = None,
    draws: int = 1000,
    seed: int = 0,
    fewest: int = FEWEST,
) -> IntoDataFrameT:
    """Measure for each code how far the coders gave it to the same units of text.

    Parameters
    ----------
    codings, entries : DataFrame
        Tables of the study; give only the entries that were coded apart.
    coders : sequence of str
        Two or more.
    unit : {"entry", "paragraph", "sentence", "character"}
        What is given a code or not. A coding gives its code to each unit that it shares a character with.
    assigned : DataFrame, optional
        entry, coder: who has read what, such as a round's assignments; otherwise every coder every entry. An entry
        that fewer than two of the coders read is left out, and so are codings of coders who were not to read it.
    codes : sequence of str, optional
        A row for each, in this order, also for those that nobody used; otherwise every code that occurs, by name.
        A code under another is not counted as the other (`families` maps them).
    draws, seed : int
        Of the bootstrap: entries are drawn with their units, since the units of one entry are not independent.

    fewest : int
        Entries with a code for it to have an interval; docs/coding.md tells what intervals of fewer are worth.

    Returns
    -------
    DataFrame (codes,)
        code, unit; entries, entries_with: that two or more coders read, and those with the code; n: units in
        them; positive, agreed: units with the code by anybody, and by everybody who read them; observed: share of
        pairs of readings that are alike; alpha: Krippendorff's, the code against the rest, and for characters that of
        unitising; low, high: 95 % bootstrap interval of alpha; kappa: Cohen's, with two coders; note: why a number is
        missing. Missing is alpha when all readings are the same, and the interval with fewer than `fewest` entries
        with the code.

    Raises
    ------
    CodersError
        Fewer than two coders, or one twice.
    UnitError
        The unit is none of these.

    Source: docs/coding.md#coding-apart-reading-together; Krippendorff 2019, ch. 12; Krippendorff et al. 2016; Cohen
    1960; Zapf et al. 2016.
    """
    _require(coders, unit)
    readers = _readers(entries, coders, assigned)
    texts = {entry: text for entry, text in read(entries).select("entry", "text").rows() if entry in readers}
    spans: dict[tuple[str, str], dict[str, list[Stretch]]] = defaultdict(lambda: defaultdict(list))
    for entry, coder, code, start, end in read(codings).select("entry", "coder", "code", "start", "end").rows():
        if coder in readers.get(entry, ()):
            spans[entry, code][coder].append((int(start), int(end)))
    order = sorted({code for _entry, code in spans}) if codes is None else list(codes)
    counted = tally(texts, readers, spans, order, unit)
    bounds = _interval(counted, draws, seed, fewest)
    rows = _rows(counted, order, unit, bounds, pair=len(coders) == 2)  # noqa: PLR2004  kappa is of two
    columns = dict.fromkeys(_WHOLE, nw.Int64) | dict.fromkeys(_PARTS, nw.Float64)
    return native(made(codings, rows, code=nw.String, unit=nw.String, **columns, note=nw.String), like=codings)


def _require(coders: Sequence[str], unit: str) -> None:
    if unit not in get_args(Unit):
        raise UnitError(f"Found unit {unit!r}; allowed are {', '.join(get_args(Unit))}. Cure: choose one.")
    if len(coders) < 2 or len(set(coders)) < len(coders):  # noqa: PLR2004  agreement is of two or more
        found = ", ".join(map(repr, coders)) or "nobody"
        raise CodersError(f"Found coders {found}; agreement is of two or more, each once. Cure: name them.")


def _readers(entries: Any, coders: Sequence[str], assigned: Any) -> dict[str, tuple[str, ...]]:
    """Map each entry that two or more coders read to them, in their order."""
    named = read(entries)["entry"].to_list()
    if assigned is None:
        return dict.fromkeys(named, tuple(coders))
    own: dict[str, set[str]] = defaultdict(set)
    for entry, coder in read(assigned).select("entry", "coder").rows():
        own[entry].add(coder)
    read_by = {entry: tuple(coder for coder in coders if coder in own[entry]) for entry in named}
    return {entry: who for entry, who in read_by.items() if len(who) > 1}


def _rows(
    counted: Tally, codes: Sequence[str], unit: str, bounds: tuple[Any, Any], *, pair: bool
) -> list[tuple[Any, ...]]:
    ones, apart = counted.ones.sum(axis=0), counted.apart.sum(axis=0)
    n, values = counted.units.sum(), counted.values.sum()
    positive, agreed, left = (part.sum(axis=0) for part in (counted.positive, counted.agreed, counted.left))
    found = _alpha(np.ones((1, len(counted.units))), counted)[0]
    kappa = cohen(agreed, left, positive + agreed - left, n) if pair else np.full(len(codes), np.nan)
    having = _having(counted)
    rows = []
    for k, code in enumerate(codes):
        observed = 1 - apart[k] / values if n else np.nan
        whole = (len(counted.units), int(having[k]), int(n), int(positive[k]), int(agreed[k]))
        parts = [_number(value) for value in (observed, found[k], bounds[0][k], bounds[1][k], kappa[k])]
        rows.append((code, unit, *whole, *parts, _note(n, ones[k], values, having[k], sure=parts[2] is not None)))
    return rows


def _having(counted: Tally) -> Any:
    """Count the entries that have each code."""
    return (counted.positive > 0).sum(axis=0)


def _alpha(weights: Any, counted: Tally) -> Any:
    """Give alpha of each code (columns) for each weighting of the entries (rows)."""
    ones, values = weights @ counted.ones, (weights @ counted.values)[:, None]
    marginals = np.stack([ones, values - ones], axis=-1)
    return alpha(weights @ counted.apart, marginals, weights @ counted.within)


def _interval(counted: Tally, draws: int, seed: int, fewest: int) -> tuple[Any, Any]:
    """Give the middle 95 % of alpha over entries drawn anew; draws without any variation are left out."""
    many, nothing = len(counted.units), np.full(counted.ones.shape[1], np.nan)
    if not many:
        return nothing, nothing
    weights = np.random.default_rng(seed).multinomial(many, np.full(many, 1 / many), size=draws).astype(float)
    drawn = _alpha(weights, counted)
    sure = (_having(counted) >= fewest) & ~np.isnan(drawn).all(axis=0)
    low, high = nothing.copy(), nothing.copy()
    if sure.any():
        low[sure], high[sure] = np.nanquantile(drawn[:, sure], [0.025, 0.975], axis=0)
    return low, high


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _note(n: float, ones: float, values: float, having: int, *, sure: bool) -> str | None:
    if not n:
        return "not defined: nothing was read by two coders"
    if ones in {0, values}:
        return "not defined: " + ("nobody gave it" if ones == 0 else "everybody gave it to all")
    return None if sure else f"in {having} of the entries: too few for an interval"
