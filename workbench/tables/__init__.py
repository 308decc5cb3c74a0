"""Every table of a study, declared once.

From these declarations come the DataFrame dtypes, the checks on opening, the data dictionary and the
schema of the data package. Order matters: a table comes after the tables it refers to.
"""

from __future__ import annotations

from workbench.columns import Table
from workbench.tables.coded import (
    ASSIGNMENTS,
    CODES,
    CODINGS,
    DECISIONS,
    LINEAGE,
    MEMOS,
    ROUNDS,
    SUGGESTIONS,
)
from workbench.tables.given_back import (
    CONSENTS,
    EVENTS,
    EVIDENCE_ROWS,
    FEEDBACK,
    FINDINGS,
    RESPONSES,
)
from workbench.tables.handed_in import (
    ATTRIBUTES,
    ENTRIES,
    ENTRY_KINDS,
    EVIDENCE,
    EXPERIMENT_COMPONENTS,
    EXPERIMENTS,
    NEXT_STEPS,
    ORIGINS,
    PRACTICES,
    QUARANTINE,
    RATINGS,
    SOURCES,
    STATUSES,
)
from workbench.tables.programme import (
    COMPONENTS,
    DEFINITIONS,
    FOCUS,
    OCCASIONS,
    ORGANISATIONS,
    PEOPLE,
)

__all__ = [
    "ASSIGNMENTS",
    "ATTRIBUTES",
    "CODES",
    "CODINGS",
    "COMPONENTS",
    "CONSENTS",
    "DECISIONS",
    "DEFINITIONS",
    "ENTRIES",
    "ENTRY_KINDS",
    "EVENTS",
    "EVIDENCE",
    "EVIDENCE_ROWS",
    "EXPERIMENTS",
    "EXPERIMENT_COMPONENTS",
    "FEEDBACK",
    "FINDINGS",
    "FOCUS",
    "LINEAGE",
    "MEMOS",
    "NEXT_STEPS",
    "OCCASIONS",
    "ORGANISATIONS",
    "ORIGINS",
    "PEOPLE",
    "PRACTICES",
    "QUARANTINE",
    "RATINGS",
    "RESPONSES",
    "ROUNDS",
    "SOURCES",
    "STATUSES",
    "SUGGESTIONS",
    "TABLES",
]

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        ORGANISATIONS, PEOPLE, OCCASIONS, COMPONENTS, FOCUS, DEFINITIONS, EXPERIMENTS,
        EXPERIMENT_COMPONENTS, PRACTICES, ENTRIES, ATTRIBUTES, RATINGS, SOURCES, ORIGINS, QUARANTINE,
        CODES, LINEAGE, CODINGS, SUGGESTIONS, ROUNDS, ASSIGNMENTS, DECISIONS, MEMOS, FINDINGS, EVIDENCE_ROWS,
        FEEDBACK, RESPONSES, CONSENTS, EVENTS,
    )
}  # fmt: skip
