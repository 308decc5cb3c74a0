"""The lock of an OpenDocument file: its parts are there, and no words can be made of them."""

from __future__ import annotations

from workbench.loaders.problem import UnreadableError
from workbench.loaders.readers.container import Container
from workbench.loaders.told import tell


def refuse_locked(package: Container) -> None:
    """Refuse a file whose parts are encrypted.

    Raises
    ------
    UnreadableError
        They are.
    """
    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in package.read(manifest):
        rule, cure = tell("It is locked with a password."), tell("Take the password away and hand it in again.")
        raise UnreadableError("", rule, cure)
