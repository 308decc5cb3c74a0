"""Rounds of coding apart at the desk: who has come how far, and when they are closed what was read apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from workbench.acts.bulk import bulk
from workbench.acts.decisions import adjudicate, agree, decide
from workbench.acts.rounds import AGREED, close_round, finish, open_round, reopen_entry
from workbench.coding.assigning import assign_evenly
from workbench.desk.blindfold import Blindfold
from workbench.desk.readings import Readings, RoundError
from workbench.desk.shown import Plain
from workbench.eventlog import row_key
from workbench.records import Record
from workbench.store.draft import Act
from workbench.store.live import LiveStudy
from workbench.study import Study
from workbench.tables import ASSIGNMENTS

Asked = Mapping[str, Any]


class RoundsWork:
    """What a coder does with rounds at the desk.

    Parameters
    ----------
    live : LiveStudy
        The study.
    done : callable
        Does an act, and tells what it changed.
    blindfold : Blindfold
        Leaves out what this coder may not see.
    study : callable
        Gives the study as this coder may see it.

    Attributes
    ----------
    answers : dict
        For each thing that can be asked what answers it.
    """

    def __init__(
        self, live: LiveStudy, done: Callable[[Act], Plain], blindfold: Blindfold, study: Callable[[], Study]
    ) -> None:
        self._live, self._done, self._blindfold, self._study = live, done, blindfold, study
        self._coder = live.actor
        self.answers: dict[str, Callable[[Asked], Plain]] = {
            "rounds": self._listed,
            "open round": lambda asked: self._done(_opened(asked)),
            "finish": lambda asked: self._mark(str(asked["entry"]), "finish", finish),
            "reopen": lambda asked: self._mark(str(asked["entry"]), "reopen entry", reopen_entry),
            "close round": self._close,
            "compare": lambda asked: self._readings(asked).told(),
            "numbers": lambda asked: self._readings(asked).numbers(),
            "agree": self._agree,
            "decide": self._decide,
            "adjudicate": self._adjudicate,
        }

    def mine(self) -> Plain:
        """Tell which entries this coder codes in open rounds: done, or still to do."""
        opened = [row["round"] for row in self._live.find("rounds", closed=None)]
        rows = self._live.find("assignments", round=opened, coder=self._coder) if opened else []
        left = {row["entry"] for row in rows if row["finished"] is None}
        return {"assigned": {row["entry"]: "to do" if row["entry"] in left else "done" for row in rows}}

    def changed(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> Plain:
        """Tell whether an act, by its rows before and after, changed what may be seen, and what is this coder's now."""
        sides = [{row_key(ASSIGNMENTS, row) for row in rows.get("assignments", [])} for rows in (before, after)]
        anew = sides[0] != sides[1] or "rounds" in {*before, *after}
        return {"anew": anew, **(self.mine() if anew or sides[0] else {})}

    def _listed(self, _asked: Asked) -> Plain:
        """List the rounds, the latest first: of each coder how many entries are assigned and how many finished."""
        assigned: dict[object, list[Record]] = {}
        for row in self._live.find("assignments"):
            assigned.setdefault(row["round"], []).append(row)
        rounds = [_progress(row, assigned.get(row["round"], [])) for row in reversed(self._live.find("rounds"))]
        coders = {str(row["coder"]) for rows in assigned.values() for row in rows} | {self._coder}
        seen = set(self._study().codings["coder"]) - {AGREED}
        return {"rounds": rounds, "coders": sorted(coders | {one for one in seen if ":" not in one})}

    def _mark(self, entry: str, name: str, act: Callable[[str, str], Act]) -> Plain:
        """Say that the coder is done, or is not after all, with an entry in every open round it is theirs in."""
        opened = [row["round"] for row in self._live.find("rounds", closed=None)]
        rows = self._live.find("assignments", round=opened, entry=entry, coder=self._coder) if opened else []
        due = [row for row in rows if (row["finished"] is None) == (name == "finish")]
        if not due:
            state = "not finished" if rows else "not yours in an open round"
            raise RoundError(f"{entry} is {'finished already' if rows and name == 'finish' else state}.")
        acts = [act(str(row["round"]), entry) for row in due]
        return self._done(acts[0] if len(acts) == 1 else bulk(name, acts))

    def _close(self, asked: Asked) -> Plain:
        """Close a round; what is left unfinished is what the page has shown, so that nothing is left unseen."""
        left: dict[str, list[str]] = {}
        for entry, coder in asked.get("unfinished") or []:
            left.setdefault(str(entry), []).append(str(coder))
        return self._done(close_round(str(asked["round"]), without=left, reason=str(asked.get("reason") or "")))

    def _readings(self, asked: Asked) -> Readings:
        return Readings(self._live, self._blindfold, self._study(), str(asked["round"]))

    def _agree(self, asked: Asked) -> Plain:
        """Take all that was read alike as agreed on, where it is not yet."""
        spans = self._readings(asked).alike()
        if spans.empty:
            raise RoundError("All that was read alike is agreed on already.")
        return self._done(agree(str(asked["round"]), spans))

    def _decide(self, asked: Asked) -> Plain:
        place = int(asked["start"]), int(asked["end"]), str(asked["code"]) if asked.get("code") else None
        where = str(asked["round"]), str(asked["entry"])
        done = self._done(decide(*where, place, str(asked["text"]), outcome=str(asked["outcome"])))
        return {**done, **self._log(*where)}

    def _adjudicate(self, asked: Asked) -> Plain:
        where = str(asked["round"]), str(asked["entry"])
        done = self._done(adjudicate(*where, _spans(asked["readings"]), _spans(asked["taken"]), str(asked["text"])))
        return {**done, **self._log(*where)}

    def _log(self, code: str, entry: str) -> Plain:
        return {"decisions": self._blindfold.seen(self._live.find("decisions", round=code, entry=entry))}


def _spans(rows: Any) -> list[tuple[int, int, str]]:
    return [(int(start), int(end), str(code)) for start, end, code in rows]


def _opened(asked: Asked) -> Act:
    entries, coders = ([str(one) for one in asked[name]] for name in ("entries", "coders"))
    given = assign_evenly(entries, coders, each=int(asked["each"]), seed=int(asked["seed"]))
    return open_round(str(asked["title"]), given, question=str(asked.get("question") or "") or None)


def _progress(row: Record, assigned: list[Record]) -> Plain:
    """Tell how far each coder has come; what they coded is nobody's to see yet."""
    all_, done = (Counter(one["coder"] for one in assigned if one["finished"] or every) for every in (True, False))
    coders = [{"coder": coder, "assigned": all_[coder], "finished": done[coder]} for coder in sorted(all_, key=str)]
    left = [[one["entry"], one["coder"]] for one in assigned if one["finished"] is None]
    return {**row, "entries": len({one["entry"] for one in assigned}), "coders": coders, "unfinished": left}
