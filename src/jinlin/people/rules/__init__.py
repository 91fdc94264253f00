"""Who may act for whom, who may see what about persons and households, and who may close which doors."""

from jinlin.people.rules.accounts import (
    is_staff,
    is_staff_account,
    may_keep_account,
    may_leave,
    may_read_trail,
    may_reset,
    may_run_accounts,
)
from jinlin.people.rules.households import (
    CONTACT_READERS,
    ROLL_KEEPERS,
    ROLL_READERS,
    belongs_to,
    claims_to_decide,
    homes_visible_to,
    may_keep_household_contact,
    may_keep_roll,
    may_read_household_contact,
    may_see_contact,
    persons_visible_to,
    visible_to,
)
from jinlin.people.rules.mandates import may_act_for, principals_of, running_mandates

__all__ = [
    "CONTACT_READERS",
    "ROLL_KEEPERS",
    "ROLL_READERS",
    "belongs_to",
    "claims_to_decide",
    "homes_visible_to",
    "is_staff",
    "is_staff_account",
    "may_act_for",
    "may_keep_account",
    "may_keep_household_contact",
    "may_keep_roll",
    "may_leave",
    "may_read_household_contact",
    "may_read_trail",
    "may_reset",
    "may_run_accounts",
    "may_see_contact",
    "persons_visible_to",
    "principals_of",
    "running_mandates",
    "visible_to",
]
