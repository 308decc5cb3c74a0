import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers import container
from workbench.loaders.readers.container import open_container, parse_xml


def packed(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Write a name over another, as a program would that knows nothing of flags."""
    assert len(old) == len(new)
    return data.replace(old, new)


def flagged(data: bytes, bit: int) -> bytes:
    """Set a flag in the heads of every member."""
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", data, at + place)
            struct.pack_into("<H", changed, at + place, flags | bit)
            at = data.find(mark, at + 1)
    return bytes(changed)


@given(st.dictionaries(st.from_regex(r"[a-zåäö]{1,8}(/[a-z]{1,8})?\.txt", fullmatch=True), st.binary(max_size=300)))
def test_members_come_out_as_they_went_in(members: dict[str, bytes]) -> None:
    opened = open_container(packed(members))

    assert {name: opened.read(name) for name in opened.names} == members
    assert opened.problems == []


@given(st.binary(max_size=200))
def test_bytes_that_are_no_zip_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        open_container(b"PK" + data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"Hej!", "not the kind of file"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"WordDocument", "before 2007"),
        (packed({"a.txt": b"words" * 99})[:-30], "damaged or cut short"),
    ],
)
def test_what_is_no_zip_is_told_by_what_it_is(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        open_container(data)


def test_a_bomb_is_left_before_it_goes_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "INFLATED", 10**6)
    bomb = open_container(packed({"a.txt": bytes(900_000), "b.txt": bytes(900_000)}))

    assert len(bomb.read("a.txt")) == 900_000
    with pytest.raises(UnreadableError, match="grows to more"):
        bomb.read("b.txt")


def test_a_member_that_swells_a_thousandfold_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "SMALL", 1000)

    with pytest.raises(UnreadableError, match="300 times"):
        open_container(packed({"a.txt": bytes(10**6)})).read("a.txt")


def test_a_declared_size_is_not_believed() -> None:
    data = packed({"a.txt": b"words and words"})
    lying = data.replace(struct.pack("<L", 15), struct.pack("<L", 5))

    with pytest.raises(UnreadableError, match="damaged"):
        open_container(lying).read("a.txt")


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MEMBERS", 2)

    with pytest.raises(UnreadableError, match="more than"):
        open_container(packed({"a": b"", "b": b"", "c": b""}))


def test_members_that_lie_over_each_other_are_refused() -> None:
    data = bytearray(packed({"a.txt": b"0123456789" * 9, "b.txt": b"0123456789" * 9}, zipfile.ZIP_STORED))
    second = data.rfind(b"PK\x01\x02")
    struct.pack_into("<L", data, second + 42, 0)

    with pytest.raises(UnreadableError, match="damaged"):
        open_container(bytes(data))


def test_a_flipped_byte_is_noticed() -> None:
    data = packed({"a.txt": b"0123456789"}, zipfile.ZIP_STORED).replace(b"0123456789", b"0123456788")

    with pytest.raises(UnreadableError, match="damaged"):
        open_container(data).read("a.txt")


def test_a_locked_member_asks_for_the_password_to_be_taken_away() -> None:
    locked = open_container(flagged(packed({"a.txt": b"words"}), 0x1))

    with pytest.raises(UnreadableError, match="Take the password away"):
        locked.read("a.txt")


def test_two_parts_of_one_name_are_refused_or_left_out() -> None:
    twice = renamed(packed({"a.txt": b"one", "b.txt": b"two", "c.txt": b"three"}), b"b.txt", b"a.txt")

    with pytest.raises(UnreadableError, match="one name"):
        open_container(twice)
    opened = open_container(twice, twice=True)
    assert list(opened.names) == ["c.txt"]
    assert [problem.file for problem in opened.problems] == ["a.txt"]


@pytest.mark.parametrize("path", ["/etc/passwd", "../a.txt", "b/../../a.txt", "C:/a.txt", "..\\a.txt", "a\x07.txt"])
def test_a_path_that_leads_out_is_refused_alone(path: str) -> None:
    opened = open_container(packed({path: b"bad", "good.txt": b"good"}))

    assert list(opened.names) == ["good.txt"]
    assert opened.problems[0].weight == "refused"


def test_a_member_without_a_name_is_refused_alone() -> None:
    opened = open_container(renamed(packed({"qqq": b"bad", "good.txt": b"good"}), b"qqq", b"\0qq"))

    assert list(opened.names) == ["good.txt"]
    assert opened.problems[0].weight == "refused"


def test_a_backslash_is_a_folder() -> None:
    assert list(open_container(packed({"mapp\\brev.txt": b""})).names) == ["mapp/brev.txt"]


@pytest.mark.parametrize("encoding", ["cp850", "cp1252", "utf-8"])
def test_swedish_names_without_a_declared_encoding_are_read_and_told(encoding: str) -> None:
    name = "Återblick på hösten.txt"
    plain = b"n" * len(name.encode(encoding))
    opened = open_container(renamed(packed({plain.decode(): b"words"}), plain, name.encode(encoding)))

    assert opened.read(name) == b"words"
    assert encoding in str(opened.problems[0].rule)


def test_the_name_a_program_adds_in_utf_8_is_used() -> None:
    added = zipfile.ZipInfo("a_.txt")
    name = "å_.txt".encode()
    added.extra = struct.pack("<HHBL", 0x7075, len(name) + 5, 1, zlib.crc32(b"\x8f_.txt")) + name
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(added, b"words")
    opened = open_container(renamed(stream.getvalue(), b"a_.txt", b"\x8f_.txt"))

    assert list(opened.names) == ["å_.txt"]
    assert opened.problems == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_declares_entities_is_refused(encoding: str) -> None:
    text = '<!DOCTYPE a [<!ENTITY b "words">]><a>&b;</a>'

    with pytest.raises(UnreadableError, match="entities"):
        parse_xml(text.encode(encoding))


def test_broken_or_huge_xml_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        parse_xml(b"<a><b></a>")
    monkeypatch.setattr(container, "XML", 10)
    with pytest.raises(UnreadableError, match="larger than"):
        parse_xml(b"<a>eleven..</a>")


def test_a_part_that_is_not_there_is_named() -> None:
    with pytest.raises(UnreadableError, match=r"word/document\.xml"):
        open_container(packed({"a.txt": b""})).read("word/document.xml")
