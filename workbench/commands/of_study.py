"""Whether those who are invited are in the study that the server serves."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from workbench.accounts.account import AccountError

if TYPE_CHECKING:
    from workbench.accounts.account import Account, Role

OF_THE_STUDY: Final[tuple[Role, ...]] = ("participant", "development_lead", "sponsor")
UNKNOWN: Final = "\nNobody was held against a study: no server has run with this folder yet. Name it with --study."
_SHOWN: Final = 3


def study_named(parser: argparse.ArgumentParser) -> None:
    """Take the study in which people must be."""
    parser.add_argument("--study", help="the study that is served (default: the one that was served last, by its path)")


def require_in_study(accounts: Sequence[Account], options: argparse.Namespace) -> str:
    """Refuse those who are not in the study.

    Returns
    -------
    str
        What to say when no study is known; "" when everybody is held against one.

    Raises
    ------
    AccountError
        A role needs a person of the study, and there is none; or there is nobody of that code.
    StudyError, StoreError
        The study cannot be opened.
    """
    for account in accounts:
        if account.role in OF_THE_STUDY and not account.person:
            raise AccountError(
                f"{account.code}: a {account.role} opens what is their own or their organisation's, and so must be "
                "somebody in the study. Cure: give their pseudonym with --person."
            )
    if not any(account.person for account in accounts):
        return ""
    place = options.study or _served(options)
    if not place:
        return UNKNOWN
    _require_known(accounts, place)
    return ""


def _served(options: argparse.Namespace) -> str:
    from workbench.accounts.file import find_file  # noqa: PLC0415 -- each command imports only what it needs
    from workbench.serving.state import served_study  # noqa: PLC0415

    return served_study(find_file(options.accounts).parent)


def _require_known(accounts: Sequence[Account], place: str) -> None:
    from workbench.opening import open_study  # noqa: PLC0415

    study = open_study(place)
    known = list(study.people["person"])
    for account in accounts:
        if account.person and account.person not in known:
            raise AccountError(
                f"{account.code}: {account.person!r} is nobody in {study.about.id}. Allowed: a pseudonym of one of its "
                f"{len(known)} people{_such_as(account.person, known)}. "
                "Cure: give the right one with --person, or add them to the study first."
            )


def _such_as(found: str, known: Collection[str]) -> str:
    some = get_close_matches(found, known, _SHOWN, 0.5) or sorted(known)[:_SHOWN]
    return f", such as {', '.join(some)}" if some else ""
