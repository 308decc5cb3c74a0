"""A model that is taught beside the desk: coding goes on meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Thread

import pandas as pd

from workbench.errors import WorkbenchError
from workbench.suggest.evaluation import Evaluation, try_out
from workbench.suggest.examples import Examples, make_examples
from workbench.suggest.features import Features
from workbench.suggest.folds import FOLDS
from workbench.suggest.model import Model, require_codes, teach

_FEWEST, _SHARE = 5, 0.1  # codings more or fewer, after which a model is taught anew


@dataclass(frozen=True)
class Basis:
    """What a model is taught from: whose codings, how many, and which codes may be suggested."""

    coder: str
    codings: int
    codes: frozenset[str]

    def is_stale(self, now: Basis) -> bool:
        """Tell whether so much has changed since that a model is to be taught anew."""
        moved = abs(now.codings - self.codings)
        return now.codes != self.codes or moved >= max(_FEWEST, _SHARE * self.codings)


class Learner:
    """One teaching by one coder's codings, in a thread of its own.

    Attributes
    ----------
    basis : Basis
        What it is taught from.
    step : str
        What it is doing, to be told.
    taught : (Model, Evaluation) or None
        What came of it, when it is done.
    fault : str
        Why nothing could; empty unless so.
    """

    def __init__(self, entries: pd.DataFrame, codings: pd.DataFrame, basis: Basis, features: Features) -> None:
        self.basis, self.features = basis, features
        self.step, self.fault = "beginning", ""
        self.taught: tuple[Model, Evaluation] | None = None
        self._thread = Thread(target=self._run, args=(entries, codings), daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether it is still at it."""
        return self._thread.is_alive()

    def wait(self) -> None:
        """Wait until it is done: for scripts and tests; the desk never does."""
        self._thread.join()

    def _run(self, entries: pd.DataFrame, codings: pd.DataFrame) -> None:
        try:
            self.taught = self._teach(make_examples(entries, codings, coder=self.basis.coder, codes=self.basis.codes))
        except WorkbenchError as error:
            self.fault = str(error)
        except Exception as error:  # noqa: BLE001  nobody else hears of it: a thread has no caller
            self.fault = f"Nothing could be learnt ({type(error).__name__}: {error}). Cure: begin the desk anew."

    def _teach(self, examples: Examples) -> tuple[Model, Evaluation]:
        require_codes(examples, self.basis.coder)
        self.step = "learning"
        model = teach(examples, self.features)
        return model, try_out(examples, self.features, hear=self._tell)

    def _tell(self, number: int) -> None:
        self.step = f"trying it on people it has not learnt from, {number} of {FOLDS}"
