"""Names of files as they were handed in, made such that every file system takes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

LONGEST = 200  # bytes, of the 255 that file systems take
_BARRED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')  # here, or where a study may be copied to
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # what Windows takes for no file


def file_name(name: str) -> str:
    """Make a name one that every file system takes and shows.

    What it may not hold becomes _; of a long one the end is kept.
    """
    safe = unicodedata.normalize("NFC", _BARRED.sub("_", name)).rstrip(" .")
    end = safe.encode()[-LONGEST:].decode(errors="ignore")
    if end.startswith("."):
        return f"_{end[1:]}"
    return f"_{end}" if _DEVICES.match(end) else end or "unnamed"


def free_name(name: str, there: Collection[str]) -> str:
    """Choose the name a file has among others, of which one may be its own.

    One that differs from another in capitals only gets a number: on many disks the two are one.
    """
    whole = file_name(name)
    place = whole.rfind(".")
    stem, suffix = (whole[:place], whole[place:]) if place > 0 else (whole, "")
    taken = {other.casefold() for other in there}
    names = [whole, *(f"{stem}~{number}{suffix}" for number in range(2, len(there) + 2))]
    return next(one for one in names if one in there or one.casefold() not in taken)
