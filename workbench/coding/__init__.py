"""Codings found, retrieved, counted and put in order: over codes, people and time.

Every function takes pandas or Polars frames with the columns of `workbench.tables` and gives back the
same kind of frame. Questions for `retrieve` are built of the parts in `workbench.coding.query`.
"""

from workbench.coding.autocoding import Rule, preview
from workbench.coding.counts import code_table, coverage, expected_entries
from workbench.coding.framework import framework_matrix, framework_quotes
from workbench.coding.hits import find, kwic
from workbench.coding.longitudinal import longitudinal_matrix, longitudinal_quotes
from workbench.coding.repetition import copied_share, previous_entries, repeated_codings
from workbench.coding.retrieval import retrieve
from workbench.coding.sequences import code_sequence, transitions
from workbench.coding.shares import code_shares, families
from workbench.coding.summaries import cited_codings, summaries, summary_text
from workbench.coding.together import co_occurrence

__all__ = [
    "Rule",
    "cited_codings",
    "co_occurrence",
    "code_sequence",
    "code_shares",
    "code_table",
    "copied_share",
    "coverage",
    "expected_entries",
    "families",
    "find",
    "framework_matrix",
    "framework_quotes",
    "kwic",
    "longitudinal_matrix",
    "longitudinal_quotes",
    "preview",
    "previous_entries",
    "repeated_codings",
    "retrieve",
    "summaries",
    "summary_text",
    "transitions",
]
