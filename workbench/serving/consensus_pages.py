"""What we agree on: a development lead's pages, from each one's answer to what the organisation hands in."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, ClassVar

from workbench.access.cells import Least, Spread, own_spread
from workbench.access.pages import today
from workbench.access.rules import Kind
from workbench.language import translator
from workbench.serving.handin import FORMS, FormHandler, HandInPage, occasion_names
from workbench.serving.handin_consensus import FRAMES, ConsensusForm, agreed_rows
from workbench.serving.handin_forms import DRAFT, Asked, latest_occasion, plain
from workbench.serving.handin_front import draft_lines

AGREED = ConsensusForm()


@dataclass(frozen=True)
class Line:
    """One component: whether it was in focus, and what was agreed on, "" for nothing."""

    component: str
    name: str
    in_focus: bool
    now: str
    desired: str


@dataclass(frozen=True)
class Counted:
    """How individual answers spread over one level: how many chose it now, and desired."""

    level: str
    now: int
    desired: int


class ConsensusHandler(HandInPage):
    """Every component at an occasion, with what is agreed on."""

    resource: ClassVar[Kind] = "consensus"

    async def get(self) -> None:
        """Show the page."""
        if not self.studied.is_live:
            self.show_closed()
            return
        asked = await self.ask(self.addressed())
        occasions = occasion_names(asked)
        named = {code for code, _name in occasions}
        occasion = asked.one("occasion") if asked.one("occasion") in named else latest_occasion(asked)
        drafts = [draft for draft in self.drafts.of(self.person) if draft.kind == AGREED.kind]
        done = self.get_query_argument("done", "")
        self.show(
            "consensus.html",
            lines=lines(asked, occasion),
            occasions=occasions,
            occasion=occasion,
            drafts=draft_lines(drafts, FORMS, translator(self.language)),
            done=done if done in {AGREED.kind, DRAFT} else "",
            sent=self.get_query_argument("sent", ""),
        )


class ConsensusFormHandler(FormHandler):
    """One component: how answers spread, and the form."""

    resource: ClassVar[Kind] = "consensus"
    forms: ClassVar = {"form": AGREED}
    front: ClassVar[str] = "consensus"
    template: ClassVar[str] = "consensus_form.html"

    async def beside(self, asked: Asked) -> dict[str, Any]:
        """Give how the individual answers spread, as far as the organisation's own page shows it."""
        return await asyncio.to_thread(self._beside, asked)

    def _beside(self, asked: Asked) -> dict[str, Any]:
        from workbench.apps.journey import Page  # noqa: PLC0415 -- widgets, which other pages of the server do without
        from workbench.apps.spread import reasons  # noqa: PLC0415

        spread = self._spread(asked)
        page = Page(asked.study, asked.language)
        shown = set(spread.shown["frame"])
        return {
            "counted": counted(spread, page.levels),
            "frames": [frame for frame in FRAMES if frame in shown],
            "reasons": reasons(page, spread.withheld),
        }

    def _spread(self, asked: Asked) -> Spread:
        study = self.studied.study()
        ratings = study.ratings
        here = (ratings["occasion"] == asked.one("occasion")) & (ratings["component"] == asked.one("component"))
        own = own_spread(ratings[here], study.occasions, asked.organisation, Least.of(study.about), day=today())
        return Spread(*(table[table["frame"].isin(FRAMES)] for table in (own.shown, own.withheld)))


def lines(asked: Asked, occasion: str) -> list[Line]:
    """List the components at an occasion, those in focus first."""
    focus = asked.study.focus
    chosen = set(focus.loc[focus["occasion"] == occasion, "component"])
    names = level_names(asked)
    found = []
    for code, name in asked.component_names().items():
        told = {
            row.frame: names[plain(row.level) if plain(row.missing) is None else row.missing]
            for row in agreed_rows(asked, occasion, code)
        }
        found.append(Line(code, name, code in chosen, told.get("now", ""), told.get("desired", "")))
    return sorted(found, key=lambda line: not line.in_focus)


def level_names(asked: Asked) -> dict[Any, str]:
    """Name levels by number, and what stands in the place of one by its code."""
    instrument = asked.study.instrument
    told = instrument.missing.set_index("code")[asked.language]
    return dict(enumerate(instrument.levels[asked.language])) | dict(told)


def counted(spread: Spread, names: list[str]) -> list[Counted]:
    """Count the answers on each level, the lowest first; nothing where nothing is shown."""
    table = spread.shown
    if table.empty:
        return []
    counts = {(row["frame"], int(row["level"])): int(row["count"]) for row in table.to_dict("records")}
    return [Counted(name, counts.get(("now", at), 0), counts.get(("desired", at), 0)) for at, name in enumerate(names)]
