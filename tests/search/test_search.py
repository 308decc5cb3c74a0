"""Searching: the texts are short enough to see what should be found."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from tests.search.texts import study_of
from workbench.acts.consents import withdraw
from workbench.acts.entries import correct_entry
from workbench.opening import open_study
from workbench.search.base import SearchError, base_form, dictionary
from workbench.search.finding import Search, search
from workbench.search.ranking import bm25
from workbench.store.live import LiveStudy
from workbench.study import Study


def quotes(study: Study, query: str) -> list[str]:
    return search(study, query)["quote"].tolist()


def entries(study: Study, query: str) -> set[str]:
    return set(search(study, query)["entry"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("förmåga", ["Förmågor", "förmågan"]),
        ("FÖRMÅGORNAS", ["Förmågor", "förmågan"]),
        ('"förmågan"', ["förmågan"]),
        ("får", ["får"]),
        ('"far"', []),
        ("förmågan kommer", ["förmågan", "kommer"]),
        ('"förmågan kommer"', ["förmågan kommer"]),
        ('"kommer förmågan"', []),
        ("kom*", ["kommer"]),
        ("*måga*", ["förmågan"]),
        ("f*r", ["Förmågor", "får"]),
        ("chef | förmågan", ["Förmågor", "förmågan"]),
        ("förmåga -kommer", ["Förmågor"]),
        ("förmåga -*omme*", ["Förmågor"]),
    ],
)
def test_each_kind_of_query_finds_what_it_says(query: str, found: list[str]) -> None:
    study = study_of("Förmågor vi får.", "Nu: förmågan kommer.")

    assert sorted(quotes(study, query)) == sorted(found)


def test_a_part_of_a_word_is_found_in_a_compound() -> None:
    assert quotes(study_of("Om innovationsledningssystemet."), "*ledning*") == ["innovationsledningssystemet"]


def test_a_word_that_no_text_has_is_found_inside_words_and_that_is_said() -> None:
    found = Search(study_of("Om innovationsledningssystemet.")).find("ledning")

    assert found.hits[["quote", "inside"]].to_numpy().tolist() == [["innovationsledningssystemet", True]]
    assert found.notes == ("No text has the word ledning: it was found inside words.",)


def test_a_word_that_a_text_has_is_not_looked_for_inside_words() -> None:
    found = Search(study_of("Ledningen kom.", "Om ledningssystemet.")).find("ledning")

    assert (found.hits["quote"].tolist(), found.notes) == (["Ledningen"], ())


def test_who_takes_away_a_word_does_not_take_away_what_holds_it() -> None:
    assert entries(study_of("Om ledningssystemet."), "om -ledning") == {"E1"}


def test_what_stands_nowhere_is_told() -> None:
    assert Search(study_of("Vi gick.")).find("xyzzy gå").notes == ("No text has xyzzy.",)


@pytest.mark.parametrize(
    ("distance", "found"), [(1, []), (2, ["tid för ett möte"]), (3, ["tid för ett möte", "möte. Nu fanns det tid"])]
)
def test_near_counts_the_words_between_in_either_order(distance: int, found: list[str]) -> None:
    study = study_of("Ingen tid för ett möte. Nu fanns det tid.", "Tid.", "Möte.")

    assert quotes(study, f"near(möte tid, {distance})") == found


def test_near_takes_phrases_and_parts_and_the_narrowest_stretch() -> None:
    study = study_of("Nej, vi sa nej, att säga nej till chefens chef är svårt.")

    assert quotes(study, 'near("säga nej" chef*, 3)') == ["säga nej till chefens"]


def test_a_phrase_and_near_stay_within_one_text() -> None:
    study = study_of("Vi har tid", "möte i dag")

    assert quotes(study, '"tid möte"') == quotes(study, "near(tid möte)") == []


def test_words_that_signs_join_are_found_right_after_each_other() -> None:
    assert quotes(study_of("Skicka e-posten, post e."), "e-post") == ["e-posten"]


def test_composed_and_decomposed_letters_are_found_by_each_other() -> None:
    study = study_of("Vi va\u030agar.", "Vi vågar.")

    assert quotes(study, "vågar") == quotes(study, "va\u030agar") == ["va\u030agar", "vågar"]


def test_an_emoji_is_found_and_those_before_do_not_move_a_place() -> None:
    hits = search(study_of("🎉🎉 Vi 🙂 vågade."), "🙂 | våga")

    assert hits[["start", "end", "quote"]].to_numpy().tolist() == [[6, 7, "🙂"], [8, 14, "vågade"]]


def test_texts_are_read_in_their_own_language() -> None:
    study = study_of("Det var så.", english=("We learned it.",))

    assert (quotes(study, "learn"), quotes(study, "vara")) == (["learned"], ["var"])


def test_the_text_that_says_it_more_in_fewer_words_comes_first() -> None:
    hits = search(study_of("Tid och plats och mycket annat som vi hade.", "Tid. Tid!", "Nej."), "tid")

    assert hits[["entry", "rank"]].to_numpy().tolist() == [["E2", 1], ["E2", 1], ["E1", 2]]
    assert hits["score"].is_monotonic_decreasing


def test_a_score_is_what_the_formula_gives() -> None:
    """Two texts of average length, one with the word twice: ln(1 + 1.5 / 1.5) · 2 · 2.2 / (2 + 1.2)."""
    scores = bm25([np.array([2, 0])], np.array([10, 10]))

    assert scores == pytest.approx([np.log(2) * 4.4 / 3.2, 0.0])


def test_only_chosen_entries_are_looked_in_with_the_scores_they_have_among_all() -> None:
    search_all = Search(study_of("Tid.", "Tid tid.", "Tid igen."))
    everywhere, there = search_all.find("tid").hits, search_all.find("tid", within={"E1", "E3"})

    assert (there.entries, set(there.hits["entry"])) == (2, {"E1", "E3"})
    assert set(there.hits["score"]) <= set(everywhere["score"])


def test_the_best_are_given_and_all_are_counted() -> None:
    found = Search(study_of("Tid.", "Tid tid.", "Tid igen.")).find("tid", limit=1)

    assert (found.entries, found.hits["entry"].unique().tolist()) == (3, ["E2"])


def test_a_snippet_shows_whole_words_around_a_hit_on_one_line() -> None:
    text = "Början är borta. " + "ord " * 20 + "före\nmålet efter " + "ord " * 20
    (shown,) = search(study_of(text), "målet")["snippet"]

    assert shown.startswith("…ord") and "före målet efter" in shown and shown.endswith("ord…")
    assert len(shown) < 140


def test_a_place_that_two_parts_find_is_one_row() -> None:
    hits = search(study_of("Vi vågade."), "våga vågade")

    assert hits[["quote", "part"]].to_numpy().tolist() == [["vågade", "våga"]]


def test_a_study_without_texts_has_nothing_to_find() -> None:
    for study in (study_of(), study_of("", " …")):
        hits = search(study, 'tid "en tid" near(a b) *x*')

        assert hits.empty
        assert hits.dtypes.to_dict() == search(study_of("Tid."), "tid").dtypes.to_dict()


def test_live_and_frozen_studies_give_the_same_answers(live_place: str, tiny: Study) -> None:
    for query in ("chef", '"säga nej"', "*ckas*", "🙂", "gå -vi"):
        assert search(open_study(live_place), query).equals(search(tiny, query))


def test_a_corrected_text_is_found_by_its_new_words_only(live_place: str) -> None:
    before = Search(open_study(live_place))
    with LiveStudy(live_place, actor="K1") as live:
        live.do(correct_entry("N2", text="Öppet nu."))
        after = before.updated(live.read())

    assert after.find("öppen").hits["entry"].tolist() == ["N2"]
    assert after.find('"hemligt"').hits.empty
    assert before.find('"hemligt"').hits["entry"].tolist() == ["N2"]


def test_who_withdraws_is_gone_from_an_updated_search(live_place: str) -> None:
    before = Search(open_study(live_place))
    with LiveStudy(live_place, actor="R1") as live:
        live.do(withdraw("P-2"))
        after = before.updated(live.read())

    assert after.find("hemlig").notes == ("No text has hemlig.",)


def test_a_search_of_a_study_that_has_not_changed_reads_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    study = study_of("Tid.")
    before = Search(study)

    assert before.updated(study).find("tid").hits.equals(before.find("tid").hits)
    assert capsys.readouterr().err == ""


def test_without_its_library_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    dictionary.cache_clear()
    monkeypatch.setitem(sys.modules, "simplemma.strategies", None)

    with pytest.raises(SearchError, match=r"innovation-workbench\[search\]"):
        base_form("tid", "sv")
