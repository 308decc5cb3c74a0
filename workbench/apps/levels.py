"""What an organisation's pages have in common with its people's: levels agreed on, and what was tried."""

from __future__ import annotations

import ipywidgets
import pandas as pd

from workbench.apps.journey import EVERYTHING, Journey, Page
from workbench.apps.markup import element
from workbench.apps.parts import NARROW, WIDE, Part
from workbench.apps.trials import chosen_experiments, trials
from workbench.figures import Figure, plot_experiments, plot_now_desired, plot_trajectories


def choices(page: Page) -> tuple[ipywidgets.Dropdown, ipywidgets.Dropdown]:
    """Let the reader choose among the components that have been rated, and the occasions."""
    _ = page.translate
    everything = [(_("All components"), EVERYTHING)]
    rated = set(page.study.ratings["component"])
    components = [(name, code) for code, name in page.components().items() if code in rated]
    occasions = [(name, code) for code, name in page.occasions().items()]
    return (
        ipywidgets.Dropdown(options=everything + components, description=_("Component")),
        ipywidgets.Dropdown(options=[(_("All occasions"), EVERYTHING), *occasions], description=_("Occasion")),
    )


def _chosen_ratings(page: Page, component: str, occasion: str) -> pd.DataFrame:
    """Ratings of the component, up to and including the occasion: how it looked then."""
    ratings, number = page.study.ratings, page.study.occasions.set_index("occasion")["number"]
    if component != EVERYTHING:
        ratings = ratings[ratings["component"] == component]
    return ratings if occasion == EVERYTHING else ratings[ratings["occasion"].map(number) <= number[occasion]]


def _as_of(page: Page, occasion: str) -> str:
    _ = page.translate
    if occasion == EVERYTHING:
        return ""
    return element("p", _("Up to and including {occasion}.").format(occasion=page.occasions()[occasion]))


def now_desired(page: Page, component: str, occasion: str) -> Part:
    """Draw what was agreed on, from now to desired."""
    _, study = page.translate, page.study
    figure = plot_now_desired(
        _chosen_ratings(page, component, occasion),
        study.occasions,
        study.components,
        organisation=study.organisations["organisation"].item(),
        name=page.organisation,
        levels=page.levels,
        language=page.language,
    )
    if figure.table.empty:
        return Part(_("Now and desired"), element("p", _("Nothing has been agreed on that fits the choice.")))
    return Part(_("Now and desired"), _as_of(page, occasion), figure)


def over_time(page: Page, component: str, occasion: str) -> Part:
    """Draw the levels over time; on a person's own page with theirs."""
    _ = page.translate
    ratings = _chosen_ratings(page, component, occasion)
    if ratings[(ratings["frame"] == "now")]["level"].notna().sum() == 0:
        return Part(_("Over time"), element("p", _("Nothing has been rated that fits the choice.")))
    if component != EVERYTHING:  # one panel: as wide on a phone as on a screen
        return Part(_("Over time"), _as_of(page, occasion), _trajectories(page, ratings, NARROW))
    wide, narrow = (_trajectories(page, ratings, columns) for columns in (WIDE, NARROW))
    return Part(_("Over time"), _as_of(page, occasion), wide, narrow)


def _trajectories(page: Page, ratings: pd.DataFrame, columns: int) -> Figure:
    study = page.study
    return plot_trajectories(
        ratings,
        study.occasions,
        study.components,
        organisation=study.organisations["organisation"].item(),
        name=page.organisation,
        levels=page.levels,
        reader=page.person if isinstance(page, Journey) else None,
        people=isinstance(page, Journey),
        columns=columns,
        language=page.language,
    )


def tried(page: Page, component: str, occasion: str) -> Part:
    """Draw and tell what was tried at home."""
    _ = page.translate
    chosen = chosen_experiments(page, component, occasion)
    if chosen.empty:
        return Part(_("Our experiments"), element("p", _("No experiment fits the choice.")))
    swimlane = plot_experiments(chosen, page.study.occasions, language=page.language)
    return Part(_("Our experiments"), trials(page, chosen), swimlane)
