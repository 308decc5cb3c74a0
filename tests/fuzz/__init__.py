"""Damaged files, made without end from valid ones, for every loader: none may crash it, hang it or eat all memory."""
