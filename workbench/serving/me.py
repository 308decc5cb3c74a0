"""A participant's own matters: a page that leads to all of them, and what those pages share."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from workbench.access.rules import What
from workbench.serving.pages import PageHandler


class MyPage(PageHandler):
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
    def person(self) -> str:
        """Code in the study of whoever is logged in, as the server's session says."""
        return str(self.current_user.person)

    @property
    def place(self) -> str:
        """Path or address of the study."""
        return str(self.settings["workbench"].place.study)


class MeHandler(MyPage):
    """Leads to one's copy, consents, answers and the way out."""

    def get(self) -> None:
        """Show the page."""
        self.show("me.html")
