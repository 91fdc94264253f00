"""The forms of conventions: a version, its clauses, comments and answers, the vote, reminders."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.conventions.actions import ClauseWords, Reply
from jinlin.conventions.rules import PaperVote
from jinlin.people.forms import DayField
from jinlin.platform.dates import today
from jinlin.platform.forms import KeyedForm
from jinlin.platform.widgets import Select

Choices = Iterable[tuple[Any, Any]]


def _text(label: Any, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), **more)


def _count(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, **more)


class EditionForm(KeyedForm):
    """A version to draft."""

    kind = forms.ChoiceField(label=pgettext_lazy("convention", "Kind"), widget=Select)
    zone = forms.ChoiceField(label=_("Estate"), widget=Select)
    body = forms.ChoiceField(label=pgettext_lazy("convention", "Kept by"), widget=Select)
    note = forms.CharField(
        label=pgettext_lazy("convention", "Why there is a new version"), required=False, max_length=300
    )
    text = _text(
        pgettext_lazy("convention", "Text"),
        12,
        required=False,
        help_text=_("The whole text, with 第一条 and so on. Left empty, it starts from the version in force."),
    )

    def __init__(self, *args: Any, kinds: Choices, zones: Choices, bodies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)
        self.fields["zone"].choices = list(zones)
        self.fields["body"].choices = list(bodies)


class ClauseForm(KeyedForm):
    """One clause."""

    text = _text(pgettext_lazy("convention", "Clause"), 6)
    required = forms.ChoiceField(label=_("Which required clause it is"), required=False, widget=Select)

    def __init__(self, *args: Any, required: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["required"].choices = [("", pgettext_lazy("convention", "none of them")), *required]

    def words(self, key: int | None) -> ClauseWords:
        """Return what was entered as the action takes it."""
        return ClauseWords(self.cleaned_data["text"], key, self.cleaned_data["required"])


class UntilForm(KeyedForm):
    """Until when comments are received."""

    until = DayField(label=_("Comments are received until"), initial=lambda: today() + timedelta(days=15))


class FromForm(KeyedForm):
    """From when it holds if it is adopted."""

    from_day = DayField(label=_("In force from, if it is adopted"), initial=lambda: today() + timedelta(days=30))


class WordsForm(KeyedForm):
    """A reason that everybody reads."""

    words = _text(_("Reason"), 3, max_length=300)


class CommentForm(KeyedForm):
    """What somebody thinks of a draft."""

    clause = forms.TypedChoiceField(
        label=pgettext_lazy("convention", "About which clause"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=Select,
    )
    text = _text(_("What you think"), 5, max_length=1000)

    def __init__(self, *args: Any, clauses: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = [("", pgettext_lazy("convention", "the whole")), *clauses]


class ReplyForm(KeyedForm):
    """What everybody reads of a comment, and the answer."""

    summary = _text(
        _("The comment in short"), 3, max_length=300, help_text=_("Everybody reads it, so nothing about who wrote it.")
    )
    answer = _text(_("Answer"), 5, max_length=2000)
    allowed = forms.MultipleChoiceField(
        label=_("These may be shown"), required=False, widget=forms.CheckboxSelectMultiple
    )
    read = forms.BooleanField(
        label=_("I have read it; it tells nothing of anybody that must not be public"), required=False
    )

    def __init__(self, *args: Any, stretches: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["allowed"].choices = [(stretch, stretch) for stretch in stretches]
        if not stretches:
            del self.fields["allowed"]

    def reply(self) -> Reply:
        """Return what was entered as the action takes it."""
        given = self.cleaned_data
        return Reply(given["summary"], given["answer"], given["read"], given.get("allowed", []))


class PaperForm(KeyedForm):
    """The result of a vote on paper."""

    on = DayField(label=_("Day of the vote"), initial=today)
    entitled = _count(_("Owners entitled"))
    took_part = _count(_("Owners who took part"))
    agreed = _count(_("Owners who agreed"))
    area_entitled = _count(_("Area entitled, in 0.01 m²"), initial=0)
    area_took_part = _count(_("Area that took part, in 0.01 m²"), initial=0)
    area_agreed = _count(_("Area that agreed, in 0.01 m²"), initial=0)
    minutes = forms.FileField(label=_("Photo of the minutes"), widget=forms.ClearableFileInput({"accept": "image/*"}))

    def vote(self) -> PaperVote:
        """Return the figures."""
        return PaperVote(**{name: self.cleaned_data[name] for name in PaperVote.__dataclass_fields__})


class RemindForm(KeyedForm):
    """A clause recalled to everybody."""

    clause = forms.TypedChoiceField(label=pgettext_lazy("convention", "Clause"), coerce=int, widget=Select)
    words = _text(
        pgettext_lazy("convention", "What is recalled"),
        3,
        max_length=200,
        help_text=_("To everybody, about nobody: no names, no homes."),
    )

    def __init__(self, *args: Any, clauses: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = list(clauses)
