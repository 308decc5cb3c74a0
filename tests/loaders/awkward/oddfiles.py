"""Files that are not what they seem, or hardly files at all."""

from __future__ import annotations

import io
import os
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.loaders.awkward.case import Content, awkward
from tests.loaders.test_container import packed
from tests.loaders.test_word import p, word

NOTE = b"Person: P-1\nDatum: 2025-03-28\n\nVi gick hem."
OTHER = b"Person: P-2\nDatum: 2025-03-28\n\nVi stannade."
BOMB = 40 * 2**20


@awkward("två.zip", "corrupted ZIP", (0, 0, 1), refused="The file is damaged or cut short")
def a_zip_cut_short() -> bytes:
    return packed({"ett.txt": NOTE, "två.txt": OTHER})[:-30]


@awkward("skadad.zip", "corrupted ZIP", (1, 0, 1), texts="Vi gick hem.", refused="The file is damaged or cut short")
def a_zip_with_a_damaged_member() -> bytes:
    data = bytearray(packed({"hel.txt": NOTE, "trasig.txt": OTHER}, zipfile.ZIP_STORED))
    data[data.index(OTHER) + 5] ^= 1
    return bytes(data)


@awkward("bomb.zip", "ZIP bomb", (1, 0, 1), texts="Vi gick hem.", refused="It grows more than")
def a_zip_that_grows() -> bytes:
    return packed({"hel.txt": NOTE, "bomb.txt": bytes(BOMB)})


@awkward("väg.zip", "ZIP with ../ path", (1, 0, 1), texts="Vi gick hem.", refused="The path leads out of the ZIP")
def a_zip_that_leads_out() -> bytes:
    return packed({"../../ut.txt": OTHER, "in/hel.txt": NOTE})


@awkward("yttre.zip", "ZIP in ZIP in ZIP", (1, 0, 1), texts="Vi gick hem.", refused="A ZIP within a ZIP within a ZIP")
def a_zip_in_a_zip_in_a_zip() -> bytes:
    inner = packed({"djupt.txt": OTHER})
    return packed({"mellan.zip": packed({"inre.zip": inner, "hel.txt": NOTE})})


@awkward("ingen.zip", "not what its name says", (0, 0, 1), refused="The file is not what its name says")
def a_text_called_zip() -> bytes:
    return NOTE


@awkward("tom.zip", "ZIP", (0, 0, 1), refused="There is nothing in")
def a_zip_with_nothing_in_it() -> bytes:
    return packed({})


@awkward("tom.docx", "0-byte file", (0, 0, 1), refused="The file is empty: it has no bytes")
def a_file_without_bytes() -> bytes:
    return b""


@awkward("rapport.pdf", "not what its name says", (0, 0, 1), refused="The file is not what its name says")
def a_word_file_called_pdf() -> bytes:
    return word(p("Vi gick hem."))


@awkward("rapport.csv", "not what its name says", (0, 0, 1), refused="It holds NUL bytes")
def a_word_file_called_csv() -> bytes:
    return word(p("Vi gick hem."))


@awkward("IMG_2041.jpg", "picture", (0, 0, 1), refused="Files of this kind are not read")
def a_picture_of_a_wall() -> bytes:
    return bytes.fromhex("ffd8ffe000104a46494600")


@awkward("rapport.doc", "old Word file", (0, 0, 1), refused="Files of this kind are not read")
def a_report_from_before_2007() -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@awkward("P-1 2025-03-28", "no ending", (0, 0, 1), refused="Files of this kind are not read")
def a_name_without_an_ending() -> bytes:
    return b"Vi gick hem."


@awkward("tom text.txt", "nothing but spaces", (0, 0, 1), refused="There is nothing in the file")
def a_text_of_spaces() -> bytes:
    return b" \n\t\n"


@awkward("", "directory named x.csv", texts="Vi gick hem.")
def a_folder_with_the_name_of_a_table() -> dict[str, Content]:
    return {"x.csv/anteckning.txt": NOTE}


def _link(to: str) -> Callable[[Path], object]:
    return lambda place: place.is_symlink() or place.symlink_to(to)


@awkward("", "symlink", texts="Vi gick hem.")
def links_that_lead_elsewhere() -> dict[str, Content]:
    return {"hel.txt": NOTE, "länk.txt": _link("hel.txt"), "slinga": _link("."), "ut.txt": _link("/etc/hostname")}


@awkward("", "what programs leave behind", texts="Vi gick hem.")
def what_programs_leave_behind() -> dict[str, Content]:
    leavings = (".DS_Store", "~$rapport.docx", "Thumbs.db", ".dolt/ut.txt", "__MACOSX/._hel.txt")
    return {"hel.txt": NOTE} | dict.fromkeys(leavings, OTHER)


@awkward("väx.txt", "file that changes while read", (0, 0, 1), refused="The file was changed while it was read")
def a_file_that_grows() -> Content:
    return NOTE


@awkward("låst.txt", "unreadable file", (0, 0, 1), refused="The file cannot be read")
def a_file_that_may_not_be_read() -> Content:
    return NOTE


@awkward("", "same file twice", (1, 1, 0), texts="Vi gick hem.")
def one_file_under_two_names() -> dict[str, Content]:
    return {"ett.txt": NOTE, "kopia av ett.txt": NOTE}


@awkward("T2 P-1.txt", "only a name in the file", (0, 0, 1), refused="There is no text")
def a_file_with_a_head_and_no_words() -> bytes:
    stream = io.BytesIO(b"Person: P-1\nDatum: 2025-03-28\n\n")
    return stream.getvalue()


def _write_as(name: bytes, data: bytes) -> Callable[[Path], object]:
    return lambda place: Path(os.fsdecode(os.fsencode(place.parent) + b"/" + name)).write_bytes(data)


@awkward("", "file name in another encoding", texts="Vi gick hem.", told="Its name is not in UTF-8")
def a_name_in_no_encoding() -> dict[str, Content]:
    return {"x": _write_as(b"\xe5terblick.txt", NOTE)}


@awkward("", "NFC, NFD, two names that look alike", (2, 0, 0), texts=("Vi gick hem.", "Vi stannade."))
def two_names_that_look_alike() -> dict[str, Content]:
    return {unicodedata.normalize("NFC", "å.txt"): OTHER, unicodedata.normalize("NFD", "å.txt"): NOTE}
