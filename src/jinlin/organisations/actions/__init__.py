"""What changes bodies and their ties, duties, appointments, filings, work and sheets."""

from jinlin.organisations.actions.adoption import adopt_playbook
from jinlin.organisations.actions.answering import (
    PledgeItem,
    accept_post,
    decline_post,
    leave_post,
    publish_pledge,
    show_my_name,
)
from jinlin.organisations.actions.appointing import appoint, appoint_all, check_roster
from jinlin.organisations.actions.caring import cover, uncover
from jinlin.organisations.actions.deputies import appoint_deputy
from jinlin.organisations.actions.ending import (
    end_appointment,
    hand_over,
    recall_holder,
    replace_holder,
    withdraw_offer,
)
from jinlin.organisations.actions.filing import (
    NewFiling,
    answer_filing,
    file_choice,
    file_matter,
    open_filing,
    withdraw_filing,
)
from jinlin.organisations.actions.founding import (
    Contact,
    activate_body,
    edit_body,
    end_body,
    found_bodies,
    found_body,
    read_draft,
)
from jinlin.organisations.actions.holders_filing import appeal_filing, comment_on, file_as_holder
from jinlin.organisations.actions.partnering import NewTie, end_partnership, partner, partner_all
from jinlin.organisations.actions.sheets import NewLine, read_line_faults, write_sheet, write_sheets
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
from jinlin.organisations.rules.filling import NewAppointment
from jinlin.organisations.rules.founding import NewBody

__all__ = [
    "Contact",
    "NewAppointment",
    "NewBody",
    "NewFiling",
    "NewLine",
    "NewTask",
    "NewTie",
    "PledgeItem",
    "accept_post",
    "activate_body",
    "adopt_playbook",
    "answer_filing",
    "appeal_filing",
    "appoint",
    "appoint_all",
    "appoint_deputy",
    "check_roster",
    "comment_on",
    "confirm_task",
    "cover",
    "decline_post",
    "do_task",
    "drop_task",
    "edit_body",
    "end_appointment",
    "end_body",
    "end_partnership",
    "file_as_holder",
    "file_choice",
    "file_matter",
    "found_bodies",
    "found_body",
    "give_task",
    "give_tasks",
    "hand_over",
    "hand_over_task",
    "leave_post",
    "open_filing",
    "partner",
    "partner_all",
    "pledge",
    "pledge_all",
    "publish_pledge",
    "read_draft",
    "read_line_faults",
    "recall_holder",
    "reopen_task",
    "replace_holder",
    "show_my_name",
    "uncover",
    "withdraw_filing",
    "withdraw_offer",
    "write_sheet",
    "write_sheets",
]
