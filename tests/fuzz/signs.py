"""Damage to the signs of a text: what a person, a program or a bad day at the keyboard may put in it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

_MOST = 400_000  # signs of a damaged text
_ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "mac_roman", "cp850", "utf-32")
_ODD = (
    "\0", "\x01", "\x1a", "\x1b[2J", "\x7f", "\x85", "\xa0", "\xad", "\ud800", "\udfff", "\udc80", "\ufeff", "\ufffe",
    "\uffff", "\u200b", "\u200f", "\u202e", "\u2028", "\u2029", "\u0301", "\u0301" * 300, "e\u0301", "\u0130", "ß", "ﬁ",
    "ǅ", "٣", "Ⅳ", "²", "½", "🙂", "👨\u200d👩\u200d👧", "\U0010ffff", "\r", "\r\n", "\n\n", "\n\n\n", "\t", "\v", "\f",
    " ", '"', "'", ",", ";", "|", "&", "<", ">", "&#0;", "&#x110000;", "&lt;", "{", "}", "{0}", "{places}", "%s", "%",
    "\\", "-", "\u2013", "=", "0", "-1", "99", "1e999", "NaN", "9" * 5_000, "2025-02-30", "0000-00-00", "31/12/9999",
    "T2", "P-1", "2025-03-28T25:61:61", "640823-3234", "070-123 45 67", "anna.ek@ena.example", "Tillfälle 2", "Person",
    "Text", "vet ej", "9999-12-31T23:59:59+23:59", "0001-01-01T00:00:00-12:00", "9999-12-31", "0001-01-01", "45744",
    "2958466", "-700000",
)  # fmt: skip
_TOKENS: Mapping[str, Sequence[str]] = {
    "csv": ('""', '"""', ";;;;;;;;", ',"', '",', '"\n', "sep=;\n", "sep=", "\t\t", ",,,,", "=1+1",
            "Person;Datum;Text\n"),
    "jsonl": ('{"a":', "[[[[", "]", "}", '"\\ud800"', '"\\u0000"', "null", "true", "-0", "1E400", "NaN", "Infinity",
              '{"text": "å", "text": 1}', "[" * 3_000, '{"a":' * 3_000, "\\", '\\"', "//", "\n{}\n", "[]", "[{}]"),
    "txt": ("Person: P-1\n", ": ", "Från: a\nSkickat: b\n\n", "----- Original message -----", "> ", "\n>", "skrev:",
            "Den 2 mars 2025 skrev Eva:", "-----", "Anna: ", "A b: c\n"),
    "md": ("---\n", "...\n", "```", "~~~", "# ", "=====", "-----", "&a [*a, *a]", "*a", "<<: *a", "!!python/object:os",
           "|\n", ">-\n", "- - - -", "? a\n: b\n", "{" * 500, "[" * 500, "!!binary x", "a: &b c\n", "**", "* * *",
           "#: x", "2025-03-28"),
    "eml": ("=?utf-8?B?", "?=", "=?x?Q?=00?=", "=00", "=D8", "MIME-Version: 1.0\n",
            "Content-Type: text/plain; charset=utf-7\n", "Content-Type: multipart/mixed; boundary=a\n\n--a\n", "--a--",
            "\n\n", "Content-Transfer-Encoding: base64\n", "Content-Type: message/rfc822\n\n", "Date: x\n",
            "From: <>\n", "charset=idna", "charset=undefined", "filename*0*=", "filename*=utf-8''%00", "<p>",
            "<![CDATA[", "<!--", "<script>", "&#55296;", "begin 644 a\n", "Subject: \n a\n", '"@',
            "Date: Fri, 31 Dec 9999 23:59:59 -2359\n", "From: a@[", "To: :;,<", "(((((", "charset=hex", "x-uuencode"),
    "vtt": ("-->", "\n\n", "00:00:01.000 --> 00:00:02.000\n", "99999999999:00:00.000 --> ", "<v ", "<v Anna>", "</v>",
            "NOTE\n", "STYLE\n", "WEBVTT", "<00:00:00>", "{\\an8}", "Anna: ", ": ", "<c.a.b>", "00:00.000",
            "-1:00:00,000", "&#9999999;"),
}  # fmt: skip
_SAME = {"srt": "vtt"}


def damage_signs(data: bytes, kind: str, rng: random.Random) -> bytes:
    """Damage a text of some kind, and write it in some encoding."""
    text = _text(data)
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        text = rng.choice((_put, _put, _token, _cut, _repeat, _swap, _long, _lines))(text, kind, rng)[:_MOST]
    encoding = rng.choice(_ENCODINGS)
    return text.encode(encoding, "replace" if encoding in {"cp1252", "mac_roman", "cp850"} else "surrogatepass")


def odd_words(rng: random.Random) -> str:
    """Give a few odd signs."""
    return "".join(rng.choices(_ODD, k=rng.choice((1, 2, 5))))


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "cp1252", "replace")


def _put(text: str, _: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    return text[:at] + odd_words(rng) + text[at + rng.choice((0, 0, 1, 5)) :]


def _token(text: str, kind: str, rng: random.Random) -> str:
    at = rng.randrange(len(text) + 1)
    words = rng.choice(_TOKENS[_SAME.get(kind, kind)])
    return text[:at] + words * rng.choice((1, 1, 1, 2, 50)) + text[at:]


def _cut(text: str, _: str, rng: random.Random) -> str:
    start, end = _piece(text, rng)
    return text[:start] + text[end:]


def _repeat(text: str, _: str, rng: random.Random) -> str:
    start, end = _piece(text, rng)
    return text[:end] + text[start:end] * rng.choice((1, 2, 30, 1_000, 30_000 // max(end - start, 1))) + text[end:]


def _swap(text: str, _: str, rng: random.Random) -> str:
    start, end = _piece(text, rng)
    rest, at = text[:start] + text[end:], rng.randrange(len(text) - (end - start) + 1)
    return rest[:at] + text[start:end] + rest[at:]


def _long(text: str, kind: str, rng: random.Random) -> str:
    """Insert one thing very many times, or two in turns: where a search takes the square of a length, it is seen."""
    things = (*_ODD, *_TOKENS[_SAME.get(kind, kind)], *text[:1_000:7])
    run = "".join(rng.choices(things, k=rng.choice((1, 1, 2, 3))))
    at = rng.randrange(len(text) + 1)
    return text[:at] + run * (rng.choice((100, 3_000, 50_000)) // max(len(run), 1) + 1) + text[at:]


def _lines(text: str, _: str, rng: random.Random) -> str:
    """Let lines end otherwise, or shuffle, double or turn them."""
    lines = text.split("\n")
    way = rng.randrange(4)
    if way == 0:
        return rng.choice(("\r\n", "\r", "\n\n", "\u2028")).join(lines)
    if way == 1:
        rng.shuffle(lines)
    elif way == 2:
        lines += rng.choices(lines, k=min(rng.choice((1, 10, 2_000)), _MOST * len(lines) // (len(text) + 1) + 1))
    else:
        lines.reverse()
    return "\n".join(lines)


def _piece(text: str, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(text) + 1)
    return start, min(start + rng.choice((1, 2, 4, 16, 100, 1_000)), len(text))
