"""What a cookie or a link carries: 256 random bits, of which only the hash is kept."""

from __future__ import annotations

import secrets
from hashlib import sha256


def new_token() -> str:
    """Make a token of 43 characters that an address can carry."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    """Give what is kept of it; 256 random bits need no slow hash."""
    return sha256(token.encode(errors="replace")).hexdigest()
