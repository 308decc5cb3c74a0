"""Which passwords will do (NIST SP 800-63B section 5.1.1.2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.accounts.passwords import COMMON, LONGEST, SHORTEST, PasswordError, weakness_of
from workbench.accounts.store import AccountStore


@pytest.mark.parametrize(
    ("password", "weakness"),
    [
        ("", "short"),
        ("elva tecken", "short"),
        ("tolv tecken!", None),
        ("å" * 6 + "ä" * 6, None),
        ("x y" * 42 + "zz", None),
        ("x y" * 43, "long"),
        ("aaaaaaaaaaaa", "common"),
        ("Password1234", "common"),
        ("LÖSENORD1234", "common"),
        ("deltagare-0001", "code"),
        ("DELTAGARE-0001", "code"),
        ("deltagare-0001deltagare-0001", "code"),
        ("deltagare-0001 och mer", None),
    ],
)
def test_a_password_is_judged(password: str, weakness: str | None) -> None:
    assert weakness_of(password, "deltagare-0001") == weakness


def test_every_common_one_is_long_enough_to_need_its_place_in_the_list() -> None:
    assert {word for word in COMMON if not SHORTEST <= len(word) <= LONGEST} == set()


@given(st.text(alphabet="abcåä ", min_size=12, max_size=128).filter(lambda text: len(set(text)) > 2))
def test_no_kinds_of_characters_are_asked_for(password: str) -> None:
    assert weakness_of(password, "P001") is None


def test_a_weak_password_is_refused_without_being_told(store: AccountStore) -> None:
    with pytest.raises(PasswordError, match="short") as refused:
        store.accounts.set_password("anna", "hemligt")
    assert refused.value.weakness == "short"
    assert "hemligt" not in str(refused.value)
