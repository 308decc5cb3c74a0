"""Valid files of each kind, which are then damaged."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from tests.fuzz.richer import richer
from tests.loaders.awkward import AWKWARD
from tests.loaders.oldbook import old_book
from tests.loaders.test_container import packed
from tests.loaders.test_pdf import pdf
from tests.tiny import ROOT
from workbench.loaders.kinds import kind_of

KINDS = ("csv", "jsonl", "txt", "md", "eml", "vtt", "srt", "docx", "odt", "xlsx", "ods", "xls", "pdf", "zip")
_SAME = {"tsv": "csv", "tab": "csv", "json": "jsonl", "markdown": "md", "text": "txt", "xlsm": "xlsx"}
_LARGEST = 200_000  # bytes; a larger one takes longer and finds no more
_HANDED_IN = ROOT / "data" / "demo-handed-in"
_NOTE = "Person: P-1\nDatum: 2025-03-28\n\nVi gick hem."


@dataclass(frozen=True)
class Seed:
    """A valid file: its path as it may be handed in, and its bytes."""

    path: str
    data: bytes


@cache
def seeds_of(kind: str) -> Sequence[Seed]:
    """Give every seed of a kind, always in the same order."""
    found = {one.data: one for one in _every() if kind_of_seed(one.path) == kind}
    return list(found.values())


def kind_of_seed(path: str) -> str:
    """Return the kind by which a path is damaged."""
    kind = kind_of(path)
    return _SAME.get(kind, kind)


@cache
def _every() -> Sequence[Seed]:
    there = [*_awkward(), *_handed_in()]
    return [one for one in (*there, *_made(there)) if 0 < len(one.data) <= _LARGEST]


def _awkward() -> Iterator[Seed]:
    made = (pair for case in AWKWARD for pair in case.make().items())
    yield from (Seed(path, content) for path, content in made if isinstance(content, bytes))


def _handed_in() -> Iterator[Seed]:
    for path in sorted(_HANDED_IN.rglob("*")):
        if path.is_file():
            yield Seed(path.relative_to(_HANDED_IN).as_posix(), path.read_bytes())


def _made(there: Sequence[Seed]) -> Iterator[Seed]:
    """Make what neither has: old workbooks, plain PDFs, ZIPs of every kind, a letter with attachments."""
    yield Seed("gammal P-1 2025-03-28.xls", old_book(("Reflektioner", False)))
    yield Seed("gammal P-2.xls", old_book(("Ett", False), ("Två", True), ("Hjälp", False)))
    yield Seed("P-3 2025-03-28.pdf", pdf(["Vi gick hem.", "Sedan vilade vi."], ["Sista sidan."], pageCompression=0))
    yield Seed("P-3 2025-03-29.pdf", pdf(*(["Rapport", f"Text {at}.", f"{at} (4)"] for at in range(4))))
    yield from (Seed(path, data) for path, data in richer())
    for name, words in _TEXTS.items():
        yield Seed(name, words.encode())
    yield Seed("allt.zip", packed({one.path: one.data for one in _one_of_each(there)}))
    yield Seed("ytter.zip", packed({"a/inre.zip": packed({"P-1 2025-03-28.txt": _NOTE.encode()}), "b.txt": b"Hej."}))


def _one_of_each(there: Sequence[Seed]) -> Iterator[Seed]:
    rng = random.Random(0)  # noqa: S311 - always the same files
    for kind in KINDS:
        small = [one for one in there if kind_of_seed(one.path) == kind and 0 < len(one.data) < _LARGEST // 10]
        if kind != "zip" and small:
            yield rng.choice(small)


_TEXTS = {
    "brev.eml": (
        "From: =?utf-8?B?QW5uYSBFayDDpQ==?= <anna.ek@ena.example>\nTo: x@y.example\nSubject: =?iso-8859-1?Q?L=E4ge?=\n"
        'Date: Fri, 28 Mar 2025 14:10:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="gräns"\n\n'
        '--gräns\nContent-Type: multipart/alternative; boundary="b2"\n\n--b2\nContent-Type: text/plain; charset=utf-8\n'
        "Content-Transfer-Encoding: quoted-printable\n\nVi v=C3=A5gade =F0=9F=99=82 s=C3=A4ga nej.\n--b2\n"
        "Content-Type: text/html; charset=utf-8\n\n<html><body><p>Vi v&aring;gade</p><ul><li>nej</ul></body></html>\n"
        '--b2--\n--gräns\nContent-Type: text/csv; name="a.csv"\nContent-Disposition: attachment\n\nYSxi\n--gräns--\n'
    ),
    "sida.eml": (
        "From: Bo <bo.alm@ena.example>\nSubject: Hej\nDate: Fri, 28 Mar 2025 14:10:00 +0100\nMIME-Version: 1.0\n"
        "Content-Type: text/html; charset=utf-8\n\n<p>Vi <b>gick</b> hem &amp; vilade.<br>Sedan?</p><table><tr><td>a"
        "<td>b</table><blockquote>Den 2 mars 2025 skrev Eva:<p>Hur gick det?</blockquote>\n"
    ),
    "P-1 2025-03-28.md": (
        "---\nperson: P-1\ndate: 2025-03-28\ntags: [a, b]\ncomponent: >\n  Ledarskap\n---\n# Tillfälle 1\n\n"
        "```\nkod\n```\n\nRubrik\n======\n\n- ett\n- två\n\n> citat\n\n## Tillfälle 2\n\n**Vi** vågade 🙂.\n"
    ),
    "P-1 T1.md": "Person: P-1\nTillfälle: T1\n\nVi gick hem. [länk](http://a.example) `kod` <b>å</b>\n",
    "samtal P-1 2025-03-28.txt": "Anna: Hur gick det?\nBo: Bra.\n\nRing 070-123 45 67 eller 640823-3234, a@b.example\n",
    "brev P-2.txt": f"{_NOTE}\n\nDen 2 mars 2025 kl 14:10 skrev Eva:\n> Hur gick det?\n",
    "möte P-1 2025-03-28.vtt": (
        "WEBVTT\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE två\n\n1\n00:01.000 --> 00:02.000 align:start\n"
        "Anna: Hej <b>du</b> &amp; jag\n\n2\n00:00:03.000 --> 00:00:04.000\n<v.first Bo Alm>Ja</v> <v Eva>Nej</v>\n\n"
        "00:00:05.000 --> 00:00:06.000\n<00:00:05.500><c.red>sedan</c> <lang sv>å</lang>\n"
    ),
    "möte P-2 2025-03-28.srt": (
        "1\n00:00:01,000 --> 00:00:02,000\nAnna: Hej\n- Hej!\n\n2\n00:00:03,000 --> 00:00:04,000 X1:1 X2:2\n"
        "{\\an8}<i>Bo: Ja</i>\n\n3\n00:00:05,000 --> 00:00:06,000\nBo: Nej\n"
    ),
    "rader.jsonl": (
        '{"person": "P-1", "date": "2025-03-28", "text": "Vi v\\u00e5gade \\ud83d\\ude42", "level": 3.10}\n'
        '{"person": "P-2", "occasion": "T2", "text": "Rad\\nbrytning", "tags": ["a", {"b": null}], "now": true}\n'
    ),
    "lista.json": '[{"person": "P-1", "written": "2025-03-28", "text": "Ett."}, {"person": "P-2", "text": "Två."}]',
    "nivåer.csv": (
        "Person;Tillfälle;Komponent;Nuläge;Önskat läge;Då;Text;Rum\n"
        'P-1;T2;Ledarskap;3;4 – Systematiskt;vet ej;"Vi\ngick";7b\n'  # noqa: RUF001 - as the scale has it
        'P-2;2 (mars);I3;-1;99;;"Han sa ""nej"".";\n'
    ),
    "försök.csv": (
        "Organisation,Tillfälle,Titel,Typ,Antagande,Test,Tecken,Status,Startad\n"
        "Ena verket,T1,Korta möten,experiment,De är för långa,Halvera dem,Folk stannar,pågår,2025-03-01\n"
    ),
    "skattning.tsv": "person\toccasion\tcomponent\tnow\nP-1\tT1\tI3\t2\nP-3\tT2\tI3\t5\n",
}  # fmt: skip
