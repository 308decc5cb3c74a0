"""Findings given back to my organisation, my answers to them, and what became of those."""

from __future__ import annotations

import asyncio
from typing import Any

from workbench.access.answers import STANCES, AnswerError, answer, answers_table, given_to, stances_table
from workbench.errors import WorkbenchError
from workbench.serving.acting import ActingHandler, CannotActError
from workbench.serving.me import MyPage

WRONG, UNREADABLE = 400, 503


class MyFindingsHandler(MyPage):
    """Every finding with a form to answer it; an answer is an act."""

    name = "findings"

    async def get(self) -> None:
        """Show the findings."""
        await self._show()

    async def post(self) -> None:
        """Take an answer."""
        said = {name: self.get_body_argument(name, "") for name in ("feedback", "stance", "text")}
        try:
            await self.act(answer(await self.mine(), self.person, **said))
        except AnswerError as error:
            self.set_status(WRONG)
            await self._show(fault=error.what, said=said)
            return
        except CannotActError as error:
            self.show_refused(error)
            return
        self.redirect(f"{self.base_url}me/findings?saved={said['feedback']}#{said['feedback']}")

    async def _show(self, **more: Any) -> None:
        if not self.studied.is_live:
            self.show_closed()
            return
        given = given_to(await self.mine(), self.person, self.language)
        saved = self.get_query_argument("saved", "")
        self.show("me_findings.html", **{"given": given, "stances": STANCES, "saved": saved, "fault": "", **more})


class AnswersHandler(ActingHandler):
    """All answers, for the researchers."""

    resource = "research"

    async def get(self) -> None:
        """Show what was answered, what waits for an outcome first."""
        try:
            told, counted = await asyncio.to_thread(self._tables)
        except WorkbenchError:
            self.log.exception("The answers could not be read")
            self.send_error(UNREADABLE)
            return
        self.show("research_answers.html", answers=told, counts=counted, stances=STANCES)

    def _tables(self) -> tuple[list[Any], list[Any]]:
        study = self.studied.study()
        told, counted = answers_table(study, self.language), stances_table(study, self.language)
        return list(told.itertuples()), list(counted.itertuples())
