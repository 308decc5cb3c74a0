"""Swedish and English: every string a person sees goes through a gettext catalogue."""

from __future__ import annotations

import gettext as _gettext
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")
Translate = Callable[[str], str]

_LOCALES = Path(__file__).parent / "locale"


@cache
def translator(language: Language) -> Translate:
    """Translate English source strings to `language`.

    Parameters
    ----------
    language : {"sv", "en"}
        English strings are their own translation.

    Returns
    -------
    callable
        ``str -> str``, by convention bound to ``_`` so that the strings can be extracted.

    Raises
    ------
    FileNotFoundError
        There is no compiled catalogue for `language`.
    """
    if language == "en":
        return _gettext.NullTranslations().gettext
    return _gettext.translation("workbench", _LOCALES, [language]).gettext
