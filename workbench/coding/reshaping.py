"""What a merge or a split of codes would do to each coding, before it is done."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import narwhals.stable.v2 as nw
from narwhals.typing import IntoDataFrameT

from workbench.coding.descent import CodebookError
from workbench.frames import Frame, made, native, read

_SPAN = ("entry", "start", "end", "coder")  # codings that agree in these and in code are one
_ABOUT = ("organisation", "person", "occasion")


def merge_preview(
    codings: IntoDataFrameT, entries: Any, codes: Any, sources: Collection[str], into: str
) -> IntoDataFrameT:
    """Show every coding that merging codes would touch; nothing is changed.

    Parameters
    ----------
    codings, entries, codes : DataFrame
        Tables of the study.
    sources : collection of str
        The codes that would end.
    into : str
        The code that would take their place.

    Returns
    -------
    DataFrame (codings of `sources`, in their order,)
        coding, entry, organisation, person (NA: jointly), occasion, quote, coder, code_before, code_after; alike: the
        coding of the same words by the same coder that has the code already, so that this one would go (NA: it
        stays). `workbench.acts.codes.merge_codes` does just this.

    Raises
    ------
    CodebookError
        A code is not in the codebook, or would be merged into itself.
    """
    ended = [sources] if isinstance(sources, str) else list(dict.fromkeys(sources))
    _require_codes(codes, [*ended, into])
    if into in ended:
        raise CodebookError(f"Found {into!r} among what is merged into it. Cure: leave it out of the sources.")
    recoded = {coding: into for coding, code in read(codings).select("coding", "code").rows() if code in ended}
    return _shown(codings, entries, list(recoded), recoded)


def split_preview(
    codings: IntoDataFrameT, entries: Any, codes: Any, code: str, recoded: Mapping[str, str] | None = None
) -> IntoDataFrameT:
    """Show every coding of a code, and which code it would have after a split; nothing is changed.

    Parameters
    ----------
    codings, entries, codes : DataFrame
        Tables of the study.
    code : str
        The code to divide.
    recoded : mapping of str to str, optional
        For each coding that would leave it the code it would get; those not named keep `code`. Without it, the list
        to sort from.

    Returns
    -------
    DataFrame (codings of `code`, in their order,)
        As `merge_preview`; `workbench.acts.codes.split_code` does just this.

    Raises
    ------
    CodebookError
        A code is not in the codebook (add new ones first), or a coding has another code.
    """
    given = dict(recoded or {})
    _require_codes(codes, [code, *given.values()])
    own = [coding for coding, has in read(codings).select("coding", "code").rows() if has == code]
    if strangers := sorted(given.keys() - set(own)):
        raise CodebookError(f"Found {', '.join(strangers)}: only codings of {code} leave it. Cure: leave them out.")
    return _shown(codings, entries, own, given)


def _require_codes(codes: Any, named: Collection[str]) -> None:
    there = read(codes)["code"].to_list()
    if lacking := sorted(set(named) - set(there)):
        raise CodebookError(
            f"Found {', '.join(lacking)}; the codebook has {', '.join(there)}. "
            "Cure: mend the name, or add the code first."
        )


def _shown(
    codings: IntoDataFrameT, entries: Any, touched: Collection[str], recoded: Mapping[str, str]
) -> IntoDataFrameT:
    about = {entry: rest for entry, *rest in read(entries).select("entry", *_ABOUT).rows()}
    rows = read(codings)
    alike = dict(_alike(rows, recoded))
    kept, found = set(touched), []
    for coding, entry, quote, coder, code in rows.select("coding", "entry", "quote", "coder", "code").rows():
        if coding in kept:
            who = [some if isinstance(some, str) else None for some in about.get(entry, [None] * len(_ABOUT))]
            after = recoded.get(coding, code)
            found.append((coding, entry, *who, quote, coder, code, after, alike.get(coding)))
    names = ("coding", "entry", *_ABOUT, "quote", "coder", "code_before", "code_after", "alike")
    return native(made(codings, found, **dict.fromkeys(names, nw.String)), like=codings)


def _alike(codings: Frame, recoded: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Pair each coding that would go with the one that stays: what was there first, then the first that comes."""
    rows = codings.select("coding", *_SPAN, "code").rows()
    stays = {tuple(rest): coding for coding, *rest in reversed(rows) if coding not in recoded}
    for coding, *span, _code in (row for row in rows if row[0] in recoded):
        if (first := stays.setdefault((*span, recoded[coding]), coding)) != coding:
            yield coding, first
