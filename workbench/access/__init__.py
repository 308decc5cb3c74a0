"""Who may see what: decided before anything is drawn."""

from workbench.access.slices import slice_for, write_slice

__all__ = ["slice_for", "write_slice"]
