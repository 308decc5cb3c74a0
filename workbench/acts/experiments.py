"""Experiments: what is tried at home, how it went, what stayed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from workbench.acts.require import given, require_among, require_words
from workbench.store.draft import Act, Draft

FOLLOWED = (
    "status", "not_done_reason", "started", "ended", "happened", "learning_innovation", "learning_leading",
    "result", "decision", "decided",
)  # fmt: skip


def register_experiment(
    organisation: str,
    occasion: str,
    *,
    title: str,
    components: Collection[str] | Mapping[str, str | None] = (),
    **fields: object,
) -> Act:
    """Register an experiment designed at an occasion.

    Parameters
    ----------
    organisation, occasion, title : str
        Whose, designed at, its title.
    components : collection of str, or mapping
        The components it tests, or each with the definition in whose wording.
    **fields
        `kind`, `assumption`, `test` (required), `sign`, `follows`, `experiment`, and what
        `follow_experiment` sets; `status` is planned and `decision` none unless given.
    """

    def plan(draft: Draft) -> None:
        require_words(draft, "experiments", "title", title)
        row: dict[str, object] = {"status": "planned", "decision": "none", **given(fields)}
        added = draft.add("experiments", organisation=organisation, occasion=occasion, title=title, **row)
        wordings = dict(components) if isinstance(components, Mapping) else dict.fromkeys(components)
        for component, definition in wordings.items():
            draft.add(
                "experiment_components",
                experiment=added["experiment"],
                component=component,
                definition=definition,
            )

    return Act("register experiment", plan)


def follow_experiment(experiment: str, **fields: object) -> Act:
    """Tell how an experiment goes, what was learnt and decided.

    Parameters
    ----------
    experiment : str
        Which.
    **fields
        `status`, `not_done_reason`, `started`, `ended`, `happened`, `learning_innovation`,
        `learning_leading`, `result`, `decision`, `decided` (today when a decision comes without a day).

    Returns
    -------
    Act
        Refused for other columns: assumption, test and sign were stated before the start.
    """

    def plan(draft: Draft) -> None:
        require_among(draft, "experiments", fields, FOLLOWED)
        found = draft.get("experiments", experiment)
        row = dict(fields)
        if row.get("decision", "none") not in ("none", found["decision"]) and "decided" not in row:
            row["decided"] = draft.now.date()
        draft.change("experiments", (experiment,), **row)

    return Act("follow experiment", plan)


def add_practice(organisation: str, *, kind: str, title: str, description: str, **fields: object) -> Act:
    """Tell of a new way of working that came of it.

    Parameters
    ----------
    organisation, kind, title, description : str
        Whose, what kind, its title, what is done now.
    **fields
        `status` (in_use unless given), `since` (today unless given), `experiment`, `component`, `practice`.
    """

    def plan(draft: Draft) -> None:
        require_words(draft, "practices", "title", title)
        row: dict[str, object] = {"status": "in_use", "since": draft.now.date(), **given(fields)}
        draft.add("practices", organisation=organisation, kind=kind, title=title, description=description, **row)

    return Act("add practice", plan)
