"""What a live study keeps beside its tables: what it says of itself, its instrument, its codebook's heading."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

import sqlalchemy as sa

from workbench.about import About, make_about
from workbench.codebook import FILE as CODEBOOK_FILE
from workbench.codebook import Codebook, make_codebook
from workbench.errors import Fault, StudyError
from workbench.instrument import FILE as INSTRUMENT_FILE
from workbench.instrument import Instrument, make_instrument
from workbench.reading import UNREADABLE, parse_mapping
from workbench.sealing import ABOUT_FILE
from workbench.store.schema import SCHEMA
from workbench.study import Study

_STUDY = SCHEMA.tables["study"]


@dataclass(frozen=True)
class Parts:
    """The parts as they are stored: texts, and the study's own random number, which no other study has."""

    study: str
    about: str
    instrument: str
    codebook: str

    @property
    def texts(self) -> dict[str, str]:
        """The text files of the frozen form, the codebook left out: it is made of the rows."""
        return {ABOUT_FILE: self.about, INSTRUMENT_FILE: self.instrument}

    @property
    def hashes(self) -> dict[str, str]:
        """SHA-256 of each text, as the first event of the log tells them."""
        texts = {**self.texts, CODEBOOK_FILE: self.codebook}
        return {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}

    def read(self) -> tuple[About, Instrument, Codebook]:
        """Give the parts their shape; the codebook's tables are empty, its codes being rows.

        Raises
        ------
        StudyError
            A text is not as it was written: see `workbench.store.verify`.
        """
        try:
            return self._shaped()
        except UNREADABLE as error:
            rule = "the study's own texts stay as they were written"
            fault = Fault("study", 0, "", str(error)[:200], rule, "see what is broken: workbench verify STUDY")
            raise StudyError("the study", [fault]) from error

    def _shaped(self) -> tuple[About, Instrument, Codebook]:
        about, no_about = make_about(parse_mapping(ABOUT_FILE, self.about))
        instrument, no_instrument = make_instrument(parse_mapping(INSTRUMENT_FILE, self.instrument))
        codebook, no_codebook = make_codebook({**json.loads(self.codebook), "codes": []})
        faults = [*no_about, *no_instrument, *no_codebook]
        if about is None or instrument is None or codebook is None:
            raise StudyError("the study", faults)
        return about, instrument, codebook


def parts_of(study: Study, number: str) -> Parts:
    """Take the parts of a study, to begin the live study of that number with."""
    book = study.codebook
    heading = {
        "id": book.id,
        "version": book.version,
        "stance": book.stance,
        "title": {"sv": book.title_sv, "en": book.title_en},
    }
    texts = study.texts
    return Parts(number, texts[ABOUT_FILE], texts[INSTRUMENT_FILE], json.dumps(heading, ensure_ascii=False))


def write_parts(connection: sa.Connection, parts: Parts) -> None:
    """Store the parts of a new study."""
    connection.execute(_STUDY.insert(), asdict(parts))


def read_parts(connection: sa.Connection) -> Parts:
    """Read the parts."""
    found = connection.execute(sa.select(_STUDY)).one()
    return Parts(**found._mapping)  # noqa: SLF001  SQLAlchemy's public name for it
