"""A participant's own matters: a page that leads to all of them, and what those pages share."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from workbench.access.rules import What
from workbench.drafts.drafts import Drafts
from workbench.language import translator
from workbench.serving.acting import STATUS, ActingHandler, CannotActError, words_for


class MyPage(ActingHandler):
    """A page about whoever is logged in, and nobody else: no address and no form names a person.

    Attributes
    ----------
    name : str
        What the access log calls the page.
    """

    resource = "me"
    name: ClassVar[str] = ""

    def asked_for(self) -> What:
        """One's own, by the name of the page."""
        return replace(super().asked_for(), name=self.name)

    @property
    def drafts(self) -> Drafts:
        """Everybody's drafts; each is asked for with whose it is."""
        drafts: Drafts = self.settings["drafts"]
        return drafts

    def show_closed(self) -> None:
        """Say that the study is closed, so that nothing can be changed."""
        self.show("me_closed.html")

    def show_refused(self, error: CannotActError) -> None:
        """Say in plain words why nothing was done."""
        self.set_status(STATUS[error.why])
        self.show("me_refused.html", message=words_for(error.why, translator(self.language)))


class MeHandler(MyPage):
    """Leads to one's copy, consents, answers and the way out."""

    def get(self) -> None:
        """Show the page."""
        self.show("me.html")
