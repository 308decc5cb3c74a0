"""Passwords: which are good enough, and how they are kept."""

from __future__ import annotations

import secrets
import unicodedata
from typing import Final, Literal

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from workbench.accounts.account import AccountError

SHORTEST, LONGEST = 12, 128
Weakness = Literal["short", "long", "code", "common"]

# Ones that are often chosen, in English and Swedish, or are tried first here; shorter ones are refused as such.
_COMMON = """
    123456789012 1234567890123 1234567890abc 1q2w3e4r5t6y 1qaz2wsx3edc abcd12345678 abcdefghijkl administrator
    adminadminadmin changeme1234 correcthorsebatterystaple hejhejhejhej innovation123 innovationsarbete iloveyou1234
    jagälskardig lösenord1234 lösenordlösenord mittlösenord monkey123456 nyttlösenord password1234 password12345
    passwordpassword password!123 qazwsxedcrfv qwerty123456 qwertyqwerty qwertyuiop12 qwertyuiopas qwertyuiopå1
    sommar123456 sommarsommar sverige12345 välkommen123 welcome12345 workbench123
"""
COMMON: Final = frozenset(_COMMON.split())


class PasswordError(AccountError):
    """A password that is not good enough; the password itself is not told.

    Attributes
    ----------
    weakness : {"short", "long", "code", "common"}
    """

    def __init__(self, weakness: Weakness) -> None:
        self.weakness: Weakness = weakness
        cure = f"{SHORTEST} to {LONGEST} characters, not the code, not a common one"
        super().__init__(f"This password will not do ({weakness}). Cure: {cure}.")


def weakness_of(password: str, code: str) -> Weakness | None:
    """Tell why a password will not do, or None.

    Length counts code points; no rule on which kinds of characters: NIST SP 800-63B section 5.1.1.2, which also
    has common, repeated and context-specific passwords refused.
    """
    plain = _normal(password)
    if len(plain) < SHORTEST:
        return "short"
    if len(plain) > LONGEST:
        return "long"
    folded = plain.casefold()
    if not folded.replace(_normal(code).casefold(), ""):
        return "code"
    return "common" if folded in COMMON or len(set(folded)) == 1 else None


def _normal(password: str) -> str:
    """Make passwords alike that differ only in how å was composed (NIST SP 800-63B section 5.1.1.2: NFKC)."""
    return unicodedata.normalize("NFKC", password)


class Passwords:
    """Makes and checks what is kept of passwords.

    Parameters
    ----------
    hasher : PasswordHasher, optional
        argon2id as the library has it (RFC 9106); tests pass a cheaper one.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        # Verified when there is none, so that both answers take the same time.
        self._nobodys = self._hasher.hash(secrets.token_hex())

    def hash(self, password: str) -> str:
        """Give what is kept of a password."""
        return self._hasher.hash(_normal(password))

    def is_right(self, kept: str, password: str) -> bool:
        """Whether a password is the one of which `kept` was kept; the same work when nothing was."""
        try:
            self._hasher.verify(kept or self._nobodys, _normal(password))
        except (Argon2Error, InvalidHashError):
            return False
        return bool(kept)
