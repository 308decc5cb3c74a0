"""Hand-in templates as documents: a table of labels first, then a heading for each thing to write under."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from workbench.language import Language
from workbench.loaders.templates.fields import HELP, TemplateField, TemplateKind
from workbench.loaders.templates.guide import guide
from workbench.loaders.templates.template import Template
from workbench.study import Study

if TYPE_CHECKING:
    from docx.document import Document

_WIDTH_MM, _HEIGHT_MM, _MARGIN_MM = 210, 297, 25  # A4


def write_form(  # noqa: PLR0913  three of them are who, where and when
    study: Study,
    *,
    kind: TemplateKind,
    language: Language,
    person: str | None = None,
    organisation: str | None = None,
    occasion: str | None = None,
) -> bytes:
    """Make a document to fill in; the same as `write_template` makes a workbook.

    Returns
    -------
    bytes
        DOCX: a table of labels and values; a heading a field with an empty paragraph under it, component by component
        for ratings; last a part headed "Help", which holds every choice and no answers.

    Raises
    ------
    TemplateError
        The study has no such person, organisation or occasion.
    """
    import docx  # noqa: PLC0415  heavy, and only where a file is made

    template = Template(study, kind, language, person, organisation, occasion)
    document = docx.Document()
    _set_page(document)
    _write_head(document, template)
    for name in template.components if kind == "ratings" else []:
        document.add_heading(name, 1)
        _write_fields(document, template, template.fields[1:], level=2)
    if kind != "ratings":
        _write_fields(document, template, template.fields, level=1)
    _write_help(document, template)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _set_page(document: Document) -> None:
    from docx.shared import Mm  # noqa: PLC0415  heavy, and only where a file is made

    section = document.sections[0]
    section.page_width, section.page_height = Mm(_WIDTH_MM), Mm(_HEIGHT_MM)
    section.left_margin = section.right_margin = Mm(_MARGIN_MM)
    document.core_properties.author = document.core_properties.comments = ""


def _write_head(document: Document, template: Template) -> None:
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    for one, value in template.head:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = one.heading.told(template.language), value


def _write_fields(document: Document, template: Template, fields: Iterable[TemplateField], *, level: int) -> None:
    for one in fields:
        document.add_heading(one.heading.told(template.language), level)
        document.add_paragraph()


def _write_help(document: Document, template: Template) -> None:
    """Write how to fill in, what each field is for with its choices, and every component's sentences."""
    language = template.language
    document.add_page_break()
    document.add_heading(HELP.told(language), 1)
    for sentence in guide(template.kind, rows=False):
        document.add_paragraph(sentence.told(language), style="List Bullet")
    for one in [*(one for one, _value in template.head), *template.fields]:
        said = document.add_paragraph()
        said.add_run(f"{one.heading.told(language)}: ").bold = True
        said.add_run(one.cue.told(language))
        for label in template.choices(one.choices) if one.choices else ():
            document.add_paragraph(label, style="List Bullet 2")
    for name, sentences in template.anchors().items() if template.kind == "ratings" else ():
        document.add_paragraph().add_run(name).bold = True
        for level, anchor in enumerate(sentences):
            document.add_paragraph(f"{level}: {anchor}", style="List Bullet 2")
