"""Transcripts of interviews and meetings: turns with their time and speaker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest

from workbench.loaders.problem import Problem, UnreadableError
from workbench.loaders.readers.decoding import decode
from workbench.loaders.readers.htmltext import characters_of
from workbench.loaders.reading import Document, Reading
from workbench.loaders.told import tell

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]([^<>]*)>")
_TAG = re.compile(r"</?(?:[bciuv]|ruby|rt|lang|font)\b[^<>]*>|<\d[\d:.,]*>|\{\\[^{}]*\}", re.IGNORECASE)
_NAME = re.compile(r"(?=[^\W\d_])([^\s:]+(?: [^\s:]+){0,4}):[ \t]+(?=\S)")
_SMALL = frozenset({"af", "av", "da", "de", "den", "der", "di", "och", "van", "von"})  # within a name
_BESIDE = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_Clock = Callable[[str], int | None]
_MEND = tell("Write the time as 00:01:02.500 --> 00:01:04.000 in a line above its words.")


@dataclass(frozen=True)
class _Piece:
    """Lines between empty ones, and the number of the first."""

    line: int
    lines: list[str]

    @property
    def timing(self) -> int:
        """Tell which line holds the time, the first or the second; -1: none."""
        return next((at for at, line in enumerate(self.lines[:2]) if "-->" in line), -1)


@dataclass(frozen=True)
class _Cue:
    seconds: int | None
    speaker: str
    words: str


def read_vtt(data: bytes, *, encoding: str | None = None) -> Reading:
    """Read a WebVTT file, as Teams, Zoom and others write it.

    Returns
    -------
    Reading
        Of kind vtt, with one document: a line ``[00:01:02] Anna: words`` for each turn, an empty line between turns.
        Words whose time cannot be read stand behind those before them, and are flagged with their line.

    Raises
    ------
    UnreadableError
        No words with a time in it, or no telling its encoding.
    """
    text, problems = decode(data, encoding=encoding)
    pieces = list(_pieces(text))
    if pieces[0].lines[0].startswith("WEBVTT") and pieces[0].timing < 0:
        pieces = pieces[1:]
    spoken = [piece for piece in pieces if piece.timing >= 0 or not _BESIDE.match(piece.lines[0])]
    notes = [piece for piece in pieces if piece.timing < 0 and piece.lines[0].startswith("NOTE")]
    return _reading("vtt", spoken, _seconds, [*problems, *_noted(notes)])


def read_srt(data: bytes, *, encoding: str | None = None) -> Reading:
    """Read a SubRip file; otherwise as `read_vtt`, of kind srt."""
    text, problems = decode(data, encoding=encoding)
    return _reading("srt", list(_pieces(text)), _seconds, problems)


def _seconds(time: str) -> int | None:
    from webvtt.errors import MalformedCaptionError  # noqa: PLC0415
    from webvtt.models import Timestamp  # noqa: PLC0415

    try:
        return int(Timestamp.from_string(time.replace(",", ".")).in_seconds())
    except MalformedCaptionError:
        return None


def _pieces(text: str) -> Iterator[_Piece]:
    """Part a file at its empty lines, and where a time begins a cue without one."""
    lines = text.split("\n")
    step = 1 if any(map(str.strip, lines[1::2])) else 2  # every line end was doubled on the way
    piece = _Piece(1, [])
    for number, line in zip(range(1, len(lines) + 1, step), lines[::step], strict=True):
        if not line.strip() or ("-->" in line and (piece.timing >= 0 or len(piece.lines) > 1)):
            carried = piece.lines.pop() if line.strip() and _is_number(piece.lines[-1]) else ""
            if piece.lines:
                yield piece
            piece = _Piece(number - bool(carried), [carried] if carried else [])
        if line.strip():
            piece = piece if piece.lines else _Piece(number, [])
            piece.lines.append(line)
    if piece.lines:
        yield piece


def _is_number(line: str) -> bool:
    return line.strip().isdecimal()


def _noted(notes: list[_Piece]) -> list[Problem]:
    if not notes:
        return []
    rule = tell("{count} remarks (NOTE) are not what was said; they are left out.", count=len(notes))
    cure = tell("Move what was said out of them, if anything was.")
    return [Problem("", "", notes[0].line, "", " ".join(notes[0].lines)[:60], rule, cure, "changed")]


def _reading(kind: str, pieces: list[_Piece], seconds_of: _Clock, problems: list[Problem]) -> Reading:
    spoken, untimed = _spoken(pieces, seconds_of)
    if all(seconds is None for seconds, _ in spoken):
        found = pieces[0].lines[0][:60] if pieces else ""
        raise UnreadableError(found, tell("No words with a time are in it."), _MEND)
    cues = [cue for seconds, words in spoken for cue in _cues(seconds, words, escaped=kind == "vtt")]
    turns = list(_turns(_named(cues)))
    speakers = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    text = "\n\n".join(map(_line, turns))
    return Reading(kind, documents=[Document(text, speakers=speakers)], problems=[*problems, *untimed])


def _spoken(pieces: list[_Piece], seconds_of: _Clock) -> tuple[list[tuple[int | None, str]], list[Problem]]:
    """Give words with their time; those without a line for it, after an empty one, belong to the words before."""
    spoken: list[tuple[int | None, list[str]]] = []
    problems = []
    for piece, after in zip_longest(pieces, pieces[1:]):
        at, words = piece.timing, [line.strip() for line in piece.lines[piece.timing + 1 :]]
        if not words or (at < 0 and _is_number("".join(words)) and after and after.timing == 0):
            continue  # silence, or a cue's number with an empty line too many
        seconds = seconds_of(piece.lines[at].split("-->")[0].strip()) if at >= 0 else None
        if at < 0 and spoken:
            spoken[-1][1].extend(words)
        else:
            spoken.append((seconds, words))
        if seconds is None:
            rule = tell("These words have no time that can be read; they are kept where they stand.")
            problems.append(Problem("", "", piece.line, "", " ".join(piece.lines)[:60], rule, _MEND, "flag"))
    return [(seconds, " ".join(words)) for seconds, words in spoken], problems


def _cues(seconds: int | None, words: str, *, escaped: bool) -> Iterator[_Cue]:
    """Part a cue at its voices."""
    before, *voiced = _VOICE.split(words)
    for speaker, said in [("", before), *zip(voiced[::2], voiced[1::2], strict=True)]:
        bare = _TAG.sub("", said)
        if bare.strip():
            name, text = (characters_of(part).strip() if escaped else part.strip() for part in (speaker, bare))
            yield _Cue(seconds, name, text)


def _named(cues: list[_Cue]) -> list[_Cue]:
    """Take ``Anna: `` before the words for who speaks, where it recurs or most cues have a name so."""
    names = [_name_before(cue) for cue in cues]
    times = Counter(name for name in names if name)
    usual = times.total() * 2 >= len(cues)
    return [
        replace(cue, speaker=name, words=cue.words[len(name) + 1 :].strip())
        if name and (usual or times[name] > 1) else cue
        for cue, name in zip(cues, names, strict=True)
    ]  # fmt: skip


def _name_before(cue: _Cue) -> str:
    match = None if cue.speaker else _NAME.match(cue.words)
    words = match.group(1).split(" ") if match else []
    return " ".join(words) if all(word in _SMALL or not word[0].islower() for word in words) else ""


def _turns(cues: Iterable[_Cue]) -> Iterator[_Cue]:
    for _, together in groupby(cues, key=lambda cue: cue.speaker):
        first, *others = together
        yield replace(first, words=" ".join([first.words, *(cue.words for cue in others)]))


def _line(turn: _Cue) -> str:
    minutes, seconds = divmod(turn.seconds or 0, 60)
    time = "" if turn.seconds is None else f"[{minutes // 60:02}:{minutes % 60:02}:{seconds:02}] "
    return f"{time}{turn.speaker}{': ' if turn.speaker else ''}{turn.words}"
