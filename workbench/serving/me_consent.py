"""What I have said yes and no to: the information with its version, a choice for each purpose, and the history."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.access.information import PURPOSES, Information, choices, choose, is_asked, read_information
from workbench.acts.consents import TAKE_PART
from workbench.errors import WorkbenchError
from workbench.serving.acting import CannotActError
from workbench.serving.me import MyPage

if TYPE_CHECKING:
    from workbench.access.rules import Who
    from workbench.accounts.store import AccountStore
    from workbench.serving.acting import Studied

ADDRESS = "me/consent"
_ANSWERS = {"yes": True, "no": False}


@dataclass(frozen=True)
class Line:
    """One choice in the history."""

    day: str
    title: str
    given: bool
    information: str


class MyConsentHandler(MyPage):
    """The choices, each changed by an act."""

    name = "consent"

    @property
    def information(self) -> Information:
        """What is told, as it is now."""
        return read_information(self.settings["workbench"].place.state)

    async def get(self) -> None:
        """Show the information and the choices."""
        if not self.studied.is_live:
            self.show_closed()
            return
        mine = await self.mine()
        chosen = choices(mine.consents, self.person)
        information = self.information
        self.show(
            "me_consent.html",
            information=information,
            chosen=chosen,
            lines=self._history(mine.consents, information),
            first=not chosen,
            saved=self.get_query_argument("saved", "") == "1",
        )

    async def post(self) -> None:
        """Note what was chosen; what was not chosen stays unsaid."""
        before = choices((await self.mine()).consents, self.person)
        chosen = self._chosen()
        if any(before.get(purpose) is not given for purpose, given in chosen.items()):
            act = choose(self.person, chosen, before, information=self.information.version)
            try:
                await self.act(act)
            except CannotActError as error:
                self.show_refused(error)
                return
        self.redirect(f"{self.base_url}{ADDRESS}?saved=1")

    def _chosen(self) -> dict[str, bool]:
        """Read the form; no to taking part is not among what it can say: see the page of leaving."""
        given = {purpose: _ANSWERS.get(self.get_body_argument(purpose, "")) for purpose in PURPOSES}
        said = {purpose: answer for purpose, answer in given.items() if answer is not None}
        return {purpose: answer for purpose, answer in said.items() if answer or purpose != TAKE_PART}

    def _history(self, consents: Any, information: Information) -> list[Line]:
        rows = consents.sort_values("decided", ascending=False, kind="stable").itertuples()
        titles = {purpose: words.title(self.language) for purpose, words in information.purposes.items()}
        return [Line(f"{row.decided:%Y-%m-%d}", titles[row.purpose], bool(row.given), row.information) for row in rows]


async def leads_to_choosing(who: Who, studied: Studied, store: AccountStore) -> bool:
    """Tell whether whoever logs in is led to the choices first: once, and only who has something left to choose."""
    if not (who.person and studied.is_live):
        return False
    return await asyncio.to_thread(_is_new, who, studied, store)


def _is_new(who: Who, studied: Studied, store: AccountStore) -> bool:
    shown = any(line.kind == "me" and line.what == MyConsentHandler.name for line in store.log.all(code=who.code))
    try:
        return not shown and is_asked(studied.slice_of(who.person).consents, who.person)
    except WorkbenchError:  # the study cannot be read now, or has no such person: a log-in does not hang on it
        return False
