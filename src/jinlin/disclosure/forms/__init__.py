"""The forms of public records and of notices."""

from jinlin.disclosure.forms.notices import (
    AnswerForm,
    ChangeForm,
    DoorForm,
    LookForm,
    NoticeForm,
    ObjectForm,
    PaperForm,
    ProofForm,
    RedraftForm,
    ShownForm,
    SortForm,
    WordsForm,
)
from jinlin.disclosure.forms.records import BoxField, BoxForm, PointsForm, WantedForm

__all__ = [
    "AnswerForm",
    "BoxField",
    "BoxForm",
    "ChangeForm",
    "DoorForm",
    "LookForm",
    "NoticeForm",
    "ObjectForm",
    "PaperForm",
    "PointsForm",
    "ProofForm",
    "RedraftForm",
    "ShownForm",
    "SortForm",
    "WantedForm",
    "WordsForm",
]
