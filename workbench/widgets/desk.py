"""The coding desk: a study's texts, coded by keyboard, mouse or touch; every change is saved as it happens."""

from __future__ import annotations

import re
from pathlib import Path

import anywidget
import pandas as pd
import traitlets

from workbench.desk.session import DeskSession
from workbench.language import Language
from workbench.suggest.features import Features, ModelName

_HERE = Path(__file__).parent / "desk"
# Each module after those it takes from: a widget is given to the page as one module, which finds no others beside it.
_MODULES = (
    "looks",
    "places",
    "layers",
    "drawing",
    "text",
    "codebook",
    "entries",
    "grid",
    "keys",
    "dialogs",
    "suggestions",
    "forms",
    "changes",
    "splitting",
    "codepage",
    "versions",
    "panel",
    "rounds",
    "apart",
    "kernel",
    "news",
    "desk",
)
_IMPORT, _EXPORT = re.compile(r"^import .*\n", re.MULTILINE), re.compile(r"^export (?!default)", re.MULTILINE)


def _joined() -> str:
    """Join the plain modules as one: each name is declared once among them all."""
    texts = [(_HERE / f"{name}.js").read_text(encoding="utf-8") for name in _MODULES]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)


SCRIPT = _joined()
STYLE = (_HERE / "desk.css").read_text(encoding="utf-8")


class CodingDesk(anywidget.AnyWidget):
    """A desk to code a live study at, in JupyterLab or Voilà.

    ::

        desk = CodingDesk("var/mine", coder="K1")
        desk  # press ? for the keys
        desk.codings  # every coding as it is now, a DataFrame

    Every coding, memo and undo is an act of the study: what the desk says is saved is on the disk. Positions are kept
    as code points of the stored text, whatever the browser counts.

    Parameters
    ----------
    place : str or Path
        Folder of a live study, or its URL.
    coder : str
        The coder's code, never a name: each change is this coder's act.
    language : {"sv", "en"}
        Of the codes' names.
    model : {"chars", "e5"} or Features
        What suggestions are made from, where they are asked for: see `workbench.suggest`.

    Raises
    ------
    StoreError
        There is no live study there: `workbench create` begins one.
    """

    _esm = SCRIPT
    _css = STYLE

    language = traitlets.Unicode("sv").tag(sync=True)
    entry = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self, place: str | Path, *, coder: str, language: Language = "sv", model: Features | ModelName = "chars"
    ) -> None:
        self._session = DeskSession(place, coder=coder, model=model)
        super().__init__(language=language)
        self.on_msg(self._hear)

    def __repr__(self) -> str:
        """Say whose desk it is, the same each time."""
        return f"<CodingDesk of {self._session.coder}: {len(self._session.study.entries)} entries>"

    @property
    def codings(self) -> pd.DataFrame:
        """Every coding of the study at this moment: the table ``codings``, without those hidden by an open round."""
        return self._session.codings

    def close(self) -> None:
        """Let go of the study; nothing is pending, ever."""
        self._session.close()
        super().close()

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        """Answer one thing that the page asks."""
        if isinstance(content, dict):
            self.send({"id": content.get("id"), **self._session.answer(content)})
