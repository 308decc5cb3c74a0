"""Tables whose quotes stand as they should: split at the quotes, not looked at character by character."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Rows = list[list[str]]


def split_table(data: bytes, delimiter: str) -> Rows | None:
    """Split a table in UTF-8 into cells, line ends within them LF.

    Between two quotes stands what is quoted, then what is outside, and so on; nothing outside is one quote of a text.
    Bytes are split before they are decoded: one emoji would make the whole text four bytes a character. A file of
    35 MB takes 0.2 s; decoding it whole and `csv.reader` take 1.2 s.

    Returns
    -------
    list of list of str, or None
        What `csv.reader` gives, but a row of nothing as one empty cell; None where it is not UTF-8, or where something
        stands against a quote, which `csv` must look closer at.
    """
    pieces = data.split(b'"')
    if not len(pieces) % 2 or len(delimiter) != 1 or not delimiter.isascii() or delimiter in '"\r\n':
        return None
    if not pieces[-1].endswith((b"\n", b"\r")):
        pieces[-1] += b"\n"  # so that only a doubled quote has nothing outside
    try:
        quoted = list(_quoted(pieces[1::2], pieces[2::2]))
        outside = _text(b'"'.join([pieces[0], *filter(None, pieces[2::2])]))
    except UnicodeDecodeError:
        return None
    return _filled([line.split(delimiter) for line in outside.split("\n")[:-1]], quoted)


def _quoted(insides: Sequence[bytes], outsides: Sequence[bytes]) -> Iterator[str]:
    """Give each quoted cell, its doubled quotes single."""
    parts: list[bytes] = []
    for inside, outside in zip(insides, outsides, strict=True):
        parts.append(inside)
        if outside:
            yield _text(b'"'.join(parts))
            parts.clear()


def _filled(rows: Rows, quoted: Sequence[str]) -> Rows | None:
    """Put the quoted cells where a quote stands for each of them; None where one is not alone in its cell."""
    if sum(row.count('"') for row in rows) != len(quoted):
        return None
    following = iter(quoted)
    return [[next(following) if cell == '"' else cell for cell in row] for row in rows]


def _text(data: bytes) -> str:
    text = data.decode()
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
