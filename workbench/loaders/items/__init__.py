"""What is read, as items: one text, one set of ratings, one experiment, with what it says of itself."""
