"""An account: one person's way in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal, get_args

from workbench.errors import WorkbenchError
from workbench.language import LANGUAGES, Language

Role = Literal[
    "participant", "development_lead", "sponsor", "facilitator", "researcher", "reviewer", "key_custodian"
]  # fmt: skip
ROLES: Final[tuple[Role, ...]] = get_args(Role)

_CODE = re.compile(r"[\w.-]{1,64}")


class AccountError(WorkbenchError):
    """Something that cannot be done with an account, or with the file of the accounts."""


@dataclass(frozen=True)
class Account:
    """One person's way in.

    Attributes
    ----------
    code : str
        What is typed at log-in: 1 to 64 letters, digits, ``.``, ``-`` or ``_``; never a name or an address.
    role : Role
        Decides which doors open: see `workbench.access.rules`.
    person : str
        The pseudonym in the study; "" for those who are not in it.
    language : {"sv", "en"}
        Used until another is chosen on the page.
    disabled : bool
        Whether the way in is shut for the time being.
    """

    code: str
    role: Role
    person: str
    language: Language
    disabled: bool = False

    def require_sound(self) -> None:
        """Raise `AccountError` when it cannot be kept as it is."""
        if not _CODE.fullmatch(self.code):
            raise AccountError(f"{self.code!r} cannot be a code. Cure: 1 to 64 letters, digits, full stops, - or _.")
        if self.role not in ROLES:
            raise AccountError(f"{self.code}: there is no role {self.role!r}. Cure: one of {', '.join(ROLES)}.")
        if self.language not in LANGUAGES:
            raise AccountError(f"{self.code}: no language {self.language!r}. Cure: one of {', '.join(LANGUAGES)}.")
