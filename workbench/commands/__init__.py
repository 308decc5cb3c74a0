"""What the command line can do, by what it is done to."""
