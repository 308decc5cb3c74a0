"""How the tables of a live study came to be what they are: one revision after another."""
