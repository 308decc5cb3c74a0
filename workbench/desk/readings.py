"""The readings of a round that is closed: place by place how they differ, what was decided of it, and how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import combinations
from typing import Any

import pandas as pd

from workbench.acts.rounds import AGREED
from workbench.coding.agreement import agreement
from workbench.coding.comparing import compare
from workbench.coding.tally import Unit
from workbench.desk.blindfold import Blindfold
from workbench.desk.closing import Closing
from workbench.desk.shown import Plain, shown_coding
from workbench.errors import WorkbenchError
from workbench.records import Record, records_frame
from workbench.store.live import LiveStudy
from workbench.study import Study
from workbench.tables import ASSIGNMENTS, CODINGS, ENTRIES

_QUOTED = 120  # characters of a place that are shown in a list
_UNIT: Unit = "sentence"  # what agreement is measured over at the desk


class RoundError(WorkbenchError):
    """A round that is not there, or is not as far as that."""


class Readings:
    """What the coders of a closed round read in its entries.

    Only what a coder has finished is compared, and no entry that is in another round, still open, of its own.

    Parameters
    ----------
    live : LiveStudy
        The study.
    blindfold : Blindfold
        Leaves out what this coder may not see.
    study : Study
        The study as this coder may see it.
    code : str
        The round's code.

    Raises
    ------
    RoundError
        There is no such round, or it is open.
    """

    def __init__(self, live: LiveStudy, blindfold: Blindfold, study: Study, code: str) -> None:
        found = live.find("rounds", round=code)
        if not found or found[0]["closed"] is None:
            state = "is open: nothing is compared before it is closed" if found else "is not there"
            raise RoundError(f"Round {code} {state}. Cure: close it first, or choose another.")
        self._live, self._blindfold, self._study, self._round = live, blindfold, study, found[0]

    def told(self) -> Plain:
        """Tell every place that was read apart, how many were read alike, what is left out, and the log."""
        decisions = self._blindfold.seen(self._live.find("decisions", round=self._round["round"]))
        apart = [{**place, "decided": _decided(place, decisions)} for place in self._places if place["how"] != "same"]
        return {
            "round": self._round,
            "stance": self._study.codebook.stance,
            "places": apart,
            "alike": len(self._places) - len(apart),
            "entries": len(self._read),
            "left_out": self._left_out,
            "decisions": decisions,
            "to_agree": len(self.alike()),
        }

    def numbers(self) -> Plain:
        """Measure agreement, code by code, of the codings as they were when the round was closed.

        What was talked over since is no longer read apart. A reflexive codebook has no such numbers.
        """
        if self._study.codebook.stance != "codebook":
            raise RoundError("The codebook's stance is reflexive: readings are talked over, not measured.")
        coders = sorted({str(row["coder"]) for row in self._assigned})
        if len(coders) < 2:  # noqa: PLR2004  agreement takes two
            return {"unit": _UNIT, "rows": []}
        then, entries = Closing(self._live, str(self._round["round"])), list(self._read)
        codings = records_frame(CODINGS, then.find("codings", entries))
        assigned = records_frame(ASSIGNMENTS, self._assigned)
        table = agreement(
            codings, records_frame(ENTRIES, then.find("entries", entries)), coders, unit=_UNIT, assigned=assigned
        )
        return {"unit": _UNIT, "rows": [_plain(row) for row in table.to_dict("records")]}

    def alike(self) -> pd.DataFrame:
        """List what every coder of an entry read alike and is not agreed on yet: entry, start, end, code."""
        same = Counter(_span(place) for place in self._places if place["how"] == "same")
        pairs = {entry: len(list(combinations(coders, 2))) for entry, coders in self._read.items()}
        agreed = {_span(row) for row in self._live.find("codings", entry=list(self._read), coder=AGREED)}
        spans = [span for span, count in same.items() if count == pairs[str(span[0])] and span not in agreed]
        return pd.DataFrame(spans, columns=["entry", "start", "end", "code"])

    @cached_property
    def _finished(self) -> list[Record]:
        rows = self._live.find("assignments", round=self._round["round"])
        return [row for row in rows if row["finished"] is not None]

    @cached_property
    def _assigned(self) -> list[Record]:
        """The assignments to compare: an entry that two have finished, in no open round."""
        blind, counts = self._blindfold.now(), Counter(row["entry"] for row in self._finished)
        return [row for row in self._finished if counts[row["entry"]] > 1 and row["entry"] not in blind.entries]

    @cached_property
    def _left_out(self) -> int:
        return len({row["entry"] for row in self._live.find("assignments", round=self._round["round"])}) - len(
            self._read
        )

    @cached_property
    def _read(self) -> dict[str, list[str]]:
        """Who has read what: entry to coders, in the order the entries were written."""
        coders: dict[str, list[str]] = {}
        for row in sorted(self._assigned, key=lambda row: str(row["coder"])):
            coders.setdefault(str(row["entry"]), []).append(str(row["coder"]))
        return {entry: coders[entry] for entry in self._entries["entry"].to_list()}

    @cached_property
    def _entries(self) -> pd.DataFrame:
        rows = self._live.find("entries", entry=[row["entry"] for row in self._assigned])
        ordered = sorted(rows, key=lambda row: (str(row["written"]), str(row["entry"])))
        return records_frame(ENTRIES, ordered)

    @cached_property
    def _rows(self) -> dict[str, Record]:
        readers = {(row["entry"], row["coder"]) for row in self._assigned}
        entries, coders = ({row[name] for row in self._assigned} for name in ("entry", "coder"))
        rows = self._live.find("codings", entry=list(entries), coder=list(coders))
        return {str(row["coding"]): row for row in rows if (row["entry"], row["coder"]) in readers}

    @cached_property
    def _codings(self) -> pd.DataFrame:
        return records_frame(CODINGS, list(self._rows.values()))

    @cached_property
    def _places(self) -> list[Plain]:
        """Every place that two coders have coded, or one of them, in the order of the entries and of the text."""
        pairs: dict[tuple[str, str], list[str]] = {}
        for entry, coders in self._read.items():
            for one, other in combinations(coders, 2):
                pairs.setdefault((one, other), []).append(entry)
        places = [place for pair, entries in pairs.items() for place in self._between(pair, entries)]
        order = {entry: number for number, entry in enumerate(self._read)}
        ordered = sorted(places, key=lambda place: (order[place["entry"]], place["start"], place["end"]))
        texts = dict(zip(self._entries["entry"], self._entries["text"], strict=True))
        return [{**place, "quote": texts[place["entry"]][place["start"] : place["end"]][:_QUOTED]} for place in ordered]

    def _between(self, pair: tuple[str, str], entries: list[str]) -> Iterator[Plain]:
        """Give the places of a pair; codings that stand beside the same one are one place."""
        kept = self._entries[self._entries["entry"].isin(entries)]
        groups: dict[str, list[dict[Any, Any]]] = {}  # by each coding in them
        for row in compare(self._codings, kept, pair).to_dict("records"):
            own = [row[side] for side in ("left", "right") if isinstance(row[side], str)]
            met = {id(groups[coding]): groups[coding] for coding in own if coding in groups}
            group = [row, *(other for some in met.values() for other in some)]
            held = {one[side] for one in group for side in ("left", "right") if isinstance(one[side], str)}
            groups |= dict.fromkeys(held, group)
        for group in {id(group): group for group in groups.values()}.values():
            yield {**self._place(group), "coders": list(pair)}

    def _place(self, group: list[dict[Any, Any]]) -> Plain:
        start, end = min(row["start"] for row in group), max(row["end"] for row in group)
        sides = {side: self._shown({row[side] for row in group}) for side in ("left", "right")}
        return {**_plain(group[0]), "start": int(start), "end": int(end), **sides}

    def _shown(self, codings: set[Any]) -> list[Plain]:
        """Show one side's codings of a place, in the order of the text."""
        rows = [self._rows[coding] for coding in codings if isinstance(coding, str)]
        shown = [{**shown_coding(row), "quote": str(row["quote"])[:_QUOTED]} for row in rows]
        return sorted(shown, key=lambda one: (one["start"], one["end"]))


def _span(row: Record | Plain) -> tuple[Any, ...]:
    return row["entry"], row["start"], row["end"], row["code"]


def _decided(place: Plain, decisions: Iterable[Record]) -> Record | None:
    """Return the last decision on a place: on its very words, and on its code or on none alone."""
    own = [one for one in decisions if one["code"] in {place["code"], None}]
    found = [one for one in own if all(one[name] == place[name] for name in ("entry", "start", "end"))]
    return found[-1] if found else None


def _plain(row: dict[Any, Any]) -> Plain:
    """Turn a frame's row into what a browser takes; what is missing is None."""
    return {
        str(name): None if pd.isna(value) else getattr(value, "item", lambda value=value: value)()
        for name, value in row.items()
    }
