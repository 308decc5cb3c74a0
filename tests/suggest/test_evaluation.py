"""How good suggestions are is tried on people whom nothing was learnt from, and is told as it is."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.suggest.taught import taught_study
from workbench.suggest import SuggestError, evaluate, learning_curve, make_examples
from workbench.suggest.folds import folds

STUDY = taught_study()
EVALUATION = evaluate(STUDY.entries, STUDY.codings, coder="K1")

# Who spoke in each sentence: a person of an organisation, or (None) the organisation's people together.
SPOKEN = st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.none() | st.integers(0, 4)), min_size=1, max_size=40)


@settings(max_examples=200)
@given(SPOKEN, st.sampled_from([0.2, 0.6, 1.0]))
def test_no_person_is_ever_both_learnt_from_and_tested_on(spoken: list[tuple[str, int | None]], share: float) -> None:
    sentences = pd.DataFrame({
        "organisation": [organisation for organisation, _ in spoken],
        "speaker": [f"group {a}" if b is None else f"person {a}{b}" for a, b in spoken],
        "joint": [person is None for _, person in spoken],
    })  # fmt: skip
    if sentences["speaker"].nunique() < 2:
        with pytest.raises(SuggestError, match="nobody is left to test on"):
            list(folds(sentences))
        return
    tested_on: list[int] = []
    for learnt, tested in folds(sentences, share=share):
        assert not _who(spoken, learnt) & _who(spoken, tested)
        tested_on += tested.tolist()

    assert sorted(tested_on) == list(range(len(spoken)))  # each once


def _who(spoken: list[tuple[str, int | None]], rows: object) -> set[tuple[str, int]]:
    """Give whoever may have spoken: of a joint entry, everybody of the organisation."""
    found = [spoken[row] for row in rows]  # type: ignore[attr-defined]
    return {(a, b) for a, one in found for b in (range(5) if one is None else [one])}


def test_precision_and_recall_are_told_by_code_with_n_and_an_interval() -> None:
    table = EVALUATION.at(0.9).set_index("code")

    assert table["sentences"].to_dict() == {"COND_CULTURE": 24, "COND_TIME": 24}
    assert (table["right"] == table["suggested"]).all()
    assert table["recall"].to_list() == (table["right"] / 24).to_list()
    assert (table["low"] < table["precision"]).all()


def test_a_suggestion_is_right_when_the_coder_has_the_code_there() -> None:
    turned = STUDY.codings.assign(code=STUDY.codings["code"].sample(frac=1, random_state=2).to_numpy())
    tried = evaluate(STUDY.entries, turned, coder="K1")
    merged = tried.tried.merge(
        turned[turned["coder"] == "K1"][["entry", "start", "end", "code"]], how="left", indicator=True
    )

    assert (merged["_merge"] == "both").to_list() == tried.tried["right"].to_list()
    assert tried.threshold is None
    assert tried.verdict.startswith("Not yet: at best, from 0.")


def test_a_code_with_too_few_examples_counts_as_missed() -> None:
    rare = STUDY.codings["code"].where(STUDY.codings.index >= 4, "COND_MONEY").astype("str")
    tried = evaluate(STUDY.entries, STUDY.codings.assign(code=rare), coder="K1")
    row = tried.at(0.2).set_index("code").loc["COND_MONEY"]

    assert (row["sentences"], row["suggested"], row["recall"]) == (4, 0, 0)
    assert pd.isna(row["precision"])


def test_it_is_worth_using_where_at_least_half_are_right_for_certain() -> None:
    assert EVALUATION.threshold == 0.2
    assert EVALUATION.verdict.startswith("Worth using from 0.2: 48 of 48 were right (100%, 95 % 93% to 100%). Rule:")
    assert not EVALUATION.thresholds.set_index("threshold").loc[0.9, "worth"]  # 22 were tried


def test_with_few_codings_it_is_not_yet_worth_using() -> None:
    study = taught_study(people=5, each=3)
    tried = evaluate(study.entries, study.codings, coder="K1")

    assert tried.threshold is None
    assert tried.verdict.startswith("Not yet: only ")


def test_of_one_persons_words_nothing_can_be_tried() -> None:
    own = STUDY.entries[STUDY.entries["person"] == "P-00"]

    with pytest.raises(SuggestError, match="All codings are of one person's words"):
        evaluate(own, STUDY.codings, coder="K1")


def test_what_was_said_is_told_against_what_came() -> None:
    assert EVALUATION.calibration["n"].sum() == len(EVALUATION.tried)
    assert 0 < EVALUATION.brier < 0.05
    assert 0 < EVALUATION.calibration_error < 0.2


def test_a_learning_curve_grows_with_the_people_learnt_from_and_is_tried_on_the_same() -> None:
    curve = learning_curve(STUDY.entries, STUDY.codings, coder="K1")

    assert curve.table["share"].to_list() == [0.2, 0.4, 0.6, 0.8, 1.0]
    assert curve.table["entries"].is_monotonic_increasing
    assert set(curve.table["sentences"]) == {48}
    assert curve.table["right"].iloc[-1] == 48
    assert curve.verdict.endswith("with 19 entries coded 48 of 48 were right (100%, 95 % 93% to 100%).")


def test_only_entries_the_coder_has_coded_are_examples() -> None:
    assert set(make_examples(STUDY.entries, STUDY.codings, coder="K2").sentences["entry"]) == {"N00-0"}
