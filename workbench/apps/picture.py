"""The network's picture: how levels spread over all organisations, as far as it may be shown."""

from __future__ import annotations

import pandas as pd

from workbench.access.pages import Counts
from workbench.apps.journey import EVERYTHING, Page
from workbench.apps.markup import element
from workbench.apps.parts import Part
from workbench.apps.spread import reasons
from workbench.figures import plot_level_distribution

AGREED, ALONE = "organisations", "people"


def network_agreed(page: Page, component: str, occasion: str) -> Part:
    """Draw the organisations' agreed levels now, at an occasion: the latest unless one is chosen."""
    _ = page.translate
    explained = _("Each answer here is an organisation's agreed level. Which organisation it is, is not shown.")
    return _picture(page, AGREED, (component, occasion), _("The network: agreed levels"), explained)


def network_alone(page: Page, component: str, occasion: str) -> Part:
    """Draw all people's own levels now, at an occasion: the latest unless one is chosen."""
    _ = page.translate
    explained = _("Each answer here is one person's own level. The organisations are counted together.")
    return _picture(page, ALONE, (component, occasion), _("The network: everyone's own answers"), explained)


def has_network(counts: Counts) -> bool:
    """Whether the network is counted on this page at all."""
    return AGREED in counts


def _picture(page: Page, basis: str, chosen: tuple[str, str], title: str, explained: str) -> Part:
    _, (component, occasion) = page.translate, chosen
    at = occasion or _latest(page, basis)
    shown = _chosen(page.counts[basis], component, at)
    withheld = _chosen(page.counts[f"{basis} withheld"], component, at)
    words = "".join(element("p", line) for line in [explained, *reasons(page, withheld)])
    if shown.empty:
        nothing = "" if len(withheld) else element("p", _("Nothing has been rated that fits the choice."))
        return Part(title, words + nothing)
    when = element("p", page.occasions()[at])
    order = [code for code in page.components() if code in set(shown["component"])]
    ordered = shown.set_index("component").loc[order].reset_index()
    figure = plot_level_distribution(ordered, levels=page.levels, labels=page.components(), language=page.language)
    return Part(title, when + words, figure)


def _chosen(table: pd.DataFrame, component: str, occasion: str) -> pd.DataFrame:
    found = table[(table["occasion"] == occasion) & (table["frame"] == "now")]
    return found if component == EVERYTHING else found[found["component"] == component]


def _latest(page: Page, basis: str) -> str:
    """Find the last occasion that may be shown; without one, the last that is withheld; else ""."""
    for table in (page.counts[basis], page.counts[f"{basis} withheld"]):
        found = set(table.loc[table["frame"] == "now", "occasion"])
        if found:
            return next(occasion for occasion in reversed(page.occasions()) if occasion in found)
    return ""
