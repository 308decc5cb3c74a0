"""Where identity comes from, when not from passwords kept here: the settings, read from a small file and checked."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any, Final, Literal

from workbench.errors import WorkbenchError

Matches = Literal["code", "address"]
MATCHES: Final = ("code", "address")
SHORTEST_KEY = 16
HUB_NEEDS: Final = ("JUPYTERHUB_API_TOKEN", "JUPYTERHUB_API_URL", "JUPYTERHUB_CLIENT_ID", "JUPYTERHUB_SERVICE_PREFIX")

_HEADER = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
_PLACE = re.compile(r"(/(?!/)|https://)[!-\[\]-~]*")
# What browsers and proxies say of other things: none of these is anybody's name.
_OTHERS: Final = frozenset({"host", "cookie", "authorization", "origin", "referer", "connection", "user-agent"})
_COMMON: Final = frozenset({"from", "matches", "log_out"})
_OF_PROXY: Final = _COMMON | {"header", "proxies", "key_header", "key_file"}


class IdentityError(WorkbenchError):
    """Settings of identity that cannot be used; the server does not start with them."""


@dataclass(frozen=True)
class ByProxy:
    """A proxy in front says in a header who asks.

    Attributes
    ----------
    header : str
        Its name.
    proxies : tuple of networks
        Where the proxy's connections come from; a header that comes from elsewhere is nobody's word.
    matches : {"code", "address"}
        What the proxy's name is: an account's code, or the e-mail address that the key has for it.
    log_out : str
        Where log-out leads; "" for nowhere.
    key_header, key : str
        A header, and what it must say, by which the proxy is known; "" for none.
    """

    header: str
    proxies: tuple[IPv4Network | IPv6Network, ...]
    matches: Matches = "code"
    log_out: str = ""
    key_header: str = ""
    key: str = field(default="", repr=False)
    prefix: str = "/"

    def trusts(self, address: str) -> bool:
        """Whether a connection from an address is the proxy's."""
        try:
            found = ip_address(address)
        except ValueError:
            return False
        plain = getattr(found, "ipv4_mapped", None) or found
        return any(plain in network for network in self.proxies)


@dataclass(frozen=True)
class ByHub:
    """A JupyterHub says who asks, and runs this server as one of its services.

    Attributes
    ----------
    prefix : str
        Where the hub's proxy has the service, such as ``/services/workbench/``.
    token : str
        The service's own, by which it asks the hub.
    matches : {"code", "address"}
        What the hub's name is, without regard to capitals: the hub writes names small.
    log_out : str
        Where log-out leads.
    """

    prefix: str
    token: str = field(repr=False)
    matches: Matches = "code"
    log_out: str = "/hub/logout"


Elsewhere = ByProxy | ByHub


def read_identity(path: Path, environment: MutableMapping[str, str] = os.environ) -> Elsewhere:
    """Read the settings of a file; the hub's token is taken out of the environment.

    Raises
    ------
    IdentityError
        The file is not there, or anything in it is lacking, unknown or unsound.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IdentityError(f"{path}: {error}. Cure: a TOML file, as in docs/deploying.md.") from error
    if said.get("from") == "proxy":
        return _by_proxy(said, path)
    if said.get("from") == "jupyterhub":
        return _by_hub(said, path, environment)
    raise IdentityError(f'{path.name}: from is {said.get("from")!r}. Cure: from = "proxy" or from = "jupyterhub".')


def _by_proxy(said: Mapping[str, Any], path: Path) -> ByProxy:
    _require_known(said, _OF_PROXY, path)
    key_header, key = _key(said, path)
    header = _header(said, "header", path)
    if header.lower() == key_header.lower():
        raise IdentityError(f"{path.name}: {header} cannot be the name and the key. Cure: two headers.")
    return ByProxy(header, _proxies(said, path), _matches(said, path), _log_out(said, path, ""), key_header, key)


def _by_hub(said: Mapping[str, Any], path: Path, environment: MutableMapping[str, str]) -> ByHub:
    _require_known(said, _COMMON, path)
    if lacking := [name for name in HUB_NEEDS if not environment.get(name)]:
        cure = "let the hub start the server, or give these to it as the hub has them"
        raise IdentityError(f"{path.name}: the environment has no {', '.join(lacking)}. Cure: {cure}.")
    matches, log_out = _matches(said, path), _log_out(said, path, "/hub/logout")
    token = environment.pop("JUPYTERHUB_API_TOKEN")  # so that no process started later has it
    return ByHub(environment["JUPYTERHUB_SERVICE_PREFIX"].rstrip("/") + "/", token, matches, log_out)


def _require_known(said: Mapping[str, Any], known: frozenset[str], path: Path) -> None:
    if unknown := sorted(set(said) - known):
        raise IdentityError(f"{path.name}: nothing is called {', '.join(unknown)}. Known: {', '.join(sorted(known))}.")


def _header(said: Mapping[str, Any], name: str, path: Path) -> str:
    value = said.get(name)
    if not isinstance(value, str) or not _HEADER.fullmatch(value) or value.lower() in _OTHERS:
        cure = f'letters, digits and -, such as {name} = "X-Forwarded-User"'
        raise IdentityError(f"{path.name}: {name} is {value!r}, which is no header for it. Cure: {cure}.")
    return value


def _proxies(said: Mapping[str, Any], path: Path) -> tuple[IPv4Network | IPv6Network, ...]:
    value = said.get("proxies")
    cure = 'the addresses its connections come from, such as proxies = ["127.0.0.1"]'
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise IdentityError(f"{path.name}: proxies is {value!r}. Cure: {cure}.")
    try:
        networks = tuple(ip_network(one) for one in value)
    except ValueError as error:
        raise IdentityError(f"{path.name}: proxies: {error}. Cure: {cure}.") from error
    if any(network.prefixlen == 0 for network in networks):
        raise IdentityError(f"{path.name}: proxies names the whole net: anybody could say who they are. Cure: {cure}.")
    return networks


def _matches(said: Mapping[str, Any], path: Path) -> Matches:
    value = said.get("matches", "code")
    if value not in MATCHES:
        raise IdentityError(f"{path.name}: matches is {value!r}. Cure: one of {', '.join(MATCHES)}.")
    return "address" if value == "address" else "code"


def _log_out(said: Mapping[str, Any], path: Path, otherwise: str) -> str:
    value = said.get("log_out", otherwise)
    if not isinstance(value, str) or (value and not _PLACE.fullmatch(value)):
        raise IdentityError(f"{path.name}: log_out is {value!r}. Cure: /a/path here, or https://…, or leave it out.")
    return value


def _key(said: Mapping[str, Any], path: Path) -> tuple[str, str]:
    if "key_header" not in said and "key_file" not in said:
        return "", ""
    header, file = _header(said, "key_header", path), said.get("key_file")
    if not isinstance(file, str):
        raise IdentityError(f"{path.name}: key_header has no key_file. Cure: a file with the key the proxy sends.")
    try:
        key = (path.parent / file).read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise IdentityError(f"{path.name}: key_file: {error}. Cure: a file of one line, beside this one.") from error
    if len(key) < SHORTEST_KEY or not key.isprintable():
        raise IdentityError(f"{path.name}: the key is too short, or no line. Cure: {SHORTEST_KEY} characters or more.")
    return header, key
