"""How much better suggestions grow with more coding: whether they are worth using, and whether they will be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from workbench.suggest.evaluation import Evaluation, told, try_out
from workbench.suggest.examples import Examples, make_examples
from workbench.suggest.features import Features, ModelName, make_features
from workbench.suggest.folds import folds

STEPS = (0.2, 0.4, 0.6, 0.8, 1.0)  # shares of the people who may be learnt from


@dataclass(frozen=True)
class LearningCurve:
    """What suggestions are worth after some coding, and after more.

    Attributes
    ----------
    table : DataFrame
        share, people (and groups) and entries learnt from (means over the parts of the cross-validation), codes (that
        could be suggested in some part), suggested, right, precision, low, high (Wilson, 95 per cent), sentences,
        recall. The people tested on are the same at each step.
    threshold : float
        Least probability of a suggestion.
    evaluation : Evaluation
        Of the last step: all that is coded.
    """

    table: pd.DataFrame
    threshold: float
    evaluation: Evaluation

    @property
    def verdict(self) -> str:
        """Whether it is worth using, and how it has grown, in plain sentences."""
        steps = self.table.to_dict("records")
        grown = "; ".join(f"with {row['entries']:.0f} entries coded {told(row)}" for row in (steps[0], steps[-1]))
        return f"{self.evaluation.verdict} From {self.threshold:g}, {grown}."


def learning_curve(  # noqa: PLR0913  two tables, whose, which, how, and from where
    entries: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    coder: str,
    codes: Collection[str] | None = None,
    model: Features | ModelName = "chars",
    threshold: float = 0.5,
) -> LearningCurve:
    """Try a model after a fifth of the people, two fifths, and so on, always on people it has learnt nothing from.

    Parameters
    ----------
    entries, codings, coder, codes, model
        As for `evaluate`.
    threshold : float
        Least probability of a suggestion.

    Returns
    -------
    LearningCurve

    Raises
    ------
    SuggestError
        As `evaluate`.
    """
    examples, features = make_examples(entries, codings, coder=coder, codes=codes), make_features(model)
    tries = [(share, try_out(examples, features, share=share)) for share in STEPS]
    rows = [_row(examples, share, tried, threshold) for share, tried in tries]
    whole = dict.fromkeys(("codes", "suggested", "right", "sentences"), "int64")
    return LearningCurve(pd.DataFrame(rows).astype(whole), threshold, tries[-1][1])


def _row(examples: Examples, share: float, tried: Evaluation, threshold: float) -> dict[str, float]:
    learnt = [examples.sentences.iloc[rows] for rows, _ in folds(examples.sentences, share=share)]
    means = {
        name: sum(part[column].nunique() for part in learnt) / len(learnt)
        for name, column in (("people", "speaker"), ("entries", "entry"))
    }
    return {"share": share} | means | {"codes": tried.tried["code"].nunique()} | tried.overall(threshold)
