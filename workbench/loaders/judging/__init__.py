"""Items held against the study: what is taken, what is there, what is refused and why."""
