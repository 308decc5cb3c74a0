"""The screens: one function each."""

from workbench.apps.min_resa import min_resa
from workbench.apps.reader import read_entries

__all__ = ["min_resa", "read_entries"]
