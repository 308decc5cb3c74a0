"""What a coder's codings teach: sentences of the entries coded, the codes each holds, and who said them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.coding.units import sentences, touched

MIN_EXAMPLES, MIN_SPEAKERS = 10, 3  # sentences, and people or groups, that a code is learnt from at the least
SPOKEN = ["entry", "start", "end", "quote", "speaker", "organisation", "joint"]


@dataclass(frozen=True)
class Examples:
    """Sentences with the codes they hold.

    Attributes
    ----------
    sentences : DataFrame
        entry, start, end (code points), quote, speaker (who is never both learnt from and tested on: the person, or
        the organisation of a joint entry), organisation, joint (bool). By entry and place.
    codes : tuple of str
        Codes with enough examples, by name.
    held : array (sentences, codes) of bool
        Which sentence holds which code. What an entry that is coded holds no coding of is an example against.
    few : DataFrame
        code, sentences, speakers: codes with fewer, which are not suggested.
    codings : int
        Codings learnt from.
    """

    sentences: pd.DataFrame
    codes: tuple[str, ...]
    held: NDArray[np.bool_]
    few: pd.DataFrame
    codings: int

    def of(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> Examples:
        """Keep some sentences, with the codes that still have enough examples among them."""
        enough = _enough(self.held[rows], self.sentences["speaker"].to_numpy()[rows])
        codes = tuple(code for code, kept in zip(self.codes, enough, strict=True) if kept)
        return Examples(self.sentences.iloc[rows], codes, self.held[rows][:, enough], self.few, self.codings)


def split_sentences(entries: pd.DataFrame) -> pd.DataFrame:
    """Divide entries into sentences: entry, start, end, quote, speaker, organisation, joint; by entry and place."""
    columns = ("entry", "text", "person", "organisation")
    ordered = entries.sort_values("entry", kind="stable")
    rows = [
        (entry, start, end, text[start:end], _speaker(person, organisation), organisation, pd.isna(person))
        for entry, text, person, organisation in zip(*(ordered[name] for name in columns), strict=True)
        for start, end in sentences(text)
    ]
    texts = dict.fromkeys(("entry", "quote", "speaker", "organisation"), "str")
    return pd.DataFrame(rows, columns=SPOKEN).astype({**texts, "start": "int64", "end": "int64", "joint": "bool"})


def make_examples(
    entries: pd.DataFrame, codings: pd.DataFrame, *, coder: str, codes: Collection[str] | None = None
) -> Examples:
    """Make examples of one coder's codings.

    Only entries in which the coder has coded something teach: of others nobody knows whether a code is lacking or they
    have not been read. A sentence holds a coding when they share at least half of the shorter of the two.

    Parameters
    ----------
    entries, codings : DataFrame
        Tables of the study; other coders' codings are left out.
    coder : str
        Whose codings teach.
    codes : collection of str, optional
        Codes that may be suggested, such as the active ones; all that are used unless given.

    Returns
    -------
    `Examples`, the same whatever the order of the rows given.
    """
    own = codings[codings["coder"] == coder]
    spoken = split_sentences(entries[entries["entry"].isin(own["entry"])])
    used = sorted(set(own["code"]) & set(codes if codes is not None else own["code"]))
    held = _held(spoken, own[own["code"].isin(used)], used)
    speakers = spoken["speaker"].to_numpy()
    enough = _enough(held, speakers)
    kept = tuple(code for code, is_kept in zip(used, enough, strict=True) if is_kept)
    return Examples(spoken, kept, held[:, enough], _few(used, held, speakers, enough), len(own))


def holds(coding: tuple[int, int], sentence: tuple[int, int]) -> bool:
    """Tell whether a sentence holds a coding: they share at least half of the shorter."""
    shared = min(coding[1], sentence[1]) - max(coding[0], sentence[0])
    return shared > 0 and 2 * shared >= min(coding[1] - coding[0], sentence[1] - sentence[0])


def _speaker(person: str | None, organisation: str) -> str:
    return f"group {organisation}" if pd.isna(person) else f"person {person}"


def _held(spoken: pd.DataFrame, codings: pd.DataFrame, codes: list[str]) -> NDArray[np.bool_]:
    held = np.zeros((len(spoken), len(codes)), dtype=bool)
    places, column = _places(spoken), {code: place for place, code in enumerate(codes)}
    coded = (codings[name].to_list() for name in ("entry", "start", "end", "code"))
    for entry, start, end, code in zip(*coded, strict=True):
        first, parts = places.get(entry, (0, []))
        for part in touched(parts, start, end):
            if holds((start, end), part):
                held[first + parts.index(part), column[code]] = True
    return held


def _places(spoken: pd.DataFrame) -> dict[str, tuple[int, list[tuple[int, int]]]]:
    """Tell where each entry's sentences begin among all, and what they are."""
    listed = enumerate(zip(*(spoken[name].to_list() for name in ("entry", "start", "end")), strict=True))
    found: dict[str, tuple[int, list[tuple[int, int]]]] = {}
    for entry, rows in groupby(listed, key=lambda row: row[1][0]):
        numbered = list(rows)
        found[entry] = (numbered[0][0], [(start, end) for _, (_, start, end) in numbered])
    return found


def _speakers_of(held: NDArray[np.bool_], speakers: NDArray[np.object_]) -> list[int]:
    return [len(set(speakers[column])) for column in held.T]


def _enough(held: NDArray[np.bool_], speakers: NDArray[np.object_]) -> NDArray[np.bool_]:
    told = np.array(_speakers_of(held, speakers), dtype=np.int64)
    enough: NDArray[np.bool_] = (held.sum(axis=0) >= MIN_EXAMPLES) & (told >= MIN_SPEAKERS)
    return enough


def _few(
    codes: list[str], held: NDArray[np.bool_], speakers: NDArray[np.object_], enough: NDArray[np.bool_]
) -> pd.DataFrame:
    counted = {"code": codes, "sentences": held.sum(axis=0), "speakers": _speakers_of(held, speakers)}
    return pd.DataFrame(counted)[~enough].reset_index(drop=True)
