"""Studies out of and into open files."""
