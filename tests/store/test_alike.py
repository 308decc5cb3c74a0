from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.tiny import tiny_study
from workbench.store.creating import create_study, take_in
from workbench.store.draft import Act, Draft
from workbench.store.errors import RefusedError
from workbench.store.live import LiveStudy

OWN = {"name_sv": "Eget", "name_en": "Own", "arena": "internal", "organisation": "A1"}


@pytest.fixture
def live(tmp_path: Path) -> LiveStudy:
    create_study(tmp_path / "study", tiny_study(), actor="K0")
    return LiveStudy(tmp_path / "study", actor="K1")


def test_two_rows_of_one_act_cannot_have_one_place(live: LiveStudy) -> None:
    """No row of the study has position 7; the act gives it to two."""
    twice = pd.DataFrame([{**OWN, "component": name, "position": "7"} for name in ("E1", "E2")])

    with live, pytest.raises(RefusedError, match="components E2, column position: found '7'; position must be"):
        live.do(take_in({"components": twice}))


def test_two_rows_may_change_places_in_one_act(live: LiveStudy) -> None:
    own = pd.DataFrame([{**OWN, "component": "E1", "position": "7"}])

    def change_places(draft: Draft) -> None:
        draft.change("components", ("E1",), position=1)
        draft.change("components", ("I3",), position=7)

    with live:
        live.do(take_in({"components": own}))
        live.do(Act("change places", change_places))

        assert dict(live.read().components[["component", "position"]].to_numpy()) == {"I3": 7, "E1": 1}


def test_a_key_that_another_row_has_is_refused(live: LiveStudy) -> None:
    taken = pd.DataFrame([{**OWN, "component": "I3", "position": "7"}])

    with live, pytest.raises(RefusedError, match="components I3, column component: found 'I3'"):
        live.do(take_in({"components": taken}))
