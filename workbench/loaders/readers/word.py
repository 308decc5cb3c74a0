"""Word documents: every word a reader of the page sees, once, and an account of the others."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.elements import attribute, child, holds, is_on, local, seen_through, whole
from workbench.loaders.readers.prose import LeftOut, Prose
from workbench.loaders.readers.wordparts import Style, WordParts, word_parts
from workbench.loaders.readers.wordsigns import form_state, symbol
from workbench.loaders.reading import Reading
from workbench.loaders.told import tell

_SILENT = frozenset({
    "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "instrText", "delInstrText",
    "delText", "fldData", "proofErr", "footnoteRef", "endnoteRef", "annotationRef", "tblPrEx", "rubyPr",
})  # fmt: skip
_LOOSE = frozenset({"r", "hyperlink", "fldSimple", "smartTag", "oMath", "oMathPara"})
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "AlternateContent", "Choice"})
_EMBEDDED = ("object", "altChunk", "subDoc", "contentPart", "chart", "relIds")
_PICTURES = ("pic", "imagedata")


def read_docx(data: bytes) -> Reading:
    """Read the text of a Word document as the page shows it when its tracked changes are accepted.

    Returns
    -------
    Reading
        One document: a paragraph a line, a row of a table a line with tabs between its cells, notes at the end; a
        table of labels and values before the first words is its `fields`.

    Raises
    ------
    UnreadableError
        It is no Word document, or is damaged, locked or far too large.
    """
    parts = word_parts(data)
    try:
        return _Walk(parts).reading()
    except RecursionError as error:
        rule, cure = tell("Its parts lie too deep in each other."), tell("Copy the text into a new document.")
        raise UnreadableError("", rule, cure) from error


class _Walk:
    """One way through a document."""

    def __init__(self, parts: WordParts) -> None:
        self.parts = parts
        self.left_out = LeftOut()
        self.notes: list[tuple[str, str]] = []
        self.boxes: list[ET.Element] = []
        self.acts: dict[str, Callable[[ET.Element, list[str]], None]] = {
            "t": lambda one, words: words.append(one.text or ""),
            "r": self.run, "sdt": self.control, "sym": self.symbol, "fldChar": self.form,
            "tab": lambda _, words: words.append("\t"), "ptab": lambda _, words: words.append("\t"),
            "br": lambda _, words: words.append("\n"), "cr": lambda _, words: words.append("\n"),
            "noBreakHyphen": lambda _, words: words.append("\u2011"), "softHyphen": self.soft,
            "footnoteReference": self.note, "endnoteReference": self.note,
            "ins": self.inserted, "moveTo": self.moved, "del": self.deleted, "moveFrom": lambda _, __: None,
            "AlternateContent": lambda one, words: self.inline(_shown(one), words),
            "drawing": self.drawing, "pict": self.drawing, "txbxContent": lambda one, _: self.boxes.append(one),
        } | dict.fromkeys(_EMBEDDED, self.embedded)  # fmt: skip

    def reading(self) -> Reading:
        """Walk through all of it."""
        prose = Prose()
        self.block(self.parts.body, prose)
        notes = []
        for number, key in enumerate(self.notes, start=1):  # a note may name another: the list grows
            notes.append(f"[{number}] {self.within(self.parts.notes[key]).strip()}")
            self.left_out.add("notes")
        self.beside()
        return Reading("docx", documents=[prose.document(notes)], problems=self.left_out.problems())

    def beside(self) -> None:
        """Tell of what stands beside the text."""
        for comment in self.parts.comments:
            self.left_out.add("comments", self.within(comment))
        self.left_out.add_margins(self.within(margin) for margin in self.parts.margins)

    def within(self, element: ET.Element) -> str:
        """Text of a cell, a note, a comment or a margin."""
        prose = Prose(within=True)
        self.block(element, prose)
        return prose.text().strip("\n")

    def block(self, element: ET.Element, prose: Prose) -> None:
        """Walk through paragraphs and tables, also those in wrappers."""
        for one in element:
            name = local(one.tag)
            if name == "p" or name in _LOOSE:
                self.paragraph(one, prose)
            elif name == "tbl":
                self.table(one, prose)
            elif name == "AlternateContent":
                self.block(_shown(one), prose)
            elif name == "sdt" and is_on(child(one, "sdtPr", "showingPlcHdr")):
                self.left_out.add("unfilled", self.within(_content(one)))
            elif name in _EMBEDDED:
                self.left_out.add("embedded")
            elif name not in _SILENT and name not in {"del", "moveFrom"}:
                self.block(one, prose)

    def paragraph(self, element: ET.Element, prose: Prose) -> None:
        """Add a paragraph, then the text boxes anchored in it."""
        words: list[str] = []
        boxes, self.boxes = self.boxes, []
        self.act(element, words) if local(element.tag) == "r" else self.inline(element, words)
        look = child(element, "pPr")
        style = self.parts.styles.named(attribute(child(look, "pStyle"), "val"))
        mark = child(look, "rPr")
        gone = child(mark, "del") is not None or child(mark, "moveFrom") is not None
        outline = whole(child(look, "outlineLvl"), "val", 9) < 9  # noqa: PLR2004 - nine is body text
        prose.add("".join(words), mark=self.mark(look, style), heading=style.heading or outline, goes_on=gone)
        boxes, self.boxes = self.boxes, boxes
        for box in boxes:
            self.block(box, prose)

    def mark(self, look: ET.Element | None, style: Style) -> str:
        """Write what stands before a list's item."""
        numbered = child(look, "numPr")
        number = attribute(child(numbered, "numId"), "val", style.number)
        return (
            self.parts.lists.mark(number, whole(child(numbered, "ilvl"), "val", style.depth))
            if number.strip("0")
            else ""
        )

    def table(self, element: ET.Element, prose: Prose) -> None:
        """Add a table without its deleted rows."""
        rows = []
        for row in seen_through(element, "tr", _WRAPPERS):
            if child(row, "trPr", "del") is not None:
                self.left_out.add("deleted")
                continue
            rows.append([self.within(cell) for cell in seen_through(row, "tc", _WRAPPERS)])
        prose.add_table(rows)

    def inline(self, element: ET.Element, words: list[str]) -> None:
        """Walk through a paragraph; what is not known may hold words as well."""
        for one in element:
            self.act(one, words)

    def act(self, element: ET.Element, words: list[str]) -> None:
        name = local(element.tag)
        if act := self.acts.get(name):
            act(element, words)
        elif name not in _SILENT:
            self.inline(element, words)

    def run(self, element: ET.Element, words: list[str]) -> None:
        look = child(element, "rPr")
        if look is None or not self.is_hidden(look):
            self.inline(element, words)
            return
        hidden: list[str] = []
        self.inline(element, hidden)
        if "".join(hidden).strip():
            self.left_out.add("hidden", "".join(hidden))

    def is_hidden(self, look: ET.Element) -> bool:
        own = child(look, "vanish")
        return (
            is_on(own) if own is not None else self.parts.styles.named(attribute(child(look, "rStyle"), "val")).hidden
        )

    def inserted(self, element: ET.Element, words: list[str]) -> None:
        self.left_out.add("inserted")
        self.inline(element, words)

    def moved(self, element: ET.Element, words: list[str]) -> None:
        self.left_out.add("moved")
        self.inline(element, words)

    def deleted(self, element: ET.Element, _: list[str]) -> None:
        if holds(element, "delText", "t"):
            self.left_out.add("deleted")

    def embedded(self, _: ET.Element, __: list[str]) -> None:
        self.left_out.add("embedded")

    def soft(self, _: ET.Element, words: list[str]) -> None:
        self.left_out.add("soft")
        words.append("\u00ad")

    def drawing(self, element: ET.Element, words: list[str]) -> None:
        if holds(element, *_PICTURES):
            self.left_out.add("pictures")
        self.inline(element, words)

    def control(self, element: ET.Element, words: list[str]) -> None:
        """Take what was filled in; the words that ask for it are the template's."""
        if is_on(child(element, "sdtPr", "showingPlcHdr")):
            asked: list[str] = []
            self.inline(_content(element), asked)
            self.left_out.add("unfilled", "".join(asked))
        else:
            self.inline(_content(element), words)

    def note(self, element: ET.Element, words: list[str]) -> None:
        key = (local(element.tag).removesuffix("Reference"), attribute(element, "id"))
        if key not in self.parts.notes:
            self.left_out.add("unknown")
            return
        if key not in self.notes:
            self.notes.append(key)
        words.append(f"[{self.notes.index(key) + 1}]")

    def symbol(self, element: ET.Element, words: list[str]) -> None:
        sign = symbol(element)
        if not sign:
            self.left_out.add("symbols")
        words.append(sign or "□")

    def form(self, element: ET.Element, words: list[str]) -> None:
        words.append(form_state(element))


def _content(control: ET.Element) -> ET.Element:
    found = child(control, "sdtContent")
    return found if found is not None else ET.Element("sdtContent")


def _shown(alternatives: ET.Element) -> ET.Element:
    """Take one of several ways to say the same: the first that has anything to say."""
    ways = [one for one in alternatives if local(one.tag) in {"Choice", "Fallback"}]
    speaking = [one for one in ways if holds(one, "t", "sym")]
    return next(iter(speaking or ways), ET.Element("Choice"))
