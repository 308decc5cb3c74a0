"""What holds for every text and every word in it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.search.texts import study_of
from workbench.search.finding import Search, search
from workbench.search.index import Index, Text, brought_up, empty_index
from workbench.search.words import words_of

ALPHABET = st.one_of(st.sampled_from('aåäöÅfr \n-_*"|()🙂\u0301\u200d\u00adßİ'), st.characters(codec="utf-8"))
WORDS = ["Vi", "vågade", "får", "far", "säga", "nej", "till", "chefen", "🙂", "e-post", "Ledningen"]
PROSE = st.lists(st.sampled_from(WORDS), max_size=12)
TEXT = st.one_of(st.text(ALPHABET, max_size=25), PROSE.map(" ".join))
ENTRIES = st.dictionaries(
    st.sampled_from("ABCDE"), st.tuples(st.sampled_from(["sv", "en"]), TEXT), max_size=5
).map(lambda rows: [Text(entry, *row) for entry, row in rows.items()])  # fmt: skip


def alike(one: Index, other: Index) -> bool:
    names = ("first", "words", "starts", "ends", "order", "begins")
    arrays = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)
    return arrays and one.texts == other.texts and one.vocabulary.words == other.vocabulary.words


@given(st.lists(TEXT, min_size=1, max_size=3), st.data())
def test_whatever_stands_as_a_word_is_found_by_it(texts: list[str], data: st.DataObject) -> None:
    words = [(f"E{number}", word) for number, text in enumerate(texts, 1) for word in words_of([text]).written]
    if words:
        entry, word = data.draw(st.sampled_from(words))
        study = study_of(*texts)

        for query in (word, f'"{word}"', f"*{word}*"):
            hits = search(study, query)
            assert word in hits[(hits["entry"] == entry) & ~hits["inside"]]["quote"].tolist()


@given(st.lists(TEXT, min_size=1, max_size=3), st.sampled_from(["vi", "vi -nej", "*a*", '"säga nej"', "near(vi nej)"]))
def test_every_quote_is_what_stands_in_its_text(texts: list[str], query: str) -> None:
    study = study_of(*texts)
    stored = dict(zip(study.entries["entry"], study.entries["text"], strict=True))

    for hit in search(study, query).itertuples():
        assert hit.quote == stored[hit.entry][hit.start : hit.end] != ""


@given(st.lists(TEXT, min_size=1, max_size=3), st.data())
def test_a_stretch_of_words_is_found_as_a_phrase(texts: list[str], data: st.DataObject) -> None:
    words = words_of(texts[:1]).written
    if words:
        low = data.draw(st.integers(0, len(words) - 1))
        chosen = words[low : low + data.draw(st.integers(1, 4))]
        found = search(study_of(*texts), f'"{" ".join(chosen)}"')

        assert any(words_of([quote]).written == chosen for quote in found["quote"])


@given(ENTRIES, ENTRIES)
def test_an_index_brought_up_to_date_is_the_one_made_anew(before: list[Text], after: list[Text]) -> None:
    updated = brought_up(brought_up(empty_index(), before), after)

    assert alike(updated, brought_up(empty_index(), after))


@given(st.lists(st.sampled_from("abcx"), min_size=1, max_size=12), st.integers(0, 4))
def test_near_finds_what_looking_at_every_pair_finds(letters: list[str], distance: int) -> None:
    """Of two words, a stretch is found when no narrower one lies in it."""
    places = {letter: [place for place, one in enumerate(letters) if one == letter] for letter in "ab"}
    pairs = {(min(a, b), max(a, b)) for a in places["a"] for b in places["b"] if abs(a - b) <= distance + 1}
    narrowest = {
        (low, high)
        for low, high in pairs
        if not any(low <= other[0] and other[1] <= high and other != (low, high) for other in pairs)
    }
    hits = Search(study_of(" ".join(letters))).find(f'near("a" "b", {distance})').hits

    assert {(start // 2, end // 2) for start, end in zip(hits["start"], hits["end"], strict=True)} == narrowest
