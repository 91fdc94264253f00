"""The filters of the desk's list, as they stand in its address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.platform.widgets import Select
from jinlin.platform.wording import labelled
from jinlin.requests.forms.fields import CategoryField
from jinlin.requests.models import Channel, Kind, Outcome, Urgency
from jinlin.requests.queries import desk as queries
from jinlin.requests.queries.choices import body_choices, category_names, place_choices, zone_choices
from jinlin.requests.queries.desk import Wanted
from jinlin.requests.report import SETS

ALL = ("", _("all"))
GROUPS = [
    ALL,
    ("open", _("all open ones")),
    ("to_dispatch", _("to be dispatched")),
    ("to_sign", _("to be signed for")),
    ("at_body", _("at work")),
    ("to_rate", _("waiting for a judgement")),
    ("merged", _("answered through another")),
    ("final", _("finished")),
]
AMONG = [ALL, *((name, words) for name, (words, _narrow) in SETS.items())]
DUE = [ALL, ("overdue", _("overdue")), ("soon", _("due soon")), ("day", _("new, due today or overdue"))]


class FilterForm(forms.Form):
    """The filters of the list, as they stand in the address."""

    q = forms.CharField(label=_("Words or number"), required=False, max_length=100)
    group = forms.ChoiceField(label=_("State"), required=False, choices=GROUPS, widget=Select)
    due = forms.ChoiceField(label=_("Deadline"), required=False, choices=DUE, widget=Select)
    category = CategoryField(label=_("Category"), required=False)
    place = forms.ChoiceField(label=_("Place"), required=False, widget=Select)
    zone = forms.TypedChoiceField(
        label=_("Estate or grid"), required=False, coerce=int, empty_value=None, widget=Select
    )
    body = forms.TypedChoiceField(label=_("Body"), required=False, coerce=int, empty_value=None, widget=Select)
    channel = forms.ChoiceField(label=_("Channel"), required=False, choices=[ALL, *Channel.choices], widget=Select)
    kind = forms.ChoiceField(label=_("Kind of request"), required=False, choices=[ALL, *Kind.choices], widget=Select)
    urgency = forms.ChoiceField(label=_("Urgency"), required=False, choices=[ALL, *Urgency.choices], widget=Select)
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[ALL, *Outcome.choices], widget=Select)
    first = forms.DateField(label=_("Received from"), required=False, widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("Received until"), required=False, widget=forms.DateInput({"type": "date"}))
    returned = forms.BooleanField(label=_("sent back"), required=False)
    look = forms.BooleanField(label=_("to be looked at before publication"), required=False)
    among = forms.ChoiceField(label=_("Counted in the figures as"), required=False, choices=AMONG, widget=Select)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].fill([ALL])
        self.fields["place"].choices = [ALL, *self._above(), *place_choices()]
        self.fields["zone"].choices = [ALL, (queries.NO_ZONE, _("outside the estates")), *zone_choices()]
        self.fields["body"].choices = [ALL, *body_choices()]

    @staticmethod
    def _above() -> list[tuple[str, Any]]:
        """Offer what lies in no community, where there is more than one."""
        several = any(len(code) == Level.COMMUNITY for code, _name in place_choices())
        return [(queries.NO_COMMUNITY, _("outside the communities"))] if several else []

    @property
    def wanted(self) -> Wanted:
        """What the list is narrowed to; call it on a valid form."""
        return Wanted(**self.cleaned_data)

    def in_force(self) -> list[tuple[str, str]]:
        """Return (field, words) of the filters that narrow the list."""
        return [(name, self._said(name)) for name in self.fields if self.is_valid() and self._narrows(name)]

    def _narrows(self, name: str) -> bool:
        return self.cleaned_data[name] not in ("", None) and self.cleaned_data[name] is not False

    def _said(self, name: str) -> str:
        field, value = self.fields[name], self.cleaned_data[name]
        if value is True:
            return str(field.label)
        named = self._category_name(value) if name == "category" else dict(getattr(field, "choices", [])).get(value)
        return labelled(field.label, value if named is None else named)

    @staticmethod
    def _category_name(code: str) -> str:
        return category_names().get(code, code)
