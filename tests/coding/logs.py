"""A log of five entries and its codings, small enough to check by eye."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tests.frames import Rows, table
from workbench.tables import CODES, CODINGS, COMPONENTS, ENTRIES, MEMOS, OCCASIONS, PEOPLE

# entry: organisation, person, occasion, component, day, text
LOG: dict[str, tuple[str, str | None, str, str | None, str, str]] = {
    "N1": ("A1", "P1", "T1", "I3", "2025-02-05", "Vi har ont om tid. Chefen frågar inte.\n\nJag vågade säga nej."),
    "N2": ("A1", "P1", "T2", "I3", "2025-03-26", "Tiden räckte till. Chefen frågade två gånger!"),
    "N3": ("A1", None, "T2", None, "2025-03-27", "Tillsammans: mer tid, t.ex. en dag i veckan."),
    "N4": ("A2", "P2", "T1", "I4", "2025-02-06", "Ont om tid 🙂 och ont om stöd."),
    "N5": ("A2", "P3", "T2", "I4", "2025-04-01", "Ingen har tid med ledningsgruppen."),
}
ENTRY_ROWS = table(
    ENTRIES,
    [
        {
            "entry": entry,
            "organisation": organisation,
            "person": person,
            "occasion": occasion,
            "component": component,
            "kind": "reflection" if person else "discussion",
            "phase": "meeting",
            "written": pd.Timestamp(day, tz="UTC"),
            "text": text,
        }
        for entry, (organisation, person, occasion, component, day, text) in LOG.items()
    ],
)
OCCASION_ROWS = table(
    OCCASIONS,
    [
        {
            "occasion": f"T{k}",
            "number": k,
            "starts": pd.Timestamp(f"2025-0{k}-05"),
            "ends": pd.Timestamp(f"2025-0{k}-06"),
        }
        for k in (1, 2, 3)
    ],
)
PEOPLE_ROWS = table(
    PEOPLE,
    [
        {"person": "P1", "organisation": "A1", "joined": pd.Timestamp("2025-01-01")},
        {
            "person": "P2",
            "organisation": "A2",
            "joined": pd.Timestamp("2025-01-01"),
            "left": pd.Timestamp("2025-02-20"),
        },
        {"person": "P3", "organisation": "A2", "joined": pd.Timestamp("2025-03-01")},
    ],
)
COMPONENT_ROWS = table(
    COMPONENTS,
    [
        {"component": "I3", "position": 2},
        {"component": "I4", "position": 1},
        {"component": "O1", "position": 3, "organisation": "A1"},
    ],
)
CODE_ROWS = table(
    CODES,
    [
        {"code": "COND"},
        {"code": "TIME", "parent": "COND"},
        {"code": "LEAD", "parent": "COND"},
        {"code": "ASK", "parent": "LEAD"},
        {"code": "DARE"},
    ],
)
NO_MEMOS = table(MEMOS, [])


def coded(*marks: tuple[str, str, str], coder: str = "K1", texts: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Codings C1, C2 … of quotes in the log: entry, code, quote."""
    found: Rows = []
    for number, (entry, code, quote) in enumerate(marks, 1):
        start = (texts or {name: row[-1] for name, row in LOG.items()})[entry].index(quote)
        span = {"start": start, "end": start + len(quote), "quote": quote}
        found.append({"coding": f"C{number}", "entry": entry, "code": code, "coder": coder, **span})
    return table(CODINGS, found)


CODING_ROWS = coded(
    ("N1", "TIME", "ont om tid"), ("N1", "LEAD", "Chefen frågar inte."), ("N1", "ASK", "frågar"),
    ("N1", "DARE", "Jag vågade säga nej."), ("N2", "TIME", "Tiden räckte till."), ("N2", "ASK", "frågade två gånger"),
    ("N3", "TIME", "mer tid"), ("N4", "TIME", "Ont om tid 🙂"), ("N4", "LEAD", "ont om stöd"),
    ("N5", "TIME", "tid"),
)  # fmt: skip
