"""Suggestions: codes that a small model, taught by a coder's own codings, thinks a sentence may have."""

from workbench.suggest.curve import LearningCurve, learning_curve
from workbench.suggest.evaluation import Evaluation, evaluate
from workbench.suggest.examples import Examples, make_examples
from workbench.suggest.features import Characters, Features, ModelName, SentenceVectors, SuggestError, make_features
from workbench.suggest.measures import brier_score, calibration_error, calibration_table, wilson
from workbench.suggest.model import Model, learn

__all__ = [
    "Characters",
    "Evaluation",
    "Examples",
    "Features",
    "LearningCurve",
    "Model",
    "ModelName",
    "SentenceVectors",
    "SuggestError",
    "brier_score",
    "calibration_error",
    "calibration_table",
    "evaluate",
    "learn",
    "learning_curve",
    "make_examples",
    "make_features",
    "wilson",
]
