"""A change in plain words, for the people who made it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workbench.capability.noise import component_noise_band
from workbench.language import Translate

_HALF = 0.5
_PAIR, _FEW = 2, 3


def change_in_words(row: Mapping[str, Any] | Any, _: Translate) -> str:
    """Say in a sentence or two what the same people's answers show, and what they cannot show.

    Parameters
    ----------
    row : mapping or Series
        A row of `change_summary`.
    _ : callable
        From `workbench.language.translator`.

    Returns
    -------
    str
        Plain words. Never "improved", never a p-value; a step that chance alone may give says so.

    Source: docs/methods.md#chance-alone.
    """
    n, new = int(row["n"]), int(row["last_only"])
    if n == 0:
        return _("Nobody answered both times: we cannot say whether the level has changed.")
    if new > (n + new) * _HALF:
        words = _("{new} of {all} respondents are new: we cannot say that the level has changed.")
        return _sentence(words.format(new=_number(new, _), all=_number(n + new, _)))
    return f"{_what_they_chose(row, n, _)} {_how_sure(row, n, _)}".strip()


def _what_they_chose(row: Any, n: int, _: Translate) -> str:
    up, same, down = (int(row[name]) for name in ("up", "same", "down"))
    for count, one, two, many in _unanimous(up, same, down, _):
        if count == n:
            words = one if n == 1 else two if n == _PAIR else many
            return _sentence(words.format(n=_number(n, _)))
    parts = [
        (up, _("{n} chose a higher level")),
        (same, _("{n} chose the same level")),
        (down, _("{n} chose a lower level")),
    ]
    chosen = ", ".join(part.format(n=_number(count, _)) for count, part in parts if count)
    return _("Of the {n} who answered both times: {chosen}.").format(n=_number(n, _), chosen=chosen)


def _unanimous(up: int, same: int, down: int, _: Translate) -> list[tuple[int, str, str, str]]:
    return [
        (
            up,
            _("The only person who answered both times chose a higher level."),
            _("Both people who answered both times chose a higher level."),
            _("All {n} who answered both times chose a higher level."),
        ),
        (
            same,
            _("The only person who answered both times chose the same level."),
            _("Both people who answered both times chose the same level."),
            _("All {n} who answered both times chose the same level."),
        ),
        (
            down,
            _("The only person who answered both times chose a lower level."),
            _("Both people who answered both times chose a lower level."),
            _("All {n} who answered both times chose a lower level."),
        ),
    ]


def _how_sure(row: Any, n: int, _: Translate) -> str:
    """Warn about a change that chance gives so few people; three of one mind is more than that."""
    low, high = component_noise_band(n)
    of_one_mind = n >= _FEW and n in (int(row["up"]), int(row["down"]))
    if of_one_mind or not low <= float(row["mean_change"]) <= high or int(row["same"]) == n:
        return ""
    return _("With so few answers, chance alone can give this.")


def _number(n: int, _: Translate) -> str:
    """Numbers to twelve as words."""
    words = [
        "0", _("one"), _("two"), _("three"), _("four"), _("five"), _("six"),
        _("seven"), _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve"),
    ]  # fmt: skip
    return words[n] if n < len(words) else str(n)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
