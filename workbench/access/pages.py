"""What each role's page holds: a slice of the study, counts of what is not in it, and texts that others gave."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from workbench.access.cells import Least, Spread, agreed_spread, network_spread, own_spread
from workbench.access.given import COLLEAGUES, COLUMNS, NETWORK, from_colleagues, from_network
from workbench.access.handed_in import answered, handed_in
from workbench.access.rules import Kind
from workbench.access.slices import SHARED, joint_entries, slice_for
from workbench.accounts.account import Role
from workbench.errors import WorkbenchError
from workbench.exchange.frozen import save_study
from workbench.records import records_frame
from workbench.study import Study
from workbench.tables import TABLES

COUNTS: Final = "counts"
Counts = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Slice:
    """What one page may show, and nothing else.

    Attributes
    ----------
    study : Study
        The rows that may be read.
    counts : mapping of str to DataFrame
        Of rows that may not, and texts that others gave to be read, without who wrote them: each table is named where
        it is made.
    """

    study: Study
    counts: Counts = field(default_factory=dict)


def journey_slice(study: Study, person: str, *, day: dt.date) -> Slice:
    """Give a participant's own rows (`workbench.access.slice_for`), the network's counts (`_network`), and texts.

    Texts are "from colleagues" (`from_colleagues`) and "from the network" (`from_network`); who has left the network is
    given none.
    """
    mine = slice_for(study, person)
    return Slice(mine, _network(study, day) | _given(study, _home(study, person), person, day))


def organisation_slice(study: Study, organisation: str, *, day: dt.date, reader: str = "") -> Slice:
    """Give a development lead what the organisation agreed on, wrote together and tried, without anybody in it.

    Kept are its consensus ratings, joint entries (unless for researchers only), definitions, experiments and
    practices; "spread" and "spread withheld" count individual levels as far as `own_spread` allows; texts are as of
    `journey_slice`.

    Parameters
    ----------
    study : Study
        The whole of it.
    organisation : str
    day : date
        Today.
    reader : str
        The person who reads; without one, all the texts are there.

    Raises
    ------
    WorkbenchError
        No organisation has that code.
    """
    frames = _of_organisation(study, organisation)
    for name in ("definitions", "practices"):
        frames[name] = _where(getattr(study, name), organisation)
    frames["entries"] = joint_entries(study, organisation)
    frames["experiment_components"] = _tested(study, frames["experiments"])
    own = own_spread(study.ratings, study.occasions, organisation, Least.of(study.about), day=day)
    return Slice(_study(study, frames), _named("spread", own) | _given(study, organisation, reader, day))


def sponsor_slice(study: Study, organisation: str) -> Slice:
    """Give a sponsor what the organisation agreed on and tried: no individual answer, no entry, no count of either.

    Raises
    ------
    WorkbenchError
        No organisation has that code.
    """
    frames = _of_organisation(study, organisation)
    frames["experiment_components"] = _tested(study, frames["experiments"]).assign(definition=None)
    return Slice(_study(study, frames))


def network_slice(study: Study, *, day: dt.date) -> Slice:
    """Give a facilitator the programme, who is in it, counts, and what was given to the network: no rating, no more.

    The counts are those of `_network`, "handed in" (`handed_in`), "answered" and "agreed on" (`answered`); the texts
    "from the network" (`from_network`).
    """
    shared = study.components[study.components["organisation"].isna()]
    frames = {"organisations": study.organisations, "people": study.people, "components": shared}
    counts = {
        "handed in": handed_in(study),
        "answered": answered(study, basis="individual"),
        "agreed on": answered(study, basis="consensus"),
        NETWORK: from_network(study),
    }
    return Slice(_study(study, frames), counts | _network(study, day))


def _network(study: Study, day: dt.date) -> dict[str, pd.DataFrame]:
    """Count the network's levels: "people" (`network_spread`) and "organisations" (`agreed_spread`), and withheld."""
    shared = study.components.loc[study.components["organisation"].isna(), "component"]
    ratings, least = study.ratings[study.ratings["component"].isin(shared)], Least.of(study.about)
    people = network_spread(ratings, study.occasions, least, day=day)
    agreed = agreed_spread(ratings, study.occasions, least, day=day)
    return _named("people", people) | _named("organisations", agreed)


def _given(study: Study, organisation: str, reader: str, day: dt.date) -> dict[str, pd.DataFrame]:
    """List what others gave somebody to read: nothing, once the reader has left."""
    left = study.people.loc[study.people["person"] == reader, "left"]
    gone = bool((left < pd.Timestamp(day)).any())
    texts = {
        COLLEAGUES: from_colleagues(study, organisation, reader=reader),
        NETWORK: from_network(study, reader=organisation),
    }
    return {name: table.head(0) if gone else table for name, table in texts.items()}


def _named(name: str, spread: Spread) -> dict[str, pd.DataFrame]:
    return {name: spread.shown, f"{name} withheld": spread.withheld}


def _of_organisation(study: Study, organisation: str) -> dict[str, pd.DataFrame]:
    """Keep what the pages of an organisation's lead and sponsor have in common."""
    found = _where(study.organisations, organisation)
    if found.empty:
        raise WorkbenchError(
            f"No organisation of {study.about.id} has the code {organisation!r}. Cure: see organisations.csv."
        )
    components, ratings = study.components, _where(study.ratings, organisation)
    return {
        "organisations": found,
        "components": components[components["organisation"].isna() | (components["organisation"] == organisation)],
        "ratings": ratings[ratings["basis"] == "consensus"],
        "experiments": _where(study.experiments, organisation),
    }


def _where(frame: pd.DataFrame, organisation: str) -> pd.DataFrame:
    return frame[frame["organisation"] == organisation]


def _tested(study: Study, experiments: pd.DataFrame) -> pd.DataFrame:
    return study.experiment_components[study.experiment_components["experiment"].isin(experiments["experiment"])]


def _study(study: Study, frames: Mapping[str, pd.DataFrame]) -> Study:
    """Make a study of the frames, of the programme and of the words; every other table is empty."""
    kept = {name: records_frame(table, []) for name, table in TABLES.items()}
    kept |= {name: getattr(study, name) for name in SHARED} | dict(frames)
    kept["focus"] = study.focus[study.focus["component"].isin(kept["components"]["component"])]
    return study.with_frames({name: frame.reset_index(drop=True) for name, frame in kept.items()})


def _home(study: Study, person: str) -> str:
    """Find a person's organisation; "" for nobody's, which no organisation is called."""
    return next(iter(study.people.loc[study.people["person"] == person, "organisation"]), "")


_Cut = Callable[[Study, str, dt.date], Slice]
SLICES: Final[Mapping[tuple[Kind, Role], _Cut]] = {
    ("journey", "participant"): lambda study, person, day: journey_slice(study, person, day=day),
    ("journey", "development_lead"): lambda study, person, day: journey_slice(study, person, day=day),
    ("organisation", "development_lead"): lambda study, person, day: organisation_slice(
        study, _home(study, person), day=day, reader=person
    ),
    ("organisation", "sponsor"): lambda study, person, _day: sponsor_slice(study, _home(study, person)),
    ("network", "facilitator"): lambda study, _person, day: network_slice(study, day=day),
}
"""Page and role → how the slice is cut. What is not named has none."""


def cut(study: Study, page: Kind, role: Role, person: str, *, day: dt.date) -> Slice:
    """Cut what somebody's page may show.

    Parameters
    ----------
    study : Study
        The whole of it.
    page : Kind
        Kind of page, of `workbench.access.rules`.
    role : Role
    person : str
        The pseudonym of whoever asks.
    day : date
        Today.

    Raises
    ------
    WorkbenchError
        Nobody, or no organisation, has that code; or the role has no such page.
    """
    make = SLICES.get((page, role))
    if make is None:
        raise WorkbenchError(f"A {role} has no slice for a page of kind {page!r}. Cure: see workbench.access.pages.")
    return make(study, person, day)


def today() -> dt.date:
    """Return the day in Sweden, after which a meeting is over."""
    return dt.datetime.now(tz=ZoneInfo("Europe/Stockholm")).date()


def write_page(slice_: Slice, folder: Path) -> None:
    """Write a slice into a new folder, as a frozen study with its counts beside; raises as `save_study`."""
    save_study(slice_.study, folder)
    (folder / COUNTS).mkdir()
    for name, table in slice_.counts.items():
        path = folder / COUNTS / f"{name}.csv"
        table.to_csv(path, index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)


def read_counts(folder: Path) -> Counts | None:
    """Read the counts beside a slice; None where the study is no slice."""
    if not (folder / COUNTS).is_dir():
        return None
    paths = sorted((folder / COUNTS).glob("*.csv"))
    words = dict.fromkeys(COLUMNS, "str")  # a text that is a number stays a text
    return {path.stem: pd.read_csv(path, dtype=words, keep_default_na=False, na_values=[""]) for path in paths}
