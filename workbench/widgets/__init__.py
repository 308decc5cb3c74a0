"""Widgets: small parts of a page that answer."""
