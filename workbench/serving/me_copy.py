"""Everything about me: one click, and the participant has a copy of all that is known of them."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, Any, Final

import numpy as np
import pandas as pd

from workbench.access.about_me import ACCESS, ACCOUNT, DRAFTS, SESSIONS, Told, about_me
from workbench.access.about_me_zip import meaning, not_here, read_me, tables_in_files, write_zip
from workbench.access.rules import Do
from workbench.accounts.account import Account
from workbench.accounts.store import AccountStore
from workbench.columns import Table
from workbench.drafts.draft import Draft
from workbench.language import Language, translator
from workbench.records import Record, records_frame
from workbench.serving.guard import SEEING
from workbench.serving.me import MyPage
from workbench.serving.me_study import own_acts

_PIECE: Final = 256 * 1024
_SPOOL: Final = 1024 * 1024  # bytes kept in memory; what is more goes to a file without a name


class MyCopyHandler(MyPage):
    """The copy, as a ZIP; that it was taken is written down before it is given."""

    name = "copy"

    @property
    def deed(self) -> Do:
        """Looking at the page is one thing, taking the copy another."""
        return "see" if self.request.method in SEEING else "take"

    def get(self) -> None:
        """Show what the copy holds, and the button."""
        self.show("me_copy.html")

    async def post(self) -> None:
        """Give the file, piece by piece."""
        day = dt.datetime.now(dt.UTC).date()
        with tempfile.SpooledTemporaryFile(_SPOOL) as file:
            await asyncio.to_thread(self._write, file, day)
            self.set_header("Content-Type", "application/zip")
            self.set_header("Content-Disposition", f'attachment; filename="{self.person}-{day}.zip"')
            file.seek(0)
            while piece := file.read(_PIECE):
                self.write(piece)
                await self.flush()
        await self.finish()

    def _write(self, file: IO[bytes], day: dt.date) -> None:
        studied = self.studied
        mine = about_me(studied.study(), self.person, own_acts(studied.place, self.person))
        drafts = (DRAFTS, records_frame(DRAFTS, map(_draft_row, self.drafts.of(self.person))))
        told = [*mine, drafts, *account_tables(self.store, self.person)]
        page = self.settings["voila_jinja2_env"].get_template("me_copy_file.html")
        context = copy_context(told, self.person, day, self.language)
        parts: dict[str, Iterable[bytes]] = {
            "index.html": (piece.encode() for piece in page.generate(**context)),
            "README.txt": read_me(told, self.person, day, self.language),
            **tables_in_files(told),
        }
        write_zip(file, parts, day)


def account_tables(store: AccountStore, person: str) -> list[Told]:
    """Gather what the file of the accounts holds of a person, whatever number of accounts they have."""
    accounts = [account for account, _ in store.accounts.all() if account.person == person]
    codes = {account.code for account in accounts}
    sessions: list[Record] = [
        {"code": it.code, "opened": _moment(it.opened), "seen": _moment(it.seen), "expires": _moment(it.expires)}
        for it in store.sessions.all()
        if it.code in codes
    ]
    access: list[Record] = [
        {"at": _moment(it.at), "code": it.code, "did": it.did, "kind": it.kind, "what": it.what, "allowed": it.allowed}
        for code in sorted(codes)
        for it in store.log.all(code=code)
    ]
    return [
        (ACCOUNT, records_frame(ACCOUNT, [_as_row(account) for account in accounts])),
        (SESSIONS, records_frame(SESSIONS, sessions)),
        (ACCESS, records_frame(ACCESS, access)),
    ]


def _draft_row(draft: Draft) -> Record:
    words = json.dumps(draft.words, ensure_ascii=False)
    return {"draft": draft.id, "form": draft.kind, "saved": _moment(draft.saved_at), "words": words}


def _as_row(account: Account) -> Record:
    return {column.name: getattr(account, column.name) for column in ACCOUNT.columns}


def _moment(seconds: float) -> str:
    return dt.datetime.fromtimestamp(int(seconds), dt.UTC).replace(tzinfo=None).isoformat() + "Z"


def copy_context(told: list[Told], person: str, day: dt.date, language: Language) -> dict[str, Any]:
    """Give the readable page what it asks for; rows are made one at a time."""
    frames = {table.name: frame for table, frame in told}
    codes = dict(frames["codes"][["code", f"name_{language}"]].itertuples(index=False, name=None))
    shown = [(table, frame) for table, frame in told if len(frame) and table.name not in {"entries", "codes"}]
    return {
        "_": translator(language),
        "language": language,
        "person": person,
        "day": day,
        "entries": _entries(frames, codes),
        "tables": [_table(table, frame, language) for table, frame in shown],
        "lacking": not_here(translator(language)),
    }


def _entries(frames: dict[str, pd.DataFrame], codes: dict[str, str]) -> Iterator[dict[str, Any]]:
    codings: dict[str, list[tuple[str, str]]] = {}
    marked: Iterator[Any] = frames["codings"].itertuples(index=False)
    for row in marked:
        codings.setdefault(row.entry, []).append((row.quote, codes.get(row.code, row.code)))
    entries: Iterator[Any] = frames["entries"].sort_values("written").itertuples(index=False)
    for row in entries:
        joint = pd.isna(row.person)
        yield {"day": f"{row.written:%Y-%m-%d}", "text": row.text, "joint": joint, "coded": codings.get(row.entry, [])}


def _table(table: Table, frame: pd.DataFrame, language: Language) -> dict[str, Any]:
    told, columns = meaning(table, language)
    used = [name for name in columns if frame[name].notna().any()]
    rows = frame[used].itertuples(index=False, name=None)
    return {
        "name": table.name,
        "told": told,
        "columns": [columns[name] for name in used],
        "rows": ([_shown(value, language) for value in row] for row in rows),
    }


def _shown(value: Any, language: Language) -> str:
    _ = translator(language)
    if pd.isna(value):
        return ""
    if isinstance(value, (bool, np.bool)):
        return _("yes") if value else _("no")
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d %H:%M} UTC" if value.tzinfo else f"{value:%Y-%m-%d}"
    return str(value)
