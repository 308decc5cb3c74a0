"""Serving: one Voilà process for the pages, one JupyterLab beside it, and who may see what."""
