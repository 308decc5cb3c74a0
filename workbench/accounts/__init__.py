"""Who may log in, how, and what they were shown: one file, apart from the study.

Nothing of the study lies in it, and nothing here reads names: they have a table of their own in the same file
(`workbench.names`).
"""
