"""Who may do what with bodies, posts, filings, work and sheets."""

from jinlin.organisations.rules.acting import (
    KEEPERS,
    bodies_kept_by,
    bodies_of,
    bodies_visible_at_desk,
    is_member,
    may_act_for,
    may_keep_bodies,
)
from jinlin.organisations.rules.filings import (
    filings_visible_to,
    may_answer,
    may_file,
    may_withdraw,
    missing_headings,
)
from jinlin.organisations.rules.founding import LONGEST_NAME, NewBody
from jinlin.organisations.rules.posts import (
    bodies_visible_to,
    may_answer_offer,
    may_appoint,
    may_end,
    may_fill,
    may_give_to,
    may_keep_rosters,
    rosters_visible_to,
    visible_to,
)
from jinlin.organisations.rules.work import (
    confirmer_of,
    may_confirm,
    may_do,
    may_drop,
    may_give,
    may_pledge,
    may_take,
    needs_confirmation,
)

__all__ = [
    "KEEPERS",
    "LONGEST_NAME",
    "NewBody",
    "bodies_kept_by",
    "bodies_of",
    "bodies_visible_at_desk",
    "bodies_visible_to",
    "confirmer_of",
    "filings_visible_to",
    "is_member",
    "may_act_for",
    "may_answer",
    "may_answer_offer",
    "may_appoint",
    "may_confirm",
    "may_do",
    "may_drop",
    "may_end",
    "may_file",
    "may_fill",
    "may_give",
    "may_give_to",
    "may_keep_bodies",
    "may_keep_rosters",
    "may_pledge",
    "may_take",
    "may_withdraw",
    "missing_headings",
    "needs_confirmation",
    "rosters_visible_to",
    "visible_to",
]
