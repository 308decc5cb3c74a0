"""Researchers' memos."""

from __future__ import annotations

from workbench.acts.require import require_among, require_words
from workbench.store.draft import Act, Draft

REVISED = ("kind", "text", "entry", "code")


def write_memo(kind: str, text: str, **fields: object) -> Act:
    """Write a memo.

    Parameters
    ----------
    kind, text : str
        theory, method, reflexive or ethics; the words.
    **fields
        `entry` or `code` it is about, `author` (who acts unless given), `memo`.
    """

    def plan(draft: Draft) -> None:
        require_words(draft, "memos", "text", text)
        row: dict[str, object] = {"author": draft.actor, **fields}
        draft.add("memos", kind=kind, text=text, written=draft.now.replace(microsecond=0), **row)

    return Act("write memo", plan)


def revise_memo(memo: str, **fields: object) -> Act:
    """Revise a memo's `kind`, `text`, `entry` or `code`; author and time stay, the log has every wording."""

    def plan(draft: Draft) -> None:
        require_among(draft, "memos", fields, REVISED)
        if "text" in fields:
            require_words(draft, "memos", "text", fields["text"])
        draft.change("memos", (memo,), **fields)

    return Act("revise memo", plan)


def remove_memo(memo: str) -> Act:
    """Take a memo away; the log keeps it."""
    return Act("remove memo", lambda draft: _removed(draft, memo))


def _removed(draft: Draft, memo: str) -> None:
    draft.remove("memos", (memo,))
