"""The mapping that docs/importing.md shows does what is said beside each of its lines."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from tests.tiny import DEMO, ROOT
from workbench.loaders.door import load_entries
from workbench.loaders.imported import Import
from workbench.loaders.items.mapping import read_import_mapping
from workbench.opening import open_study

HEADINGS = "Deltagare nr|Träff|Slag|Hur går det hos er?|Uppföljning i dag|Uppföljning vi vill ha|Humör|Kön"
ROWS = (
    "12|Vårträffen|tankebok|Vi följer upp på måndagar, och färre kommer för varje gång.|har börjat|88|trött|kvinna",
    "13|||Ingen läser uppföljningen längre, mest för att den är så lång.|3|4||",
)
TALK = "WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nJag tror att vi började i fel ände, faktiskt.\n"


def documented() -> str:
    """Return the YAML that the page shows."""
    shown = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "importing.md").read_text(encoding="utf-8"), re.DOTALL)
    assert len(shown) == 1
    return str(shown[0])


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Import:
    folder = tmp_path_factory.mktemp("handed in")
    (folder / "enkät.csv").write_bytes("\r\n".join([HEADINGS, *ROWS]).encode("cp850"))
    (folder / "intervjuer").mkdir()
    (folder / "intervjuer" / "P-7DRW 2025-06-04.vtt").write_text(TALK, encoding="utf-8")
    mapping = tmp_path_factory.mktemp("kept") / "mapping.yaml"
    mapping.write_text(documented(), encoding="utf-8")
    return load_entries(folder, study=open_study(DEMO), mapping=mapping)


def entry(found: Import, person: str) -> pd.Series:
    return found.entries.set_index("person").loc[person]


def test_every_row_is_taken_with_the_documented_mapping(found: Import) -> None:
    assert found.totals == {"rows": 3, "taken": 3, "there": 0, "refused": 0}


def test_words_in_cells_stand_for_what_the_mapping_says(found: Import) -> None:
    first = entry(found, "P-WVD4")
    ratings = found.ratings.set_index(["person", "frame"])

    assert (first["occasion"], first["kind"]) == ("T3", "reflection")
    assert first["text"] == "Vi följer upp på måndagar, och färre kommer för varje gång."
    assert set(ratings["component"]) == {"I9"}
    assert ratings.loc[("P-WVD4", "now"), "level"] == 2
    assert ratings.loc[("P-WVD4", "desired"), "missing"] == "DK"
    assert ratings.loc[("P-K37D", "desired"), "level"] == 4


def test_what_a_file_does_not_say_is_taken_from_the_mapping(found: Import) -> None:
    second = entry(found, "P-K37D")

    assert (second["occasion"], second["visibility"]) == ("T3", "organisation")


def test_of_two_patterns_that_fit_a_file_both_count(found: Import) -> None:
    talk = entry(found, "P-7DRW")

    assert (talk["kind"], talk["recorder"], talk["setting"]) == ("interview", "R2", "på distans")


def test_a_column_called_an_attribute_is_kept_and_one_left_out_is_not(found: Import) -> None:
    kept = [row.attributes for one in found.taken for row in one.rows if row.table == "entries"]

    assert {"Humör": "trött"} in kept
    assert "Kön" not in {name for attributes in kept for name in attributes}
    assert "kvinna" not in str(kept)


def test_every_part_a_mapping_can_have_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text(documented(), encoding="utf-8")
    mapping = read_import_mapping(file)

    assert all(vars(mapping).values())
