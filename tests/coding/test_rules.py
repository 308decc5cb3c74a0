"""Rules that code: what they propose, and what is left coded under their name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.coding.logs import ENTRY_ROWS, coded
from tests.frames import rows
from tests.tiny import tiny_study
from workbench.acts.autocode import autocode
from workbench.coding import Rule, preview
from workbench.coding.autocoding import RuleError
from workbench.coding.patterns import PatternError
from workbench.exchange.frozen import save_study
from workbench.opening import open_study
from workbench.store.creating import create_study
from workbench.store.live import LiveStudy

TIME = Rule("tid", "TIME", ["ont om", "tid*"])


@pytest.mark.parametrize(
    ("unit", "coded_so"),
    [
        ("words", ["ont om", "tid", "Tiden", "tid", "Ont om", "tid", "ont om", "tid"]),
        ("sentence", ["Vi har ont om tid.", "Tiden räckte till.", "Tillsammans: mer tid, t.ex. en dag i veckan.",
                      "Ont om tid 🙂 och ont om stöd.", "Ingen har tid med ledningsgruppen."]),
        ("paragraph", ["Vi har ont om tid. Chefen frågar inte.", "Tiden räckte till. Chefen frågade två gånger!",
                       "Tillsammans: mer tid, t.ex. en dag i veckan.", "Ont om tid 🙂 och ont om stöd.",
                       "Ingen har tid med ledningsgruppen."]),
    ],
)  # fmt: skip
def test_a_rule_proposes_the_words_or_what_they_stand_in_each_once(kind: Any, unit: Any, coded_so: list[str]) -> None:
    rule = Rule("tid", "TIME", ["ont om", "tid*"], unit=unit)

    found = rows(preview(rule, kind(ENTRY_ROWS)))

    assert [row[3] for row in found] == coded_so
    assert {row[4] for row in found} == {"TIME"}
    texts = dict(rows(ENTRY_ROWS, "entry", "text"))
    assert all(texts[entry][start:end] == quote for entry, start, end, quote, _ in found)


def test_a_whole_entry_can_be_coded() -> None:
    found = preview(Rule("tid", "TIME", "ont om tid", unit="entry"), ENTRY_ROWS)

    assert list(found["quote"]) == [ENTRY_ROWS["text"][0], ENTRY_ROWS["text"][3]]


def test_what_the_rule_has_coded_already_is_not_proposed_again(kind: Any) -> None:
    by_rule = coded(("N1", "TIME", "tid"), coder="rule: tid")
    by_hand = coded(("N2", "TIME", "Tiden"))

    assert len(preview(TIME, kind(ENTRY_ROWS), kind(by_rule))) == 7
    assert len(preview(TIME, kind(ENTRY_ROWS), kind(by_hand))) == 8


def test_a_rule_says_in_words_what_it_does() -> None:
    assert TIME.definition == (
        "rule: tid. Looks for the words “ont om” or “tid*” (capitals do not matter), codes what it finds: TIME."
    )
    assert "the regular expression “t.d”" in Rule("tid", "TIME", "t.d", regex=True).definition


def test_a_rule_that_says_nothing_is_refused() -> None:
    with pytest.raises(RuleError, match="a rule has both"):
        Rule(" ", "TIME", "tid")
    with pytest.raises(RuleError, match="allowed are words, sentence, paragraph, entry"):
        Rule("tid", "TIME", "tid", unit="page")  # type: ignore[arg-type]
    with pytest.raises(PatternError):
        Rule("tid", "TIME", "(", regex=True)


def test_a_run_is_one_act_under_the_rules_name_and_undone_as_one(tmp_path: Path) -> None:
    rule = Rule("vi", "COND_TIME", ["vågade", "gick"], unit="sentence")
    create_study(tmp_path / "live", tiny_study(), actor="R1")
    with LiveStudy(tmp_path / "live", actor="K1") as live:
        before = live.read()
        proposed = preview(rule, before.entries, before.codings)

        live.do(autocode(rule, proposed.drop(index=1)))
        after = live.read()
        again = preview(rule, after.entries, after.codings)
        live.undo()

        assert rows(proposed, "quote") == [("Vi vågade 🙂 säga nej.",), ("Sedan gick vi hem.",), ("Chefen gick.",)]
        own = after.codings[after.codings["coder"] == "rule: vi"]
        assert list(own["quote"]) == ["Vi vågade 🙂 säga nej.", "Chefen gick."]
        assert list(again["quote"]) == ["Sedan gick vi hem."]
        assert len(live.read().codings) == len(before.codings)
        assert len(live.read().memos) == len(before.memos)


def test_what_a_rule_was_can_be_read_in_a_frozen_copy(tmp_path: Path) -> None:
    rule = Rule("nej", "COND_TIME", "nej")
    create_study(tmp_path / "live", tiny_study(), actor="R1")
    with LiveStudy(tmp_path / "live", actor="K1") as live:
        spans = preview(rule, live.read().entries)
        live.do(autocode(rule, spans))
        live.undo()
        live.do(autocode(rule, spans))
        save_study(live.read(), tmp_path / "frozen")

    frozen = open_study(tmp_path / "frozen")

    assert rows(frozen.memos, "kind", "author", "code", "text") == [
        ("method", "rule: nej", "COND_TIME", rule.definition)
    ]
