"""The screens: one function each."""

from workbench.apps.min_resa import min_resa

__all__ = ["min_resa"]
