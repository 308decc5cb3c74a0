"""Tables in text files, as Excel, LibreOffice, R and people themselves write them."""
# ruff: noqa: RUF001  letters that look alike are what these files are about

from __future__ import annotations

import codecs
import json
import unicodedata

from tests.loaders.awkward.case import awkward

PARTED = "Its cells are parted by the"
GUESSED = "It is not marked as UTF-8"


def lines(*rows: str, end: str = "\n") -> str:
    """Write lines, the last with its end."""
    return "".join(row + end for row in rows)


@awkward(
    "reflektioner.csv",
    "semicolon, quoted line break, BOM, CRLF, å ä ö",
    (2, 0, 0),
    texts=('Först "nej".\n\nSedan ja; men å så svårt.', "Även ÅÄÖ."),
    told=PARTED,
)
def a_semicolon_file_from_excel() -> bytes:
    rows = (
        "Person;Datum;Text",
        'P-1;2025-03-28;"Först ""nej"".\r\n\r\nSedan ja; men å så svårt."',
        "P-2;2025-03-28;Även ÅÄÖ.",
    )
    return codecs.BOM_UTF8 + lines(*rows, end="\r\n").encode()


@awkward("reflektioner.tsv", "tab, UTF-16", texts="Tabb, komma; och semikolon – å.", told=PARTED)
def unicode_text_from_excel() -> bytes:
    return codecs.BOM_UTF16_LE + lines(
        "Person\tDatum\tText", "P-1\t2025-03-28\tTabb, komma; och semikolon – å.", end="\r\n"
    ).encode("utf-16-le")


@awkward("reflektioner.csv", "UTF-16", texts="Stor ände först, och ändå åäö.", told=GUESSED)
def unmarked_utf_16() -> bytes:
    return lines("Person,Datum,Text", 'P-1,2025-03-28,"Stor ände först, och ändå åäö."').encode("utf-16-be")


@awkward("reflektioner.csv", "cp1252, comma", texts="Chefen sa ”kanske” – och gick för långt.", told=GUESSED)
def windows_letters() -> bytes:
    return lines("Person,Datum,Text", "P-1,2025-03-28,Chefen sa ”kanske” – och gick för långt.").encode("cp1252")


@awkward("reflektioner.csv", "Mac Roman", texts="Vi vågade säga nej, även när det blev långt.", told=GUESSED)
def an_old_macintosh() -> bytes:
    rows = ("Person,Datum,Text", 'P-1,2025-03-28,"Vi vågade säga nej, även när det blev långt."')
    return lines(*rows, end="\r").encode("mac_roman")


@awkward(
    "reflektioner.csv",
    "mojibake",
    texts="Vi vÃ¥gade sÃ¤ga nej.",
    told="In 2 places letters were spoilt by a program",
)
def letters_spoilt_before() -> bytes:
    return lines("Person,Datum,Text", "P-1,2025-03-28,Vi vÃ¥gade sÃ¤ga nej.").encode()


@awkward("reflektioner.csv", "emoji", texts="👩🏽‍💻 🇸🇪 ❤️ ﷽ 𝔘 e\u0301 \u200bo\u00a0o")
def emoji_and_rare_letters() -> bytes:
    return lines("Person,Datum,Text", "P-1,2025-03-28,👩🏽‍💻 🇸🇪 ❤️ ﷽ 𝔘 e\u0301 \u200bo\u00a0o").encode()


@awkward(
    "reflektioner.csv",
    "NFC, NFD",
    (2, 0, 0),
    texts=(unicodedata.normalize("NFC", "Åsnan på ön"), unicodedata.normalize("NFD", "Räven i lövet")),
)
def letters_composed_in_two_ways() -> bytes:
    composed, apart = unicodedata.normalize("NFC", "Åsnan på ön"), unicodedata.normalize("NFD", "Räven i lövet")
    return lines("Person,Datum,Text", f"P-1,2025-03-28,{composed}", f"P-2,2025-03-28,{apart}").encode()


@awkward("lista.csv", "sep=;", texts="Ett, två, tre.")
def a_first_line_for_excel() -> bytes:
    return lines("sep=;", "Person;Datum;Text", "P-1;2025-03-28;Ett, två, tre.").encode()


@awkward(
    "ojämn.csv",
    "ragged rows",
    (3, 0, 2),
    texts=("Kort men hel.", "Ett.", "Två."),
    refused=("The row has more cells than", "Nothing tells which occasion"),
)
def ragged_rows() -> bytes:
    rows = (
        "Person,Datum,Text,Språk",
        "P-1,2025-03-28,Kort men hel.",
        "P-2",
        "P-3,2025-03-28,Nej, det gick inte, tyvärr.",
        "P-1,2025-03-29,Ett.,sv",
        "P-2,2025-03-29,Två.,sv",
    )
    return lines(*rows).encode()


@awkward(
    "enkät.csv",
    "duplicate headings",
    texts=("Det första.", "Det andra."),
    told="The study has no column for it",
)
def headings_that_repeat() -> bytes:
    return lines("Person,Datum,Kommentar,Datum,Kommentar", "P-1,2025-03-28,Det första.,2024-01-01,Det andra.").encode()


@awkward("utan.csv", "no headings", (0, 0, 1), refused="No row of headings was recognised")
def rows_without_headings() -> bytes:
    return lines("P-1,2025-03-28,Vi gick hem.", "P-2,2025-03-28,Vi stannade.").encode()


@awkward(
    "gemensamt.csv",
    "headings in row 4",
    (2, 0, 0),
    texts=("Ett.", "Två."),
    told=(PARTED, "Above the table stands something"),
)
def headings_below_a_title() -> bytes:
    rows = (
        "Anteckningar;våren;",
        "Organisation:;Ena verket;",
        ";;",
        "Datum;Slag;Text",
        "2025-03-28;Diskussion;Ett.",
        "2025-03-29;Samtal;Två.",
    )
    return lines(*rows).encode()


@awkward(
    "dagbok.jsonl",
    "JSON Lines with a broken line, emoji",
    (2, 0, 2),
    texts=("Rad ett 🙂\noch två.", "Sist."),
    refused=("It is no JSON", "A row is an object"),
)
def a_broken_line() -> bytes:
    rows = [
        {"person": "P-1", "date": "2025-03-28", "text": "Rad ett 🙂\noch två."},
        {"person": "P-2", "date": "2025-03-28", "text": "Sist."},
    ]
    first, last = (json.dumps(row) for row in rows)
    return lines(first, '{"person": "P-1", "text": "Avbru', "", '["P-1"]', last).encode()


@awkward("citat.csv", "quotes that do not close", (0, 0, 1), refused="The quotes that open in row 2")
def quotes_that_do_not_close() -> bytes:
    return lines("Person,Datum,Text", 'P-1,2025-03-28,"Vi gick hem.', "P-2,2025-03-28,Vi stannade.").encode()


@awkward(
    "fler kolumner.csv",
    "unknown columns",
    texts="Vi gick hem.",
    told=("The study has no column for it", "It may tell who somebody is"),
)
def columns_nobody_knows() -> bytes:
    return lines("Person,Datum,Text,Väder,Mobil", "P-1,2025-03-28,Vi gick hem.,regn,070-123 45 67").encode()
