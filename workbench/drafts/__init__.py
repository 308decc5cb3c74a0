"""What somebody is writing and has not handed in: theirs alone, in a file apart from the study.

Nothing of it is in the study, and no researcher can open it. See `workbench.drafts.drafts`.
"""
