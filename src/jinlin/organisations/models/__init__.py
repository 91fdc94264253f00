"""Bodies and their ties, posts and duties, matters put before bodies, work, and the sheets that are kept."""

from jinlin.organisations.models.bodies import Body, Coverage, Partnership
from jinlin.organisations.models.duties import Duty
from jinlin.organisations.models.filings import Filing, FilingAnswer
from jinlin.organisations.models.posts import Appointment
from jinlin.organisations.models.sheets import SheetEntry
from jinlin.organisations.models.work import Task, TaskStep

__all__ = [
    "Appointment",
    "Body",
    "Coverage",
    "Duty",
    "Filing",
    "FilingAnswer",
    "Partnership",
    "SheetEntry",
    "Task",
    "TaskStep",
]
