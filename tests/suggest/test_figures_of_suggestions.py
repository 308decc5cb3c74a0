"""Figures of suggestions: words, a table and n, and no more certainty than there is."""

from __future__ import annotations

from tests.suggest.taught import taught_study
from workbench.figures.suggestions import plot_calibration, plot_learning_curve
from workbench.suggest import evaluate, learning_curve

STUDY = taught_study()


def test_calibration_is_drawn_with_n_in_words_and_in_a_table() -> None:
    figure = plot_calibration(evaluate(STUDY.entries, STUDY.codings, coder="K1"))

    assert figure.n == "n = 240 suggestions for 120 sentences of 12 people"
    assert "the highest with suggestions said 0.92 on average, and 22 of 22 were right" in figure.alt
    assert figure.table["Suggested"].sum() == 240
    assert list(figure.plot.data[1].text)[-1] == "n=22"
    assert figure.plot.data[1].error_y.arrayminus[-1] > 0.1
    figure.bundle()


def test_a_learning_curve_is_drawn_with_its_verdict_as_its_words() -> None:
    curve = learning_curve(STUDY.entries, STUDY.codings, coder="K1")
    figure = plot_learning_curve(curve)

    assert figure.alt == curve.verdict
    assert figure.table["Entries learnt from"].is_monotonic_increasing
    assert figure.n == "n = 48 sentences with a code, of 12 people"
    figure.bundle()


def test_where_nothing_could_be_suggested_the_figure_says_so() -> None:
    few = STUDY.codings.head(6)
    figure = plot_calibration(evaluate(STUDY.entries, few, coder="K1"))
    curve = plot_learning_curve(learning_curve(STUDY.entries, few, coder="K1"))

    assert figure.alt == "Nothing could be suggested, and so nothing was tried."
    assert curve.alt.startswith("Not yet: only 0 suggestions")
    assert figure.table.empty
    figure.bundle()
