"""Min resa (my journey): where I and my organisation stood and stand, what we wrote and what we tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import ipywidgets
import pandas as pd

from workbench.apps.findings import findings, method
from workbench.apps.journey import EVERYTHING, Journey, open_journey
from workbench.apps.markup import element
from workbench.apps.movement import movement
from workbench.apps.texts import texts
from workbench.apps.trials import ahead, chosen_experiments, trials
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
    component, occasion = _choices(journey)
    parts = [
        _html(_greeting(journey)),
        _html(movement(journey)),
        ipywidgets.HBox([component, occasion], _dom_classes=["wb-filters"]),
        *(_following(part, journey, component, occasion) for part in (_now_desired, _over_time, _texts, _tried)),
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


@dataclass(frozen=True)
class Part:
    """One part of the page for one choice: a title, a figure if there is one to draw, and words under it as HTML."""

    title: str
    words: str
    wide: Figure | None = None
    narrow: Figure | None = None


def _following(
    make: Callable[[Journey, str, str], Part], journey: Journey, *choices: ipywidgets.Dropdown
) -> ipywidgets.VBox:
    """Show a part of the page, and make it anew whenever a choice changes."""
    head, view, words = _html(""), FigureView(), _html("")

    def draw(_change: object = None) -> None:
        part = make(journey, *(choice.value for choice in choices))
        head.value = element("h2", part.title, style="wb-heading")
        view.layout.display = "none" if part.wide is None else ""
        if part.wide is not None:
            view.show(part.wide.bundle()[MIME], part.wide.alt, narrow=(part.narrow or part.wide).bundle()[MIME])
        words.value = (part.wide.html() if part.wide else "") + part.words

    for choice in choices:
        choice.observe(draw, names="value")
    draw()
    return ipywidgets.VBox([head, view, words])


def _chosen_ratings(journey: Journey, component: str, occasion: str) -> pd.DataFrame:
    """Ratings of the component, up to and including the occasion: how it looked then."""
    ratings, number = journey.study.ratings, journey.study.occasions.set_index("occasion")["number"]
    if component != EVERYTHING:
        ratings = ratings[ratings["component"] == component]
    return ratings if occasion == EVERYTHING else ratings[ratings["occasion"].map(number) <= number[occasion]]


def _as_of(journey: Journey, occasion: str) -> str:
    _ = journey.translate
    if occasion == EVERYTHING:
        return ""
    return element("p", _("Up to and including {occasion}.").format(occasion=journey.occasions()[occasion]))


def _now_desired(journey: Journey, component: str, occasion: str) -> Part:
    _, study = journey.translate, journey.study
    figure = plot_now_desired(
        _chosen_ratings(journey, component, occasion),
        study.occasions,
        study.components,
        organisation=study.organisations["organisation"].item(),
        name=journey.organisation,
        levels=journey.levels,
        language=journey.language,
    )
    if figure.table.empty:
        return Part(_("Now and desired"), element("p", _("Nothing has been agreed on that fits the choice.")))
    return Part(_("Now and desired"), _as_of(journey, occasion), figure)


def _over_time(journey: Journey, component: str, occasion: str) -> Part:
    _ = journey.translate
    ratings = _chosen_ratings(journey, component, occasion)
    if ratings[(ratings["frame"] == "now")]["level"].notna().sum() == 0:
        return Part(_("Over time"), element("p", _("Nothing has been rated that fits the choice.")))
    wide = _trajectories(journey, ratings, WIDE if component == EVERYTHING else NARROW)
    return Part(_("Over time"), _as_of(journey, occasion), wide, _trajectories(journey, ratings, NARROW))


def _trajectories(journey: Journey, ratings: pd.DataFrame, columns: int) -> Figure:
    study = journey.study
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


def _texts(journey: Journey, component: str, occasion: str) -> Part:
    _ = journey.translate
    return Part(_("My texts"), texts(journey, component, occasion))


def _tried(journey: Journey, component: str, occasion: str) -> Part:
    _ = journey.translate
    chosen = chosen_experiments(journey, component, occasion)
    if chosen.empty:
        return Part(_("Our experiments"), element("p", _("No experiment fits the choice.")))
    swimlane = plot_experiments(chosen, journey.study.occasions, language=journey.language)
    return Part(_("Our experiments"), trials(journey, chosen), swimlane)
