"""One module a revision; a study goes through those it has not."""
