"""Settings of identity from elsewhere: what is wrong with them is said, and the server does not start."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.serving.identity_settings import HUB_NEEDS, ByHub, ByProxy, IdentityError, read_identity

from .conftest import REPOSITORY

PROXY = 'from = "proxy"\nheader = "X-Forwarded-User"\nproxies = ["127.0.0.1", "10.1.0.0/16"]\n'
HUB = {name: f"/{name.lower()}/" for name in HUB_NEEDS}


def settings(folder: Path, text: str) -> Path:
    path = folder / "identity.toml"
    path.write_text(text)
    return path


def test_a_proxy_is_known_by_its_addresses_and_no_others(tmp_path: Path) -> None:
    read = read_identity(settings(tmp_path, PROXY))
    assert isinstance(read, ByProxy)
    assert (read.header, read.matches, read.log_out) == ("X-Forwarded-User", "code", "")
    trusted = ("127.0.0.1", "10.1.2.3", "::ffff:127.0.0.1")
    others = ("127.0.0.2", "10.2.0.1", "::1", "::ffff:10.2.0.1", "0.0.0.0", "", "/a/socket")  # noqa: S104 -- looked up, not listened on
    assert {address: read.trusts(address) for address in (*trusted, *others)} == (
        dict.fromkeys(trusted, True) | dict.fromkeys(others, False)
    )


def test_a_proxy_may_have_a_key_which_is_not_shown(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("0123456789abcdef\n")
    read = read_identity(settings(tmp_path, PROXY + 'key_header = "X-Proxy-Key"\nkey_file = "key"\n'))
    assert isinstance(read, ByProxy)
    assert read.key == "0123456789abcdef"
    assert read.key not in repr(read)


def test_the_hub_s_token_is_taken_out_of_the_environment(tmp_path: Path) -> None:
    environment = dict(HUB)
    read = read_identity(settings(tmp_path, 'from = "jupyterhub"\n'), environment)
    assert isinstance(read, ByHub)
    assert (read.token, read.prefix) == ("/jupyterhub_api_token/", "/jupyterhub_service_prefix/")
    assert "JUPYTERHUB_API_TOKEN" not in environment
    assert read.token not in repr(read)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "from is None"),
        ('from = "ldap"', "from is 'ldap'"),
        ("from = ", "Cure: a TOML file"),
        (PROXY + 'role_header = "X-Role"', "nothing is called role_header"),
        (PROXY.replace("X-Forwarded-User", "X_Forwarded_User"), "which is no header for it"),
        (PROXY.replace("X-Forwarded-User", "Cookie"), "which is no header for it"),
        ('from = "proxy"\nproxies = ["127.0.0.1"]', "header is None"),
        ('from = "proxy"\nheader = "X-User"', "proxies is None"),
        ('from = "proxy"\nheader = "X-User"\nproxies = []', "proxies is []"),
        ('from = "proxy"\nheader = "X-User"\nproxies = ["localhost"]', "'localhost' does not appear to be"),
        ('from = "proxy"\nheader = "X-User"\nproxies = ["10.0.0.1/8"]', "has host bits set"),
        ('from = "proxy"\nheader = "X-User"\nproxies = ["0.0.0.0/0"]', "anybody could say who they are"),
        (PROXY + 'matches = "name"', "matches is 'name'"),
        (PROXY + 'log_out = "//elsewhere.example"', "log_out is '//elsewhere.example'"),
        (PROXY + 'log_out = "javascript:alert(1)"', "log_out is 'javascript:alert(1)'"),
        (PROXY + 'key_header = "X-Key"', "key_header has no key_file"),
        (PROXY + 'key_file = "key"', "key_header is None"),
        (PROXY + 'key_header = "X-Key"\nkey_file = "nowhere"', "key_file: "),
        (PROXY + 'key_header = "X-Key"\nkey_file = "identity.toml"', "the key is too short, or no line"),
        (PROXY + 'key_header = "x-forwarded-user"\nkey_file = "long"', "cannot be the name and the key"),
        (PROXY + 'key_header = "X-Key"\nkey_file = "short"', "the key is too short, or no line"),
        ('from = "jupyterhub"\nheader = "X-User"', "nothing is called header"),
        ('from = "jupyterhub"', "the environment has no JUPYTERHUB_API_TOKEN"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_cure(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "short").write_text("short\n")
    (tmp_path / "long").write_text("long enough for a key\n")
    with pytest.raises(IdentityError) as told:
        read_identity(settings(tmp_path, text), {})
    assert said in str(told.value)
    assert "Cure" in str(told.value) or "Known" in str(told.value)


def test_the_example_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "proxy.key").write_text("0123456789abcdef\n")
    read = read_identity(settings(tmp_path, (REPOSITORY / "docs" / "deploying" / "identity.toml").read_text()))
    assert isinstance(read, ByProxy)
    assert (read.header, read.matches, read.key_header) == ("X-Forwarded-Email", "address", "X-Workbench-Proxy-Key")
