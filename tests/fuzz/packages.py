"""Damage to what is in a ZIP: its members are taken out, damaged each in its own way, and packed again."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence

from tests.fuzz.bytewise import damage_bytes
from tests.fuzz.elements import damage_elements

Members = dict[str, bytes]
_MARKED = ("xml", "rels")
_NAMES = ("../ut.txt", "/rot.txt", "C:\\a.txt", "a\x07.txt", "a" * 3_000, "å" * 100, "con.txt", ".DS_Store", "mapp/",
          "a.zip", "word/document.xml", "xl/workbook.xml", "content.xml", "mimetype", "[Content_Types].xml",
          "_rels/.rels")  # fmt: skip
_METHODS = (*[zipfile.ZIP_DEFLATED] * 20, *[zipfile.ZIP_STORED] * 5, zipfile.ZIP_BZIP2)


def damage_package(data: bytes, rng: random.Random, inner: Callable[[str, bytes, random.Random], bytes]) -> bytes:
    """Damage what is in a ZIP; ``inner`` damages a member by its path. What is no ZIP is damaged as bytes."""
    try:
        members = _unpacked(data)
    except Exception:  # noqa: BLE001 - as `zipfile` has it; damage may be done to what is damaged
        return damage_bytes(data, rng)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if rng.random() < 0.93 and members:
            path = _chosen(members, rng)
            members[path] = inner(path, members[path], rng)
        elif members:
            rng.choice(_WAYS)(members, rng)
    return _packed(members, rng)


def damage_part(path: str, data: bytes, rng: random.Random) -> bytes:
    """Damage a part of an office file."""
    if path.endswith(_MARKED) and rng.random() < 0.97:
        try:
            return damage_elements(data, rng)
        except ValueError:
            pass  # it is no XML any more
    return damage_bytes(data, rng)


def _chosen(members: Mapping[str, bytes], rng: random.Random) -> str:
    """Choose a member; the large ones have the words in them."""
    paths = list(members)
    weights = [len(members[path]) ** 0.5 + 1 for path in paths]
    return rng.choices(paths, weights)[0]


def _unpacked(data: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}


def _packed(members: Members, rng: random.Random) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", rng.choice(_METHODS)) as archive:
        warnings.simplefilter("ignore")  # two members of one name are meant
        for path, data in members.items():
            for _ in range(2 if rng.random() < 0.001 else 1):
                archive.writestr(zipfile.ZipInfo(path), data, archive.compression)
    return stream.getvalue()


def _drop(members: Members, rng: random.Random) -> None:
    del members[rng.choice(list(members))]


def _rename(members: Members, rng: random.Random) -> None:
    members[rng.choice(_NAMES)] = members.pop(rng.choice(list(members)))


def _double(members: Members, rng: random.Random) -> None:
    path = rng.choice(list(members))
    members[f"{rng.randrange(9)}{path}"] = members[path]


def _swap(members: Members, rng: random.Random) -> None:
    one, other = rng.choices(list(members), k=2)
    members[one], members[other] = members[other], members[one]


def _many(members: Members, rng: random.Random) -> None:
    for number in range(rng.choice((10, 300))):
        members[f"{number}.txt"] = b"Hej."


_WAYS: Sequence[Callable[[Members, random.Random], None]] = (_drop, _rename, _double, _swap, _many)
