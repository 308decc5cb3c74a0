from __future__ import annotations

from typing import Any

import pytest

from tests.frames import KINDS


@pytest.fixture(params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> Any:
    """Turn a pandas frame into the kind of frame under test."""
    return KINDS[request.param]
