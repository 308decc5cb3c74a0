"""Min resa (my journey): where I and my organisation stood and stand, what we wrote and what we tried."""

from __future__ import annotations

import ipywidgets

from workbench.apps.findings import findings, method
from workbench.apps.given import from_colleagues, from_network, has_given
from workbench.apps.journey import Journey, open_journey
from workbench.apps.levels import choices, now_desired, over_time, tried
from workbench.apps.markup import element
from workbench.apps.movement import movement
from workbench.apps.parts import FILTERS, Part, following, html_view, settled
from workbench.apps.picture import has_network, network_agreed
from workbench.apps.texts import texts
from workbench.apps.trials import ahead
from workbench.language import Language
from workbench.study import Study


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
    return show_journey(open_journey(study, person, language))


def show_journey(journey: Journey) -> ipywidgets.VBox:
    """Show a journey that is open already."""
    component, occasion = choices(journey)
    makers = [now_desired, over_time, _texts, tried]
    makers += [from_colleagues, from_network] if has_given(journey.counts) else []
    makers += [network_agreed] if has_network(journey.counts) else []
    parts = [
        html_view(_greeting(journey)),
        settled(movement, journey),
        ipywidgets.HBox([component, occasion], _dom_classes=[FILTERS]),
        *(following(part, journey, component, occasion) for part in makers),
        settled(findings, journey),
        settled(ahead, journey),
        html_view(method(journey)),
    ]
    return ipywidgets.VBox(parts, _dom_classes=["wb-page"])


def _greeting(journey: Journey) -> str:
    _ = journey.translate
    about = journey.study.about
    label = getattr(about, f"label_{journey.language}")
    who = _("{organisation} · your code is {person}").format(organisation=journey.organisation, person=journey.person)
    return element("p", who, style="wb-who") + element("p", label, style="wb-label")


def _texts(journey: Journey, component: str, occasion: str) -> Part:
    _ = journey.translate
    return Part(_("My texts"), texts(journey, component, occasion))
