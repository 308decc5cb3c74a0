"""What lies over the pages of a PDF: fields of a form and notes, which are no part of a page's text."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_LONGEST = 2_000_000  # bytes; what is longer is no answer


def notes_on(page: PdfPage) -> Iterator[str]:
    """Words of notes, of boxes written over the page and of remarks on marked passages."""
    from pypdfium2 import raw  # noqa: PLC0415 - heavy

    for annotation in _annotations(page):
        if raw.FPDFAnnot_GetSubtype(annotation) not in {
            raw.FPDF_ANNOT_WIDGET,
            raw.FPDF_ANNOT_POPUP,
            raw.FPDF_ANNOT_LINK,
        }:
            words = _text(raw.FPDFAnnot_GetStringValue, annotation, b"Contents").strip()
            if words:
                yield words.replace("\r\n", "\n").replace("\r", "\n")


def form_values(document: PdfDocument, page: PdfPage) -> Iterator[tuple[str, str]]:
    """Names and values of what was filled in; a ticked box has the value it stands for."""
    from pypdfium2 import raw  # noqa: PLC0415 - heavy

    form = document.formenv
    for annotation in _annotations(page) if form else ():
        if raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_WIDGET:
            continue
        kind = raw.FPDFAnnot_GetFormFieldType(form, annotation)
        name = _text(raw.FPDFAnnot_GetFormFieldName, form, annotation)
        value = ""
        if kind in {raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON}:
            if raw.FPDFAnnot_IsChecked(form, annotation):
                value = _text(raw.FPDFAnnot_GetFormFieldExportValue, form, annotation)
        elif kind in {raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX}:
            value = _text(raw.FPDFAnnot_GetFormFieldValue, form, annotation)
        if name and value.strip():
            yield name, value.strip().replace("\r\n", "\n").replace("\r", "\n")


def _annotations(page: PdfPage) -> Iterator[Any]:
    """Everything that lies over a page, one at a time."""
    from pypdfium2 import raw  # noqa: PLC0415 - heavy

    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        if annotation:
            try:
                yield annotation
            finally:
                raw.FPDFPage_CloseAnnot(annotation)


def _text(function: Callable[..., int], *which: object) -> str:
    """Ask for a text: first how long it is, then for itself."""
    size = function(*which, None, 0)
    if not 0 < size <= _LONGEST:
        return ""
    room = (ctypes.c_ushort * (size // 2 + 1))()
    function(*which, room, size)
    return bytes(room)[:size].decode("utf-16-le", "replace").rstrip("\0")
