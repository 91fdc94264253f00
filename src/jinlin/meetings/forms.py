"""The forms of meetings: calling one, its agenda, the table, votes, minutes, resolutions, filters."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.meetings.actions import ChangedMeeting, NewResolution
from jinlin.meetings.models import View as Opinion
from jinlin.meetings.models import Vote
from jinlin.organisations.models import Body
from jinlin.people.forms import DayField
from jinlin.platform.dates import LOCAL
from jinlin.platform.forms import KeyedForm
from jinlin.platform.widgets import Select

Choices = Iterable[tuple[Any, Any]]
SEARCH = forms.TextInput({"type": "search", "data-key-search": True})
ROWS = {"rows": 3}


class TimeField(forms.TimeField):
    """A time of the day, chosen with the browser's own clock."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.TimeInput(format="%H:%M", attrs={"type": "time"})} | kwargs)


class ChangeForm(KeyedForm):
    """Title, day and time, and place of a meeting."""

    title = forms.CharField(label=pgettext_lazy("meeting", "What it is about"), max_length=80)
    day = DayField(label=_("Day"))
    begins = TimeField(label=pgettext_lazy("meeting", "From"))
    ends = TimeField(label=pgettext_lazy("meeting", "Until"), required=False)
    room = forms.CharField(label=pgettext_lazy("meeting", "Where"), max_length=120)
    words = forms.CharField(
        label=_("Words to those invited"), required=False, max_length=500, widget=forms.Textarea(ROWS)
    )

    def changed(self) -> ChangedMeeting:
        """Return what was entered as the action takes it."""
        given = self.cleaned_data
        starts_at = datetime.combine(given["day"], given["begins"], LOCAL)
        ends_at = datetime.combine(given["day"], given["ends"], LOCAL) if given["ends"] else None
        return ChangedMeeting(given["title"], starts_at, given["room"], ends_at, given["words"])


class MeetingForm(ChangeForm):
    """A meeting to call, with the matters that it is about."""

    forum = forms.ChoiceField(label=pgettext_lazy("meeting", "Kind"), widget=Select)
    body = forms.ChoiceField(label=pgettext_lazy("meeting", "Called by"), widget=Select)
    zone = forms.ChoiceField(label=_("Estate"), required=False, widget=Select)
    category = forms.ChoiceField(label=_("Type of problem"), required=False, widget=Select)
    subjects = forms.MultipleChoiceField(
        label=pgettext_lazy("meeting", "Matters"), required=False, widget=forms.CheckboxSelectMultiple
    )
    field_order = ("forum", "body", "zone", "title", "category", "subjects", "day", "begins", "ends", "room", "words")

    def __init__(
        self,
        *args: Any,
        forums: Choices,
        bodies: Choices,
        zones: Choices,
        categories: Choices,
        matters: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "forum": list(forums), "body": list(bodies), "subjects": list(matters),
            "zone": [("", _("no estate")), *zones], "category": [("", _("none")), *categories],
        }  # fmt: skip
        for name, rows in choices.items():
            self.fields[name].choices = rows
        for name in ("subjects", "category"):
            if len(choices[name]) == (name == "category"):
                del self.fields[name]


class WordsForm(KeyedForm):
    """One field of words."""

    words = forms.CharField(label=_("In words that everybody reads"), max_length=2_000, widget=forms.Textarea(ROWS))


class PlainForm(KeyedForm):
    """A step that needs nothing besides the word that it is meant."""


class CloseForm(KeyedForm):
    """When a meeting ended, for one that is entered afterwards."""

    day = DayField(label=pgettext_lazy("meeting", "Ended on"), required=False)
    ends = TimeField(label=pgettext_lazy("meeting", "Ended at"), required=False)

    def ended_at(self) -> datetime | None:
        """Return when it ended; None for now."""
        given = self.cleaned_data
        return datetime.combine(given["day"], given["ends"], LOCAL) if given["day"] and given["ends"] else None


class ItemForm(KeyedForm):
    """Something for the agenda."""

    title = forms.CharField(label=pgettext_lazy("meeting", "What it is about"), max_length=120)
    words = forms.CharField(label=_("More about it"), required=False, max_length=500, widget=forms.Textarea(ROWS))


class InviteForm(KeyedForm):
    """Which body is asked to the table besides, and on which side."""

    body = forms.ChoiceField(label=_("Body"), widget=Select)
    side = forms.ChoiceField(label=pgettext_lazy("meeting", "Side"), widget=Select)

    def __init__(self, *args: Any, bodies: Choices, sides: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(bodies)
        self.fields["side"].choices = list(sides)


class SpeechForm(KeyedForm):
    """Who of the speakers spoke, and what about."""

    invitation = forms.TypedChoiceField(label=pgettext_lazy("meeting", "Speaker"), coerce=int, widget=Select)
    words = forms.CharField(label=pgettext_lazy("speech", "What was said"), max_length=500, widget=forms.Textarea(ROWS))

    def __init__(self, *args: Any, seats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invitation"].choices = list(seats)


class ViewForm(KeyedForm):
    """What a seat thinks of an item."""

    invitation = forms.TypedChoiceField(label=pgettext_lazy("meeting", "Seat"), coerce=int, widget=Select)
    stance = forms.ChoiceField(label=pgettext_lazy("view", "Stance"), choices=Opinion.Stance, widget=forms.RadioSelect)
    words = forms.CharField(
        label=pgettext_lazy("view", "In their words"), max_length=1_000, widget=forms.Textarea(ROWS)
    )
    written = forms.BooleanField(label=_("Sent in writing; they are not there"), required=False)

    def __init__(self, *args: Any, seats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invitation"].choices = list(seats)


class VotesForm(KeyedForm):
    """The raised hands of those who are there, seat by seat."""

    def __init__(self, *args: Any, seats: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = [pk for pk, _name in seats]
        for pk, name in seats:
            self.fields[f"seat_{pk}"] = forms.ChoiceField(
                label=name, choices=Vote.Choice.choices, required=False, widget=forms.RadioSelect
            )

    def choices(self) -> dict[int, str]:
        """Return {invitation: choice} of the hands that were raised."""
        given = {pk: self.cleaned_data.get(f"seat_{pk}", "") for pk in self.seats}
        return {pk: choice for pk, choice in given.items() if choice}


class ResolutionForm(KeyedForm):
    """What was decided: who does what by when."""

    words = forms.CharField(label=pgettext_lazy("resolution", "What is done"), max_length=300)
    body = forms.ChoiceField(label=pgettext_lazy("resolution", "Carried out by"), required=False, widget=Select)
    due_on = DayField(label=pgettext_lazy("resolution", "By"), required=False)
    item = forms.TypedChoiceField(
        label=pgettext_lazy("meeting", "Item"), coerce=int, empty_value=None, required=False, widget=Select
    )
    motion = forms.TypedChoiceField(
        label=pgettext_lazy("meeting", "Vote that passed"), coerce=int, empty_value=None, required=False, widget=Select
    )
    sites = forms.CharField(
        label=_("Places where it is done"),
        required=False,
        widget=forms.Textarea(ROWS),
        help_text=_("One in each line, where there are several."),
    )

    def __init__(self, *args: Any, bodies: Choices, items: Choices, motions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", pgettext_lazy("choice", "none"))
        for name, rows in {"body": bodies, "item": items, "motion": motions}.items():
            self.fields[name].choices = [none, *rows]

    def new_resolution(self) -> NewResolution:
        """Return what was entered as the action takes it."""
        given = self.cleaned_data
        body = Body.objects.filter(pk=given["body"] or 0).first()
        sites = tuple(given["sites"].splitlines())
        return NewResolution(given["words"], body, given["due_on"], given["item"], given["motion"], sites)


class MinutesForm(KeyedForm):
    """The minutes: words about the whole, and about each item."""

    words = forms.CharField(
        label=pgettext_lazy("minutes", "About the meeting"), max_length=20_000, widget=forms.Textarea({"rows": 8})
    )

    def __init__(self, *args: Any, items: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].max_length = 40
        self.fields["seen"].validators = []
        self.numbers = [number for number, _title in items]
        for number, title in items:
            self.fields[f"part_{number}"] = forms.CharField(
                label=title, required=False, max_length=20_000, widget=forms.Textarea(ROWS)
            )

    def parts(self) -> dict[str, str]:
        """Return {number of the item: words}."""
        return {str(number): self.cleaned_data[f"part_{number}"] for number in self.numbers}


class PublishForm(KeyedForm):
    """What everybody will read of the minutes, looked through and confirmed by a person."""

    public_words = forms.CharField(
        label=_("What everybody reads"),
        widget=forms.Textarea({"rows": 14}),
        help_text=_("Names, telephone numbers and flats that were found are covered; look through the rest."),
    )
    confirmed = forms.BooleanField(label=_("I have read it through: it names nobody who should not be named"))


class SignForm(KeyedForm):
    """The signature of a participant, with an objection where they have one."""

    invitation = forms.TypedChoiceField(label=pgettext_lazy("meeting", "Seat"), coerce=int, widget=Select)
    objection = forms.CharField(
        label=pgettext_lazy("minutes", "Objection"), required=False, max_length=500, widget=forms.Textarea(ROWS)
    )

    def __init__(self, *args: Any, seats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invitation"].choices = list(seats)


class DayForm(KeyedForm):
    """By when a resolution is carried out, and why that moves."""

    due_on = DayField(label=pgettext_lazy("resolution", "By"))
    words = forms.CharField(label=_("Why it moves"), required=False, max_length=500, widget=forms.Textarea(ROWS))


class MakeForm(KeyedForm):
    """What a resolution becomes."""

    kind = forms.ChoiceField(label=pgettext_lazy("resolution", "Make of it"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)


class WantedForm(forms.Form):
    """The filters of a list of meetings."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80, widget=SEARCH)
    forum = forms.ChoiceField(label=pgettext_lazy("meeting", "Kind"), required=False, widget=Select)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            ("ahead", pgettext_lazy("meeting", "to come")),
            ("held", pgettext_lazy("meeting", "held")),
            ("late", _("with resolutions past their day")),
        ],
        widget=Select,
    )

    def __init__(self, *args: Any, forums: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].choices = [("", _("all")), *forums]
