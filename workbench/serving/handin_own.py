"""What an organisation adds of its own: a component that is not among the others, and a new way of working."""

from __future__ import annotations

from typing import Any

from workbench.acts.bulk import bulk
from workbench.acts.components import add_component, define_component
from workbench.acts.experiments import add_practice
from workbench.serving.handin_fields import SHORT, Choice, Field, Values, day
from workbench.serving.handin_forms import (
    Asked,
    Form,
    component_field,
    handed_in_code,
    has_row,
    latest_occasion,
    occasion_field,
)
from workbench.store.draft import Act


class ComponentForm(Form):
    """A component of an organisation's own, with its first definition."""

    kind = "component"
    names = ("name_sv", "name_en", "text", "why", "arena", "component", "occasion")
    wordy = ("name_sv", "text", "why")

    def title(self, asked: Asked) -> str:
        """Give its heading."""
        _ = asked.translate
        return _("A component of your own")

    def lead(self, asked: Asked) -> str:
        """Say whose it is, and what can be done with it."""
        _ = asked.translate
        return _(
            "Add what matters with you and is not among the components. It is your organisation's alone: your "
            "colleagues in the study and the researchers see it, and you can rate it from now on."
        )

    def before(self, asked: Asked) -> Values:
        """Begin at the latest occasion."""
        return {"occasion": [latest_occasion(asked)], "arena": ["internal"]}

    def fields(self, asked: Asked) -> list[Field]:
        """Give its names and the definition, and where it belongs."""
        _ = asked.translate
        say = _("Write some words here.")
        arenas = (
            Choice("internal", _("Inside the organisation")),
            Choice("ecosystem", _("With others, outside it")),
            Choice("overall", _("Overall")),
        )
        either = _("If you have one. Otherwise the Swedish stands in both.")
        from_which = component_field(asked)
        return [
            Field("name_sv", _("Its name, in Swedish"), "line", most=SHORT, required=say),
            Field("name_en", _("Its name, in English"), "line", most=SHORT, hint=either),
            Field("text", _("Our definition"), "area", required=say),
            Field("why", _("Why it matters to us"), "area"),
            Field("arena", _("Where"), "one", choices=arenas, required=_("Choose among those that are listed.")),
            Field("component", _("Component it starts from"), "choose", choices=from_which.choices),
            occasion_field(asked),
        ]

    def faults(self, asked: Asked) -> dict[str, str]:
        """Refuse a name that a component has already."""
        _ = asked.translate
        taken = {name.casefold() for name in (*asked.study.components["name_sv"], *asked.study.components["name_en"])}
        told = _("There is a component of that name already.")
        return {name: told for name in ("name_sv", "name_en") if asked.one(name).casefold() in taken}

    def is_there(self, asked: Asked) -> bool:
        """Whether it has been handed in."""
        return has_row(asked, "components", handed_in_code(asked))

    def act(self, asked: Asked) -> Act:
        """Add it, and define it, as one."""
        code, name = handed_in_code(asked), asked.one("name_sv")
        made = add_component(
            asked.organisation,
            name_sv=name,
            name_en=asked.one("name_en") or name,
            component=code,
            arena=asked.one("arena"),
            builds_on=asked.one("component") or None,
        )
        defined = define_component(
            asked.organisation,
            code,
            name=name,
            text=asked.one("text"),
            why=asked.one("why") or None,
            occasion=asked.one("occasion"),
            definition=code,
        )
        return bulk("add component", [made, defined])


class PracticeForm(Form):
    """A way of working that came of what was tried."""

    kind = "practice"
    names = ("practice", "title", "text", "status", "since", "experiment", "component")
    wordy = ("title", "text")

    def title(self, asked: Asked) -> str:
        """Give its heading."""
        _ = asked.translate
        return _("A new way of working")

    def lead(self, asked: Asked) -> str:
        """Say who sees it."""
        _ = asked.translate
        return _(
            "Tell of a way of working that has come of what you tried. Your colleagues in the study and the "
            "researchers see it."
        )

    def fields(self, asked: Asked) -> list[Field]:
        """Give what it is, and what is behind it."""
        _ = asked.translate
        say, one_of = _("Write some words here."), _("Choose among those that are listed.")
        statuses = (Choice("in_use", _("In use")), Choice("trial", _("On trial")), Choice("dropped", _("No longer")))
        rows: Any = asked.study.experiments.itertuples()
        tried = (Choice("", _("None in particular")), *(Choice(row.experiment, row.title) for row in rows))
        return [
            Field("practice", _("What kind it is"), "choose", choices=_kinds(asked), required=one_of),
            Field("title", _("What you call it"), "line", most=SHORT, required=say),
            Field("text", _("What you do now"), "area", required=say),
            Field("status", _("Status"), "one", choices=statuses, required=one_of),
            Field("since", _("Since"), "day", hint=_("Today, if you leave it.")),
            Field("experiment", _("Experiment"), "choose", choices=tried),
            component_field(asked),
        ]

    def is_there(self, asked: Asked) -> bool:
        """Whether it has been handed in."""
        return has_row(asked, "practices", handed_in_code(asked))

    def act(self, asked: Asked) -> Act:
        """Tell of it."""
        return add_practice(
            asked.organisation,
            kind=asked.one("practice"),
            title=asked.one("title"),
            description=asked.one("text"),
            practice=handed_in_code(asked),
            status=asked.one("status"),
            since=day(asked.values, "since"),
            experiment=asked.one("experiment") or None,
            component=asked.one("component") or None,
        )


def _kinds(asked: Asked) -> tuple[Choice, ...]:
    _ = asked.translate
    return (
        Choice("routine", _("A routine")),
        Choice("function", _("A function")),
        Choice("tool", _("A tool")),
        Choice("process", _("A process")),
        Choice("innovation", _("An innovation")),
    )
