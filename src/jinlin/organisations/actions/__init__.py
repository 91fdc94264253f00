"""What changes bodies, duties and appointments."""

from jinlin.organisations.actions.adoption import adopt_playbook
from jinlin.organisations.actions.appointing import NewAppointment, appoint, appoint_all, end_appointment

__all__ = ["NewAppointment", "adopt_playbook", "appoint", "appoint_all", "end_appointment"]
