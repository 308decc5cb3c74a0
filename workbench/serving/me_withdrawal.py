"""Leaving the study: what will change is shown first, then asked for by typing one's code, then done everywhere."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from workbench.access.leaving import Leaving, leave, leaving
from workbench.language import Language
from workbench.serving.acting import CannotActError
from workbench.serving.me import MyPage
from workbench.study import Study

WRONG: Final = 400
_BEGINNING = 90  # characters of a text that are enough to know it by


class MyWithdrawalHandler(MyPage):
    """The way out."""

    name = "withdrawal"

    async def get(self) -> None:
        """Show what will change."""
        await self._show(fault="")

    async def post(self) -> None:
        """Leave, when the code is typed right."""
        if not (self.who and self.get_body_argument("code", "") == self.who.code):
            self.set_status(WRONG)
            await self._show(fault="code")
            return
        try:
            await self.act(leave(self.person))
        except CannotActError as error:
            self.show_refused(error)
            return
        await self._let_go()
        self.show("me_goodbye.html")

    async def _show(self, *, fault: str) -> None:
        if not self.studied.is_live:
            self.show_closed()
            return
        drafts = len(self.drafts.of(self.person))
        told = await asyncio.to_thread(self._told)
        self.show("me_withdrawal.html", **told, drafts=drafts, fault=fault)

    def _told(self) -> dict[str, Any]:
        study = self.studied.study()
        return withdrawal_context(study, leaving(study, self.person), self.language)

    async def _let_go(self) -> None:
        """End all that is theirs here: ways in, sessions, drafts; and every kernel, since each may hold figures."""
        person = self.person
        for account, _ in self.store.accounts.all():
            if account.person == person:
                self.store.accounts.set_disabled(account.code, disabled=True)
        self.identity_provider.clear_login_cookie(self)
        self.current_user = self._jupyter_current_user = None  # the page that follows is nobody's
        await asyncio.to_thread(self.drafts.forget, person)
        await asyncio.to_thread(self.studied.study)  # reads it anew, so that nothing of theirs stays in memory
        for kernel_id in list(self.kernel_manager.owners):
            await self.kernel_manager.end_kernel(kernel_id)


def withdrawal_context(study: Study, told: Leaving, language: Language) -> dict[str, Any]:
    """Give the page what it tells, in the reader's language."""
    components = dict(study.components[["component", f"name_{language}"]].itertuples(index=False, name=None))
    entries: Any = told.entries.itertuples()
    ratings: Any = told.ratings.itertuples()
    findings: Any = told.findings.itertuples()
    return {
        "told": told,
        "entries": [(f"{row.written:%Y-%m-%d}", _beginning(row.text), row.codings) for row in entries],
        "ratings": [(components[row.component], row.levels) for row in ratings],
        "findings": [(getattr(row, f"title_{language}"), row.own, row.others) for row in findings],
    }


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _BEGINNING else words[: _BEGINNING - 1].rstrip() + "…"
