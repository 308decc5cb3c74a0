"""Handing in an organisation's own definition of a component: each is the next version, the earlier stand."""

from __future__ import annotations

from typing import Any

import pandas as pd

from workbench.acts.components import define_component
from workbench.serving.handin_fields import SHORT, Field, Values
from workbench.serving.handin_forms import (
    Asked,
    Form,
    Told,
    component_field,
    handed_in_code,
    has_row,
    latest_occasion,
    occasion_field,
)
from workbench.store.draft import Act


class DefinitionForm(Form):
    """A component in the organisation's own words."""

    kind = "definition"
    names = ("component", "name", "text", "why", "occasion")
    wordy = ("name", "text", "why")

    def title(self, asked: Asked) -> str:
        """Give its heading."""
        _ = asked.translate
        return _("Define a component in your own words")

    def lead(self, asked: Asked) -> str:
        """Say whose words they are."""
        _ = asked.translate
        return _(
            "What does it mean with you? The definition is your organisation's, and is seen by your colleagues in the "
            "study and the researchers. A new one is the next version: the earlier ones stand."
        )

    def told(self, asked: Asked) -> list[Told]:
        """Show the versions there are, the latest first."""
        _ = asked.translate
        rows: Any = _versions(asked).itertuples(index=False)
        version = _("Version {number}: {name}")
        lines = [(version.format(number=row.version, name=row.name), str(row.text)) for row in rows]
        return [Told(_("As you have defined it so far"), lines)] if lines else []

    def before(self, asked: Asked) -> Values:
        """Begin with the latest version's words."""
        values = {"occasion": [latest_occasion(asked)]}
        latest: Any = _versions(asked).head(1).itertuples(index=False)
        for row in latest:
            values |= {"name": [row.name], "text": [row.text], "why": ["" if pd.isna(row.why) else row.why]}
        return values

    def fields(self, asked: Asked) -> list[Field]:
        """Give the component, and the words."""
        _ = asked.translate
        say = _("Write some words here.")
        return [
            component_field(asked, required=_("Choose a component.")),
            Field("name", _("What we call it"), "line", most=SHORT, required=say),
            Field("text", _("Our definition"), "area", required=say),
            Field("why", _("Why it matters to us"), "area"),
            occasion_field(asked),
        ]

    def is_there(self, asked: Asked) -> bool:
        """Whether it has been handed in."""
        return has_row(asked, "definitions", handed_in_code(asked))

    def act(self, asked: Asked) -> Act:
        """Define it."""
        return define_component(
            asked.organisation,
            asked.one("component"),
            name=asked.one("name"),
            text=asked.one("text"),
            why=asked.one("why") or None,
            occasion=asked.one("occasion"),
            definition=handed_in_code(asked),
        )


def _versions(asked: Asked) -> pd.DataFrame:
    found = asked.study.definitions
    return found[found["component"] == asked.one("component")].sort_values("version", ascending=False)
