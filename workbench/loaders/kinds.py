"""Which reader reads a file: by the end of its name, held against how its bytes begin."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from workbench.loaders.items.mapping import ImportMapping
from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.apart import read_apart
from workbench.loaders.readers.delimited import read_delimited
from workbench.loaders.readers.jsonlines import read_jsonlines
from workbench.loaders.readers.mail import read_mail
from workbench.loaders.readers.opendocument import read_odt
from workbench.loaders.readers.plain import read_plain
from workbench.loaders.readers.transcript import read_srt, read_vtt
from workbench.loaders.readers.word import read_docx
from workbench.loaders.reading import Reading
from workbench.loaders.told import tell

Reader = Callable[[bytes], Reading]
ZIPPED = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_BEGINNINGS = {"docx": ZIPPED, "odt": ZIPPED, "xlsx": ZIPPED, "ods": ZIPPED, "zip": ZIPPED, "pdf": b"%PDF", "xls": _OLE}
_PICTURES = {"jpg", "jpeg", "png", "heic", "gif", "tif", "tiff", "webp", "bmp"}
_RECORDINGS = {"mp3", "m4a", "wav", "mp4", "mov", "ogg", "webm", "aac", "wma", "avi"}
_WORKBOOK, _PDF = "workbench.loaders.readers.workbook:read_workbook", "workbench.loaders.readers.pdf:read_pdf"
LARGEST = 256 * 2**20  # bytes of one file


def kind_of(name: str) -> str:
    """Return the end of a file's name, in small letters; "" without one."""
    return name.rpartition(".")[2].casefold() if "." in name.rpartition("/")[2] else ""


def read_file(name: str, data: bytes, mapping: ImportMapping) -> Reading:
    """Read a file of any kind but ZIP.

    Raises
    ------
    UnreadableError
        It is empty or too large, of a kind that is not read, not what its name says, or broken.
    """
    kind = kind_of(name)
    if not data:
        raise UnreadableError("", tell("The file is empty: it has no bytes at all."), tell("Send it again."))
    reader = _reader(kind, mapping)
    begins = _BEGINNINGS.get(kind, b"")
    beginnings = (begins, _OLE) if begins == ZIPPED else (begins,)  # locked and old ones their readers tell
    if begins not in data[:1024] if kind == "pdf" else not data.startswith(beginnings):
        rule = tell("The file is not what its name says: it does not begin as a {kind} file does.", kind=kind)
        raise UnreadableError(repr(data[:8]), rule, tell("Open it in the program it was made with, and save it anew."))
    if reader is None:
        raise _other(kind)
    return reader(data)


def _reader(kind: str, mapping: ImportMapping) -> Reader | None:
    delimited = partial(read_delimited, encoding=mapping.encoding, delimiter=mapping.delimiter)
    plain = partial(read_plain, encoding=mapping.encoding)
    readers: dict[str, Reader] = {
        "csv": delimited, "tsv": delimited, "tab": delimited,
        "xlsx": partial(read_apart, _WORKBOOK), "xlsm": partial(read_apart, _WORKBOOK),
        "ods": partial(read_apart, _WORKBOOK), "xls": partial(read_apart, _WORKBOOK),
        "jsonl": read_jsonlines, "ndjson": read_jsonlines, "json": read_jsonlines,
        "txt": plain, "md": plain, "markdown": plain, "text": plain, "eml": read_mail,
        "docx": read_docx, "odt": read_odt, "pdf": partial(read_apart, _PDF), "vtt": read_vtt, "srt": read_srt,
    }  # fmt: skip
    return readers.get(kind)


def _other(kind: str) -> UnreadableError:
    rule = tell("Files of this kind are not read.")
    if kind in _PICTURES:
        cure = tell("It is a picture: write down the words in it, and hand in the text.")
    elif kind in _RECORDINGS:
        cure = tell("It is a recording: hand in its transcript, as text, VTT or SRT.")
    elif kind in {"doc", "rtf", "pages", "pptx", "ppt", "key", "html", "htm", "msg"}:
        cure = tell("Save it as Word (.docx) or plain text, and hand that in.")
    else:
        cure = tell("Save it as Excel (.xlsx), Word (.docx), PDF or text, and hand that in.")
    return UnreadableError(kind, rule, cure)
