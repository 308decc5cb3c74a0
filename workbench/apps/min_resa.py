"""Min resa (my journey): where I and my organisation stood and stand, what we wrote and what we tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets

from workbench.apps.findings import findings, method
from workbench.apps.journey import EVERYTHING, Journey, open_journey
from workbench.apps.markup import element
from workbench.apps.movement import movement
from workbench.apps.texts import texts
from workbench.apps.trials import ahead, trials
from workbench.figures import Figure, plot_experiments, plot_now_desired, plot_trajectories
from workbench.figures.figure import MIME
from workbench.language import Language
from workbench.study import Study
from workbench.widgets.figure import FigureView

WIDE, NARROW = 3, 1  # panels beside each other on a screen and on a phone


def min_resa(
    study: Study | None = None, *, person: str | None = None, language: Language | None = None
) -> ipywidgets.VBox:
    """Show one person's page, with filters by component and occasion.

    Parameters
    ----------
    study : Study, optional
        Without it, what `open_study()` opens: on the server, the person's own slice.
    person : str, optional
        Whose page, to preview it from a whole study.
    language : {"sv", "en"}, optional
        Without it, the reader's own, Swedish by default.

    Returns
    -------
    ipywidgets.VBox

    Raises
    ------
    WorkbenchError
        The study holds several people and nobody is named.
    StudyError
        The study cannot be opened.
    """
    journey = open_journey(study, person, language)
    _ = journey.translate
    component, occasion = _choices(journey)
    parts = [
        _html(_greeting(journey)),
        _html(movement(journey)),
        _still(_("Now and desired"), _now_desired(journey)),
        ipywidgets.HBox([component, occasion], _dom_classes=["wb-filters"]),
        _over_time(journey, component),
        _texts(journey, component, occasion),
        _tried(journey, component, occasion),
        _html(findings(journey)),
        _html(ahead(journey)),
        _html(method(journey)),
    ]
    return ipywidgets.VBox(parts, _dom_classes=["wb-page"])


def _greeting(journey: Journey) -> str:
    _ = journey.translate
    about = journey.study.about
    label = getattr(about, f"label_{journey.language}")
    who = _("{organisation} · your code is {person}").format(organisation=journey.organisation, person=journey.person)
    return element("p", who, style="wb-who") + element("p", label, style="wb-label")


def _choices(journey: Journey) -> tuple[ipywidgets.Dropdown, ipywidgets.Dropdown]:
    _ = journey.translate
    everything = [(_("All components"), EVERYTHING)]
    rated = set(journey.study.ratings["component"])
    components = [(name, code) for code, name in journey.components().items() if code in rated]
    occasions = [(name, code) for code, name in journey.occasions().items()]
    return (
        ipywidgets.Dropdown(options=everything + components, description=_("Component")),
        ipywidgets.Dropdown(options=[(_("All occasions"), EVERYTHING), *occasions], description=_("Occasion")),
    )


def _html(content: str) -> ipywidgets.HTML:
    return ipywidgets.HTML(content)


def _follow(draw: Callable[[], None], *choices: ipywidgets.Dropdown) -> None:
    """Draw now, and again whenever a choice changes."""
    for choice in choices:
        choice.observe(lambda _change: draw(), names="value")
    draw()


def _show(view: FigureView, wide: Figure, narrow: Figure | None = None) -> None:
    view.show(wide.bundle()[MIME], wide.alt, narrow=(narrow or wide).bundle()[MIME])


def _still(title: str, figure: Figure) -> ipywidgets.VBox:
    view = FigureView()
    _show(view, figure)
    return ipywidgets.VBox([_html(element("h2", title, style="wb-heading")), view, _html(figure.html())])


def _now_desired(journey: Journey) -> Figure:
    study = journey.study
    return plot_now_desired(
        study.ratings,
        study.occasions,
        study.components,
        organisation=study.organisations["organisation"].item(),
        name=journey.organisation,
        levels=journey.levels,
        language=journey.language,
    )


def _trajectories(journey: Journey, component: str, columns: int) -> Figure:
    study = journey.study
    ratings: Any = study.ratings
    if component != EVERYTHING:
        ratings, columns = ratings[ratings["component"] == component], 1
    return plot_trajectories(
        ratings,
        study.occasions,
        study.components,
        organisation=study.organisations["organisation"].item(),
        name=journey.organisation,
        levels=journey.levels,
        reader=journey.person,
        columns=columns,
        language=journey.language,
    )


def _over_time(journey: Journey, component: ipywidgets.Dropdown) -> ipywidgets.VBox:
    view, words = FigureView(), _html("")

    def draw() -> None:
        wide = _trajectories(journey, component.value, WIDE)
        _show(view, wide, _trajectories(journey, component.value, NARROW))
        words.value = wide.html()

    _follow(draw, component)
    _ = journey.translate
    return ipywidgets.VBox([_html(element("h2", _("Over time"), style="wb-heading")), view, words])


def _texts(journey: Journey, component: ipywidgets.Dropdown, occasion: ipywidgets.Dropdown) -> ipywidgets.HTML:
    shown = _html("")

    def draw() -> None:
        shown.value = texts(journey, component.value, occasion.value)

    _follow(draw, component, occasion)
    return shown


def _tried(journey: Journey, component: ipywidgets.Dropdown, occasion: ipywidgets.Dropdown) -> ipywidgets.VBox:
    study = journey.study
    swimlane = plot_experiments(study.experiments, study.occasions, language=journey.language)
    _ = journey.translate
    still, cards = _still(_("Our experiments"), swimlane), _html("")

    def draw() -> None:
        cards.value = trials(journey, component.value, occasion.value)

    _follow(draw, component, occasion)
    return ipywidgets.VBox([still, cards])
