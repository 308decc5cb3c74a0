"""The key: whose name stands for which pseudonym, for the one who keeps it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from workbench.access.rules import Do
from workbench.names import COLUMNS, Entry, Names
from workbench.serving.guard import SEEING
from workbench.serving.pages import PageHandler

_FORMULA = ("=", "+", "-", "@")


class KeyHandler(PageHandler):
    """The key table as a file; that it was taken is written down before it is given."""

    resource = "key"

    @property
    def deed(self) -> Do:
        """Looking at the page is one thing, taking the key with one another."""
        return "see" if self.request.method in SEEING else "take"

    def get(self) -> None:
        """Show the page, on which nobody's name is."""
        self.show("key.html", people=len({entry.person for entry in Names(self.store.path).entries()}))

    def post(self) -> None:
        """Give the file."""
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", 'attachment; filename="key.csv"')
        self.finish(key_table(Names(self.store.path).entries()))


def key_table(entries: Iterable[Entry]) -> bytes:
    """Write the key as CSV that a spreadsheet opens as it is: UTF-8 with its mark, person, name, email.

    A cell that a spreadsheet would calculate gets an apostrophe before it.
    """
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in entry] for entry in entries)
    return text.getvalue().encode("utf-8-sig")
