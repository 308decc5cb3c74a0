"""Findings given back to my organisation, my answers to them, and what became of those."""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import urlencode

from workbench.access.answers import (
    MOST_OUTCOME,
    STANCES,
    AnswerError,
    answer,
    answers_table,
    given_to,
    say_outcome,
    stances_table,
)
from workbench.errors import WorkbenchError
from workbench.language import translator
from workbench.serving.acting import STATUS, ActingHandler, CannotActError, words_for
from workbench.serving.me import MyPage

WRONG, UNREADABLE = 400, 503


class MyFindingsHandler(MyPage):
    """Every finding with a form to answer it; an answer is an act."""

    name = "findings"

    async def get(self) -> None:
        """Show the findings; the form that a link asks for is open, with its stance chosen."""
        said = {name: self.get_query_argument(name, "") for name in ("feedback", "stance")}
        await self._show(said={**said, "text": ""})

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
    """All answers, for the researchers, who say what became of each."""

    resource = "research"

    async def get(self) -> None:
        """Show what was answered, what waits for an outcome first."""
        await self._show(saved=self.get_query_argument("saved", ""))

    async def post(self) -> None:
        """Note what became of an answer, as whoever is logged in."""
        said = {name: self.get_body_argument(name, "") for name in ("response", "outcome")}
        try:
            await asyncio.to_thread(self._note, **said)
        except AnswerError as error:
            self.set_status(WRONG)
            await self._show(fault=error.what, said=said)
        except CannotActError as error:
            self.log.warning("%s", error)
            self.set_status(STATUS[error.why])
            await self._show(message=words_for(error.why, translator(self.language)), said=said)
        except WorkbenchError as error:
            self._give_up(error)
        else:
            self.redirect(f"{self.base_url}research/answers?{urlencode({'saved': said['response']})}#saved")

    def _note(self, response: str, outcome: str) -> None:
        actor = self.who.code if self.who else ""
        self.studied.do(actor, say_outcome(self.studied.study(), response, outcome))

    async def _show(self, **more: Any) -> None:
        try:
            told, counted = await asyncio.to_thread(self._tables)
        except WorkbenchError as error:
            self._give_up(error)
            return
        given = {"answers": told, "counts": counted, "stances": STANCES, "most": MOST_OUTCOME}
        nothing = {"saved": "", "fault": "", "message": "", "said": {}, "is_live": self.studied.is_live}
        self.show("research_answers.html", **given, **{**nothing, **more})

    def _give_up(self, error: WorkbenchError) -> None:
        self.log.error("The answers could not be read", exc_info=error)
        self.send_error(UNREADABLE)

    def _tables(self) -> tuple[list[Any], list[Any]]:
        study = self.studied.study()
        told, counted = answers_table(study, self.language), stances_table(study, self.language)
        return list(told.itertuples()), list(counted.itertuples())
