"""The forms of bodies: the filters of the list, founding, contact, care, ties and ends."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.actions import Contact, NewBody, NewTie
from jinlin.organisations.models import Body
from jinlin.organisations.rules.founding import PLACE_LEVELS
from jinlin.people.forms import DayField
from jinlin.platform.dates import today
from jinlin.platform.widgets import Select
from jinlin.playbooks.schema import Body as BodyKind
from jinlin.playbooks.schema import Named, Partnership
from jinlin.territory.models import Place, Zone

ALL = ("", _("all"))
STATES = [ALL, ("active", _("active")), ("proposal", _("proposal")), ("ended", _("ended"))]
LARGE = 400
"""A list of more choices than this asks for a code instead."""


def shown(row: Named) -> str:
    """Return the name of a playbook's row in the reader's language."""
    return row.name_en if (get_language() or "").startswith("en") else row.name


def kind_name(row: BodyKind) -> str:
    """Return the short name of a kind of body in the reader's language."""
    return row.name_en if (get_language() or "").startswith("en") else row.short_name


class BodyFilter(forms.Form):
    """The filters of the list of bodies, as they stand in the address."""

    q = forms.CharField(label=_("Name of the body"), required=False, max_length=64)
    kind = forms.ChoiceField(label=_("Kind"), required=False, widget=Select)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES, widget=Select)
    place = forms.CharField(label=_("Place code"), required=False, max_length=22)

    def __init__(self, *args: Any, kinds: Iterable[BodyKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [ALL, *((row.kind, kind_name(row)) for row in kinds)]

    def in_force(self) -> list[tuple[str, str]]:
        """Return (field, words) of the filters that narrow the list."""
        if not self.is_valid():
            return []
        named = {"kind": dict(self.fields["kind"].choices), "state": dict(STATES)}
        given = [(name, value) for name, value in self.cleaned_data.items() if value]
        return [(name, str(named.get(name, {}).get(value, value))) for name, value in given]


class KindForm(forms.Form):
    """Which kind of body is to be founded."""

    kind = forms.ChoiceField(label=_("Kind of body"), widget=Select)

    def __init__(self, *args: Any, kinds: Iterable[BodyKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(row.kind, kind_name(row)) for row in kinds]


class FoundForm(forms.Form):
    """A new body of a kind: where, under which name, and whether it works already."""

    name = forms.CharField(label=_("Name of the body"), max_length=64)
    place = forms.CharField(label=_("Place"), max_length=22)
    covers = forms.MultipleChoiceField(label=_("Looks after"), required=False, widget=forms.CheckboxSelectMultiple)
    joint = forms.BooleanField(label=_("set up jointly for several places"), required=False)
    parent = forms.ModelChoiceField(
        label=_("Stands under"), queryset=Body.objects.none(), required=False, empty_label=_("as the chain says")
    )
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=32)
    office = forms.CharField(label=_("Office and hours"), required=False, max_length=120)
    head_count = forms.IntegerField(
        label=_("Number of people"),
        required=False,
        min_value=1,
        help_text=_("Only for a team that is kept as a number; nobody is listed by name."),
    )
    founded_on = DayField(
        label=_("Founded on"), required=False, help_text=_("Leave it empty while it is still a proposal.")
    )

    def __init__(self, *args: Any, kind: BodyKind, areas: Sequence[str], above: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields["parent"].queryset = above
        if not kind.above:
            del self.fields["parent"]
        self._offer_places(areas)
        self._offer_care(areas)

    def _offer_places(self, areas: Sequence[str]) -> None:
        choices = _choices(self.kind.level, areas)
        if len(choices) > LARGE:
            self.fields["place"].help_text = _("The code of the place, or the number of the estate or grid.")
        else:
            self.fields["place"] = forms.ChoiceField(label=_("Place"), choices=choices, widget=Select, required=False)

    def _offer_care(self, areas: Sequence[str]) -> None:
        if self.kind.covers is None or self.kind.covers in PLACE_LEVELS:
            del self.fields["covers"], self.fields["joint"]
            return
        self.fields["covers"].choices = _choices(self.kind.covers, areas)[1:LARGE]
        self.fields["covers"].help_text = _("Only for a body that several places share; otherwise its own place.")

    @property
    def new(self) -> NewBody:
        """The body to found; call it on a valid form."""
        given = self.cleaned_data
        chosen = given["place"]
        zone = Zone.objects.filter(label=chosen, valid_to__isnull=True).first()
        joint, covers = given.get("joint", False), tuple(given.get("covers", ()))
        code = zone.community_code if zone else chosen
        if joint:
            first = Zone.objects.filter(label__in=covers).order_by("label").first()
            code, zone = (first.community_code if first else code), None
        return NewBody(
            self.kind.kind,
            given["name"],
            code,
            zone=zone,
            parent=given.get("parent"),
            phone=given["phone"],
            office=given["office"],
            joint=joint,
            head_count=given["head_count"],
            outside=self.kind.outside,
            founded_on=given["founded_on"],
            covers=covers if joint else (),
        )


def _choices(level: str, areas: Sequence[str]) -> list[tuple[str, str]]:
    """Return the places of a level in these areas as choices; at most one more than a list can hold."""
    if level in PLACE_LEVELS:
        places = Place.objects.filter(level=PLACE_LEVELS[level], valid_to__isnull=True).order_by("code")
        found = [row for area in areas for row in places.filter(code__startswith=area)[: LARGE + 1]]
        return [("", "—"), *((row.code, row.address) for row in found)]
    zones = Zone.objects.filter(kind=level, valid_to__isnull=True).order_by("label")
    areas = [area[: Level.COMMUNITY] for area in areas]
    rows = [row for area in areas for row in zones.filter(community_code__startswith=area)[: LARGE + 1]]
    return [("", "—"), *((row.label, row.name) for row in rows)] if level else []


class ContactForm(forms.Form):
    """How a body is called and reached."""

    name = forms.CharField(label=_("Name of the body"), max_length=64)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=32)
    office = forms.CharField(label=_("Office and hours"), required=False, max_length=120)
    head_count = forms.IntegerField(label=_("Number of people"), required=False, min_value=1)

    @property
    def contact(self) -> Contact:
        """What is to be known from now on."""
        return Contact(**self.cleaned_data)


class LastDayForm(forms.Form):
    """With which day something ends."""

    last_day = DayField(label=_("Last day"), initial=today)


class BeginForm(forms.Form):
    """Since when a proposal works."""

    founded_on = DayField(label=_("Founded on"), initial=today)


class CareForm(forms.Form):
    """What else a body looks after."""

    covers = forms.MultipleChoiceField(label=_("Looks after"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["covers"].choices = choices


class TieForm(forms.Form):
    """A tie of a unit to a host body, or to an estate."""

    kind = forms.ChoiceField(label=_("Kind of tie"), widget=Select)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Body.objects.none(), widget=Select)
    zone = forms.ModelChoiceField(label=_("Estate"), queryset=Zone.objects.none(), required=False, widget=Select)
    sector = forms.ChoiceField(label=_("Field"), required=False, widget=Select)
    agreement = forms.CharField(label=_("Agreement"), required=False, max_length=120)
    valid_from = DayField(label=_("First day"), initial=today)
    valid_to = DayField(label=_("Last day"), required=False)

    def __init__(
        self, *args: Any, kinds: Sequence[Partnership], units: Any, zones: Any, host: Body | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.host = host
        self.fields["kind"].choices = [(row.key, shown(row)) for row in kinds]
        self.fields["unit"].queryset = units
        self.fields["zone"].queryset = zones
        sectors = [(sector.key, shown(sector)) for row in kinds for sector in row.sectors]
        self.fields["sector"].choices = [("", "—"), *sectors]
        if host is not None:
            del self.fields["zone"]
        if not sectors:
            del self.fields["sector"]

    @property
    def new(self) -> NewTie:
        """The tie to make; call it on a valid form."""
        given = self.cleaned_data
        return NewTie(
            given["kind"],
            given["unit"],
            given["valid_from"],
            host=self.host,
            zone=given.get("zone"),
            sector=given.get("sector", ""),
            agreement=given["agreement"],
            valid_to=given["valid_to"],
        )
