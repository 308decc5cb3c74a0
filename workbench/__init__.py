"""Innovation Workbench: a research workbench for learning networks."""
