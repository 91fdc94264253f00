"""What changes persons, households, residence, mandates and accounts; the only code that writes them."""

from jinlin.people.actions.accounts import (
    create_staff_account,
    deactivate_account,
    forget_unproved_accounts,
    note_own_password,
    open_account,
    prove_phone,
    reactivate_account,
    set_first_password,
    sign_out_everywhere,
)
from jinlin.people.actions.calendars import end_calendar_link, renew_calendar_link
from jinlin.people.actions.contacts import (
    find_by_phone,
    note_contact,
    open_contact,
    person_behind,
    persons_behind,
    refuse_roll,
)
from jinlin.people.actions.digests import choose_digest
from jinlin.people.actions.household_contacts import (
    forget_expired_contacts,
    give_contact,
    read_household_contact,
    remark_on_household,
    withdraw_contact,
)
from jinlin.people.actions.households import (
    claim_home,
    confirm_claim,
    end_residence,
    issue_card,
    join_household,
    refuse_claim,
)
from jinlin.people.actions.keys import create_token, delete_token, end_tokens
from jinlin.people.actions.mandates import ask_mandate, end_mandate, grant_mandate, refuse_mandate
from jinlin.people.actions.moves import change_household, note_member
from jinlin.people.actions.own_data import correct_own_data, erase_own_data, see_notices
from jinlin.people.actions.register import NewMember, open_households, register_households
from jinlin.people.actions.supports import give_support, take_back_support

__all__ = [
    "NewMember",
    "ask_mandate",
    "change_household",
    "choose_digest",
    "claim_home",
    "confirm_claim",
    "correct_own_data",
    "create_staff_account",
    "create_token",
    "deactivate_account",
    "delete_token",
    "end_calendar_link",
    "end_mandate",
    "end_residence",
    "end_tokens",
    "erase_own_data",
    "find_by_phone",
    "forget_expired_contacts",
    "forget_unproved_accounts",
    "give_contact",
    "give_support",
    "grant_mandate",
    "issue_card",
    "join_household",
    "note_contact",
    "note_member",
    "note_own_password",
    "open_account",
    "open_contact",
    "open_households",
    "person_behind",
    "persons_behind",
    "prove_phone",
    "reactivate_account",
    "read_household_contact",
    "refuse_claim",
    "refuse_mandate",
    "refuse_roll",
    "register_households",
    "remark_on_household",
    "renew_calendar_link",
    "see_notices",
    "set_first_password",
    "sign_out_everywhere",
    "take_back_support",
    "withdraw_contact",
]
