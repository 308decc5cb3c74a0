"""A participant's slice: the part of a study that is theirs, itself a study."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from workbench.errors import WorkbenchError
from workbench.exchange.frozen import save_study
from workbench.records import records_frame
from workbench.study import Study
from workbench.tables import TABLES

# Tables a participant reads as they are: the programme and the words, nothing about anyone.
SHARED = ("occasions", "codes", "lineage")


def slice_for(study: Study, person: str) -> Study:
    """Keep of a study what `person` may see; everything not named here is left out.

    Kept are the person's own entries, ratings, answers and consents; their organisation's consensus
    ratings, joint entries (unless for researchers only), definitions, experiments and practices; the
    researchers' codings of the entries kept; the findings fed back to the organisation.

    Parameters
    ----------
    study : Study
    person : str
        A code of ``study.people``.

    Returns
    -------
    Study
        A sound study that holds nothing else.

    Raises
    ------
    WorkbenchError
        Nobody has that code.
    """
    me = _where(study.people, "person", person)
    if me.empty:
        raise WorkbenchError(f"Nobody in {study.about.id} has the code {person!r}. Cure: see people.csv.")
    home = me["organisation"].item()
    frames = {name: records_frame(table, []) for name, table in TABLES.items()}
    frames |= {name: getattr(study, name) for name in SHARED}
    frames |= {"people": me} | _of_organisation(study, home)
    frames |= _written(study, person, home) | _fed_back(study, person, home)
    frames["focus"] = _among(study.focus, "component", frames["components"])
    frames["codings"] = _among(study.codings, "entry", frames["entries"])
    frames["evidence"] = _among(_among(study.evidence, "finding", frames["findings"]), "entry", frames["entries"])
    return study.with_frames({name: frame.reset_index(drop=True) for name, frame in frames.items()})


def _where(frame: pd.DataFrame, column: str, value: str) -> pd.DataFrame:
    return frame[frame[column] == value]


def _among(frame: pd.DataFrame, column: str, kept: pd.DataFrame) -> pd.DataFrame:
    return frame[frame[column].isin(kept[column])]


def _of_organisation(study: Study, home: str) -> dict[str, pd.DataFrame]:
    components = study.components
    experiments = _where(study.experiments, "organisation", home)
    return {
        "organisations": _where(study.organisations, "organisation", home),
        "components": components[components["organisation"].isna() | (components["organisation"] == home)],
        "definitions": _where(study.definitions, "organisation", home),
        "experiments": experiments,
        "experiment_components": _among(study.experiment_components, "experiment", experiments),
        "practices": _where(study.practices, "organisation", home),
    }


def _written(study: Study, person: str, home: str) -> dict[str, pd.DataFrame]:
    ratings, joint = _where(study.ratings, "organisation", home), joint_entries(study, home)
    return {
        "entries": study.entries[study.entries["entry"].isin(joint["entry"]) | (study.entries["person"] == person)],
        "ratings": ratings[(ratings["basis"] == "consensus") | (ratings["person"] == person)],
        "consents": _where(study.consents, "person", person),
    }


def joint_entries(study: Study, home: str) -> pd.DataFrame:
    """Keep what an organisation's people wrote together, unless it is for researchers only."""
    entries = _where(study.entries, "organisation", home)
    return entries[entries["person"].isna() & (entries["visibility"] != "researchers")]


def _fed_back(study: Study, person: str, home: str) -> dict[str, pd.DataFrame]:
    feedback = _where(study.feedback, "organisation", home)
    return {
        "feedback": feedback,
        "findings": _among(study.findings, "finding", feedback),
        "responses": _where(study.responses, "person", person),
    }


def write_slice(study: Study, person: str, folder: Path) -> None:
    """Write `slice_for` as a frozen study into a new folder; raises as `slice_for` and `save_study` do."""
    save_study(slice_for(study, person), folder)
