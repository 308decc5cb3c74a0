"""PDFs that hold text: the words of each page, what was filled in, and what a person has to look at."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.loaders.problem import NOTHING, Problem, UnreadableError, Weight
from workbench.loaders.readers.pages import CleanPages, clean_pages
from workbench.loaders.readers.pdfmarks import form_values, notes_on
from workbench.loaders.reading import Document, Reading
from workbench.loaders.told import Told, tell

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

PAGES = 5_000
LETTERS = 50_000_000

_LOCKED = 4  # PDFium's number for a wrong password
_XFA = 2  # the kind of form whose pages are made when it is opened
_SHOWN = 20
_AGAIN = tell("Open it, save it as PDF anew and hand that in.")
_SPLIT = tell("Hand it in as several smaller files.")
_RETYPE = tell("Print the file to PDF, so that they become part of the page, or write them in the text.")


@dataclass
class _Found:
    """What was found on the way through the pages."""

    texts: list[str] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    attachments: int = 0


def read_pdf(data: bytes) -> Reading:
    """Read the words of a PDF.

    Returns
    -------
    Reading
        One document: pages parted by a blank line, without running heads and page numbers; what was filled in into a
        form is its `fields`.

    Raises
    ------
    UnreadableError
        It is no PDF, or is damaged, locked or far too large, or its pages are pictures.
    """
    from pypdfium2 import PdfDocument, PdfiumError  # noqa: PLC0415 - heavy

    try:
        with closing(PdfDocument(data)) as document:
            found = _walk(document)
    except PdfiumError as error:
        if getattr(error, "err_code", 0) == _LOCKED:
            rule, cure = tell("It is locked with a password."), tell("Take the password away and hand it in again.")
            raise UnreadableError("", rule, cure) from error
        raise UnreadableError("", tell("It is not a PDF, or is damaged."), _AGAIN) from error
    return _reading(found)


def _walk(document: PdfDocument) -> _Found:
    """Go through the pages, holding one at a time."""
    if document.get_formtype() == _XFA:
        rule = tell("It is a form (XFA) that only Adobe's programs can show.")
        raise UnreadableError("XFA", rule, tell("Print the filled in form to PDF and hand that in."))
    if len(document) > PAGES:
        raise UnreadableError(str(len(document)), tell("It has more than {most} pages.", most=PAGES), _SPLIT)
    found, letters = _Found(attachments=document.count_attachments()), 0
    document.init_forms()
    for number in range(1, len(document) + 1):
        with closing(document[number - 1]) as page:
            _page(document, page, number, found)
        letters += len(found.texts[-1])
        if letters > LETTERS:
            raise UnreadableError("", tell("It has more than {most} letters.", most=LETTERS), _SPLIT)
    return found


def _page(document: PdfDocument, page: PdfPage, number: int, found: _Found) -> None:
    with closing(page.get_textpage()) as words:
        text = words.get_text_bounded()
    found.texts.append(text)
    found.notes += [(number, note) for note in notes_on(page)]
    for name, value in form_values(document, page):
        found.fields[name] = "\n".join(filter(None, (found.fields.get(name, ""), value)))
    if not text.strip() and any(True for _ in page.get_objects(max_depth=2)):
        found.pictures.append(number)


def _reading(found: _Found) -> Reading:
    clean = clean_pages(found.texts)
    text = "\n\n".join(page for page in clean.pages if page.strip()).strip()
    if not text and not found.fields:
        rule = tell("It holds no text: its pages are pictures, or empty.")
        cure = tell("Run text recognition (OCR) on it, as in Acrobat or the scanner, and hand in the result.")
        raise UnreadableError("", rule, cure)
    return Reading("pdf", documents=[Document(text, found.fields)], problems=[*_told(clean), *_flagged(found)])


def _told(clean: CleanPages) -> list[Problem]:
    """Tell what was changed."""
    problems = []
    if clean.mended:
        rule = tell("Words parted at the end of a line were put together: {count}.", count=len(clean.mended))
        problems.append(_problem(_some(clean.mended), rule, tell("Look whether a hyphen was theirs.")))
    if clean.margins:
        rule = tell("Lines at the top or bottom of most pages were left out.")
        problems.append(_problem(_some(clean.margins), rule, tell("Look whether they belong to the text.")))
    if clean.unreadable:
        rule = tell("Letters that the file does not name were read as \ufffd: {count}.", count=clean.unreadable)
        problems.append(_problem("", rule, tell("Hand in the document that the PDF was made from."), "flag"))
    return problems


def _flagged(found: _Found) -> list[Problem]:
    """Tell what a person should look at."""
    note = tell("A note or a box laid over the page was not read.")
    problems = [_problem(words, note, _RETYPE, "flag", page) for page, words in found.notes]
    if found.pictures:
        pages = ", ".join(map(str, found.pictures))
        rule, cure = tell("Pages without text: they are pictures."), tell("Run text recognition (OCR) on them.")
        problems.append(_problem(pages, rule, cure, "flag"))
    if found.attachments:
        rule = tell("Files attached to the PDF, not read: {count}.", count=found.attachments)
        problems.append(_problem("", rule, tell("Hand them in by themselves."), "flag"))
    return problems


def _problem(found: str, rule: Told, cure: Told = NOTHING, weight: Weight = "changed", page: int = 0) -> Problem:
    return Problem("", "", page, "", found, rule, cure, weight)


def _some(words: Sequence[str]) -> str:
    """Show the first of many."""
    every = list(dict.fromkeys(words))
    return " / ".join(every[:_SHOWN]) + " …" * (len(every) > _SHOWN)
