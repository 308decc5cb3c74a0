"""The pages of handing in: drafts are saved as typed, and what is handed in is an act of the one logged in."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from tornado.web import HTTPError

from workbench.access.rules import Kind, What
from workbench.drafts.draft import Draft, DraftError, ElsewhereError, is_id, new_id
from workbench.drafts.drafts import Drafts
from workbench.language import translator
from workbench.serving.acting import STATUS, ActingHandler, CannotActError, words_for
from workbench.serving.handin_consensus import ConsensusForm
from workbench.serving.handin_correction import CorrectionForm
from workbench.serving.handin_definition import DefinitionForm
from workbench.serving.handin_experiment import DesignForm, LogForm, OutcomeForm
from workbench.serving.handin_fields import Values, faults_in
from workbench.serving.handin_forms import DRAFT, Asked, Form, NotYoursError
from workbench.serving.handin_front import (
    SWEDEN,
    deed_lines,
    draft_lines,
    experiment_lines,
    kinds,
    text_lines,
    to_rate,
)
from workbench.serving.handin_own import ComponentForm, PracticeForm
from workbench.serving.handin_rating import RatingForm
from workbench.serving.handin_reflection import WAYS, ReflectionForm
from workbench.serving.limits import MOST_BODY

FORMS: Final[dict[str, Form]] = {
    form.kind: form
    for form in (
        ReflectionForm(), RatingForm(), DesignForm(), LogForm(), OutcomeForm(), DefinitionForm(), CorrectionForm(),
        ConsensusForm(), ComponentForm(), PracticeForm(),
    )
}  # fmt: skip
OWN: Final = {kind: form for kind, form in FORMS.items() if form.address == f"hand-in/{kind}"}
ABOUT: Final = ("component", "experiment", "entry", "occasion", "way", "follows")  # what an address may say
WRONG, ELSEWHERE, GONE = 400, 409, 404
_AROUND: Final = 16 * 1024  # bytes of a form that are not its words


@dataclass(frozen=True)
class Said:
    """What is said with a form when it is shown: its draft's version, 0 for none, and what was wrong."""

    version: int = 0
    faults: dict[str, str] = field(default_factory=dict)
    message: str = ""


class HandInPage(ActingHandler):
    """A page of what one hands in."""

    resource: ClassVar[Kind] = "handin"

    @property
    def drafts(self) -> Drafts:
        """Everybody's drafts; each is asked for with whose it is."""
        drafts: Drafts = self.settings["drafts"]
        return drafts

    async def ask(self, values: Values, draft: str = "") -> Asked:
        """Begin to fill in a form."""
        today = dt.datetime.now(SWEDEN).date().isoformat()
        return Asked(await self.mine(), self.person, self.language, today, values, draft)

    def addressed(self) -> dict[str, list[str]]:
        """Take from the address what a form may be told by it."""
        return {name: [value] for name in ABOUT if (value := self.get_query_argument(name, ""))}

    def show_closed(self) -> None:
        """Say that nothing can be handed in."""
        self.show("handin_closed.html", message=words_for("closed", translator(self.language)))


class HandInHandler(HandInPage):
    """Everything there is to hand in, the drafts, and what has been handed in."""

    async def get(self) -> None:
        """Show the page."""
        if not self.studied.is_live:
            self.show_closed()
            return
        _ = translator(self.language)
        asked = await self.ask(self.addressed())
        done = self.get_query_argument("done", "")
        self.show(
            "handin.html",
            drafts=draft_lines(self.drafts.of(self.person), FORMS, _),
            texts=text_lines(asked),
            deeds=deed_lines(await asyncio.to_thread(self.studied.deeds_of, self.person), _),
            experiments=experiment_lines(asked),
            to_rate=to_rate(asked),
            occasions=occasion_names(asked),
            done=done if done in FORMS or done == DRAFT else "",
            sent=self.get_query_argument("sent", ""),
        )


def occasion_names(asked: Asked) -> list[tuple[str, str]]:
    """Name the occasions that have begun, the latest first, by code."""
    rows: Any = asked.begun().itertuples()
    return [(row.occasion, f"{row.number}. {getattr(row, f'title_{asked.language}')}") for row in rows]


class FormHandler(HandInPage):
    """One form: filled in, kept as a draft, handed in.

    Attributes
    ----------
    forms : dict
        By the last part of the address.
    front, template : str
        The page that leads here, and goes on from here; what the form is shown with.
    """

    forms: ClassVar[Mapping[str, Form]] = OWN
    front: ClassVar[str] = "hand-in"
    template: ClassVar[str] = "handin_form.html"

    def asked_for(self) -> What:
        """Give one's own, by the form in the address, which is here."""
        if self.path_args[0] not in self.forms:
            raise HTTPError(404)
        return replace(super().asked_for(), name=self.path_args[0])

    async def get(self, kind: str) -> None:
        """Show the form, with what stands in its draft."""
        if not self.studied.is_live:
            self.show_closed()
            return
        named = self.get_query_argument("draft", "")
        kept = self.drafts.find(self.person, named) if is_id(named) else None
        asked = await self.ask(self.addressed(), named if is_id(named) else new_id())
        form = self.forms[kind]
        if kept and kept.kind == form.kind:
            await self._show(form, replace(asked, values=kept.words), Said(kept.version))
        else:
            await self._show(form, self._begun(form, asked), Said())

    def _begun(self, form: Form, asked: Asked) -> Asked:
        """Let a form begin with what it is about, and what stands already."""
        try:
            return replace(asked, values={**form.before(asked), **asked.values})
        except NotYoursError as error:
            raise HTTPError(GONE) from error

    async def post(self, kind: str) -> None:
        """Keep what was typed, whatever comes of it; then hand it in, or show what is wrong with it."""
        form, named = self.forms[kind], self.get_body_argument("draft", "")
        values = sent_words(self, form)
        asked = await self._asked_now(values, named if is_id(named) else new_id())
        if asked is None:
            return
        try:
            if form.is_there(asked):
                self._leave(form, asked)
                return
            kept = self.drafts.save(self.person, asked.draft, form.kind, values, seen=None)
        except DraftError as error:
            self.log.warning("A draft was not kept: %s", error)
            kept = Draft(asked.draft, form.kind, values, 0, 0)
        wish = self.get_body_argument("do", "hand in")
        if wish in WAYS:
            await self._show(form, replace(asked, values={**values, "way": [wish]}), Said(kept.version))
        elif wish == DRAFT or asked.one("visibility") == DRAFT:
            self.redirect(f"{self.base_url}{self.front}?{urlencode({'done': DRAFT, 'sent': asked.draft})}")
        else:
            await self._hand_in(form, asked, kept)

    async def _asked_now(self, values: Values, draft: str) -> Asked | None:
        if self.studied.is_live:
            return await self.ask(values, draft)
        self.set_status(STATUS["closed"])
        self.show_closed()
        return None

    async def _hand_in(self, form: Form, asked: Asked, kept: Draft) -> None:
        _ = asked.translate
        try:
            faults = faults_in(form.fields(asked), asked.values, _) | form.faults(asked)
            if not faults:
                await self.act(form.act(asked))
        except NotYoursError as error:
            raise HTTPError(GONE) from error
        except CannotActError as error:
            self.log.warning("%s", error)
            self.set_status(STATUS[error.why])
            await self._show(form, asked, Said(kept.version, message=words_for(error.why, _)))
            return
        if faults:
            self.set_status(WRONG)
            await self._show(form, asked, Said(kept.version, faults))
        else:
            self._leave(form, asked)

    async def beside(self, asked: Asked) -> dict[str, Any]:  # noqa: ARG002 -- for those that show more
        """Give what the template shows beside the form."""
        return {}

    def _leave(self, form: Form, asked: Asked) -> None:
        """Put the draft away and go on."""
        self.drafts.remove(self.person, asked.draft)
        query = {"done": form.kind, "sent": asked.draft} | form.after(asked)
        self.redirect(f"{self.base_url}{self.front}?{urlencode(query)}", status=303)

    async def _show(self, form: Form, asked: Asked, said: Said) -> None:
        versions = [
            version
            for table, key in form.traces(asked)
            for version in await asyncio.to_thread(self.studied.versions, table, *key)
        ]
        asked = replace(asked, versions=versions)
        try:
            fields = form.fields(asked)
            context = {"fields": fields, "told": form.told(asked), "title": form.title(asked), "lead": form.lead(asked)}
            context |= await self.beside(asked)
        except NotYoursError as error:
            raise HTTPError(GONE) from error
        self.show(
            self.template,
            **context,
            address=form.address,
            room=MOST_BODY - _AROUND,
            kind=form.kind,
            what=kinds(asked.translate)[form.kind],
            values={field.name: list(asked.values.get(field.name, [])) for field in fields},
            others={name: asked.values[name] for name in form.names if name in _unseen(form, fields, asked.values)},
            draft=asked.draft,
            version=said.version,
            faults=said.faults,
            message=said.message,
            way=asked.one("way"),
        )


def _unseen(form: Form, fields: Sequence[Any], values: Values) -> set[str]:
    """Name what stands in the draft and has no field now, as the answers to another way's questions."""
    return {name for name in form.names if values.get(name)} - {field.name for field in fields}


def sent_words(handler: Any, form: Form) -> dict[str, list[str]]:
    """Read what was sent of a form: its own fields alone, line ends as LF."""
    found = {name: handler.get_body_arguments(name, strip=False) for name in form.names}
    return {
        name: [value.replace("\r\n", "\n").replace("\r", "\n") for value in values]
        for name, values in found.items()
        if any(values)
    }


class DraftHandler(HandInPage):
    """One draft of one's own: what version it has, saving it as it is typed, putting it away."""

    resource: ClassVar[Kind] = "draft"

    def get(self, draft: str) -> None:
        """Tell which version is kept: 0 for none."""
        kept = self.drafts.find(self.person, draft)
        self._tell(kept.version if kept else 0, kept.saved_at if kept else 0)

    def post(self, draft: str) -> None:
        """Keep what has been typed so far, or put the draft away."""
        if self.get_body_argument("do", "") == "remove":
            self.drafts.remove(self.person, draft)
            self.redirect(f"{self.base_url}hand-in?{urlencode({'sent': draft})}")
            return
        form = FORMS.get(self.get_body_argument("form", ""))
        seen = self.get_body_argument("seen", "")
        if form is None:
            raise HTTPError(WRONG)
        try:
            kept = self.drafts.save(
                self.person, draft, form.kind, sent_words(self, form), seen=int(seen) if seen.isdecimal() else None
            )
        except ElsewhereError as error:
            self.set_status(ELSEWHERE)
            self._tell(error.version, error.saved_at)
        except DraftError as error:
            self.log.warning("A draft was not kept: %s", error)
            self.set_status(WRONG)
            self._tell(0, 0)
        else:
            self._tell(kept.version, kept.saved_at)

    def _tell(self, version: int, saved_at: float) -> None:
        clock = f"{dt.datetime.fromtimestamp(saved_at, SWEDEN):%H:%M:%S}" if version else ""
        self.finish({"version": version, "clock": clock})
