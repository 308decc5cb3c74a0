"""Texts that their writers gave others to read, without who wrote them, and when."""

from __future__ import annotations

from typing import Final

import pandas as pd

from workbench.study import Study

COLLEAGUES, NETWORK = "from colleagues", "from the network"
OWN_WORDS: Final = ("reflection", "state_description", "experiment_log")
"""Kinds that people hand in themselves; what a researcher wrote down of somebody's words is not theirs to give."""
TOGETHER: Final = (*OWN_WORDS, "discussion")
"""Kinds that an organisation hands in together."""
COLUMNS: Final = ("occasion", "component", "kind", "frame", "by", "organisation", "language", "text")
_ORDER: Final = ["number", "position", "kind", "text"]


def from_colleagues(study: Study, organisation: str, *, reader: str = "") -> pd.DataFrame:
    """List the texts that an organisation's people gave it, or the network, to read.

    Parameters
    ----------
    study : Study
        The whole of it.
    organisation : str
    reader : str
        Who reads: their own texts are left out.

    Returns
    -------
    DataFrame
        occasion, component, kind, frame, by ("one"), organisation (its name), language, text. The latest occasion
        comes first; within one the order is the components', and then the words': it does not tell who wrote when.
    """
    entries = _handed_in(study)
    own = entries[(entries["organisation"] == organisation) & entries["person"].notna() & (entries["person"] != reader)]
    return _told(study, own, named=set(own["entry"]))


def from_network(study: Study, *, reader: str = "") -> pd.DataFrame:
    """List the texts that were given to the network, of those who said yes to sharing in it.

    Parameters
    ----------
    study : Study
        The whole of it.
    reader : str
        The organisation that reads: its own texts are left out.

    Returns
    -------
    DataFrame
        As `from_colleagues`; by is "one" or "together". The organisation is named where the writer said yes to that,
        and is missing else. A component that an organisation defined for itself is missing.
    """
    entries = _handed_in(study)
    sharing, naming = says_yes(study, "shared_in_network"), says_yes(study, "organisation_named")
    given = entries[(entries["visibility"] == "network") & (entries["organisation"] != reader)]
    given = given[given["person"].isna() | given["person"].isin(sharing)]
    shared = study.components.loc[study.components["organisation"].isna(), "component"]
    told = given.assign(component=given["component"].where(given["component"].isin(shared)))
    return _told(study, told, named=set(given.loc[given["person"].isin(naming), "entry"]))


def _handed_in(study: Study) -> pd.DataFrame:
    """Keep what people handed in and gave others to read; nothing of anybody who does not take part."""
    entries = study.entries
    joint = entries["person"].isna() & entries["kind"].isin(TOGETHER)
    theirs = (joint | entries["kind"].isin(OWN_WORDS)) & entries["recorder"].isna()
    given = entries[theirs & entries["visibility"].isin(["organisation", "network"])]
    return given[~given["person"].isin(_says_no(study, "take_part"))]


def _told(study: Study, entries: pd.DataFrame, *, named: set[str]) -> pd.DataFrame:
    """Leave out who wrote, and when; keep the name of the organisation for those that may say it."""
    names = study.organisations.set_index("organisation")["name"]
    told = entries.assign(
        by=entries["person"].notna().map({True: "one", False: "together"}),
        organisation=entries["organisation"].map(names).where(entries["entry"].isin(named)),
        number=-entries["occasion"].map(study.occasions.set_index("occasion")["number"]),
        position=entries["component"].map(study.components.set_index("component")["position"]),
    )
    return told.sort_values(_ORDER)[list(COLUMNS)].reset_index(drop=True)


def says_yes(study: Study, purpose: str) -> set[str]:
    """Name the people whose latest choice for a purpose is yes; who has made no choice has not said yes."""
    latest = _choices(study, purpose)
    return set(latest.loc[latest["given"], "person"])


def _says_no(study: Study, purpose: str) -> set[str]:
    latest = _choices(study, purpose)
    return set(latest.loc[~latest["given"], "person"])


def _choices(study: Study, purpose: str) -> pd.DataFrame:
    """Keep each person's latest choice; who has made none is in neither."""
    choices = study.consents[study.consents["purpose"] == purpose]
    return choices.sort_values("decided", kind="stable").drop_duplicates("person", keep="last")
