"""Figures: a table in, a plot with its alternative text, data table, n and what it rests on out."""

from workbench.figures.agreement import plot_agreement
from workbench.figures.codes import plot_co_occurrence, plot_code_shares
from workbench.figures.completeness import plot_completeness
from workbench.figures.distribution import plot_level_distribution
from workbench.figures.experiments import plot_experiments
from workbench.figures.figure import Figure
from workbench.figures.now_desired import plot_now_desired
from workbench.figures.overlap import plot_overlap
from workbench.figures.suggestions import plot_calibration, plot_learning_curve
from workbench.figures.table import show_table
from workbench.figures.trajectories import plot_trajectories

__all__ = [
    "Figure",
    "plot_agreement",
    "plot_calibration",
    "plot_co_occurrence",
    "plot_code_shares",
    "plot_completeness",
    "plot_experiments",
    "plot_learning_curve",
    "plot_level_distribution",
    "plot_now_desired",
    "plot_overlap",
    "plot_trajectories",
    "show_table",
]
