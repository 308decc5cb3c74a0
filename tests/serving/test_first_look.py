"""The first look of a dashboard: made by the server, of the reader's own rows, before there is a kernel."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import ipywidgets
import plotly.graph_objects as go
import pytest
from plotly.basedatatypes import BaseTraceType

from tests.serving.conftest import REPOSITORY
from tests.serving.living import Living, serve_living
from tests.tiny import tiny_study
from workbench.access.pages import cut
from workbench.access.rules import Kind, Who
from workbench.acts.consents import withdraw
from workbench.apps.first_look import FIGURE, SCREENS, FirstLook, first_look, keep_drawn
from workbench.apps.journey import Journey, Page
from workbench.opening import PLACE, open_study
from workbench.serving.acting import Studied
from workbench.serving.demo import make_live
from workbench.serving.looks import Looks, digest, may_look
from workbench.serving.slices import Slices
from workbench.store.live import LiveStudy
from workbench.study import Study

DAY = dt.date(2026, 1, 1)
ANNA, BO = Who("anna", "participant", "P-1", "O-1"), Who("bo", "development_lead", "P-2", "O-1")


@pytest.fixture(scope="module")
def study() -> Study:
    return tiny_study()


def look_at(study: Study, person: str = "P-1") -> FirstLook:
    slice_ = cut(study, "journey", "participant", person, day=DAY)
    return first_look(Journey(slice_.study, "en", slice_.counts, served=True), SCREENS["journey"])


def test_the_first_look_says_what_the_page_says_and_leaves_no_widget(study: Study) -> None:
    look = look_at(study)
    slice_ = cut(study, "journey", "participant", "P-1", day=DAY)
    page = SCREENS["journey"](Journey(slice_.study, "en", slice_.counts, served=True))

    def words(widget: ipywidgets.Widget) -> Iterator[str]:
        if isinstance(widget, ipywidgets.HTML):
            yield widget.value
        for child in getattr(widget, "children", ()):
            yield from words(child)

    assert all(told in look.html for told in words(page))
    assert "<script" not in look.html.replace(f'<script type="{FIGURE}"', "")


def test_nothing_in_a_figure_ends_the_element_that_holds_it(study: Study) -> None:
    for content in re.findall(f'<script type="{FIGURE}">(.*?)</script>', look_at(study).html, re.DOTALL):
        assert "<" not in content
        assert set(json.loads(content)) == {"figure", "narrow", "alt"}


def test_a_kernel_does_not_draw_again_what_the_server_has_drawn(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_drawn(tmp_path, look_at(study))
    monkeypatch.setitem(os.environ, PLACE, str(tmp_path))
    slice_ = cut(study, "journey", "participant", "P-1", day=DAY)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("drawn again")

    monkeypatch.setattr("workbench.apps.levels.plot_now_desired", refuse)
    monkeypatch.setattr("workbench.apps.levels.plot_trajectories", refuse)
    monkeypatch.setattr("workbench.apps.movement.section", refuse)
    SCREENS["journey"](Journey(slice_.study, "en", slice_.counts))


def test_a_look_is_kept_as_long_as_the_slice_holds_the_same(study: Study, tmp_path: Path) -> None:
    place = make_live(study, tmp_path / "study")
    looks = Looks(Slices(Studied(str(place))))
    look = looks.of("journey", ANNA, "en")
    assert looks.of("journey", ANNA, "en") is look
    assert looks.of("journey", ANNA, "sv").html != look.html
    assert looks.of("journey", BO, "en").html != look.html
    assert "P-2" not in look.html


def test_one_cut_serves_the_look_and_the_kernel(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slices = Slices(Studied(str(make_live(study, tmp_path / "study"))))
    Looks(slices).of("journey", ANNA, "en")
    monkeypatch.setattr("workbench.serving.slices.cut", None)
    slices.write("journey", ANNA, tmp_path / "slice")
    assert list(open_study(tmp_path / "slice").people["person"]) == ["P-1"]


def test_what_is_cut_for_one_is_neither_given_to_another_nor_kept_when_the_study_moves_on(
    study: Study, tmp_path: Path
) -> None:
    place = make_live(study, tmp_path / "study")
    slices = Slices(Studied(str(place)))
    for who in (ANNA, BO):
        slices.write("journey", who, tmp_path / who.person)
        assert list(open_study(tmp_path / who.person).people["person"]) == [who.person]
    with LiveStudy(place, actor="P-1") as live:
        live.do(withdraw("P-1"))
    slices.write("journey", ANNA, tmp_path / "after")
    assert open_study(tmp_path / "after").entries.empty


def test_a_digest_tells_every_difference_between_slices(study: Study) -> None:
    slice_ = cut(study, "journey", "participant", "P-1", day=DAY)
    again = cut(study, "journey", "participant", "P-1", day=DAY)
    other = cut(study, "journey", "participant", "P-2", day=DAY)
    assert digest(slice_) == digest(again) != digest(other)


@pytest.mark.parametrize(
    ("who", "page", "looked"),
    [
        (ANNA, "journey", True),
        (ANNA, "network", False),
        (BO, "organisation", True),
        (Who("ida", "facilitator"), "network", True),
        (Who("cia", "researcher"), "network", False),
        (Who("cia", "researcher"), "analysis", False),
    ],
)
def test_only_pages_of_slices_have_a_first_look(who: Who, page: Kind, *, looked: bool) -> None:
    assert may_look(who, page) is looked


@pytest.mark.slow
def test_the_page_comes_with_the_first_look_of_the_one_who_asks(living: Living) -> None:
    anna, eva = (living.enter(code).ask("min-resa").text for code in ("anna", "eva"))
    assert anna.index('id="wb-look"') < anna.index('id="wb-kernel"')
    assert "P-1" in anna
    assert "P-3" not in anna
    assert "P-3" in eva


@pytest.fixture(scope="module")
def living() -> Iterator[Living]:
    with serve_living(journey=REPOSITORY / "dashboards" / "min_resa.ipynb") as living:
        yield living


def test_a_page_of_a_study_that_nobody_serves_looks_the_same(study: Study) -> None:
    slice_ = cut(study, "organisation", "development_lead", "P-2", day=DAY)
    look = first_look(Page(slice_.study, "en", slice_.counts), SCREENS["organisation"])
    assert 'class="wb-sheet"' in look.html
    assert "<option selected>" in look.html


def test_plotly_in_the_pages_draws_every_kind_of_trace_that_the_figures_add() -> None:
    plotly = (REPOSITORY / "workbench/serving/frontend/plotly.js").read_text(encoding="utf-8")
    carried = {"scatter", *re.findall(r'plotly\.js/lib/(\w+)"', plotly)} - {"core"}
    modules = (REPOSITORY / "workbench/figures").glob("*.py")
    added = {name for module in modules for name in re.findall(r"\.add_([a-z]+)\(", module.read_text(encoding="utf-8"))}
    drawn = {name for name in added if issubclass(getattr(go, name.capitalize(), object), BaseTraceType)}
    assert drawn == carried
