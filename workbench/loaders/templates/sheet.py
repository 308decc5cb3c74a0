"""Hand-in templates as workbooks: drop-downs from the instrument, headings that cannot be changed, a sheet of help."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from io import BytesIO
from textwrap import shorten
from typing import Any

from workbench.language import Language
from workbench.loaders.templates.fields import HELP, LISTS, TITLES, TemplateField, TemplateKind
from workbench.loaders.templates.guide import guide
from workbench.loaders.templates.template import Template
from workbench.study import Study

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # the same template is the same bytes, whenever it is made

_ROWS = 300  # that have drop-downs, where the number of rows is free
_LAST_COLUMN = 16_383
_LONG, _MIDDLE, _SHORT = 46, 24, 14  # widths, in characters
_MOST_TITLE = 32  # characters Excel takes as its title
_MOST_CUE = 255  # characters Excel takes in a cell's message
_FORMATS: dict[str, dict[str, Any]] = {
    "free": {"locked": False, "text_wrap": True, "valign": "top"},
    "day": {"locked": False, "num_format": "yyyy-mm-dd", "align": "left", "valign": "top"},
    "label": {"bold": True, "valign": "top", "text_wrap": True},
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE6F1", "border": 1},
    "fixed": {"text_wrap": True, "valign": "top", "bg_color": "#F2F2F2", "border": 1},
    "cell": {"locked": False, "text_wrap": True, "valign": "top", "border": 1},
    "plain": {"text_wrap": True, "valign": "top"},
}


def write_template(  # noqa: PLR0913  three of them are who, where and when
    study: Study,
    *,
    kind: TemplateKind,
    language: Language,
    person: str | None = None,
    organisation: str | None = None,
    occasion: str | None = None,
) -> bytes:
    """Make a workbook to fill in.

    Parameters
    ----------
    study : Study
        Gives instrument, components, occasions and organisations.
    kind : {"ratings", "reflection", "experiment"}
        What it asks for.
    language : {"sv", "en"}
        In which words.
    person, organisation, occasion : str, optional
        Codes to fill in from the start.

    Returns
    -------
    bytes
        XLSX: the sheet to fill in, a sheet of help, and the drop-downs' choices on a hidden one.

    Raises
    ------
    TemplateError
        The study has no such person, organisation or occasion.
    """
    import xlsxwriter  # noqa: PLC0415  heavy, and only where a file is made

    template = Template(study, kind, language, person, organisation, occasion)
    written = BytesIO()
    with xlsxwriter.Workbook(written, OPTIONS) as book:
        book.set_properties({"title": TITLES[kind].told(language), "created": MADE})
        _Filling(book, template).write()
    return written.getvalue()


@dataclass
class _Filling:
    """One workbook in the making."""

    book: Any
    template: Template
    lists: dict[str, str] = field(default_factory=dict)  # name of a list, to where its choices stand

    def __post_init__(self) -> None:
        """Make sheets and formats."""
        self.formats = {name: self.book.add_format(form) for name, form in _FORMATS.items()}
        words = (TITLES[self.template.kind].told(self.template.language), HELP.told(self.template.language), LISTS)
        self.sheet, self.help, self.hidden = (self.book.add_worksheet(name) for name in words)

    def write(self) -> None:
        self._head()
        self._table(len(self.template.head) + 1)
        self._help()
        self._look()

    def _head(self) -> None:
        for row, (one, value) in enumerate(self.template.head):
            self.sheet.write_string(row, 0, one.heading.told(self.template.language), self.formats["label"])
            self.sheet.write(row, 1, value or None, self.formats["day" if one.column.kind == "time" else "cell"])
            self._check(one, row, row, 1)

    def _table(self, top: int) -> None:
        """Write headings, and the components where each has a row of its own."""
        rated = self.template.components if self.template.kind == "ratings" else []
        last = top + (len(rated) or _ROWS)
        for column, one in enumerate(self.template.fields):
            day = one.column.kind in {"date", "time"}
            width = _width(one) if column else max(_width(one), _MIDDLE)  # the head's labels stand in the first
            self.sheet.set_column(column, column, width, self.formats["day" if day else "free"])
            self.sheet.write_string(top, column, one.heading.told(self.template.language), self.formats["heading"])
            if column or not rated:
                self._check(one, top + 1, last, column)
        for row, name in enumerate(rated, top + 1):
            self.sheet.write_string(row, 0, name, self.formats["fixed"])
            self.sheet.set_row(row, 75)
        self.sheet.set_row(top, 48)
        self.sheet.freeze_panes(top + 1, 1 if rated else 0)

    def _check(self, one: TemplateField, first: int, last: int, column: int) -> None:
        """Show the cue where a cell is chosen, and let only what can be chosen be written."""
        language = self.template.language
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": shorten(one.heading.told(language), _MOST_TITLE, placeholder=" …"),
        }
        rule["input_message"] = one.cue.told(language)[:_MOST_CUE]
        if one.choices and (source := self._listed(one.choices)):
            rule |= {"validate": "list", "source": source}
        self.sheet.data_validation(first, column, last, column, rule)

    def _listed(self, name: str) -> str:
        """Write a list's choices on the hidden sheet, once, and say where they stand; "" when there are none."""
        labels = list(self.template.choices(name))
        if name not in self.lists and labels:
            column = len(self.lists)
            self.hidden.write_column(0, column, labels)
            letter = chr(ord("A") + column)
            self.lists[name] = f"={LISTS}!${letter}$1:${letter}${len(labels)}"
        return self.lists.get(name, "")

    def _help(self) -> None:
        """Write how to fill in, what each field is for, and every component's sentences."""
        language, plain, row = self.template.language, self.formats["plain"], 0
        for sentence in guide(self.template.kind, rows=True):
            self.help.write_string(row, 0, sentence.told(language), plain)
            row += 1
        for one in [*(one for one, _value in self.template.head), *self.template.fields]:
            row += 1
            self.help.write_string(row, 0, one.heading.told(language), self.formats["label"])
            self.help.write_string(row, 1, one.cue.told(language), plain)
        levels = [name for name, code in self.template.choices("levels").items() if code.isdigit()]
        self._help_row(row + 2, ["", *levels], self.formats["heading"])
        self._help_row(row + 3, ["", *self.template.rules()], plain)
        for place, (name, sentences) in enumerate(self.template.anchors().items(), row + 4):
            self._help_row(place, [name, *sentences], plain)

    def _help_row(self, row: int, words: list[str], form: Any) -> None:
        for column, said in enumerate(words):
            self.help.write_string(row, column, said, form)

    def _look(self) -> None:
        """Lock the headings, leave every other cell free, and fit the page."""
        used = len(self.template.fields)
        self.sheet.set_column(used, _LAST_COLUMN, None, self.formats["free"])
        self.sheet.protect(options={"format_columns": True, "format_rows": True, "insert_rows": True, "sort": True})
        self.help.set_column(0, 0, _LONG)
        self.help.set_column(1, 6, 34)
        self.hidden.hide()
        for sheet in (self.sheet, self.help):
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)


def _width(one: TemplateField) -> int:
    if one.is_long:
        return _LONG
    return _SHORT if one.column.kind in {"date", "time"} else _MIDDLE
