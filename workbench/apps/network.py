"""Nätverket (the network): what the programme asked for and got, who has handed in, and the network's picture."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

import ipywidgets
import pandas as pd

from workbench.access.pages import network_slice, today
from workbench.apps.given import from_network
from workbench.apps.journey import EVERYTHING, Page, chosen_language, opened_slice
from workbench.apps.markup import element, items, scrolled, section
from workbench.apps.parts import FILTERS, Part, following, html_view
from workbench.apps.picture import network_agreed, network_alone
from workbench.figures import Figure, plot_completeness
from workbench.figures.figure import table_html
from workbench.language import Language, Translate
from workbench.opening import open_study
from workbench.study import Study


def natverket(study: Study | None = None, *, language: Language | None = None) -> ipywidgets.VBox:
    """Show the network's page.

    Parameters
    ----------
    study : Study, optional
        A whole study. Without it, what the server has prepared, or what `open_study()` opens.
    language : {"sv", "en"}, optional
        Without it, the reader's own, Swedish by default.

    Returns
    -------
    ipywidgets.VBox

    Raises
    ------
    StudyError
        The study cannot be opened.
    """
    part = opened_slice() if study is None else None
    part = part or network_slice(study or open_study(), day=today())
    return show_network(Page(part.study, chosen_language(language), part.counts))


def show_network(page: Page) -> ipywidgets.VBox:
    """Show the network's page that is open already."""
    component, occasion = _choices(page)
    makers = (_who, _asked, _agreed_on, network_agreed, network_alone, from_network)
    parts = [
        html_view(_greeting(page)),
        ipywidgets.HBox([component, occasion], _dom_classes=[FILTERS]),
        _reminder(page, occasion),
        *(following(make, page, component, occasion) for make in makers),
        html_view(_method(page)),
    ]
    return ipywidgets.VBox(parts, _dom_classes=["wb-page"])


def _greeting(page: Page) -> str:
    _ = page.translate
    words = _("{organisations} organisations, {people} people, {occasions} occasions")
    counted = words.format(
        organisations=len(page.study.organisations), people=len(page.study.people), occasions=len(page.study.occasions)
    )
    label = getattr(page.study.about, f"label_{page.language}")
    return element("p", counted, style="wb-who") + element("p", label, style="wb-label")


def _choices(page: Page) -> tuple[ipywidgets.Dropdown, ipywidgets.Dropdown]:
    """Let the reader choose a component and an occasion; the last one at which anything was handed in comes first."""
    _ = page.translate
    components = [(name, code) for code, name in page.components().items()]
    occasions = [(name, code) for code, name in page.occasions().items()]
    return (
        ipywidgets.Dropdown(options=[(_("All components"), EVERYTHING), *components], description=_("Component")),
        ipywidgets.Dropdown(options=occasions, value=_latest(page), description=_("Occasion")),
    )


def _latest(page: Page) -> str:
    handed, agreed = page.counts["handed in"], page.counts["agreed on"]
    active = {*handed.loc[(handed["given"] > 0) | (handed["texts"] > 0), "occasion"]}
    active |= {*agreed.loc[agreed["rated"] > 0, "occasion"]}
    codes = list(page.occasions())
    return next((code for code in reversed(codes) if code in active), codes[0])


def _reminder(page: Page, occasion: ipywidgets.Dropdown) -> ipywidgets.VBox:
    """Give a text to copy, made anew for each occasion."""
    _ = page.translate
    text = ipywidgets.Textarea(description=_("Text to copy"), rows=6, _dom_classes=["wb-copy"])

    def write(_change: object = None) -> None:
        text.value = reminder(page, occasion.value)

    occasion.observe(write, names="value")
    write()
    return ipywidgets.VBox([html_view(element("h2", _("Remind"), style="wb-heading")), text])


def reminder(page: Page, occasion: str) -> str:
    """Write a reminder to those who have not rated all that was asked for at an occasion, by their codes."""
    _ = page.translate
    handed = page.counts["handed in"]
    lacking = handed[(handed["occasion"] == occasion) & handed["state"].isin(["nothing", "partly"])]
    when = page.occasions()[occasion]
    if lacking.empty:
        return _("{occasion}: nobody needs to be reminded.").format(occasion=when)
    head = _("{occasion}: these have not yet rated all components in focus.").format(occasion=when)
    rows: Any = lacking.itertuples()
    line = _("{person} ({organisation}): {given} of {asked}")
    lines = [
        line.format(person=row.person, organisation=row.organisation, given=row.given, asked=row.asked) for row in rows
    ]
    tail = _("Whose codes these are, only the key custodian can tell.")
    return "\n".join([head, *lines, tail])


def _who(page: Page, _component: str, occasion: str) -> Part:
    """Show who has handed in what at an occasion, and when."""
    _ = page.translate
    handed = page.counts["handed in"]
    rows = handed[handed["occasion"] == occasion]
    states = state_names(_)
    told = [
        _("{state}: {n}").format(n=int(n), state=states[str(state)])
        for state, n in rows["state"].value_counts().reindex(list(states)).dropna().items()
    ]
    headings = {
        "person": _("Code"),
        "organisation": _("Organisation"),
        "given": _("Components rated"),
        "asked": _("In focus"),
        "texts": _("Texts"),
        "last": _("Latest text"),
        "state": _("State"),
    }
    table = rows.assign(state=rows["state"].map(states))[list(headings)].rename(columns=headings)
    title = _("Who has handed in")
    if rows.empty:
        return Part(title, element("p", _("Nobody was in the study then.")))
    return Part(title, items(map(escape, told)) + scrolled(table_html(table, page.occasions()[occasion]), title))


def state_names(_: Translate) -> dict[str, str]:
    """Name the states of what somebody has handed in."""
    return {
        "handed in": _("All rated"),
        "partly": _("Some rated"),
        "absent": _("Absent"),
        "nothing": _("Nothing yet"),
        "not asked": _("Not asked alone: only agreed levels"),
    }


def _asked(page: Page, component: str, _occasion: str) -> Part:
    _ = page.translate
    return _map(page, "answered", component, _("What was asked and answered"))


def _agreed_on(page: Page, component: str, _occasion: str) -> Part:
    _ = page.translate
    return _map(page, "agreed on", component, _("Where a level was agreed on"))


def _map(page: Page, name: str, component: str, title: str) -> Part:
    _ = page.translate
    cells = page.counts[name]
    cells = cells if component == EVERYTHING else cells[cells["component"] == component]
    words = _(
        "A dot is a planned gap: the component was not in focus then. An answer counts when it is a level, don't know "
        "or not applicable. Which of these it is, is not shown here."
    )
    wide, narrow = (_drawn(page, cells, columns) for columns in (2, 1))
    return Part(title, element("p", words), wide, narrow)


def _drawn(page: Page, cells: pd.DataFrame, columns: int) -> Figure:
    """Draw the map, and leave the codes, which are not counted here, out of its table."""
    _, study = page.translate, page.study
    figure = plot_completeness(cells, study.occasions, study.components, columns=columns, language=page.language)
    codes = [_("Don't know"), _("Not applicable"), _("Absent"), _("Withdrawn")]
    asked = cells[~cells["state"].isin(["planned gap", "only agreed"])]
    words = _("{rated} of {expected} expected answers are there")
    told = words.format(rated=int(asked["rated"].sum()), expected=int(asked["expected"].sum()))
    return replace(figure, table=figure.table.drop(columns=codes), n=told)


def _method(page: Page) -> str:
    _ = page.translate
    lines = [
        _(
            "You see who has handed in, how much, and when. What they answered is not here, and of what they wrote "
            "only what they have chosen to let the network read."
        ),
        _("People are here by their codes. Names are kept apart from the study, by the key custodian."),
        _(
            "How levels spread is counted over at least three organisations, and never so that what is left, when an "
            "organisation's own is taken away, is a few people."
        ),
        _("Organisations are not compared with each other: what counts is each one's own start."),
    ]
    return section(_("How this was made, and what it does not show"), items(map(escape, lines)), name="method")
