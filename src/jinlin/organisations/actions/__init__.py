"""What changes bodies, duties, appointments, filings and work."""

from jinlin.organisations.actions.adoption import adopt_playbook
from jinlin.organisations.actions.appointing import NewAppointment, appoint, appoint_all, end_appointment
from jinlin.organisations.actions.filing import NewFiling, answer_filing, file_matter, withdraw_filing
from jinlin.organisations.actions.working import (
    NewTask,
    confirm_task,
    do_task,
    drop_task,
    give_task,
    give_tasks,
    hand_over_task,
    pledge,
    pledge_all,
    reopen_task,
)

__all__ = [
    "NewAppointment",
    "NewFiling",
    "NewTask",
    "adopt_playbook",
    "answer_filing",
    "appoint",
    "appoint_all",
    "confirm_task",
    "do_task",
    "drop_task",
    "end_appointment",
    "file_matter",
    "give_task",
    "give_tasks",
    "hand_over_task",
    "pledge",
    "pledge_all",
    "reopen_task",
    "withdraw_filing",
]
