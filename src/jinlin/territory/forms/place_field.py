"""A form field for a place: typed search, short lists, a map point, or one's own words; it works without scripts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.platform.access import NOBODY, Actor
from jinlin.platform.errors import Invalid
from jinlin.territory.models import Place
from jinlin.territory.queries.finding import Found, find_places
from jinlin.territory.queries.near import point_of
from jinlin.territory.queries.steps import Step, step_at

MOST_OFFERED = 3
LONGEST_WORDS = 200
PARTS = ("was", "at", "back", "pick", "search", "words", "do")
_CONTROLS = dict.fromkeys([*range(32), 127], " ")
MOST_ACCURACY_DIGITS = 6


@dataclass(frozen=True)
class ChosenPlace:
    """What the field gives: a place's code, the person's own words, a WGS 84 point; each may be missing."""

    code: str = ""
    words: str = ""
    longitude: float | None = None
    latitude: float | None = None
    accuracy_m: int | None = None

    def __bool__(self) -> bool:
        return bool(self.code or self.words or self.longitude is not None)


@dataclass(frozen=True)
class Entries:
    """What the field's controls hold: the token that is chosen, the search, the list that is open, and so on."""

    token: str = ""
    search: str = ""
    at: str = ""
    words: str = ""
    longitude: str = ""
    latitude: str = ""
    accuracy: str = ""


class PlaceWidget(forms.Widget):
    """Shows the ways to a place; every step is a submit button, and with scripts only this part is loaded again."""

    template_name = "territory/widgets/place.html"
    actor: Actor = NOBODY
    offered: Sequence[str] = ()
    near: str = ""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return id_

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return False

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Entries:
        """Return what was entered, the step of the pressed button taken."""
        chosen, pick = _one(data, name), _one(data, f"{name}-pick")
        # A row of the list goes before what was chosen when the list was shown, but not before a newer choice.
        token = pick if pick and chosen == _one(data, f"{name}-was") else chosen
        at, search = _one(data, f"{name}-at"), _one(data, f"{name}-search")
        match _one(data, f"{name}-do"):
            case "find":
                token = ""
            case "next":
                at, search = pick or at, ""
            case "back":
                token = at = _one(data, f"{name}-back")
                search = ""
        return Entries(
            token=token.partition("~")[0],
            search=search,
            at=at,
            words=_one(data, f"{name}-words"),
            longitude=_one(data, "longitude"),
            latitude=_one(data, "latitude"),
            accuracy=_one(data, "accuracy_m"),
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        entries = _entries_of(value)
        chosen = step_at(self.actor, entries.token) if entries.token else None
        found = self._found(entries)
        step = step_at(self.actor, entries.at) or step_at(self.actor, "")
        context = super().get_context(name, value, attrs)
        context["widget"] |= {
            "entries": entries,
            "chosen": chosen,
            "found": found,
            "searched": bool(entries.search),
            "offered": self._offered(entries.token),
            "step": step,
            "parameters": ",".join((name, *(f"{name}-{part}" for part in PARTS))),
            "picker_url": reverse("territory:picker") + f"?name={name}",
            "near_url": reverse("territory:near"),
            "boundaries_url": reverse("territory:boundaries"),
        }
        return context

    def _found(self, entries: Entries) -> list[Found]:
        if entries.token or not entries.search:
            return []
        return find_places(self.actor, entries.search, near=self.near)

    def _offered(self, chosen: str) -> list[Place]:
        """Return the places offered at once, such as one's own building or the last ones used."""
        codes = [code for code in self.offered if code != chosen][:MOST_OFFERED]
        known = Place.objects.filter(valid_to__isnull=True).in_bulk(codes, field_name="code") if codes else {}
        return [known[code] for code in codes if code in known]


class PlaceField(forms.Field):
    """A place by list, search, map or words; cleans to a ChosenPlace.

    Give it the acting person with `use`, so that homes are offered to those who may see them; put `PicksPlaces` before
    `forms.Form` among the form's bases, so that the buttons of its steps do not send the form.
    """

    widget = PlaceWidget
    default_error_messages = {
        "required": gettext_lazy("Say where it is: choose a place, or describe it in your own words."),
        "gone": gettext_lazy("There is no such place here any more; choose one from the list."),
        "long": gettext_lazy("Describe the place in at most 200 characters."),
    }

    def use(self, actor: Actor, *, offered: Sequence[str] = (), near: str = "") -> None:
        """Say who acts, which places (at most three codes) to offer at once, and where they are at home."""
        self.widget.actor, self.widget.offered, self.widget.near = actor, offered, near

    def to_python(self, value: Any) -> ChosenPlace:
        entries = _entries_of(value)
        step = self._chosen(entries)
        words = entries.words or (step.words if step else "") or ("" if step else entries.search)
        if len(words) > LONGEST_WORDS:
            raise forms.ValidationError(self.error_messages["long"], code="long")
        longitude, latitude = _point(entries)
        is_accuracy = entries.accuracy.isdecimal() and len(entries.accuracy) <= MOST_ACCURACY_DIGITS
        accuracy = int(entries.accuracy) if is_accuracy else None
        return ChosenPlace(step.code if step else "", words, longitude, latitude, accuracy)

    def _chosen(self, entries: Entries) -> Step | None:
        if not entries.token:
            return None
        step = step_at(self.widget.actor, entries.token)
        if step is None:
            raise forms.ValidationError(self.error_messages["gone"], code="gone")
        return step

    def validate(self, value: ChosenPlace) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _entries_of(initial) != _entries_of(data)


class PicksPlaces:
    """Mixed into a form with place fields: while one of their buttons was pressed, nothing is checked or sent.

    A view needs no care: `is_valid()` is false then, the form has no errors, and showing it again keeps everything.
    """

    @property
    def is_picking(self) -> bool:
        """Whether the form came back because of a step towards a place."""
        names = [self.add_prefix(name) for name, field in self.fields.items() if isinstance(field, PlaceField)]
        return self.is_bound and any(_one(self.data, f"{name}-do") for name in names)

    def full_clean(self) -> None:
        if not self.is_picking:
            super().full_clean()
            return
        self._errors = ErrorDict()
        self.cleaned_data = {}

    def is_valid(self) -> bool:
        return not self.is_picking and super().is_valid()


def _one(data: Mapping[str, Any], name: str) -> str:
    """Return the last non-empty value under a name: a list and a map may both bring one."""
    values = data.getlist(name) if isinstance(data, MultiValueDict) else [data.get(name)]
    return next((str(value).translate(_CONTROLS).strip() for value in reversed(values) if value), "")


def _entries_of(value: Any) -> Entries:
    match value:
        case Entries():
            return value
        case ChosenPlace():
            return Entries(token=value.code, words=value.words)
        case Place():
            return Entries(token=value.code)
    return Entries(token=value or "")


def _point(entries: Entries) -> tuple[float | None, float | None]:
    if not entries.longitude or not entries.latitude:
        return None, None
    try:
        return point_of(float(entries.longitude), float(entries.latitude))
    except ValueError:
        raise forms.ValidationError(_("The point on the map was not understood; choose it again.")) from None
    except Invalid as error:
        raise forms.ValidationError(f"{error.why} {error.remedy}") from error
