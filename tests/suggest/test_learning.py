"""A model learns from one coder's codings, and suggests the same each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.suggest.taught import taught_study
from workbench.suggest import SentenceVectors, SuggestError, learn, make_examples, make_features
from workbench.suggest.examples import holds

STUDY = taught_study()
LAST = STUDY.entries[STUDY.entries["entry"] == "N00-2"]


def test_what_is_said_in_an_entry_not_yet_coded_is_suggested_by_sentence_and_code() -> None:
    found = learn(STUDY.entries, STUDY.codings, coder="K1").suggest(LAST)

    assert found[["quote", "code"]].to_numpy().tolist() == [
        ["Kulturen kring rapporten är tyst om avtalet.", "COND_CULTURE"],
        ["Vi hade för lite tid för arkivet och rapporten.", "COND_TIME"],
    ]
    text = LAST["text"].iloc[0]
    assert [text[start:end] for start, end in zip(found["start"], found["end"], strict=True)] == found[
        "quote"
    ].to_list()


def test_the_same_codings_in_any_order_give_the_same_suggestions_to_the_last_digit() -> None:
    first = learn(STUDY.entries, STUDY.codings, coder="K1").suggest(LAST, threshold=0)
    turned = learn(STUDY.entries[::-1], STUDY.codings.sample(frac=1, random_state=1), coder="K1")

    pd.testing.assert_frame_equal(turned.suggest(LAST, threshold=0), first, check_exact=True)


def test_nobody_elses_codings_teach() -> None:
    alone = STUDY.codings[STUDY.codings["coder"] == "K1"]
    with_others = learn(STUDY.entries, STUDY.codings, coder="K1").suggest(LAST, threshold=0)

    pd.testing.assert_frame_equal(learn(STUDY.entries, alone, coder="K1").suggest(LAST, threshold=0), with_others)


def test_sentences_of_entries_that_are_not_coded_teach_nothing() -> None:
    examples = make_examples(STUDY.entries, STUDY.codings, coder="K1")

    assert not examples.sentences["entry"].str.endswith("-2").any()
    assert examples.held.sum(axis=0).tolist() == [24, 24]
    assert (~examples.held.any(axis=1)).sum() == 72


def test_at_most_three_codes_are_suggested_for_a_sentence_the_likeliest_first() -> None:
    found = learn(STUDY.entries, STUDY.codings, coder="K1").suggest(STUDY.entries, threshold=0)

    assert found.groupby(["entry", "start"]).size().max() <= 3
    ranked = found.groupby(["entry", "start"])["probability"]
    assert (ranked.diff().dropna() <= 0).all()
    assert found["probability"].between(0, 1).all()


def test_a_code_with_too_few_examples_or_people_is_not_suggested_and_that_is_said() -> None:
    rare = STUDY.codings["code"].where(STUDY.codings.index >= 4, "COND_MONEY")
    by_two = STUDY.codings["entry"].str[:3].isin(["N00", "N01"]) & (STUDY.codings["code"] == "COND_TIME")
    model = learn(STUDY.entries, STUDY.codings.assign(code=rare.mask(by_two, "COND_LAW").astype("str")), coder="K1")

    assert model.codes == ("COND_CULTURE", "COND_TIME")
    assert set(model.few["code"]) == {"COND_LAW", "COND_MONEY"} - set(model.codes)
    assert (model.few["sentences"] < 10).all()


def test_a_code_that_may_not_be_suggested_is_not_learnt() -> None:
    assert learn(STUDY.entries, STUDY.codings, coder="K1", codes=["COND_TIME", "MOD"]).codes == ("COND_TIME",)


def test_with_too_few_codings_it_is_told_what_to_do() -> None:
    with pytest.raises(SuggestError, match=r"K2 has 1 codings, and no code in 10 sentences .*\. Cure:"):
        learn(STUDY.entries, STUDY.codings, coder="K2")


def test_a_models_name_says_what_it_sees_its_version_and_what_it_learnt_from() -> None:
    model = learn(STUDY.entries, STUDY.codings, coder="K1")

    assert model.name == "characters 2-5, version 1; 48 codings, 2 codes, 24 entries"


@given(st.tuples(st.integers(0, 20), st.integers(1, 20)), st.tuples(st.integers(0, 20), st.integers(1, 20)))
def test_a_sentence_holds_a_coding_when_they_share_half_of_the_shorter(
    coding: tuple[int, int], sentence: tuple[int, int]
) -> None:
    one, other = [range(start, start + size) for start, size in (coding, sentence)]
    shared = len(set(one) & set(other))

    assert holds((one.start, one.stop), (other.start, other.stop)) == (shared * 2 >= min(len(one), len(other)))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_suggested_for(text: str) -> None:
    model = learn(STUDY.entries, STUDY.codings, coder="K1")
    found = model.suggest(LAST.assign(text=pd.Series([text], index=LAST.index, dtype="object")), threshold=0)

    assert [text[start:end] for start, end in zip(found["start"], found["end"], strict=True)] == found[
        "quote"
    ].to_list()


def test_without_scikit_learn_it_is_told_how_to_get_it() -> None:
    script = (
        "import sys; sys.modules['sklearn.feature_extraction.text'] = None\n"
        "from tests.suggest.test_learning import STUDY\nfrom workbench.suggest import learn\n"
        "learn(STUDY.entries, STUDY.codings, coder='K1')"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert "SuggestError: Suggestions need sklearn" in ran.stderr
    assert "pip install 'innovation-workbench[suggest]'" in ran.stderr


def test_a_model_that_is_not_is_told_of() -> None:
    with pytest.raises(SuggestError, match="no model 'words'; there are chars, e5"):
        make_features("words")  # type: ignore[arg-type]


def test_sentence_vectors_are_made_once_and_kept_in_a_file_by_their_texts_hash(tmp_path: Path) -> None:
    texts = ["Tiden räcker inte.", "Vi gick hem.", "Tiden räcker inte."]
    made = SentenceVectors(cache=tmp_path / "vectors.npz")(texts)
    kept = SentenceVectors(cache=tmp_path / "vectors.npz")
    kept._encode = _never  # noqa: SLF001  what is kept is not made anew

    assert made.shape == (3, 384)
    assert np.array_equal(made[0], made[2])
    assert np.array_equal(kept(texts), made)
    assert not any(text.encode() in (tmp_path / "vectors.npz").read_bytes() for text in texts)


def test_sentence_vectors_learn_as_characters_do() -> None:
    found = learn(STUDY.entries, STUDY.codings, coder="K1", model="e5").suggest(LAST)

    assert found["code"].to_list() == ["COND_CULTURE", "COND_TIME"]


def test_vectors_are_never_kept_in_a_frozen_study(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text("{}")

    with pytest.raises(SuggestError, match=r"is a frozen study, which nothing is added to\. Cure:"):
        SentenceVectors(cache=tmp_path / "vectors.npz")


def test_a_file_that_holds_no_vectors_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "vectors.npz").write_text("hello")

    with pytest.raises(SuggestError, match=r"vectors.npz: not a file of vectors .* Cure: delete it"):
        SentenceVectors(cache=tmp_path / "vectors.npz")


def _never(texts: list[str]) -> np.ndarray:
    raise AssertionError(texts)
