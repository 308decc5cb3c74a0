from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.coding.repetition import copied_blocks
from workbench.loaders.texts.copied import Copy, _shared_runs, copied, copy_of
from workbench.loaders.texts.shingles import shingles_of

BEFORE = "Vi har ingen gemensam bild av vad som är nytt hos oss."
AFTER = "I höst: vi har ingen gemensam bild av vad som är nytt hos oss. Men 🙂 frågan lever."

# Few words, so that runs recur; with every sort of space that parts words, and letters of one to four bytes.
SPACES = " \n\t\u00a0\u2003\u2028\u3000\x85\x1c"
WORDS = st.sampled_from(["a", "b", "åå", "łł", "🙂", "innovationsledning", "innovationsledare", "?"])
TEXTS = st.lists(st.tuples(WORDS, st.text(SPACES, min_size=1, max_size=2)), max_size=14).map(
    lambda parts: "".join(word + space for word, space in parts)
)


def test_a_text_copied_from_the_one_before_is_told_with_what_is_new() -> None:
    found = copied([(BEFORE, AFTER), (BEFORE, "Helt andra ord om något helt annat."), ("", AFTER), (AFTER, "")])

    assert list(found) == [0]
    assert found[0].share == pytest.approx(11 / 18)
    assert [AFTER[start:end] for start, end in found[0].new] == ["I höst: vi", "Men 🙂 frågan lever."]


def test_the_same_text_again_has_nothing_new() -> None:
    assert copied([(BEFORE, BEFORE)]) == {0: Copy(1.0, ())}


def test_three_words_in_a_row_are_ordinary_language() -> None:
    assert copied([("i det här", "i det här")], above=0) == {}


def test_a_share_at_the_limit_is_not_above_it() -> None:
    half = "a b c d"

    assert copied([(half, f"{half} e f g h")], above=0.5) == {}
    assert list(copied([(half, f"{half} e f g")], above=0.5)) == [0]


@given(st.lists(st.tuples(TEXTS | st.text(), TEXTS | st.text()), max_size=6), st.sampled_from([0, 0.3, 0.6, 0.9]))
def test_no_pair_above_the_limit_is_left_out(pairs: list[tuple[str, str]], above: float) -> None:
    every = {place: copy_of(*pair) for place, pair in enumerate(pairs)}

    assert copied(pairs, above=above) == {place: one for place, one in every.items() if one.share > above}


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_the_bound_is_never_below_what_is_copied(pairs: list[tuple[str, str]]) -> None:
    texts = [text for pair in pairs for text in pair]
    bounds = list(shingles_of(texts).most_copied((2 * place, 2 * place + 1) for place in range(len(pairs))))
    sizes = [sum(size for _start, size in copied_blocks(one.split(), other.split())) for one, other in pairs]
    shares = [size / max(len(other.split()), 1) for size, (_one, other) in zip(sizes, pairs, strict=True)]

    assert all(bound >= share for bound, share in zip(bounds, shares, strict=True))


@given(TEXTS, TEXTS)
def test_what_is_new_and_what_is_copied_are_all_the_words(before: str, after: str) -> None:
    one = copy_of(before, after)
    new = sum(len(after[start:end].split()) for start, end in one.new)

    assert new + round(one.share * len(after.split())) == len(after.split())


def test_reports_of_many_pages_are_compared_by_their_runs_of_words() -> None:
    words = random.Random(6)  # noqa: S311  no secret
    report = " ".join(f"ord{words.randrange(3000)}" for _ in range(40_000))
    again = f"Helt nytt först. {report} Och nytt sist."

    found = copied([(report, again), ("a " * 9_000, "b a a a " * 9_000)])

    assert list(found) == [0]
    assert [again[start:end] for start, end in found[0].new] == ["Helt nytt först.", "Och nytt sist."]


@given(TEXTS, TEXTS)
def test_runs_of_words_cover_all_that_is_copied(before: str, after: str) -> None:
    whole = _shared_runs(before.split(), after.split())
    covered = {place for start, size in whole for place in range(start, start + size)}
    blocks = copied_blocks(before.split(), after.split())

    assert {place for start, size in blocks for place in range(start, start + size)} <= covered
    assert all(start + size < later for (start, size), (later, _size) in pairwise(whole))


def test_words_are_counted_as_python_parts_them() -> None:
    texts = ["", "a", "a b c d e", " å\u2003ł🙂\x1d? ", "x " * 50]

    assert shingles_of(texts).words.tolist() == [len(text.split()) for text in texts]


def test_pairs_that_have_nothing_in_common_are_not_compared_word_by_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what lets fifteen thousand texts be looked through at once."""
    monkeypatch.setattr("workbench.loaders.texts.copied.copy_of", lambda _before, _after: pytest.fail("compared"))
    words = random.Random(5)  # noqa: S311  no secret
    texts = [" ".join(f"ord{words.randrange(500)}" for _ in range(200)) for _ in range(300)]

    assert copied(list(pairwise(texts))) == {}
