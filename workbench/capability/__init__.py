"""Innovation capability over time: ratings in, tables that say how sure they are out.

Every function takes pandas or Polars frames with the columns of `workbench.tables` and gives back the
same kind of frame, sorted by its keys (components by `position` when `components` is given).
"""

from workbench.capability.change import all_respondent_change, change_summary, within_person_change
from workbench.capability.completeness import completeness
from workbench.capability.consensus import consensus_change, how_sure
from workbench.capability.gap import gap, gap_decomposition
from workbench.capability.levels import level_distribution
from workbench.capability.noise import UnknownNoiseError, component_noise_band, consensus_noise_band
from workbench.capability.respondents import respondent_overlap
from workbench.capability.superiority import superiority_interval
from workbench.capability.words import change_in_words
from workbench.capability.yardstick import recalibration

__all__ = [
    "UnknownNoiseError",
    "all_respondent_change",
    "change_in_words",
    "change_summary",
    "completeness",
    "component_noise_band",
    "consensus_change",
    "consensus_noise_band",
    "gap",
    "gap_decomposition",
    "how_sure",
    "level_distribution",
    "recalibration",
    "respondent_overlap",
    "superiority_interval",
    "within_person_change",
]
