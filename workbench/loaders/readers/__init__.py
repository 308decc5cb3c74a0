"""Bytes in, tables and texts out, with what was decided on the way; each knows one kind of file and no names."""
