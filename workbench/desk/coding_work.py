"""What a coder does to a text: code it, move and change what is coded, name a new code, write a memo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from workbench.acts.bulk import bulk
from workbench.acts.codes import add_code
from workbench.acts.codings import code_span, move_coding, recode, remove_coding
from workbench.acts.memos import write_memo
from workbench.desk.shown import Plain
from workbench.errors import WorkbenchError
from workbench.records import Record
from workbench.store.draft import Act, new_codes
from workbench.store.live import LiveStudy

Asked = Mapping[str, Any]
LONGEST_NAME = 60  # characters of an in-vivo code's name


class CodingWork:
    """Coding, as the desk asks for it.

    Parameters
    ----------
    live : LiveStudy
        The study, as the coder.
    done : callable
        Does an act and tells what it changed.
    seen : callable
        Leaves out the codings that the coder may not see.
    """

    def __init__(
        self, live: LiveStudy, done: Callable[[Act], Plain], seen: Callable[[list[Record]], list[Record]]
    ) -> None:
        self.live = live
        self.seen = seen
        acts: dict[str, Callable[[Asked], Act]] = {
            "code": lambda asked: code_span(*_span(asked), str(asked["code"])),
            "code rows": lambda asked: self._whole(asked["entries"], str(asked["code"])),
            "move": lambda asked: move_coding(self._known(asked), int(asked["start"]), int(asked["end"])),
            "recode": lambda asked: recode(self._known(asked), str(asked["code"])),
            "remove": lambda asked: remove_coding(self._known(asked)),
            "new code": _new_code,
            "memo": _memo,
        }
        self.answers = {name: _doing(done, act) for name, act in acts.items()}

    def _known(self, asked: Asked) -> str:
        """Return a coding's code; what this coder may not see is not there for them."""
        coding = str(asked["coding"])
        if not self.seen(self.live.find("codings", coding=coding)):
            raise WorkbenchError(f"There is no coding {coding}. Cure: open the entry anew.")
        return coding

    def _whole(self, entries: list[str], code: str) -> Act:
        """Code whole texts."""
        rows = self.live.find("entries", entry=[str(entry) for entry in entries])
        acts = [code_span(str(row["entry"]), 0, len(str(row["text"])), code) for row in rows]
        return acts[0] if len(acts) == 1 else bulk("code rows", acts)


def _doing(done: Callable[[Act], Plain], act: Callable[[Asked], Act]) -> Callable[[Asked], Plain]:
    return lambda asked: done(act(asked))


def _span(asked: Asked) -> tuple[str, int, int]:
    return str(asked["entry"]), int(asked["start"]), int(asked["end"])


def _new_code(asked: Asked) -> Act:
    """Add a code, and code a span with it when there is one: both are undone as one."""
    name = " ".join(str(asked["name"]).split())[:LONGEST_NAME]
    code, reason = new_codes("codes", 1)[0], str(asked.get("reason") or "seen while coding")
    made = add_code(name, reason=reason, code=code, parent=asked.get("parent") or None)
    if asked.get("entry") is None:
        return made
    return bulk("new code in place", [made, code_span(*_span(asked), code)], reason=reason)


def _memo(asked: Asked) -> Act:
    about = {name: str(asked[name]) for name in ("entry", "code") if asked.get(name)}
    return write_memo(str(asked.get("kind") or "method"), str(asked["text"]), **about)
