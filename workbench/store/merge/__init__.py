"""How two copies of a study are combined: their logs, their rows, what fits by itself and what must be decided."""
