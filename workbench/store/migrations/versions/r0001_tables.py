"""The tables of the first live studies, written out as they were: later declarations do not change the past."""

from __future__ import annotations

import re
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

revision, down_revision = "0001", None

# A column: its name, its type unless it is text, ! where it is required, > the table it refers to.
# After the columns, each set of them that together is unique; the first is the key.
TABLES = """
organisations | organisation! name! kind! employees:number joined! left about | organisation
people | person! organisation!>organisations role! joined! left | person
occasions | occasion! number:number! title_sv! title_en! starts! ends! | occasion | number
components | component! position:number! name_sv! name_en! block arena! organisation>organisations \
    builds_on>components | component | position
focus | occasion!>occasions component!>components | occasion component
definitions | definition! organisation!>organisations component!>components version:number! \
    occasion!>occasions name! text! why | definition | organisation component version
experiments | experiment! organisation!>organisations occasion!>occasions title! kind! assumption! test! sign \
    status! not_done_reason started ended happened learning_innovation learning_leading result decision! decided \
    follows>experiments | experiment
experiment_components | experiment!>experiments component!>components definition>definitions | experiment component
practices | practice! organisation!>organisations kind! title! description! status! since! \
    experiment>experiments component>components | practice
entries | entry! organisation!>organisations person>people occasion!>occasions phase! kind! frame \
    component>components experiment>experiments visibility! recorder setting written! language! text! | entry
ratings | organisation!>organisations person>people occasion!>occasions component!>components frame! basis! \
    level:number missing evidence confidence:number target present:number returning:number \
    | organisation person occasion component frame basis
codes | code! parent>codes name_sv! name_en! definition_sv! definition_en! include_sv! include_en! exclude_sv! \
    exclude_en! example_sv! example_en! since! status! replaced_by>codes | code
lineage | step! version! changed! act! sources targets reason! | step
codings | coding! entry!>entries start:number! end:number! quote! code!>codes coder! coded! | coding
memos | memo! kind! author! written! entry>entries code>codes text! | memo
findings | finding! title_sv! title_en! text_sv! text_en! audience! author! stated! | finding
evidence | finding!>findings entry!>entries | finding entry
feedback | feedback! finding!>findings organisation!>organisations occasion!>occasions channel! given! note \
    | feedback
responses | response! feedback!>feedback person!>people stance! text responded! outcome | response
consents | person!>people purpose! given:truth! decided! information! | person purpose decided
"""
COLUMN = re.compile(r"(?P<name>\w+)(:(?P<type>\w+))?(?P<required>!?)(>(?P<refers>\w+))?")
TYPES = {"number": sa.BigInteger, "truth": sa.Boolean, None: sa.Text}
SEQUENCE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    parts = ("study", "about", "instrument", "codebook")
    op.create_table("study", *(sa.Column(name, sa.Text, primary_key=name == "study", nullable=False) for name in parts))
    make_tables(TABLES)
    _make_events()


def make_tables(tables: str) -> None:
    """Make the tables written out as above."""
    for line in tables.replace("\\\n", " ").strip().splitlines():
        name, columns, *keys = (part.strip() for part in line.split("|"))
        _make(name, columns.split(), [key.split() for key in keys])


def _make(table: str, tokens: list[str], keys: list[list[str]]) -> None:
    found = [match.groupdict() for token in tokens if (match := COLUMN.fullmatch(token))]
    required = {part["name"] for part in found if part["required"]}
    firm = {f"{table}_key{number}": key for number, key in enumerate(keys) if required.issuperset(key)}
    op.create_table(
        table,
        sa.Column("_place", SEQUENCE, primary_key=True, autoincrement=False),
        *(_column(part) for part in found),
        sa.Column("_event", SEQUENCE, nullable=False),
        *(sa.UniqueConstraint(*key, name=name) for name, key in firm.items()),
    )
    for number, key in enumerate(keys):
        if f"{table}_key{number}" not in firm:
            terms = [name if name in required else sa.text(f"coalesce({name}, '')") for name in key]
            op.create_index(f"{table}_key{number}", table, terms, unique=True)
    for name in _indexed(found, keys[0]):
        op.create_index(f"{table}_{name}", table, [name])


def _column(part: dict[str, str]) -> sa.Column[object]:
    refers = [_reference(part["refers"])] if part["refers"] else []
    return sa.Column(part["name"], TYPES[part["type"]](), *refers, nullable=not part["required"], quote=True)


def _reference(table: str) -> sa.ForeignKey:
    singular = {"people": "person", "entries": "entry", "feedback": "feedback"}.get(table, table.removesuffix("s"))
    return sa.ForeignKey(f"{table}.{singular}", deferrable=True, initially="DEFERRED")


def _indexed(found: list[dict[str, str]], key: list[str]) -> Iterator[str]:
    return (part["name"] for part in found if part["refers"] and [part["name"]] != key)


def _make_events() -> None:
    optional = {"concerns", "before", "after", "reason"}
    names = ("at", "actor", "act", "concerns", "objects", "before", "after", "reason", "hash")
    kinds = {"concerns": SEQUENCE}
    columns = [sa.Column(name, kinds.get(name, sa.Text()), nullable=name in optional) for name in names]
    op.create_table("events", sa.Column("sequence", SEQUENCE, primary_key=True, autoincrement=False), *columns)
    op.create_index("events_actor", "events", ["actor", "sequence"])
    op.create_index("events_concerns", "events", ["concerns"])
