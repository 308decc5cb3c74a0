"""What an organisation's people agree on: levels of a component, why, and what they did not agree on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from workbench.acts.entries import correct_entry, hand_in
from workbench.acts.ratings import rate
from workbench.acts.require import require_taking_part
from workbench.records import Value
from workbench.store.draft import Act, Draft

NAME: Final = "agree on levels"
WHY, APART = "why", "apart"


@dataclass(frozen=True)
class Agreed:
    """What was agreed on, and how.

    Attributes
    ----------
    levels : mapping
        Frame → other columns of ``ratings`` (level or missing, evidence, target, present, returning); None takes
        away a level that stands, since there is no agreement on it.
    why, apart : str
        The reasons, and what they did not agree on; "" leaves what stands.
    phase, visibility, language : str
        Of both texts, as in ``entries``; a text that stands keeps its language.
    """

    levels: Mapping[str, Mapping[str, Any] | None]
    why: str = ""
    apart: str = ""
    phase: str = "meeting"
    visibility: str = "organisation"
    language: str = "sv"


def text_code(organisation: str, occasion: str, component: str, part: str) -> str:
    """Give the code of one of the two texts: always the same, so that who hands in again corrects it."""
    return f"agreed-{organisation}-{occasion}-{component}-{part}"


def rating_key(organisation: str, occasion: str, component: str, frame: str) -> tuple[Value, ...]:
    """Give the key of an agreed level in ``ratings``."""
    return (organisation, None, occasion, component, frame, "consensus")


def agree_on(lead: str, occasion: str, component: str, agreed: Agreed) -> Act:
    """Hand in what the people of a person's organisation agreed on about a component, all of it as one.

    What was handed in before at the same occasion is corrected: the log keeps what it was, and codings of the
    texts follow their words.

    Parameters
    ----------
    lead : str
        Who hands it in; no level and no text is theirs.
    occasion, component : str
    agreed : Agreed

    Returns
    -------
    Act
        Refused when the person has withdrawn.
    """

    def plan(draft: Draft) -> None:
        home = str(require_taking_part(draft, lead)["organisation"])
        for frame, told in agreed.levels.items():
            key = rating_key(home, occasion, component, frame)
            if told is not None:
                rate(occasion, component, frame, organisation=home, **told).plan(draft)
            elif draft.has("ratings", *key):
                draft.remove("ratings", key)
        for part, words in ((WHY, agreed.why), (APART, agreed.apart)):
            if words:
                _say(draft, text_code(home, occasion, component, part), words, agreed, (home, occasion, component))

    return Act(NAME, plan)


def _say(draft: Draft, code: str, words: str, agreed: Agreed, about: tuple[str, str, str]) -> None:
    """Hand in a joint text, or correct the one that stands."""
    told = {"phase": agreed.phase, "visibility": agreed.visibility}
    if draft.has("entries", code):
        correct_entry(code, text=words, **told).plan(draft)
        return
    home, occasion, component = about
    joint = {"entry": code, "organisation": home, "component": component, "language": agreed.language}
    hand_in(words, occasion=occasion, kind="discussion", **joint, **told).plan(draft)
