"""How often suggestions would have been right, tried on people whom the model has learnt nothing from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from workbench.suggest.examples import Examples, make_examples
from workbench.suggest.features import Features, ModelName, make_features
from workbench.suggest.folds import Rows, folds
from workbench.suggest.measures import brier_score, calibration_error, calibration_table, wilson
from workbench.suggest.model import name_of, ranked, teach

THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
SHARES = ["suggested", "right", "precision", "low", "high", "sentences", "recall"]
ENOUGH, HALF = 30, 0.5  # suggestions tried at the least; the share that must be right
RULE = "at least 30 suggestions were tried, and at least half are right, with 95 per cent confidence (Wilson)"


@dataclass(frozen=True)
class Evaluation:
    """What suggestions would have been worth.

    Attributes
    ----------
    name : str
        Model, its version and what it learnt from.
    tried : DataFrame
        entry, start, end, speaker, code, probability, rank, right: each suggestion of the three likeliest of a
        sentence, whatever its probability, made by a model that learnt nothing from its speaker.
    held : DataFrame
        code, sentences: in how many sentences the coder has each code, also codes with too few examples.
    few : DataFrame
        code, sentences, speakers: codes that are not suggested.
    speakers, sentences : int
        People and groups; their sentences.
    """

    name: str
    tried: pd.DataFrame
    held: pd.DataFrame
    few: pd.DataFrame
    speakers: int
    sentences: int

    def at(self, threshold: float) -> pd.DataFrame:
        """Tell precision and recall by code at a threshold.

        Returns
        -------
        DataFrame
            code, suggested, right, precision, low, high (Wilson, 95 per cent), sentences (that have it), recall; NaN
            where nothing was suggested. A code with too few examples has none suggested and a recall of 0.
        """
        made = self.tried[self.tried["probability"] >= threshold]
        counts = made.groupby("code")["right"].agg(suggested="size", right="sum").astype("int64")
        table = self.held.merge(counts, on="code", how="left").fillna({"suggested": 0, "right": 0})
        return _shares(table.astype({"suggested": "int64", "right": "int64"}))

    def overall(self, threshold: float) -> dict[str, float]:
        """Tell the same of all codes together: suggested, right, precision, low, high, sentences, recall."""
        sums = self.at(threshold)[["suggested", "right", "sentences"]].sum().to_frame().T
        return {str(name): float(value) for name, value in _shares(sums).iloc[0].items()}

    @cached_property
    def thresholds(self) -> pd.DataFrame:
        """The same at each of several thresholds, and ``worth``: whether the rule holds there."""
        rows = [{"threshold": one} | self.overall(one) for one in THRESHOLDS]
        table = pd.DataFrame(rows).astype({"suggested": "int64", "right": "int64", "sentences": "int64"})
        return table.assign(worth=(table["suggested"] >= ENOUGH) & (table["low"] >= HALF))

    @cached_property
    def calibration(self) -> pd.DataFrame:
        """What was said against what came, by tenth of probability; see `calibration_table`."""
        return calibration_table(self.tried["probability"], self.tried["right"])

    @property
    def brier(self) -> float:
        """Brier's score of every suggestion tried."""
        return brier_score(self.tried["probability"], self.tried["right"])

    @property
    def calibration_error(self) -> float:
        """Expected calibration error of every suggestion tried."""
        return calibration_error(self.calibration)

    @property
    def threshold(self) -> float | None:
        """The lowest threshold at which it is worth using; None: not yet."""
        worth = self.thresholds[self.thresholds["worth"]]
        return None if worth.empty else float(worth["threshold"].iloc[0])

    @property
    def verdict(self) -> str:
        """Whether it is worth using, in a sentence with its rule."""
        if (at := self.threshold) is not None:
            return f"Worth using from {at:g}: {told(self.overall(at))}. Rule: {RULE}."
        tried = self.thresholds[self.thresholds["suggested"] >= ENOUGH]
        if tried.empty:
            most = int(self.thresholds["suggested"].max())
            return f"Not yet: only {most} suggestions of at least {THRESHOLDS[0]:g} could be tried. Rule: {RULE}."
        best = tried.sort_values("low", kind="stable").to_dict("records")[-1]
        return f"Not yet: at best, from {best['threshold']:g}, {told(best)}. Rule: {RULE}."


def evaluate(
    entries: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    coder: str,
    codes: Collection[str] | None = None,
    model: Features | ModelName = "chars",
) -> Evaluation:
    """Try a model on people whom it has learnt nothing from: cross-validation over people, up to five parts.

    A suggestion is right when the coder has the code in that sentence. Sentences of one person are alike, so that the
    intervals, which take them as apart, are somewhat too narrow. Codings that came by accepting suggestions
    count as right, as all of the coder's do.

    Parameters
    ----------
    entries, codings, coder, codes, model
        As for `learn`.

    Returns
    -------
    Evaluation

    Raises
    ------
    SuggestError
        A package lacks, or all codings are of one person's words.
    """
    return try_out(make_examples(entries, codings, coder=coder, codes=codes), make_features(model))


def try_out(
    examples: Examples, features: Features, *, share: float = 1.0, hear: Callable[[int], None] = lambda _: None
) -> Evaluation:
    """Try features on examples that are made already, learning from a share of the people who may be learnt from.

    `hear` is called with the number of each part of the people that is to be tested on, from 1.
    """
    parts = []
    for number, (learnt, tested) in enumerate(folds(examples.sentences, share=share), 1):
        hear(number)
        parts.append(_tried(examples, learnt, tested, features))
    held = pd.DataFrame({"code": pd.array(examples.codes, dtype="str"), "sentences": examples.held.sum(axis=0)})
    held = pd.concat([held, examples.few[["code", "sentences"]]], ignore_index=True).astype({"code": "str"})
    tried = pd.concat(parts, ignore_index=True).sort_values(["entry", "start", "rank"], ignore_index=True)
    speakers, held = examples.sentences["speaker"].nunique(), held.sort_values("code", ignore_index=True)
    return Evaluation(name_of(examples, features), tried, held, examples.few, speakers, len(examples.sentences))


def told(shares: Mapping[Any, Any]) -> str:
    """Say how many of how many were right."""
    if not shares["suggested"]:
        return "nothing is suggested"
    right, n = int(shares["right"]), int(shares["suggested"])
    return f"{right} of {n} were right ({shares['precision']:.0%}, 95 % {shares['low']:.0%} to {shares['high']:.0%})"


def _tried(examples: Examples, learnt: Rows, tested: Rows, features: Features) -> pd.DataFrame:
    model = teach(examples.of(learnt), features)
    rows = examples.sentences.iloc[tested]
    found = ranked(model.probabilities(rows["quote"].to_list()), model.codes)
    columns = np.array([examples.codes.index(code) for code in found["code"]], dtype=np.int64)
    places = found["sentence"].to_numpy()
    made = rows[["entry", "start", "end", "speaker"]].iloc[places].reset_index(drop=True)
    right = examples.held[tested[places], columns]
    return made.join(found[["code", "probability", "rank"]]).assign(right=right)


def _shares(counts: pd.DataFrame) -> pd.DataFrame:
    """Add precision with its interval, and recall; NaN where they are of nothing."""
    suggested, right, sentences = (counts[name].astype("float64") for name in ("suggested", "right", "sentences"))
    ends = [wilson(int(ok), int(n)) if n else (np.nan, np.nan) for ok, n in zip(right, suggested, strict=True)]
    precision, recall = right / suggested.where(suggested > 0), right / sentences.where(sentences > 0)
    low, high = (pd.Series([pair[side] for pair in ends], index=counts.index, dtype="float64") for side in (0, 1))
    told = counts.assign(precision=precision, low=low, high=high, recall=recall)
    return told[[*(["code"] if "code" in told else []), *SHARES]]
