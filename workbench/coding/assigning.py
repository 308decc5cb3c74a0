"""Who codes which entries."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable

from workbench.errors import WorkbenchError


class RosterError(WorkbenchError):
    """Too few coders, or none to an entry."""


def assign_evenly(entries: Iterable[str], coders: Collection[str], *, each: int = 2, seed: int) -> dict[str, list[str]]:
    """Give every entry some of the coders, evenly: their shares differ by one entry at most.

    Parameters
    ----------
    entries : iterable of str
        The entries to code.
    coders : collection of str
        Who codes.
    each : int
        How many code an entry.
    seed : int
        Makes the same assignment again. Entries are drawn in chance order, so that nobody gets the early ones.

    Returns
    -------
    dict
        Entry to coders, as `workbench.acts.rounds.open_round` takes it. Those who have read together least so far are
        put together next.

    Raises
    ------
    RosterError
        There are fewer coders than an entry is to have.
    """
    names = sorted(set(coders))
    if not 1 <= each <= len(names):
        raise RosterError(f"{each} are to code each entry, of {len(names)} coders. Cure: name more coders.")
    drawn, order = random.Random(seed), list(dict.fromkeys(entries))  # noqa: S311  no secret
    shares, together = dict.fromkeys(names, 0), dict.fromkeys(((one, two) for one in names for two in names), 0)
    given: dict[str, list[str]] = {}
    for entry in drawn.sample(order, len(order)):
        chosen: list[str] = []
        drawn.shuffle(names)
        while len(chosen) < each:
            left = [name for name in names if name not in chosen]
            chosen.append(min(left, key=lambda name: (shares[name], sum(together[name, one] for one in chosen))))
        for name in chosen:
            shares[name] += 1
            together.update({(name, one): together[name, one] + 1 for one in chosen})
        given[entry] = sorted(chosen)
    return {entry: given[entry] for entry in order}
