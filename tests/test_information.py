"""What participants are told before they choose, and what they have chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.access.information import (
    FILE,
    PURPOSES,
    InformationError,
    choices,
    choose,
    is_asked,
    read_information,
)
from workbench.language import LANGUAGES
from workbench.store.creating import create_study
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy
from workbench.study import Study

OURS = Path(__file__).parents[1] / "workbench" / "access" / FILE


def test_every_purpose_and_the_seven_points_are_told_in_both_languages(tmp_path: Path) -> None:
    information = read_information(tmp_path)

    assert tuple(information.purposes) == PURPOSES
    assert len(information.points) == 7
    for words in (*information.points, *information.purposes.values()):
        assert all(words.title(language) and words.text(language) for language in LANGUAGES)


def test_nobody_is_promised_what_a_public_authority_cannot_keep() -> None:
    told = OURS.read_text(encoding="utf-8").lower()
    assert [word for word in ("anonym", "konfident", "confident") if word in told] == []


def test_a_study_s_own_text_takes_the_place_of_ours(tmp_path: Path) -> None:
    own = OURS.read_text(encoding="utf-8").replace('version = "1.0"', 'version = "KTH-2"')
    (tmp_path / FILE).write_text(own, encoding="utf-8")
    assert read_information(tmp_path).version == "KTH-2"


@pytest.mark.parametrize(
    ("found", "put", "named"),
    [
        ('version = "1.0"', "version = 1", "version"),
        ('title_sv = "Bli citerad"\n', "", "purpose.title_sv"),
        ('code = "be_quoted"', 'code = "take_part"', "purpose.code"),
        ("[[purpose]]", "[[porpoise]]", "purpose"),
        ('title_en = "How it is done"', 'title_en = " "', "point.title_en"),
        ("version", "version version", FILE),
    ],
)
def test_a_text_that_lacks_something_is_refused_with_all_its_faults(
    tmp_path: Path, found: str, put: str, named: str
) -> None:
    (tmp_path / FILE).write_text(OURS.read_text(encoding="utf-8").replace(found, put), encoding="utf-8")
    with pytest.raises(InformationError, match=named):
        read_information(tmp_path)


def test_the_latest_choice_holds_and_who_lacks_one_is_asked(tiny: Study, tmp_path: Path) -> None:
    create_study(tmp_path / "live", tiny, actor="K1")
    assert is_asked(tiny.consents, "P-1")
    with LiveStudy(tmp_path / "live", actor="P-1") as live:
        live.do(choose("P-1", dict.fromkeys(PURPOSES, True), {}, information="1.0"))
        first = live.read().consents
        live.do(choose("P-1", {"be_quoted": False}, choices(first, "P-1"), information="1.1"))
        after = live.read()

    assert not is_asked(after.consents, "P-1")
    assert is_asked(after.consents, "P-2")
    assert choices(after.consents, "P-1") == {**dict.fromkeys(PURPOSES, True), "be_quoted": False}
    assert list(after.events["act"].iloc[-2:]) == ["consent", "consent"]
    assert set(after.consents.loc[after.consents["purpose"] == "be_quoted", "information"]) == {"1.1"}


def test_what_stands_already_is_not_noted_again(tiny: Study, tmp_path: Path) -> None:
    create_study(tmp_path / "live", tiny, actor="K1")
    with LiveStudy(tmp_path / "live", actor="P-1") as live, pytest.raises(RefusedError, match="no change"):
        live.do(choose("P-1", {"be_quoted": True}, {"be_quoted": True}, information="1.0"))


def test_not_to_take_part_is_to_leave() -> None:
    with pytest.raises(InformationError, match="leave"):
        choose("P-1", {"take_part": False}, {}, information="1.0")
