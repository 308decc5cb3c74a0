"""Correcting a text of one's own: the words before stay in the study's log, and are shown."""

from __future__ import annotations

from workbench.acts.entries import correct_entry
from workbench.records import Key, Record
from workbench.serving.handin_fields import LONG, Field, Values
from workbench.serving.handin_forms import Asked, Form, NotYoursError, Told, visibility_field
from workbench.serving.handin_front import moment
from workbench.store.draft import Act


class CorrectionForm(Form):
    """A text that was handed in."""

    kind = "text"
    names = ("entry", "text", "visibility")
    wordy = ("text",)

    def title(self, asked: Asked) -> str:
        """Give its heading."""
        _ = asked.translate
        return _("Correct a text")

    def lead(self, asked: Asked) -> str:
        """Say what becomes of the words before."""
        _ = asked.translate
        return _(
            "The text is shown as it stands. When you change it, the words before are kept, and you see them below. "
            "What the researchers have marked in it follows its words."
        )

    def told(self, asked: Asked) -> list[Told]:
        """Give what the text was before each correction, the latest first."""
        _ = asked.translate
        lines = [
            (_("Until {day}").format(day=moment(version.at)), str(version.was["text"]))
            for version in reversed(asked.versions)
            if version.was and version.became and version.was["text"] != version.became["text"]
        ]
        return [Told(_("As it was before"), lines)] if lines else []

    def traces(self, asked: Asked) -> list[tuple[str, Key]]:
        """Name the text."""
        return [("entries", (asked.one("entry"),))]

    def before(self, asked: Asked) -> Values:
        """Begin with the text as it stands."""
        found = own_text(asked)
        return {"text": [str(found["text"])], "visibility": [str(found["visibility"])]}

    def fields(self, asked: Asked) -> list[Field]:
        """Give the words and who may read them."""
        _ = asked.translate
        own_text(asked)
        return [
            Field("entry", "", "kept"),
            Field("text", _("The text"), "area", most=2 * LONG, required=_("Some words are needed.")),
            visibility_field(asked, draft=False),
        ]

    def act(self, asked: Asked) -> Act:
        """Correct it."""
        return correct_entry(asked.one("entry"), text=asked.one("text"), visibility=asked.one("visibility"))


def own_text(asked: Asked) -> Record:
    """Return the text asked for; NotYoursError unless the asker wrote it down themselves."""
    found = asked.row("entries", asked.one("entry"))
    if found["person"] != asked.person or found["recorder"]:
        raise NotYoursError(f"{found['entry']} was not written by {asked.person}.")
    return found
