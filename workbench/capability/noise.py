"""How much a component's level moves when nothing has changed."""

from __future__ import annotations

from workbench.errors import WorkbenchError

# 90 % band of a component's change in mean level, by respondents; rater SD 0.7, rater-by-component SD
# 0.5, noise SD 0.6, 20 000 runs (docs/methods.md, drawn again in the tests).
_SAME = {1: (-1.0, 1.0), 3: (-0.67, 1.0), 5: (-0.6, 0.6)}
_REPLACED = {1: (-2.0, 2.0), 3: (-1.0, 1.0), 5: (-0.8, 0.8)}
_REPLACED_SHARE = 0.4
# The same for one consensus: a larger change comes in less than one of ten drawings. No size can have less than one
# level: with eight unchanged people a consensus still moves in 42 of 100 drawings. Fewer than three people, some of
# them replaced, need two.
_STEP, _STEP_OF_FEW, _FEW = 1, 2, 3


class UnknownNoiseError(WorkbenchError):
    """A group for which the noise was never simulated."""


def component_noise_band(respondents: int, changed_share: float = 0.0) -> tuple[float, float]:
    """90 % band of one component's change, in levels, when no true change has happened.

    Parameters
    ----------
    respondents : int
        People who answered each time. Simulated for 1, 3 and 5; other numbers take the nearest smaller,
        whose band is the wider.
    changed_share : float
        Share of them replaced between the occasions. Simulated for none and 40 %; any share up to
        40 % takes the latter.

    Returns
    -------
    tuple of float
        Lowest and highest change, in levels, that chance alone gives 90 times of 100.

    Raises
    ------
    UnknownNoiseError
        Nobody answered, or more than 40 % were replaced.

    Source: docs/methods.md#chance-alone (simulation, drawn again in the tests).
    """
    _check(respondents, changed_share)
    bands = _REPLACED if changed_share else _SAME
    return bands[max(size for size in bands if size <= respondents)]


def consensus_noise_band(present: int, changed_share: float = 0.0) -> tuple[int, int]:
    """90 % band of the change of one component's consensus, in whole levels, when no true change has happened.

    Parameters
    ----------
    present : int
        People who agreed each time. Simulated for 1 to 8; more take the band of 8.
    changed_share : float
        Share of them replaced between the occasions. Simulated for none and 40 %; any share up to
        40 % takes the latter.

    Returns
    -------
    tuple of int
        Lowest and highest change, in levels, that chance alone gives at least 90 times of 100; symmetric.

    Raises
    ------
    UnknownNoiseError
        Nobody agreed, or more than 40 % were replaced.

    Source: docs/methods.md#a-consensus (simulation, drawn again in the tests).
    """
    _check(present, changed_share)
    step = _STEP_OF_FEW if changed_share and present < _FEW else _STEP
    return -step, step


def _check(people: int, changed_share: float) -> None:
    if people < 1 or not 0 <= changed_share <= _REPLACED_SHARE:
        raise UnknownNoiseError(
            f"No noise band for {people} respondents with {changed_share:.0%} replaced; simulated: at least 1, "
            f"at most {_REPLACED_SHARE:.0%}.\nHint: compare only those who answered both times (changed_share=0)."
        )
