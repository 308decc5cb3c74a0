"""Suggestions at the desk: what is shown of an entry, and the answers to it. They are never codings until accepted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import sqlalchemy as sa

from workbench.acts.suggestions import accept_suggestion, reject_suggestion, waiting
from workbench.desk.learner import Basis, Learner
from workbench.records import Record
from workbench.store.draft import Act
from workbench.store.live import LiveStudy
from workbench.store.schema import SCHEMA
from workbench.suggest.evaluation import Evaluation, told
from workbench.suggest.examples import holds
from workbench.suggest.features import Features, ModelName, make_features
from workbench.suggest.measures import BINS
from workbench.suggest.model import Model

Plain = dict[str, Any]
Asked = Mapping[str, Any]
LIKE = 10  # suggestions of about the same probability that were tried, so that their share is told
_WAIT = "Suggestions for this entry wait until its round is closed: nothing is to lead what you code apart."


class Suggestions:
    """What one coder is suggested.

    Attributes
    ----------
    answers : dict
        By what is asked: ``suggest`` (entry, threshold or nothing), ``accept`` and ``reject`` (entry, start, end, code,
        of a suggestion that was shown).
    """

    def __init__(
        self, live: LiveStudy, done: Callable[[Act], Plain], *, coder: str, model: Features | ModelName = "chars"
    ) -> None:
        self._live, self._done, self._coder, self._model = live, done, coder, model
        self._features: Features | None = None
        self._learner: Learner | None = None
        self._taught: tuple[Model, Evaluation] | None = None
        self._last: tuple[tuple[str, str, str], pd.DataFrame] | None = None
        self._shown: dict[tuple[str, int, int, str], tuple[str, int]] = {}
        self.answers: dict[str, Callable[[Asked], Plain]] = {
            "suggest": self._suggest,
            "accept": lambda asked: self._answered(asked, accept_suggestion),
            "reject": lambda asked: self._answered(asked, reject_suggestion),
        }

    def wait(self) -> None:
        """Wait until what is being learnt is learnt: for scripts and tests."""
        if self._learner:
            self._learner.wait()

    def _suggest(self, asked: Asked) -> Plain:
        """Suggest for an entry: ``state`` (waiting, learning, none, ready) with words, and what is suggested."""
        entry = str(asked["entry"])
        if waiting(self._live.find, entry, self._coder):
            return {"state": "waiting", "words": _WAIT, "suggestions": []}
        learner = self._learning()
        self._taught = learner.taught or self._taught
        if self._taught is None or learner.fault:
            words = learner.fault or f"Learning from your {learner.basis.codings} codings: {learner.step}."
            return {"state": "none" if learner.fault else "learning", "words": words, "suggestions": []}
        return self._ready(entry, asked.get("threshold"), *self._taught)

    def _learning(self) -> Learner:
        """Give who learns or has learnt, begun anew when enough has changed."""
        active = frozenset(str(row["code"]) for row in self._live.find("codes", status="active"))
        now = Basis(self._coder, self._counted(), active)
        if self._learner is None or (not self._learner.busy and self._learner.basis.is_stale(now)):
            study = self._live.read()
            self._features = self._features or make_features(self._model)
            self._learner = Learner(study.entries, study.codings, now, self._features)
        return self._learner

    def _counted(self) -> int:
        """Count the coder's codings, without reading them: it is asked after each."""
        codings = SCHEMA.tables["codings"]
        with self._live.database.reading() as connection:
            own = sa.select(sa.func.count()).select_from(codings).where(codings.c["coder"] == self._coder)
            return int(connection.scalar(own) or 0)

    def _ready(self, entry: str, chosen: object, model: Model, tried: Evaluation) -> Plain:
        threshold = float(str(chosen)) if chosen else tried.threshold
        worth = tried.thresholds[tried.thresholds["worth"]]["threshold"].to_list()
        shown = self._found(entry, threshold, model, tried) if threshold in worth else []
        return {
            "state": "ready", "words": tried.verdict + self._led(), "model": model.name, "threshold": threshold,
            "thresholds": [_threshold(row) for row in tried.thresholds.to_dict("records")],
            "few": model.few["code"].to_list(), "suggestions": shown,
        }  # fmt: skip

    def _led(self) -> str:
        """Say how many of the coder's codings a model has led to: of those it is no surprise that it finds them."""
        accepted = len(self._live.find("suggestions", coder=self._coder, answer="accepted"))
        return f" {accepted} of your codings came by accepting suggestions, and count as right." if accepted else ""

    def _found(self, entry: str, threshold: float | None, model: Model, tried: Evaluation) -> list[Plain]:
        found: list[Plain] = []
        known = self._known(entry)
        for row in self._all_of(entry, model).to_dict("records"):
            if row["probability"] < (threshold or 1):
                continue
            key = (entry, int(row["start"]), int(row["end"]), str(row["code"]))
            if not any(_same(key, other) for other in known):
                self._shown[key] = model.name, round(100 * row["probability"])
                found.append(dict(zip(("entry", "start", "end", "code"), key, strict=True)))
                found[-1] |= {"rank": int(row["rank"]), "words": _reliability(float(row["probability"]), tried)}
        return found

    def _all_of(self, entry: str, model: Model) -> pd.DataFrame:
        """Suggest for an entry, whatever the probability; the last is at hand, since a long text takes a second."""
        rows = self._live.find("entries", entry=entry)
        asked = (model.name, entry, str(rows[0]["text"]) if rows else "")
        if self._last is None or self._last[0] != asked:
            self._last = (asked, model.suggest(pd.DataFrame(rows), threshold=0) if rows else pd.DataFrame())
        return self._last[1]

    def _known(self, entry: str) -> list[Record]:
        """Give what the coder has coded already, or answered: it is not suggested again."""
        own = {"entry": entry, "coder": self._coder}
        retired = [{"code": row["code"]} for row in self._live.find("codes", status="retired")]
        return self._live.find("codings", **own) + self._live.find("suggestions", **own) + retired

    def _answered(self, asked: Asked, act: Callable[..., Act]) -> Plain:
        key = (str(asked["entry"]), int(asked["start"]), int(asked["end"]), str(asked["code"]))
        if key not in self._shown:
            raise ValueError(f"{key[3]} was not suggested there")
        model, percent = self._shown[key]
        return self._done(act(*key, model=model, percent=percent))


def _same(key: tuple[str, int, int, str], other: Record) -> bool:
    """Tell whether a row has a suggestion's code where it is suggested; a retired code has it everywhere."""
    if other["code"] != key[3]:
        return False
    start, end = other.get("start"), other.get("end")
    return not (isinstance(start, int) and isinstance(end, int)) or holds((start, end), (key[1], key[2]))


def _threshold(row: Mapping[Any, Any]) -> Plain:
    shares = {name: float(row[name]) for name in ("suggested", "right", "precision", "low", "high")}
    words = told(shares) if row["suggested"] else "nothing to try"
    return {"threshold": float(row["threshold"]), "worth": bool(row["worth"]), "words": words}


def _reliability(probability: float, tried: Evaluation) -> str:
    """Tell how many suggestions of about that probability were right."""
    like = tried.calibration.iloc[min(int(probability * BINS + 1e-9), BINS - 1)]
    n, right = int(like["n"]), int(like["right"])
    often = f"about {round(10 * right / n)} of 10 like this were right" if n >= LIKE else "too few like this were tried"
    return f"suggested {probability:.2f}, {often}, n = {n}"
