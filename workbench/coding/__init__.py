"""Codings over time: what is new text, how often a code comes, and with which others.

Every function takes pandas or Polars frames with the columns of `workbench.tables` and gives back the
same kind of frame.
"""

from workbench.coding.repetition import copied_share, previous_entries, repeated_codings
from workbench.coding.shares import code_shares, families
from workbench.coding.together import co_occurrence

__all__ = ["co_occurrence", "code_shares", "copied_share", "families", "previous_entries", "repeated_codings"]
