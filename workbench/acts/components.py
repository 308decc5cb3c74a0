"""Components in an organisation's own words, and of its own."""

from __future__ import annotations

from workbench.acts.require import require_words
from workbench.store.draft import Act, Draft


def define_component(organisation: str, component: str, *, name: str, text: str, **fields: object) -> Act:
    """Word a component in an organisation's own way; an earlier wording stays, this is its next version.

    Parameters
    ----------
    organisation, component : str
        Whose words, about what.
    name, text : str
        What they call it, and their definition.
    **fields
        `occasion` (required), `why`, `definition`.
    """

    def plan(draft: Draft) -> None:
        require_words(draft, "definitions", "text", text)
        earlier = draft.find("definitions", organisation=organisation, component=component)
        version = max((int(found["version"] or 0) for found in earlier), default=0) + 1
        row = {"organisation": organisation, "component": component, "version": version, "name": name, "text": text}
        draft.add("definitions", **row, **fields)

    return Act("define component", plan)


def add_component(organisation: str, *, name_sv: str, name_en: str, **fields: object) -> Act:
    """Add a component of an organisation's own, after the last in the fixed order.

    Parameters
    ----------
    organisation : str
        Whose it is.
    name_sv, name_en : str
        Its names.
    **fields
        `arena` (internal unless given), `block`, `builds_on`, `component`.
    """

    def plan(draft: Draft) -> None:
        require_words(draft, "components", "name_sv", name_sv)
        last = max((int(found["position"] or 0) for found in draft.find("components")), default=0)
        row: dict[str, object] = {"arena": "internal", **fields, "organisation": organisation, "position": last + 1}
        draft.add("components", **row, name_sv=name_sv, name_en=name_en)

    return Act("add component", plan)
