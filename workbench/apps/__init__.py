"""The screens: one function each."""

from workbench.apps.min_resa import min_resa
from workbench.apps.network import natverket
from workbench.apps.organisation import var_organisation
from workbench.apps.reader import read_entries

__all__ = ["min_resa", "natverket", "read_entries", "var_organisation"]
