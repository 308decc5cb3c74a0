"""Codings found, retrieved, counted and put in order: over codes, people and time.

Every function takes pandas or Polars frames with the columns of `workbench.tables` and gives back the
same kind of frame. Questions for `retrieve` are built of the parts in `workbench.coding.query`.
"""

from workbench.coding.agreement import agreement
from workbench.coding.autocoding import Rule, preview
from workbench.coding.comparing import compare
from workbench.coding.counts import code_table, coverage, expected_entries
from workbench.coding.difference import codebook_diff, codebook_diff_text, new_steps
from workbench.coding.disagreement import confusions, dialogue, disagreements
from workbench.coding.examples import example_candidates
from workbench.coding.framework import framework_matrix, framework_quotes
from workbench.coding.hits import find, kwic
from workbench.coding.longitudinal import longitudinal_matrix, longitudinal_quotes
from workbench.coding.repetition import copied_share, previous_entries, repeated_codings
from workbench.coding.reshaping import merge_preview, split_preview
from workbench.coding.retrieval import retrieve
from workbench.coding.sequences import code_sequence, transitions
from workbench.coding.shares import code_shares, families
from workbench.coding.summaries import cited_codings, summaries, summary_text
from workbench.coding.together import co_occurrence
from workbench.coding.versions import re_express

__all__ = [
    "Rule",
    "agreement",
    "cited_codings",
    "co_occurrence",
    "code_sequence",
    "code_shares",
    "code_table",
    "codebook_diff",
    "codebook_diff_text",
    "compare",
    "confusions",
    "copied_share",
    "coverage",
    "dialogue",
    "disagreements",
    "example_candidates",
    "expected_entries",
    "families",
    "find",
    "framework_matrix",
    "framework_quotes",
    "kwic",
    "longitudinal_matrix",
    "longitudinal_quotes",
    "merge_preview",
    "new_steps",
    "preview",
    "previous_entries",
    "re_express",
    "repeated_codings",
    "retrieve",
    "split_preview",
    "summaries",
    "summary_text",
    "transitions",
]
