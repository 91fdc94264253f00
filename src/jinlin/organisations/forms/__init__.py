"""Forms of the organisations app, one module per noun."""

from jinlin.organisations.forms.accounts import StaffAccountForm
from jinlin.organisations.forms.bodies import (
    BeginForm,
    BodyFilter,
    CareForm,
    ContactForm,
    FoundForm,
    KindForm,
    LastDayForm,
    TieForm,
)
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
from jinlin.organisations.forms.sheets import FileForm, LineForm
from jinlin.organisations.forms.work import (
    AnswerForm,
    ChoiceForm,
    FilingFilter,
    FilingForm,
    HandOverForm,
    OwnFilingForm,
    TaskForm,
    WordsForm,
    WorkFilter,
)

__all__ = [
    "AcceptForm",
    "AnswerForm",
    "BeginForm",
    "BodyFilter",
    "CareForm",
    "ChoiceForm",
    "ContactForm",
    "DeputyForm",
    "EndPostForm",
    "FileForm",
    "FilingFilter",
    "FilingForm",
    "FoundForm",
    "GivePostForm",
    "HandOverForm",
    "KindForm",
    "LastDayForm",
    "LineForm",
    "OwnFilingForm",
    "PledgeForm",
    "PostFilterForm",
    "PostForm",
    "RecallForm",
    "RosterForm",
    "StaffAccountForm",
    "TaskForm",
    "TieForm",
    "WordsForm",
    "WorkFilter",
]
