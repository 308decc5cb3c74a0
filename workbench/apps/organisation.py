"""Vår organisation (our organisation): from each one's answer to what is agreed on, and a page for the management."""

from __future__ import annotations

from html import escape
from typing import Any

import ipywidgets

from workbench.access.pages import organisation_slice, sponsor_slice, today
from workbench.apps.given import from_colleagues, from_network
from workbench.apps.journey import EVERYTHING, Page, chosen_language, opened_slice
from workbench.apps.levels import choices, now_desired, over_time, tried
from workbench.apps.markup import element, folded, items, section
from workbench.apps.movement import ours
from workbench.apps.parts import FILTERS, Part, following, html_view, settled
from workbench.apps.sheet import sheet
from workbench.apps.spread import from_each_to_agreed
from workbench.apps.texts import entry_title
from workbench.apps.trials import ahead
from workbench.errors import WorkbenchError
from workbench.language import Language
from workbench.opening import open_study
from workbench.study import Study


def var_organisation(
    study: Study | None = None,
    *,
    organisation: str | None = None,
    sponsor: bool = False,
    language: Language | None = None,
) -> ipywidgets.VBox:
    """Show an organisation's page: a development lead's, or a sponsor's.

    Parameters
    ----------
    study : Study, optional
        A whole study, to preview the page from. Without it, what the server has prepared for the reader.
    organisation : str, optional
        Whose page to preview.
    sponsor : bool
        Preview the sponsor's.
    language : {"sv", "en"}, optional
        Without it, the reader's own, Swedish by default.

    Returns
    -------
    ipywidgets.VBox

    Raises
    ------
    WorkbenchError
        The study holds several organisations and none is named.
    StudyError
        The study cannot be opened.
    """
    return show_organisation(_open(study, organisation, chosen_language(language), sponsor=sponsor))


def show_organisation(page: Page) -> ipywidgets.VBox:
    """Show an organisation's page that is open already: a lead's where it counts how answers spread."""
    component, occasion = choices(page)
    lead = "spread" in page.counts
    makers = [from_each_to_agreed, over_time, now_desired, tried] if lead else [now_desired, over_time, tried]
    shown = [following(part, page, component, occasion) for part in makers]
    if lead:
        texts = (_written, from_colleagues, from_network)
        shown += [following(part, page, component, occasion) for part in texts]
    parts = [
        html_view(_greeting(page)),
        html_view(_paper(page, lead=lead)),
        html_view(section(page.translate("What has moved"), ours(page), name="moved")),
        ipywidgets.HBox([component, occasion], _dom_classes=[FILTERS]),
        *shown,
        *([settled(_definitions, page)] if lead else []),
        settled(ahead, page),
        html_view(_method(page, lead=lead)),
    ]
    return ipywidgets.VBox(parts, _dom_classes=["wb-page", "wb-on-paper"])


def _open(study: Study | None, organisation: str | None, language: Language, *, sponsor: bool) -> Page:
    part = opened_slice() if study is None else None
    if part is None:
        study = study or open_study()
        if organisation is None:
            codes = ", ".join(study.organisations["organisation"].head(3))
            raise WorkbenchError(
                f"{study.about.id} holds {len(study.organisations)} organisations, and the page shows one. "
                f"Cure: name one to preview, such as var_organisation(organisation=…) with one of {codes}, …"
            )
        part = sponsor_slice(study, organisation) if sponsor else organisation_slice(study, organisation, day=today())
    return Page(part.study, language, part.counts)


def _greeting(page: Page) -> str:
    _ = page.translate
    label = " · ".join([_("Self-rated, not reviewed"), getattr(page.study.about, f"label_{page.language}")])
    return element("p", page.organisation, style="wb-who") + element("p", label, style="wb-label")


def _paper(page: Page, *, lead: bool) -> str:
    """Write the sheet, and how to have it on paper; the sponsor reads it on the screen as well."""
    _ = page.translate
    how = element(
        "p",
        _("Print this page, or save it as a PDF: what comes out is one A4 page for your management."),
        style="wb-how",
    )
    if lead:
        return how + sheet(page)
    return f'<div class="wb-open">{sheet(page)}</div>{how}'


def _written(page: Page, component: str, occasion: str) -> Part:
    """Show what the organisation wrote together, newest first."""
    _ = page.translate
    entries = page.study.entries.sort_values("written", ascending=False)
    if component != EVERYTHING:
        entries = entries[entries["component"] == component]
    if occasion != EVERYTHING:
        entries = entries[entries["occasion"] == occasion]
    rows: Any = entries.itertuples()
    told = [f'<article class="wb-entry">{_entry(page, row)}</article>' for row in rows]
    title = _("What you wrote together")
    return Part(title, "".join(told) or element("p", _("You have written nothing together that fits the choice.")))


def _entry(page: Page, row: Any) -> str:
    head = f"<b>{escape(entry_title(page, row))}</b> <span>{escape(page.day(row.written))}</span>"
    return folded(head, f'<p class="wb-text" lang="{row.language}">{escape(row.text)}</p>')


def _definitions(page: Page) -> str:
    """Write how the organisation words the components, in its latest version of each."""
    _ = page.translate
    latest = page.study.definitions.sort_values("version").drop_duplicates("component", keep="last")
    by_component = latest.set_index("component")
    lines = []
    for code, name in page.components().items():
        if code in by_component.index:
            row: Any = by_component.loc[code]
            why = f"<br><i>{escape(row['why'])}</i>" if isinstance(row["why"], str) else ""
            lines.append(f"<b>{escape(row['name'])}</b> ({escape(name)}): {escape(row['text'])}{why}")
    nothing = element("p", _("You have not worded any component yourselves yet."))
    return section(_("What the components mean to you"), items(lines) if lines else nothing, name="definitions")


def _method(page: Page, *, lead: bool) -> str:
    _ = page.translate
    sees = (
        _(
            "You see what your organisation agreed on, wrote together and tried, and texts that others have chosen to "
            "let you read. Nobody's own ratings are here, and no codes of people: individual answers are only counted, "
            "and only when they are many enough."
        )
        if lead
        else _(
            "You see what your organisation agreed on and tried. No individual answer is here, and nothing of what "
            "people have written but the experiments."
        )
    )
    lines = [
        sees,
        _("A consensus is what you agreed on after having rated one by one. It is not an average."),
        _("Where there was no rating the line stops. Nothing is filled in."),
        _("Organisations are not compared with each other: what counts is your own start."),
        _("The levels are the instrument's own. No standard defines them. Instrument: {id} {version}.").format(
            id=page.study.instrument.id, version=page.study.instrument.version
        ),
    ]
    return section(_("How this was made, and what it does not show"), items(map(escape, lines)), name="method")
