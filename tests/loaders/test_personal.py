from __future__ import annotations

from itertools import pairwise
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loaders.identities import checked, dates
from workbench.loaders.texts.personal import Finding, find_in_texts, find_personal

KNOWN = frozenset({"Gry Ekvall", "ekvall, gry", "gry@example.se", "Łucja Wąs"})


def seen(text: str, names: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in find_personal(text, names=names)]


@pytest.mark.parametrize("number", ["19121212-1212", "121212-1212", "121212+1212", "191212121212", "121212 1212"])
def test_a_personal_identity_number_is_found_in_each_way_it_is_written(number: str) -> None:
    assert seen(f"Hon ({number}) ringde.") == [("personal number", number)]


def test_a_coordination_number_is_found() -> None:
    number = checked("701063-239")

    assert seen(f"Nr {number}.") == [("personal number", number)]


@given(dates(), st.integers(0, 999), st.sampled_from("-+ "), st.text("ab åä\N{EN DASH}🙂.,\n", max_size=30))
def test_every_number_with_a_day_and_a_right_check_digit_is_found(
    day: str, serial: int, sign: str, around: str
) -> None:
    number = checked(f"{day}{sign}{serial:03}")

    assert ("personal number", number) in seen(f"{around}{number}{around}")


def test_a_number_that_is_no_day_or_has_a_wrong_check_digit_is_left() -> None:
    assert seen("Org.nr 556677-8899, 121212-1213, 20250205-1430, 123456789012345") == []


def test_case_numbers_and_days_are_no_phone_numbers() -> None:
    assert (
        seen("Dnr 2017-04408, KS 2024/0123-45678, 2025-02-05 14:10, kl. 08-17 2025, 0815-0930, 1 234 567 890 kr") == []
    )


@pytest.mark.parametrize(
    "number",
    ["070-123 45 67", "0701234567", "+46 (0)70-123 45 67", "+46701234567", "08-12 34 56", "0581-123 45",
     "010\N{EN DASH}123 45 67", "0046 70 123 45 67", "+358 40 123 4567"],
)  # fmt: skip
def test_a_phone_number_is_found_in_each_way_it_is_written(number: str) -> None:
    assert seen(f"Ring {number}, gärna i dag.") == [("phone", number)]


def test_an_address_is_found_and_an_at_sign_is_not() -> None:
    assert seen("Skriv till eva.ek@sub.example.se. Vi sågs @ jobbet, x@y.") == [("e-mail", "eva.ek@sub.example.se")]


def test_a_given_name_is_found_with_the_surname_after_it() -> None:
    assert seen("Sedan sa Åsa von Sydow och Lars-Erik P. Ek nej.") == [
        ("name", "Åsa von Sydow"),
        ("name", "Lars-Erik P. Ek"),
    ]


def test_a_name_that_is_also_a_word_counts_within_a_sentence_or_with_a_surname() -> None:
    assert seen(
        "Per ärende tar det tid. Hans chef vet. Sedan kom Hans. Stig Ek gick. Björns idé, sa Björn. Idén är Stigs."
    ) == [
        ("name", "Hans"),
        ("name", "Stig Ek"),
        ("name", "Björn"),
        ("name", "Stigs"),
    ]


def test_a_usual_surname_is_found_alone() -> None:
    assert seen("Anderssons lista, inte passionen. Förra veckan: Persson.") == [
        ("name", "Anderssons"),
        ("name", "Persson"),
    ]


def test_words_that_begin_as_names_are_not_names() -> None:
    assert seen("Annan väg. Ellas? Idag. Lenande ord. Evangeliet. łAnna A\u030aAnna Karins") == [
        ("name", "Ellas"),
        ("name", "Karins"),
    ]


def test_the_names_of_people_known_to_be_about_are_found_in_any_order_and_in_capitals() -> None:
    assert seen("Enligt Ekvall. GRY EKVALL och Łucja.", KNOWN) == [
        ("name", "Ekvall"),
        ("name", "GRY"),
        ("name", "EKVALL"),
        ("name", "Łucja"),
    ]
    assert seen("Enligt Ekvall. Łucja.") == []


def test_a_name_is_found_whichever_way_its_letters_are_composed() -> None:
    text = normalize("NFD", "I går ringde Åsa Öberg.")

    assert seen(text) == [("name", normalize("NFD", "Åsa Öberg"))]


def test_what_is_shown_of_a_finding_does_not_tell_who() -> None:
    text = "Anna Svensson, 850101-1236, 070-123 45 67, anna@example.se"

    assert [one.masked for one in find_personal(text)] == ["A••• S•••", "85••••-••••", "070-••• •• ••", "a•••@…"]


def test_what_stands_within_an_address_is_not_told_twice() -> None:
    assert seen("Anna.Svensson.070-1234567@example.se") == [("e-mail", "Anna.Svensson.070-1234567@example.se")]


@given(st.lists(st.text(max_size=60), max_size=8))
def test_a_text_is_judged_alike_alone_and_among_others(texts: list[str]) -> None:
    alone = {place: found for place, text in enumerate(texts) if (found := find_personal(text))}

    assert find_in_texts(texts) == alone


PARTS = [
    "Anna",
    "Per",
    "Ek",
    "Svensson",
    "🙂",
    "\N{EN DASH}",
    "å",
    " ",
    " ",
    ". ",
    "@",
    "a@b.se",
    "121212-1212",
    "070-1234567",
    "\n",
]


@given(st.lists(st.sampled_from(PARTS), max_size=20).map("".join))
def test_findings_are_in_order_and_none_lies_within_another(text: str) -> None:
    found = find_personal(text)

    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_many_texts_give_the_places_of_those_that_have_something() -> None:
    texts = ["Inget."] * 30_000 + ["Ring 070-123 45 67 🙂"] + ["Inget."] * 3

    assert find_in_texts(texts) == {30_000: [Finding(5, 18, "phone", "070-••• •• ••")]}


@pytest.mark.parametrize(
    "part", ["sson", "Anna. ", "a@", "0 ", "08-12 34 56 ", "Per-", "\N{COMBINING RING ABOVE}A", "19121212-1212"]
)
def test_a_text_of_nothing_else_is_looked_through_as_any_other(part: str) -> None:
    """No way of looking goes back over what it has seen."""
    assert len(find_personal(part * 10_000)) <= 10_000
