"""Forms of the organisations app, one module per noun."""

from jinlin.organisations.forms.accounts import StaffAccountForm
from jinlin.organisations.forms.mine import AcceptForm, PledgeForm
from jinlin.organisations.forms.posts import (
    DeputyForm,
    EndPostForm,
    GivePostForm,
    PostFilterForm,
    PostForm,
    RecallForm,
)
from jinlin.organisations.forms.roster import RosterForm

__all__ = [
    "AcceptForm",
    "DeputyForm",
    "EndPostForm",
    "GivePostForm",
    "PledgeForm",
    "PostFilterForm",
    "PostForm",
    "RecallForm",
    "RosterForm",
    "StaffAccountForm",
]
