"""The coding desk behind its screen: what a coder asks for, and what is answered, in plain values."""
