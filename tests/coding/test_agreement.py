"""Agreement against published tables, against its definition, and where it is not defined."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coding.logs import ENTRY_ROWS, coded
from tests.frames import rows, table
from workbench.coding.agreement import agreement
from workbench.coding.coefficients import krippendorff
from workbench.coding.comparing import CodersError
from workbench.coding.together import UnitError
from workbench.tables import ASSIGNMENTS, CODINGS, ENTRIES

# Each a coder's values, unit by unit; a full stop where the coder has none.
FOUR_OBSERVERS = ["123321412...", "1233224125..", ".33323422513", "12332441251."]
NINE_UNITS = ["112412132", "122442232", "122442332"]
TEN_ARTICLES = ["1100000000", "0110010100"]
THREE_OBSERVERS = ["010110001111", "010100001101", "011001001000"]
NEWS_STORIES = [
    "112.001122.01311211000201001111223222221",
    "1130000.21102311121000302102111122222221",
    "203000222100221123001.30.1012202.2232.21",
    ".13....0.10022...31.103021122..122...12.",
    "2..0001.2....3112..0.0..2.0..20.2.2222.1",
]
FREELON_ITEM_2 = ["0" * 43 + "0" * 5 + "1" + "1", "0" * 43 + "1" * 5 + "0" + "1"]
FREELON_ITEM_4 = ["0" * 39 + "0" + "11" + "1" * 8, "0" * 39 + "1" + "00" + "1" * 8]


def counts(values: Sequence[str]) -> Any:
    kinds = sorted(set("".join(values)) - {"."})
    return np.array([[unit.count(kind) for kind in kinds] for unit in map("".join, zip(*values, strict=True))])


def published(values: Sequence[str], **more: Any) -> dict[str, dict[str, Any]]:
    """Measure a published table as a study: each unit an entry, each value a code on the whole of it."""
    entries = table(ENTRIES, [{"entry": f"N{n}", "text": "text"} for n in range(len(values[0]))])
    given = [
        {"entry": f"N{n}", "coder": f"K{k}", "code": value, "start": 0, "end": 4}
        for k, own in enumerate(values)
        for n, value in enumerate(own)
        if value != "."
    ]
    coders = [f"K{k}" for k in range(len(values))]
    codings = table(CODINGS, [{"coding": f"C{n}", **row} for n, row in enumerate(given)])
    found = agreement(codings, entries, coders, unit="entry", assigned=table(ASSIGNMENTS, given), **more)
    return {row[0]: dict(zip(found.columns, row, strict=True)) for row in rows(found)}


@pytest.mark.parametrize(
    ("values", "known"),
    [
        (FOUR_OBSERVERS, 0.743),  # Krippendorff 2011, Computing Krippendorff's Alpha-Reliability; 2019, ch. 12
        (NINE_UNITS, 0.642),  # Krippendorff 1980, p. 139
        (TEN_ARTICLES, 0.095),  # Krippendorff 2004, p. 224
        (THREE_OBSERVERS, 0.234),  # Krippendorff 2019, p. 306
        (NEWS_STORIES, 0.4765),  # Hayes & Krippendorff 2007, p. 84
    ],
)
def test_alpha_of_published_tables_is_the_published(values: Sequence[str], known: float) -> None:
    assert krippendorff(counts(values)) == pytest.approx(known, abs=0.0006)


def test_each_code_against_the_rest_is_as_published() -> None:
    found = published(NINE_UNITS)  # Krippendorff 1980, p. 139

    told = [(row["alpha"], row["observed"]) for row in found.values()]
    known = [(0.381, 0.777), (0.711, 0.852), (0.717, 0.926), (0.764, 0.926)]
    assert told == [pytest.approx(pair, abs=0.001) for pair in known]


@pytest.mark.parametrize(
    ("values", "alpha", "kappa", "observed"),
    [(FREELON_ITEM_2, 0.1929, 0.202, 0.88), (FREELON_ITEM_4, 0.807, 0.81, 0.94)],  # Freelon 2010, ReCal, table 9
)
def test_two_coders_alpha_kappa_and_per_cent_are_as_published(
    values: Sequence[str], alpha: float, kappa: float, observed: float
) -> None:
    row = published(values)["1"]

    assert row["alpha"] == pytest.approx(alpha, abs=0.0001)
    assert row["kappa"] == pytest.approx(kappa, abs=0.005)
    assert row["observed"] == pytest.approx(observed)


def test_readings_that_are_missing_are_not_taken_for_a_code_not_given() -> None:
    found = published(TEN_ARTICLES)["1"]
    with_more = published([TEN_ARTICLES[0] + "1", TEN_ARTICLES[1] + "."])["1"]

    assert with_more == found
    assert (found["entries"], found["n"], found["alpha"]) == (10, 10, pytest.approx(0.095, abs=0.001))


def test_a_sentence_has_the_code_when_a_coding_shares_a_character_with_it(kind: Any) -> None:
    left = coded(("N1", "TIME", "ont om tid"), ("N1", "LEAD", "Chefen frågar inte."))
    right = coded(("N1", "TIME", "tid. Chefen"), ("N1", "LEAD", "Chefen"), coder="K2")

    found = agreement(kind(pd.concat([left, right])), kind(ENTRY_ROWS[:1]), ["K1", "K2"])

    assert type(found) is type(kind(left))
    assert rows(found, "code", "n", "positive", "agreed", "observed") == [
        ("LEAD", 3, 1, 1, 1.0), ("TIME", 3, 2, 1, pytest.approx(2 / 3)),
    ]  # fmt: skip


def test_one_code_used_by_nobody_and_one_by_everybody_everywhere_are_said_not_to_be_defined() -> None:
    both = pd.concat(
        [coded(("N2", "TIME", "Tiden räckte till. Chefen frågade"), coder=coder) for coder in ("K1", "K2")]
    )

    found = agreement(both, ENTRY_ROWS[1:2], ["K1", "K2"], codes=["TIME", "DARE"])

    assert rows(found, "code", "observed", "alpha", "low", "high", "kappa", "note") == [
        ("TIME", 1.0, None, None, None, None, "not defined: everybody gave it to all"),
        ("DARE", 1.0, None, None, None, None, "not defined: nobody gave it"),
    ]


def test_where_nothing_was_read_twice_nothing_is_defined() -> None:
    alone = table(ASSIGNMENTS, [{"entry": "N1", "coder": "K1"}, {"entry": "N2", "coder": "K2"}])

    found = agreement(coded(), ENTRY_ROWS, ["K1", "K2"], codes=["TIME"], assigned=alone)

    assert rows(found, "entries", "n", "observed", "alpha", "note") == [
        (0, 0, None, None, "not defined: nothing was read by two coders")
    ]


def test_codings_of_an_entry_by_a_coder_who_was_not_to_read_it_are_left_out() -> None:
    two = table(ASSIGNMENTS, [{"entry": "N1", "coder": coder} for coder in ("K1", "K2")])
    codings = pd.concat([coded(("N1", "TIME", "tid"), coder=coder) for coder in ("K1", "K2", "K3")])

    whole = agreement(codings, ENTRY_ROWS, ["K1", "K2"], assigned=two)
    found = agreement(codings, ENTRY_ROWS, ["K1", "K2", "K3"], assigned=two)

    assert rows(found.drop(columns="kappa")) == rows(whole.drop(columns="kappa"))
    assert rows(found, "entries", "positive", "agreed", "alpha") == [(1, 1, 1, 1.0)]


def test_entries_that_are_not_given_are_not_counted_though_they_were_assigned() -> None:
    both = pd.concat([coded(("N1", "TIME", "tid"), ("N2", "TIME", "Tiden"), coder=coder) for coder in ("K1", "K2")])
    assigned = table(ASSIGNMENTS, [{"entry": entry, "coder": c} for entry in ("N1", "N2") for c in ("K1", "K2")])

    found = agreement(both, ENTRY_ROWS[:1], ["K1", "K2"], assigned=assigned)

    assert rows(found, "entries", "n", "positive") == [(1, 3, 1)]


def test_the_order_of_the_coders_does_not_matter() -> None:
    codings = pd.concat([coded(("N1", "TIME", "tid")), coded(("N1", "TIME", "Chefen"), coder="K2")])

    assert rows(agreement(codings, ENTRY_ROWS, ["K1", "K2"])) == rows(agreement(codings, ENTRY_ROWS, ["K2", "K1"]))


def test_kappa_is_of_two_coders() -> None:
    codings = pd.concat([coded(("N1", "TIME", "tid"), coder=coder) for coder in ("K1", "K2", "K3")])

    assert rows(agreement(codings, ENTRY_ROWS, ["K1", "K2"]), "kappa") == [(1.0,)]
    assert rows(agreement(codings, ENTRY_ROWS, ["K1", "K2", "K3"]), "alpha", "kappa") == [(1.0, None)]


def test_an_interval_has_the_alpha_in_it_and_is_the_same_every_time() -> None:
    ten_with = ["1" * 12 + "0" * 20, "1" * 9 + "0" * 23]

    row = published(ten_with)["1"]

    assert row["low"] < row["alpha"] < row["high"]
    assert row["note"] is None
    assert published(ten_with)["1"]["low"] == row["low"] != published(ten_with, seed=1)["1"]["low"]


def test_a_code_in_few_entries_has_no_interval_and_says_why() -> None:
    row = published(["1" * 9 + "0" * 20, "1" * 8 + "0" * 21])["1"]

    assert (row["low"], row["high"]) == (None, None)
    assert row["note"] == "in 9 of the entries: too few for an interval"
    assert row["alpha"] > 0


def test_whoever_wants_intervals_of_fewer_entries_says_so() -> None:
    nine = ["1" * 9 + "0" * 20, "1" * 8 + "0" * 21]
    row = published(nine, fewest=9)["1"]

    assert row["low"] < row["alpha"] <= row["high"] <= 1
    assert row["note"] is None
    assert published(nine, fewest=9)["0"]["low"] is not None


@pytest.mark.parametrize("coders", [[], ["K1"], ["K1", "K1"]])
def test_agreement_is_of_two_or_more(coders: list[str]) -> None:
    with pytest.raises(CodersError, match="agreement is of two or more, each once"):
        agreement(coded(), ENTRY_ROWS, coders)


def test_a_unit_that_is_none_is_refused() -> None:
    with pytest.raises(UnitError, match="allowed are entry, paragraph, sentence, character"):
        agreement(coded(), ENTRY_ROWS, ["K1", "K2"], unit="word")  # type: ignore[arg-type]


SIZE = 12


@st.composite
def readings(draw: st.DrawFn) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Stretches of one code, each coder's apart, in two entries."""
    coders = ["K1", "K2", "K3"][: draw(st.integers(2, 3))]
    found = {}
    for key in product(("N1", "N2"), coders):
        edges = sorted(draw(st.sets(st.integers(0, SIZE), max_size=6)))
        found[key] = list(zip(edges[::2], edges[1::2], strict=False))
    return found


def by_definition(found: dict[tuple[str, str], list[tuple[int, int]]]) -> float | None:
    """Alpha of unitising from every pair of characters, but those in one stretch of one coder."""
    signs = [
        (entry, at, next((span for span in spans if span[0] <= at < span[1]), None), coder)
        for (entry, coder), spans in found.items()
        for at in range(SIZE)
    ]
    pairs = [(a, b) for n, a in enumerate(signs) for b in signs[n + 1 :]]
    here = [(a, b) for a, b in pairs if a[:2] == b[:2]]
    anywhere = [(a, b) for a, b in pairs if a[2] is None or (a[0], a[2], a[3]) != (b[0], b[2], b[3])]
    apart, chance = (np.mean([(a[2] is None) != (b[2] is None) for a, b in p]) for p in (here, anywhere))
    return float(1 - apart / chance) if chance else None


@given(readings())
def test_alpha_of_characters_is_that_of_unitising_by_its_definition(
    found: dict[tuple[str, str], list[tuple[int, int]]],
) -> None:
    entries = table(ENTRIES, [{"entry": entry, "text": "x" * SIZE} for entry in ("N1", "N2")])
    given_ = [
        {"coding": "C", "entry": entry, "coder": coder, "code": "TIME", "start": start, "end": end}
        for (entry, coder), spans in found.items()
        for start, end in spans
    ]
    coders = sorted({coder for _entry, coder in found})

    [row] = rows(
        agreement(table(CODINGS, given_), entries, coders, unit="character", codes=["TIME"], draws=2), "alpha", "n"
    )

    assert row == (pytest.approx(by_definition(found)), 2 * SIZE)


def test_stretches_of_one_coder_that_overlap_count_once() -> None:
    one = coded(("N1", "TIME", "ont om tid"), ("N1", "TIME", "om tid. Chefen"))
    other = coded(("N1", "TIME", "ont om tid. Chefen"), coder="K2")

    found = agreement(pd.concat([one, other]), ENTRY_ROWS[:1], ["K1", "K2"], unit="character")

    size = len("ont om tid. Chefen")
    assert rows(found, "positive", "agreed", "alpha") == [(size, size, 1.0)]
