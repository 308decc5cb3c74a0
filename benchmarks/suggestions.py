"""What suggesting costs, and what it is worth on the demo study.

Teaching as a ratio to plain scikit-learn: `OneVsRestClassifier(LogisticRegression)` on the same features of the same
sentences, runs taken in turn. Suggesting for one entry in milliseconds. How long the desk takes to open an entry while
a model is taught beside it, as a ratio to when none is. With `--worth` also: how often suggestions are right, by coder
and by what is seen, tried on people whom nothing was learnt from; and as a yardstick how often the other coder's
codings are right in the same sense. Run: make benchmark
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline

from workbench.desk.session import DeskSession
from workbench.opening import open_study
from workbench.store.creating import create_study
from workbench.study import Study
from workbench.suggest import SentenceVectors, evaluate, learn, make_examples
from workbench.suggest.examples import holds, split_sentences

RUNS = 5
DEMO = Path(__file__).parent.parent / "data" / "demo"


def seconds(work: Callable[[], object]) -> float:
    """Time one run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def teaching(study: Study) -> None:
    """Compare teaching with plain scikit-learn."""
    examples = make_examples(study.entries, study.codings, coder="K1")
    texts = examples.sentences["quote"].to_list()

    def plain() -> None:
        seen = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        how = {"C": 10, "solver": "liblinear", "random_state": 0}
        make_pipeline(seen, OneVsRestClassifier(LogisticRegression(**how))).fit(texts, examples.held.astype(int))

    pairs = [(seconds(lambda: learn(study.entries, study.codings, coder="K1")), seconds(plain)) for _ in range(RUNS)]
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    print(f"teaching {len(texts)} sentences, {len(examples.codes)} codes: {ours / theirs:.2f} x plain scikit-learn")


def suggesting(study: Study) -> None:
    """Time suggesting for each entry."""
    model = learn(study.entries, study.codings, coder="K1")
    taken = [seconds(lambda row=row: model.suggest(study.entries.iloc[[row]])) for row in range(len(study.entries))]
    middle, most = statistics.median(taken), float(np.quantile(taken, 0.95))
    print(f"suggesting for an entry: median {1000 * middle:.1f} ms, p95 {1000 * most:.1f} ms, n = {len(taken)}")


def meanwhile(study: Study) -> None:
    """Compare opening entries at the desk while a model is taught with opening them at rest."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "live"
        create_study(place, study, actor="R1")
        session = DeskSession(place, coder="K1")
        entries = study.entries["entry"].to_list()
        rest = [seconds(lambda entry=entry: session.answer({"ask": "open", "entry": entry})) for entry in entries]
        asked = [seconds(lambda: session.answer({"ask": "suggest", "entry": entries[0]}))]
        busy = []
        while session.answer({"ask": "suggest", "entry": entries[0]})["state"] == "learning":
            entry = entries[len(busy) % len(entries)]
            busy.append(seconds(lambda entry=entry: session.answer({"ask": "open", "entry": entry})))
        session.close()
    ratio, most = statistics.median(busy) / statistics.median(rest), 1000 * float(np.quantile(busy, 0.95))
    print(f"asking for suggestions the first time: answered in {1000 * asked[0]:.0f} ms")
    print(f"opening an entry meanwhile: {ratio:.1f} x at rest, p95 {most:.0f} ms, n = {len(busy)}")


def worth(study: Study) -> None:
    """Tell how often suggestions are right."""
    vectors = SentenceVectors()
    for coder in ("K1", "K2"):
        for told, model in (("characters", "chars"), ("e5", vectors)):
            tried = evaluate(study.entries, study.codings, coder=coder, model=model)
            at = tried.overall(0.2)
            print(
                f"{coder}, {told}: from 0.2 {at['right']:.0f} of {at['suggested']:.0f} right; Brier {tried.brier:.4f}, "
                f"calibration error {tried.calibration_error:.4f}, n = {len(tried.tried)}; a code among "
                f"the three likeliest in {_top_three(study, coder, tried.tried)} sentences that have one"
            )


def _top_three(study: Study, coder: str, tried: pd.DataFrame) -> str:
    """Tell in how many of the sentences that have a code one of the three likeliest is right."""
    examples = make_examples(study.entries, study.codings, coder=coder)
    coded = examples.sentences[examples.held.any(axis=1)][["entry", "start"]]
    found = coded.merge(tried.groupby(["entry", "start"], as_index=False)["right"].any(), how="left")
    return f"{int((found['right'] == 1).sum())} of {len(coded)}"


def yardstick(study: Study) -> None:
    """Tell how often one coder's codings are right as suggestions are: the other has the code in that sentence."""
    counts = study.codings[study.codings["coder"].isin(["K1", "K2"])].groupby("entry")["coder"].nunique()
    entries = study.entries[study.entries["entry"].isin(counts[counts > 1].index)]
    first, second = (_held(entries, study.codings[study.codings["coder"] == coder]) for coder in ("K1", "K2"))
    share = len(first & second) / len(second)
    print(f"yardstick: of K2's codes on sentences K1 has {len(first & second)} of {len(second)} ({share:.0%}), "
          f"{len(entries)} entries")  # fmt: skip


def _held(entries: pd.DataFrame, codings: pd.DataFrame) -> set[tuple[str, int, str]]:
    spoken = split_sentences(entries).merge(codings, on="entry", suffixes=("", "_coded"))
    rows = zip(*(spoken[name] for name in ("entry", "start", "end", "start_coded", "end_coded", "code")), strict=True)
    return {(entry, a, code) for entry, a, b, start, end, code in rows if holds((start, end), (a, b))}


if __name__ == "__main__":
    demo = open_study(DEMO)
    teaching(demo)
    suggesting(demo)
    meanwhile(demo)
    if "--worth" in sys.argv:
        worth(demo)
        yardstick(demo)
