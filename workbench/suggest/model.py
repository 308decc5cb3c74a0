"""A small model of how a coder codes: for each code, how likely it is that a sentence has it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.suggest.examples import MIN_EXAMPLES, MIN_SPEAKERS, Examples, make_examples, split_sentences
from workbench.suggest.features import Features, Matrix, ModelName, Seen, SuggestError, lacking, make_features

PER_SPAN = 3  # suggestions for a sentence at the most
_FLOOR = 0.005  # less than a per cent is not kept


@dataclass(frozen=True)
class Model:
    """What was learnt.

    Attributes
    ----------
    name : str
        Features, version and what it learnt from: stands as ``model`` with every answer.
    codes : tuple of str
        Codes it may suggest.
    few : DataFrame
        code, sentences, speakers: codes that it does not suggest, having too few examples.
    """

    name: str
    codes: tuple[str, ...]
    few: pd.DataFrame
    seen: Seen
    weights: NDArray[np.float64]
    offsets: NDArray[np.float64]

    def probabilities(self, texts: list[str]) -> NDArray[np.float64]:
        """Give each code's probability for each sentence: (sentences, codes)."""
        if not texts or not self.codes:
            return np.zeros((len(texts), len(self.codes)))
        return 1 / (1 + np.exp(-(np.asarray(self.seen(texts) @ self.weights) + self.offsets)))

    def suggest(self, entries: pd.DataFrame, *, threshold: float = 0.5) -> pd.DataFrame:
        """Suggest codes for the sentences of entries, at most three a sentence.

        Parameters
        ----------
        entries : DataFrame
            Rows of the table ``entries``.
        threshold : float
            Least probability.

        Returns
        -------
        DataFrame
            entry, start, end (code points), quote, code, probability, rank (1 is a sentence's likeliest); by entry,
            place and rank. The same each time.
        """
        spoken = split_sentences(entries)
        found = ranked(self.probabilities(spoken["quote"].to_list()), self.codes)
        told = spoken[["entry", "start", "end", "quote"]].iloc[found["sentence"]].reset_index(drop=True)
        told = told.join(found[["code", "probability", "rank"]])
        return told[told["probability"] >= threshold].reset_index(drop=True)


def ranked(probability: NDArray[np.float64], codes: tuple[str, ...]) -> pd.DataFrame:
    """Rank each sentence's likeliest codes: sentence (its place), code, probability, rank; at most three each."""
    order = np.argsort(-probability, axis=1, kind="stable")[:, :PER_SPAN]
    rows, ranks = np.divmod(np.arange(order.size).reshape(order.shape), max(order.shape[1], 1))
    chosen = np.take_along_axis(probability, order, axis=1)
    kept = chosen >= _FLOOR
    names = np.array(codes, dtype=object)[order[kept]]
    return pd.DataFrame({
        "sentence": rows[kept], "code": pd.array(names, dtype="str"), "probability": chosen[kept],
        "rank": ranks[kept] + 1,
    })  # fmt: skip


def learn(
    entries: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    coder: str,
    codes: Collection[str] | None = None,
    model: Features | ModelName = "chars",
) -> Model:
    """Learn from a coder's own codings.

    One logistic regression for each code, against every sentence of the same entries that lacks it.

    Parameters
    ----------
    entries, codings : DataFrame
        Tables of the study.
    coder : str
        Whose codings teach; nobody else's are looked at.
    codes : collection of str, optional
        Codes that may be suggested, such as the active ones.
    model : {"chars", "e5"} or Features
        What is seen of a sentence; "e5" needs the extra ``suggest-e5``.

    Raises
    ------
    SuggestError
        A package lacks, or no code has examples enough: 10 sentences by 3 people or groups.

    Source: Berkson 1944, *JASA* 39, 357 to 365, with the weights held back; as scikit-learn fits it.
    """
    examples = make_examples(entries, codings, coder=coder, codes=codes)
    require_codes(examples, coder)
    return teach(examples, make_features(model))


def require_codes(examples: Examples, coder: str) -> None:
    """Refuse examples of which no code can be learnt."""
    if not examples.codes:
        raise SuggestError(
            f"{coder} has {examples.codings} codings, and no code in {MIN_EXAMPLES} sentences by {MIN_SPEAKERS} people "
            "or groups. Cure: code more; the commonest codes come first."
        )


def teach(examples: Examples, features: Features) -> Model:
    """Learn from examples that are made already; a model of none suggests nothing."""
    texts = examples.sentences["quote"].to_list()
    name = name_of(examples, features)
    if not examples.codes:
        return Model(name, (), examples.few, lambda texts: np.zeros((len(texts), 0)), np.zeros((0, 0)), np.zeros(0))
    seen = features.fit(texts)
    weights, offsets = _fit(seen(texts), examples.held, features.strength)
    return Model(name, examples.codes, examples.few, seen, weights, offsets)


def name_of(examples: Examples, features: Features) -> str:
    """Name a model: its features with their version, and how much it learnt from."""
    entries = examples.sentences["entry"].nunique()
    return f"{features.name}; {examples.codings} codings, {len(examples.codes)} codes, {entries} entries"


def _fit(matrix: Matrix, held: NDArray[np.bool_], strength: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    try:
        from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  heavy
    except ModuleNotFoundError as error:
        raise lacking(error, "suggest") from error
    wide = matrix.shape[1] > matrix.shape[0]  # then the dual problem is the smaller: the same answer, sooner
    how = {"solver": "liblinear", "dual": wide, "random_state": 0, "max_iter": 5000}
    fits = [LogisticRegression(C=strength, **how).fit(matrix, column) for column in held.T]
    return np.concatenate([fit.coef_ for fit in fits]).T, np.concatenate([fit.intercept_ for fit in fits])
