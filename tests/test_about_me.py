"""Everything about me: what the copy holds, what it does not, and that the same data give the same file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from workbench.access.about_me import Told, about_me
from workbench.access.about_me_zip import ROWS_AT_ONCE, read_me, tables_in_files, write_zip
from workbench.acts.consents import consent
from workbench.acts.entries import correct_entry
from workbench.columns import Table, text
from workbench.errors import WorkbenchError
from workbench.opening import open_study
from workbench.records import columns_frame
from workbench.serving.me_study import own_acts
from workbench.store.creating import create_study
from workbench.store.live import LiveStudy
from workbench.study import Study

DAY = dt.date(2026, 11, 22)


def frames(told: list[Told]) -> dict[str, pd.DataFrame]:
    return {table.name: frame for table, frame in told}


def packed(told: list[Told], day: dt.date = DAY) -> bytes:
    file = io.BytesIO()
    write_zip(file, {"README.txt": read_me(told, "P-1", day, "en"), **tables_in_files(told)}, day)
    return file.getvalue()


def test_the_copy_holds_what_i_wrote_rated_and_how_it_was_read(tiny: Study) -> None:
    mine = frames(about_me(tiny, "P-1"))

    assert list(mine["entries"]["entry"]) == ["N1"]
    assert list(mine["codings"]["quote"]) == ["🙂 säga nej."]
    assert set(mine["ratings"]["person"].dropna()) == {"P-1"}


def test_what_was_said_of_my_texts_is_in_it_and_what_was_said_of_others_is_not(demo: Study) -> None:
    person = demo.entries["person"].dropna().iloc[0]
    entries = demo.entries[demo.entries["person"].notna()].groupby("person")["entry"].first()
    rows = {"name": "Rubrik", "value": entries.index + " skrev"}
    marked = demo.with_frames(demo.frames | {"attributes": pd.DataFrame({"entry": entries.array, **rows})})

    assert list(frames(about_me(marked, person))["attributes"]["value"]) == [f"{person} skrev"]


@pytest.mark.parametrize("place", [0, 11, 29])
def test_no_copy_has_a_trace_of_anybody_else(demo: Study, place: int) -> None:
    person = demo.people["person"].iloc[place]
    with zipfile.ZipFile(io.BytesIO(packed(about_me(demo, person)))) as copy:
        written = b"".join(copy.read(name) for name in copy.namelist() if name.endswith(".csv")).decode()
    others = demo.entries[demo.entries["person"].notna() & (demo.entries["person"] != person)]

    assert {other for other in set(demo.people["person"]) - {person} if other in written} == set()
    assert [words for words in others["text"] if words in written] == []


def test_memos_are_the_researchers_own(demo: Study) -> None:
    assert "memos" not in frames(about_me(demo, demo.people["person"].iloc[0]))


def test_a_code_that_nobody_has_has_no_copy(tiny: Study) -> None:
    with pytest.raises(WorkbenchError, match="Nobody"):
        about_me(tiny, "P-9")


def test_what_i_did_and_my_words_before_i_changed_them_are_in_it(tiny: Study, tmp_path: Path) -> None:
    create_study(tmp_path / "live", tiny, actor="K1")
    with LiveStudy(tmp_path / "live", actor="P-1") as mine, LiveStudy(tmp_path / "live", actor="P-2") as other:
        mine.do(correct_entry("N1", text="Vi vågade 🙂 säga nej."))
        other.do(correct_entry("N2", text="Mycket hemligt."))
        mine.do(consent("P-1", "be_quoted", given=True, information="1.0"))
    place = str(tmp_path / "live")
    told = frames(about_me(open_study(place), "P-1", own_acts(place, "P-1")))

    assert list(told["own_acts"]["act"]) == ["correct entry", "consent"]
    assert list(told["earlier_wordings"]["text"]) == list(tiny.entries["text"].iloc[:1])
    assert "Hemligt." not in told["earlier_wordings"].to_csv()


def test_of_a_frozen_study_there_are_no_acts(tiny_folder: Path) -> None:
    assert own_acts(str(tiny_folder), "P-1") == []


def test_the_same_data_give_the_same_file_on_the_same_day(tiny: Study) -> None:
    first, again = packed(about_me(tiny, "P-1")), packed(about_me(tiny, "P-1"))

    assert first == again
    assert packed(about_me(tiny, "P-1"), dt.date(2026, 11, 23)) != first


def test_every_table_with_rows_is_a_file_that_a_spreadsheet_takes_for_utf_8(tiny: Study) -> None:
    told = about_me(tiny, "P-1")
    with zipfile.ZipFile(io.BytesIO(packed(told))) as copy:
        names = {name for name in copy.namelist() if name.endswith(".csv")}
        entries = copy.read("csv/entries.csv")

    assert names == {f"csv/{table.name}.csv" for table, frame in told if len(frame)}
    assert entries.startswith(b"\xef\xbb\xbfentry,")
    rows = list(csv.DictReader(io.StringIO(entries.decode("utf-8-sig"))))
    assert [row["text"] for row in rows] == [tiny.entries["text"].iloc[0]]


def test_a_long_table_is_written_in_pieces_that_are_one_file() -> None:
    table = Table("long", "Long.", "Lång.", (text("words", "Words", "Ord"),), ("words",))
    words = [f'number {number}\r "so"\n' for number in range(2 * ROWS_AT_ONCE + 1)]
    pieces = list(tables_in_files([(table, columns_frame(table, {"words": words}))])["csv/long.csv"])
    rows = csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline=""))

    assert len(pieces) == 3
    assert [row[0] for row in rows] == ["words", *words]


def test_the_words_beside_it_name_the_law_what_lacks_and_each_column(tiny: Study) -> None:
    told = about_me(tiny, "P-1")
    words = b"".join(read_me(told, "P-1", DAY, "en")).decode()

    assert "articles 15 and 20" in words
    assert "memos" in words
    assert "csv/entries.csv: Any text in the log." in words
    assert "confidence: How sure, 1 to 3" in words
    assert "Nothing about you is in these tables: consents, attributes, " in words
