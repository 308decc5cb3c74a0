"""A live study with something of everything, made by acts: the tiny study, and what these rows add to it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

from tests.tiny import tiny_study
from workbench.acts.codes import add_code
from workbench.acts.components import add_component, define_component
from workbench.acts.consents import consent
from workbench.acts.experiments import add_practice, register_experiment
from workbench.acts.findings import give_feedback, respond, state_finding
from workbench.acts.memos import write_memo
from workbench.acts.ratings import rate
from workbench.acts.rounds import close_round, finish, open_round
from workbench.acts.rows import add_row
from workbench.codebook import Codebook
from workbench.eventlog import Row, row_record
from workbench.records import Record, Value
from workbench.store.draft import Act, fetch
from workbench.store.live import LiveStudy
from workbench.store.log import read_events
from workbench.tables import TABLES

DAY = dt.date(2025, 4, 2)
CODED = "2025-04-02T09:00:00Z"
WHY = "Kodarna skilde inte mellan dem."


def coding(coding: str, entry: str, start: int, quote: str, *, coder: str = "K1") -> Act:
    """Code words as `code_span` does, under a name that a reader can follow, as MOD_DARE."""
    span = {"start": start, "end": start + len(quote), "quote": quote}
    return add_row("codings", coding=coding, entry=entry, **span, code="MOD_DARE", coder=coder, coded=CODED)


def experiment(code: str, **fields: object) -> Act:
    """Register an experiment of A1."""
    words = {"kind": "improve", "assumption": "Om vi frågar får vi veta.", "test": "Fråga tre.", **fields}
    return register_experiment("A1", "T1", title="Fråga först", components={"I3": "D1"}, experiment=code, **words)


# N1 reads "Vi vågade 🙂 säga nej.⏎Sedan gick vi hem."; C1 is K1's COND_TIME on "🙂 säga nej."
ACTS = (
    add_component("A1", name_sv="Mod", name_en="Courage", component="O1"),
    define_component("A1", "I3", name="Att leda", text="Att gå först.", occasion="T1", definition="D1"),
    experiment("X1"),
    add_practice("A1", kind="routine", title="Frågestund", description="Varje måndag.", practice="R1", experiment="X1"),
    add_code("Mod", code="MOD", reason="Saknas."),
    add_code("Våga", code="MOD_DARE", parent="MOD", reason="Saknas."),
    coding("C3", "N1", 0, "Vi vågade"),
    coding("C4", "N1", 10, "🙂 säga nej."),
    coding("C5", "N2", 0, "Hemligt.", coder="K2"),
    write_memo("theory", "Mod och tid hänger ihop.", code="MOD_DARE", memo="M1"),
    write_memo("ethics", "Får detta citeras?", entry="N1", memo="M2"),
    state_finding(title_sv="Mod", text_sv="De vågar mer.", evidence=["N1", "N4"], finding="F1"),
    give_feedback("F1", "A1", "T2", channel="seminar", feedback="B1"),
    respond("B1", "P-1", stance="agrees", text="Så är det.", response="S1"),
    respond("B1", "P-2", stance="differs", response="S2"),
    rate("T2", "I3", "now", person="P-1", level=3, evidence="B2", confidence=2),
    open_round("Först", {"N2": ["K1", "K2"]}, round_code="Q1"),
    finish("Q1", "N2", coder="K2"),
    open_round("Sist", {"N1": ["K1", "K2"]}, round_code="Q2"),
    *(finish("Q2", "N1", coder=coder) for coder in ("K1", "K2")),
    close_round("Q2"),
    consent("P-1", "take_part", given=True, information="2025-1", decided=DAY),
)


def book(*, gone: str = "", **codes: dict[str, object]) -> Codebook:
    """Give the prepared study's codebook as somebody has edited it: `codes` with other values, or new."""
    rows = tiny_study().codebook.codes.set_index("code", drop=False).astype("object")
    for code, name, since, parent in (("MOD", "Mod", "1.3.0", None), ("MOD_DARE", "Våga", "1.4.0", "MOD")):
        rows.loc[code] = rows.loc["COND"].where(rows.columns.isin(["status"]), None)
        rows.loc[code, ["code", "name_sv", "name_en", "since", "parent"]] = [code, name, name, since, parent]
    for code, values in codes.items():
        if code not in rows.index:
            rows.loc[code] = rows.loc["MOD"]
            rows.loc[code, "code"] = code
        rows.loc[code, list(values)] = list(values.values())
    kept = rows[rows["code"] != gone].reset_index(drop=True).astype("str")
    return replace(tiny_study().codebook, codes=kept)


def found(live: LiveStudy, table: str, **where: Value) -> list[Record]:
    """Return the rows whose columns have these values, in their order."""
    with live.database.reading() as connection:
        rows = sorted(fetch(connection, table, {name: (value,) for name, value in where.items()}), key=_place)
    return [row_record(TABLES[table], row) for row in rows]


def _place(row: Row) -> Any:
    return row[0]


def last_event(live: LiveStudy) -> Record:
    """Return the last event."""
    with live.database.reading() as connection:
        *_, event = read_events(connection)
    return event


def last_objects(live: LiveStudy) -> dict[str, Any]:
    """Return what the last event is about."""
    objects: dict[str, Any] = json.loads(str(last_event(live)["objects"]))
    return objects
