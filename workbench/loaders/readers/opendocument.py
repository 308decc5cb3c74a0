"""OpenDocument texts: every word a reader of the page sees, once, and an account of the others."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.container import Container, open_container
from workbench.loaders.readers.elements import attribute, child, holds, local, seen_through, whole
from workbench.loaders.readers.odflists import OdfStyles, odf_styles
from workbench.loaders.readers.odflock import refuse_locked
from workbench.loaders.readers.odftext import SILENT, Acts, add_words, odf_words
from workbench.loaders.readers.prose import LeftOut, Prose
from workbench.loaders.reading import Reading
from workbench.loaders.told import tell

_ROWS = frozenset({"table-rows", "table-header-rows", "table-row-group"})
_SHAPES = (
    "frame",
    "custom-shape",
    "rect",
    "ellipse",
    "g",
    "line",
    "connector",
    "polygon",
    "path",
    "caption",
    "control",
)
_MARGINS = frozenset({"header", "footer", "header-left", "footer-left", "header-first", "footer-first"})
_MOST_REPEATED = 100


def read_odt(data: bytes) -> Reading:
    """Read the text of an OpenDocument as the page shows it when its tracked changes are accepted.

    Returns
    -------
    Reading
        One document, put together as one from Word.

    Raises
    ------
    UnreadableError
        It is no such text, or is damaged, locked or far too large.
    """
    package = open_container(data)
    if "content.xml" in package:
        refuse_locked(package)
    try:
        return _read(package)
    except RecursionError as error:
        rule, cure = tell("Its parts lie too deep in each other."), tell("Copy the text into a new document.")
        raise UnreadableError("", rule, cure) from error


def _read(package: Container) -> Reading:
    root = package.tree("content.xml") if "content.xml" in package else None
    body = child(root, "body", "text")
    if body is None:
        cure = tell("Open it in Word or LibreOffice, save it as .docx and hand that in.")
        raise UnreadableError("", tell("It is not an OpenDocument text."), cure)
    looks = package.tree("styles.xml") if "styles.xml" in package else None
    walk = _Walk(odf_styles(looks, root))
    prose = Prose()
    walk.block(body, prose)
    notes = walk.written_notes()
    walk.margins(child(looks, "master-styles"))
    return Reading("odt", documents=[prose.document(notes)], problems=walk.left_out.problems())


class _Walk:
    """One way through a text."""

    def __init__(self, styles: OdfStyles) -> None:
        self.styles = styles
        self.left_out = LeftOut()
        self.notes: list[ET.Element] = []
        self.boxes: list[ET.Element] = []
        self.acts: Acts = {
            "note": self.note, "annotation": self.comment, "placeholder": self.unfilled, "span": self.span,
            "hidden-text": self.conditional, "hidden-paragraph": self.conditional,
        } | dict.fromkeys(_SHAPES, self.shape)  # fmt: skip

    def written_notes(self) -> list[str]:
        """Write the notes; one may name another, and the list grows."""
        written = []
        for number, note in enumerate(self.notes, start=1):
            body = child(note, "note-body")
            written.append(f"[{number}] {self.within(body).strip() if body is not None else ''}")
            self.left_out.add("notes")
        return written

    def margins(self, styles: ET.Element | None) -> None:
        """Tell of page headers and footers."""
        found = [one for one in (styles.iter() if styles is not None else ()) if local(one.tag) in _MARGINS]
        self.left_out.add_margins(self.within(one) for one in found)

    def within(self, element: ET.Element) -> str:
        """Text of a cell, a note, a comment or a margin."""
        prose = Prose(within=True)
        self.block(element, prose)
        return prose.text().strip("\n")

    def block(self, element: ET.Element, prose: Prose) -> None:
        """Walk through paragraphs, lists and tables, also those in sections."""
        for one in element:
            name = local(one.tag)
            if name in {"p", "h"}:
                self.paragraph(one, prose)
            elif name == "list":
                self.items(one, prose, attribute(one, "style-name"), [])
            elif name == "table":
                prose.add_table(self.rows(one))
            elif name == "tracked-changes":
                self.changes(one)
            elif name == "section" and attribute(one, "display") == "none":
                self.left_out.add("hidden", self.within(one))
            elif name in _SHAPES:
                self.shape(one, [])
                self.open_boxes(prose)
            elif name not in SILENT:
                self.block(one, prose)

    def paragraph(self, element: ET.Element, prose: Prose, mark: str = "") -> None:
        """Add a paragraph, then the text boxes anchored in it."""
        before, self.boxes = self.boxes, []
        words, style = odf_words(element, self.acts), attribute(element, "style-name")
        if style in self.styles.hidden:
            self.left_out.add("hidden", words)
        else:
            heading = local(element.tag) == "h" or self.styles.is_title(style)
            prose.add(words, mark=mark, heading=heading)
        self.open_boxes(prose)
        self.boxes = before

    def open_boxes(self, prose: Prose) -> None:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.block(box, prose)

    def items(self, element: ET.Element, prose: Prose, style: str, outer: Sequence[int]) -> None:
        """Walk through a list; the first paragraph of an item has its mark."""
        levels = self.styles.levels.get(style, {})
        number = levels[len(outer) + 1].start - 1 if len(outer) + 1 in levels else 0
        if not outer and (attribute(element, "continue-numbering") == "true" or attribute(element, "continue-list")):
            number = self.styles.counted.get(style, number)
        for item in element:
            counts = local(item.tag) == "list-item"
            number = whole(item, "start-value", number + counts)
            numbers = [*outer, number]
            self.item(item, prose, style, numbers, self.styles.mark(style, numbers) if counts else "")
        if not outer:
            self.styles.counted[style] = number

    def item(self, element: ET.Element, prose: Prose, style: str, numbers: Sequence[int], mark: str) -> None:
        for one in element:
            if local(one.tag) in {"p", "h"}:
                self.paragraph(one, prose, mark)
                mark = ""
            elif local(one.tag) == "list":
                self.items(one, prose, attribute(one, "style-name", style), numbers)
            else:
                holder = ET.Element("item")
                holder.append(one)
                self.block(holder, prose)

    def rows(self, table: ET.Element) -> list[list[str]]:
        """Read a table; cells that another covers are empty."""
        rows = []
        for row in seen_through(table, "table-row", _ROWS):
            cells: list[str] = []
            for cell in (one for one in row if local(one.tag) in {"table-cell", "covered-table-cell"}):
                words = self.within(cell)
                times = whole(cell, "number-columns-repeated", 1)
                cells += [words] * min(max(times, 1), _MOST_REPEATED)
            rows.append(cells)
        return rows

    def changes(self, element: ET.Element) -> None:
        """Count tracked changes; what was deleted lies here, and only here."""
        for one in element.iter():
            if local(one.tag) in {"deletion", "insertion"}:
                self.left_out.add("deleted" if local(one.tag) == "deletion" else "inserted")

    def note(self, element: ET.Element, words: list[str]) -> None:
        self.notes.append(element)
        words.append(f"[{len(self.notes)}]")

    def comment(self, element: ET.Element, _: list[str]) -> None:
        said = [one for one in element if local(one.tag) in {"p", "list"}]
        holder = ET.Element("annotation")
        holder.extend(said)
        self.left_out.add("comments", self.within(holder))

    def unfilled(self, element: ET.Element, _: list[str]) -> None:
        self.left_out.add("unfilled", odf_words(element))

    def span(self, element: ET.Element, words: list[str]) -> None:
        if attribute(element, "style-name") in self.styles.hidden:
            self.left_out.add("hidden", odf_words(element, self.acts))
        else:
            add_words(element, words, self.acts)

    def conditional(self, element: ET.Element, words: list[str]) -> None:
        if attribute(element, "is-hidden") == "true":
            self.left_out.add("hidden", odf_words(element) or attribute(element, "string-value"))
        else:
            add_words(element, words, self.acts)

    def shape(self, element: ET.Element, _: list[str]) -> None:
        """Keep a box's text for after the paragraph; tell of what is no text."""
        if child(element, "object") is not None or child(element, "object-ole") is not None:
            self.left_out.add("embedded")
        elif child(element, "image") is not None:
            self.left_out.add("pictures")
        if holds(element, "p", "h", "list"):
            self.boxes.append(element)
