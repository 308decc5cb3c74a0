"""The noise table of docs/methods.md, drawn again from what it states."""

from __future__ import annotations

import numpy as np
import pytest

from workbench.capability import component_noise_band

RUNS = 20_000
PERSON_SD, COMPONENT_SD, NOISE_SD = 0.7, 0.5, 0.6


def simulated_band(respondents: int, replaced: float, seed: int) -> tuple[float, float]:
    """5th and 95th percentile of the change of a component's mean level when the true level stands still."""
    random = np.random.default_rng(seed)
    shape = (RUNS, respondents)
    truth = random.uniform(1, 4, (RUNS, 1))

    def leniency() -> np.ndarray:
        return random.normal(0, PERSON_SD, shape) + random.normal(0, COMPONENT_SD, shape)

    first, new = leniency(), random.random(shape) < replaced
    second = np.where(new, leniency(), first)
    answers = [np.clip(np.rint(truth + lean + random.normal(0, NOISE_SD, shape)), 0, 5) for lean in (first, second)]
    change = answers[1].mean(axis=1) - answers[0].mean(axis=1)
    low, high = np.quantile(change, [0.05, 0.95])
    return float(low), float(high)


@pytest.mark.parametrize("respondents", [1, 3, 5])
@pytest.mark.parametrize("replaced", [0.0, 0.4])
def test_the_band_is_what_its_simulation_gives(respondents: int, replaced: float) -> None:
    """Exactly for one person; for more, within one step of the grid that a mean of whole levels moves on."""
    low, high = simulated_band(respondents, replaced, seed=respondents)
    stated = component_noise_band(respondents, replaced)

    assert stated == pytest.approx((low, high), abs=0.01 + (1 / respondents if respondents > 1 else 0))


def test_new_people_never_narrow_the_band_and_more_people_never_widen_it() -> None:
    for people in (1, 3, 5):
        same, others = component_noise_band(people), component_noise_band(people, 0.4)
        assert others[0] <= same[0]
        assert same[1] <= others[1]
    widths = [high - low for low, high in (component_noise_band(people) for people in (1, 3, 5))]
    assert widths == sorted(widths, reverse=True)
