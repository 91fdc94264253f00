"""The forms of volunteering: reporting in, putting up posts, offers and needs, and saying what was served."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.people.forms import DayField
from jinlin.platform.dates import today
from jinlin.platform.widgets import Select
from jinlin.playbooks.schema import Playbook
from jinlin.volunteering.models import Posting, Report
from jinlin.volunteering.queries import categories
from jinlin.volunteering.states import State
from jinlin.volunteering.times import WEEKDAYS

Choices = Iterable[tuple[str, Any]]
CHOOSE = ("", _("please choose"))
SEARCH = forms.TextInput({"type": "search", "data-key-search": True})


class ReportForm(forms.Form):
    """A member reports in where they live, or reports back to the home unit."""

    stage = forms.ChoiceField(label=_("What it is"), choices=Report.Stage, widget=forms.RadioSelect, initial="in")
    place = forms.ChoiceField(label=_("Community"), widget=Select)
    unit = forms.ChoiceField(label=_("Home unit"), required=False, widget=Select)
    words = forms.CharField(
        label=_("What you offer, or what you have done"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, places: Choices, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)
        self.fields["unit"].choices = [("", _("none of these")), *units]


class UnitReportForm(forms.Form):
    """A unit reports to a community, as the desk writes it down."""

    unit = forms.ChoiceField(label=_("Unit"), widget=Select)
    place = forms.ChoiceField(label=_("Community"), widget=Select)
    stage = forms.ChoiceField(label=_("What it is"), choices=Report.Stage, widget=forms.RadioSelect, initial="in")
    day = DayField(label=_("Day"), initial=today)
    words = forms.CharField(label=_("Remark"), required=False, max_length=300)

    def __init__(self, *args: Any, places: Choices, units: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [CHOOSE, *places]
        self.fields["unit"].choices = [CHOOSE, *units]


class PostingForm(forms.Form):
    """A post to claim, an offer or a need; bodies are offered where the actor may post for one."""

    category = forms.ChoiceField(label=pgettext_lazy("posting", "Kind"), widget=Select)
    title = forms.CharField(label=_("What is it"), max_length=80)
    text = forms.CharField(label=_("More about it"), required=False, max_length=500, widget=forms.Textarea({"rows": 3}))
    place = forms.ChoiceField(label=_("Where"), widget=Select)
    zone = forms.ChoiceField(label=_("Grid or estate"), required=False, widget=Select)
    body = forms.ChoiceField(label=_("For which body"), required=False, widget=Select)
    places = forms.IntegerField(label=pgettext_lazy("posting", "How many"), min_value=1, max_value=10_000, initial=1)
    skills = forms.MultipleChoiceField(label=_("Skills"), required=False, widget=forms.CheckboxSelectMultiple)
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"), required=False, choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    first_hour = forms.IntegerField(label=_("From (hour)"), required=False, min_value=0, max_value=23)
    end_hour = forms.IntegerField(label=_("Until (hour)"), required=False, min_value=1, max_value=24)
    first_day = DayField(label=_("First day"), initial=today)
    last_day = DayField(label=_("Last day"), required=False)

    def __init__(
        self,
        *args: Any,
        kind: str,
        playbook: Playbook,
        places: Choices,
        bodies: Choices = (),
        zones: Choices = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["category"].choices = [CHOOSE, *categories(playbook, kind).items()]
        self.fields["skills"].choices = [(row.key, row.name) for row in playbook.skill]
        self.fields["place"].choices = list(places)
        self.fields["body"].choices = [CHOOSE, *bodies] if bodies else []
        self.fields["body"].required = kind == Posting.Kind.OFFER
        self.fields["zone"].choices = [("", _("the whole community")), *zones] if zones else []
        for name in ("body", "zone", "skills"):
            if not self.fields[name].choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Raises: ValidationError for hours without days, or days without hours."""
        given = super().clean() or {}
        if bool(given.get("weekdays")) != (given.get("first_hour") is not None and given.get("end_hour") is not None):
            self.add_error("weekdays", _("Give both the days and the hours, or neither."))
        return given

    @property
    def windows(self) -> list[tuple[int, int, int]]:
        """The hours of each day that was ticked."""
        given = self.cleaned_data
        return [(int(day), given["first_hour"], given["end_hour"]) for day in given.get("weekdays", [])]


class CalendarForm(forms.Form):
    """Which community's calendar of shared resources, and from which day on."""

    place = forms.ChoiceField(label=_("Community"), required=False, widget=Select)
    day = DayField(label=_("First day"), required=False)

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [CHOOSE, *places]

    def clean_day(self) -> date | None:
        """Raises: ValidationError for a day that is further away than a year."""
        day = self.cleaned_data["day"]
        if day and abs(day - today()) > timedelta(days=366):
            raise forms.ValidationError(_("The calendar reaches a year back and a year ahead."))
        return day


class ServedForm(forms.Form):
    """What was served."""

    day = DayField(label=_("Day"), initial=today)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=0, max_value=24 * 60, initial=60)
    solved = forms.CharField(
        label=_("Which problem it settled"), required=False, max_length=120, help_text=_("If it settled one.")
    )


class NoteForm(forms.Form):
    """Why something is declined, or what is still missing."""

    note = forms.CharField(label=_("Reason"), max_length=200)


class WantedForm(forms.Form):
    """The filters of the lists of postings."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80, widget=SEARCH)
    category = forms.ChoiceField(label=pgettext_lazy("posting", "Kind"), required=False, widget=Select)
    where = forms.ChoiceField(
        label=_("Where"),
        required=False,
        choices=[("", _("in my community")), ("all", _("everywhere"))],
        widget=Select,
    )
    open = forms.ChoiceField(
        label=pgettext_lazy("posting", "On the list"),
        required=False,
        choices=[("", _("open ones")), ("all", _("all"))],
        widget=Select,
    )

    def __init__(
        self, *args: Any, kind: str, playbook: Playbook, communities: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.communities = communities
        self.fields["category"].choices = [("", _("all")), *categories(playbook, kind).items()]
        if not communities:
            del self.fields["where"]

    def clean(self) -> dict[str, Any]:
        """Add the communities that are meant: one's own, unless all are asked for."""
        given = super().clean() or {}
        return {**given, "communities": () if given.get("where") else self.communities}


class ReportsForm(forms.Form):
    """The filters of the list of reports."""

    q = forms.CharField(label=_("Unit"), required=False, max_length=80, widget=SEARCH)
    track = forms.ChoiceField(label=_("Track"), required=False, choices=Report.Track, widget=Select)
    stage = forms.ChoiceField(
        label=_("What it is"), required=False, choices=[("", _("all")), *Report.Stage.choices], widget=Select
    )


class ServicesForm(forms.Form):
    """The filters of the list of claims and services."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80, widget=SEARCH)
    state = forms.ChoiceField(
        label=pgettext_lazy("pairing", "State"), required=False, choices=[("", _("all")), *State.choices], widget=Select
    )
    solved = forms.BooleanField(label=_("Only those that settled a problem"), required=False)


class PlacesForm(forms.Form):
    """How many places a posting has."""

    places = forms.IntegerField(label=pgettext_lazy("posting", "How many"), min_value=1, max_value=10_000)


class SheetForm(forms.Form):
    """A spreadsheet to take in."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX, XLS, ODS or CSV; all rows are taken in or none, and a repeat changes nothing."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.gz"}),
        error_messages={"required": _("Choose a file.")},
    )


KINDS = {"posts": Posting.Kind.POST, "offers": Posting.Kind.OFFER, "needs": Posting.Kind.NEED}
"""The words of addresses for the kinds of posting."""
