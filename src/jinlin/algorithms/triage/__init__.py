"""Triage of requests: a category and its reasons from words or from a trained model, and dangers to life.

What a server needs at work is here. `training.train_model` and `evaluation.evaluate` are imported from their modules,
so that only background tasks and commands load the learning library.
"""

from jinlin.algorithms.triage.danger_words import Danger
from jinlin.algorithms.triage.doubts import Doubt, find_doubtful
from jinlin.algorithms.triage.model import Prediction, Reason, TriageModel
from jinlin.algorithms.triage.storage import InvalidModelFile, load_model, save_model
from jinlin.algorithms.triage.urgency import Urgency, UrgencyLevel, find_urgency
from jinlin.algorithms.triage.words import Category, WordSuggestion, WordTriage

__all__ = [
    "Category",
    "Danger",
    "Doubt",
    "InvalidModelFile",
    "Prediction",
    "Reason",
    "TriageModel",
    "Urgency",
    "UrgencyLevel",
    "WordSuggestion",
    "WordTriage",
    "find_doubtful",
    "find_urgency",
    "load_model",
    "save_model",
]
