"""Rules that code: a pattern, the code it gives, and how much of the text around a hit is coded.

A rule is a coder with a name of its own. It proposes; a researcher looks through what it proposes, and what is left
is coded by one act (`workbench.acts.autocode`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.patterns import SECONDS, Pattern, Words
from workbench.coding.units import Unit, divided, widened
from workbench.errors import WorkbenchError
from workbench.frames import made, native, read

_AROUND = {"words": "what it finds", "sentence": "the sentence", "paragraph": "the paragraph", "entry": "the entry"}


class RuleError(WorkbenchError):
    """A rule that cannot be followed."""


@dataclass(frozen=True)
class Rule:
    """What is coded by a rule.

    Attributes
    ----------
    name : str
        What it is called; its codings have the coder ``rule: name``.
    code : str
        The code it gives.
    pattern : str or tuple of str
        Words as `workbench.coding.find` takes them, of several any.
    unit : {"words", "sentence", "paragraph", "entry"}
        What is coded: the hit itself, or the whole sentences, paragraphs or entry it stands in.
    regex, case : bool
        Whether the pattern is a regular expression, and whether capitals must agree.

    Raises
    ------
    RuleError
        The name, the code or the unit says nothing.
    PatternError
        The pattern says nothing, or has a fault.
    """

    name: str
    code: str
    pattern: Words
    unit: Unit = "words"
    regex: bool = False
    case: bool = False

    def __post_init__(self) -> None:
        """Refuse a rule that could not be followed or found again."""
        if not self.name.strip() or not self.code.strip():
            raise RuleError(f"Found name {self.name!r}, code {self.code!r}: a rule has both. Cure: give them.")
        if self.unit not in get_args(Unit):
            raise RuleError(f"Found unit {self.unit!r}; allowed are {', '.join(get_args(Unit))}. Cure: choose one.")
        Pattern(self.pattern, regex=self.regex, case=self.case)
        object.__setattr__(self, "pattern", self.parts if len(self.parts) > 1 else self.parts[0])

    @property
    def parts(self) -> tuple[str, ...]:
        """Each pattern of which any counts."""
        return (self.pattern,) if isinstance(self.pattern, str) else tuple(self.pattern)

    @property
    def coder(self) -> str:
        """The name its codings are made under."""
        return f"rule: {self.name}"

    @property
    def definition(self) -> str:
        """What the rule does, in words that tell a reader everything needed to do the same."""
        kind = "the regular expression" if self.regex else "the words"
        shown = " or ".join(f"“{part}”" for part in self.parts)
        capitals = "matter" if self.case else "do not matter"
        return f"{self.coder}. Looks for {kind} {shown} (capitals {capitals}), codes {_AROUND[self.unit]}: {self.code}."


def preview(rule: Rule, entries: IntoDataFrameT, codings: Any = None, *, seconds: float = SECONDS) -> IntoDataFrameT:
    """Propose what a rule would code; nothing is coded.

    Parameters
    ----------
    rule : Rule
    entries : DataFrame
        The entries to look in.
    codings : DataFrame, optional
        The study's codings: what the rule has coded already is left out.
    seconds : float
        What the search may take in all.

    Returns
    -------
    DataFrame (spans,)
        entry, start, end, quote, code: each span once, in the order of the entries and the text. Take rows away to
        reject them; the rest is what `workbench.acts.autocode.autocode` codes.

    Raises
    ------
    PatternError
        The search takes longer than `seconds`.
    """
    texts = dict(read(entries).select("entry", "text").rows())
    pattern = Pattern(rule.pattern, regex=rule.regex, case=rule.case)
    places = list(pattern.found_in(texts, seconds=seconds))
    parts = {entry: divided(texts[entry], rule.unit) for entry in dict.fromkeys(place[0] for place in places)}
    spans = dict.fromkeys((entry, *widened(parts[entry], start, end)) for entry, start, end in places)
    standing = set() if codings is None else _coded(rule, codings)
    rows = [(*span, texts[span[0]][span[1] : span[2]], rule.code) for span in spans if span not in standing]
    columns = {"start": nw.Int64, "end": nw.Int64, "quote": nw.String, "code": nw.String}
    return native(made(entries, rows, entry=nw.String, **columns), like=entries)


def _coded(rule: Rule, codings: Any) -> set[tuple[str, int, int]]:
    own = read(codings).filter(nw.col("coder") == rule.coder, nw.col("code") == rule.code)
    return {(entry, int(start), int(end)) for entry, start, end in own.select("entry", "start", "end").rows()}
