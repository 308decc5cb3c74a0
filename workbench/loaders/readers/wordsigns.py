"""Signs in a Word document that are no letters: those of symbol fonts, and the boxes and lists of older forms."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from workbench.loaders.readers.elements import attribute, child, is_on, local, whole

_BOX = {True: "☒", False: "☐"}
_SYMBOLS = {
    "wingdings": {
        0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x76: "❖", 0xA7: "▪", 0xA8: "◻",
        0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
        0xFE: "☑",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0xA3: "□"},
    "symbol": {
        0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥",
        0xB4: "\u00d7", 0xB7: "•", 0xB9: "≠", 0xBB: "≈", 0xDE: "⇒",
    },
}  # fmt: skip
_PRIVATE, _LAST_PRIVATE = 0xF000, 0xF0FF  # where symbol fonts have their signs
_LETTERS = range(0x20, 0xD800)  # what lies above is half letters


def symbol(element: ET.Element) -> str:
    """Write a symbol font's sign as the letter that looks like it; "" when none is known."""
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return ""
    if _PRIVATE <= code <= _LAST_PRIVATE:
        return _SYMBOLS.get(attribute(element, "font").casefold(), {}).get(code - _PRIVATE, "")
    return chr(code) if code in _LETTERS else ""


def form_state(element: ET.Element) -> str:
    """Show a box as ticked or not and a list as what was chosen: their state is all an older form holds."""
    box, choices = child(element, "ffData", "checkBox"), child(element, "ffData", "ddList")
    if box is not None:
        state = child(box, "checked")
        return _BOX[is_on(state if state is not None else child(box, "default"))]
    if choices is None:
        return ""
    entries = [attribute(one, "val") for one in choices if local(one.tag) == "listEntry"]
    chosen = child(choices, "result")
    at = whole(chosen if chosen is not None else child(choices, "default"), "val")
    return entries[at] if 0 <= at < len(entries) else ""
