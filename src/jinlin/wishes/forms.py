"""The forms of the wish wall: making a wish, writing one down, the words of a step, and those of a support pair."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.people.forms import DayField
from jinlin.people.models import Mandate
from jinlin.platform.dates import today
from jinlin.platform.forms import KeyedForm
from jinlin.platform.widgets import Select
from jinlin.wishes.actions import NewContact, NewWish, Wisher
from jinlin.wishes.models import Contact
from jinlin.wishes.states import WishState

Choices = Iterable[tuple[str, Any]]
SEARCH = forms.TextInput({"type": "search", "data-key-search": True})
ROWS = {"rows": 3}


class WishForm(KeyedForm):
    """What somebody wishes, as the wall will show it."""

    title = forms.CharField(label=_("What do you wish for"), help_text=_("In a few words, such as: an old radio."))
    text = forms.CharField(label=_("More about it"), required=False, widget=forms.Textarea(ROWS))
    nickname = forms.CharField(
        label=_("Nickname"), help_text=_("The wall shows it instead of the name."), max_length=20
    )
    cost = forms.DecimalField(
        label=_("What it costs about, in yuan"), required=False, min_value=0, max_value=1_000_000, decimal_places=2
    )
    place = forms.ChoiceField(label=_("Community"), widget=Select)
    for_person = forms.TypedChoiceField(
        label=_("Whose wish it is"), required=False, coerce=int, empty_value=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, places: Choices, mandates: Sequence[Mandate] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = list(places)
        principals = [(row.principal_id, row.principal.name) for row in mandates]
        self.fields["for_person"].choices = [("", _("my own")), *principals]
        if not mandates:
            del self.fields["for_person"]

    def new_wish(self, origin: str = "") -> NewWish:
        """Return what was entered as the action takes it."""
        given = self.cleaned_data
        cost_fen = int((given["cost"] or 0) * 100)
        return NewWish(given["title"], given["nickname"], given["place"], given["text"], cost_fen, origin)


AT_FIELD = {"cost_fen": "cost", "place_code": "place"}
"""Where the form has another name for what an action calls so."""


class WishForOtherForm(WishForm):
    """A wish that is written down for somebody who tells it."""

    name = forms.CharField(label=_("Who wishes it"), max_length=60, help_text=_("The wall never shows it."))
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=20)
    agrees = forms.BooleanField(label=_("I have read it out, and they agree that it goes on the wall"), required=False)

    def wisher(self) -> Wisher:
        """Return who wishes it."""
        given = self.cleaned_data
        return Wisher(given["name"], given["phone"], given["agrees"])


class WordsForm(KeyedForm):
    """The words of a step; whether they are needed says the action."""

    words = forms.CharField(label=_("In your words"), required=False, widget=forms.Textarea(ROWS))


class WallForm(forms.Form):
    """The filters of the wall."""

    show = forms.ChoiceField(
        label=_("Which wishes"),
        required=False,
        choices=[("", _("still to come true")), ("true", _("come true"))],
        widget=Select,
    )
    where = forms.ChoiceField(
        label=_("Where"),
        required=False,
        choices=[("", _("in my community")), ("all", _("everywhere"))],
        widget=Select,
    )


class WantedForm(forms.Form):
    """The filters of the desk's list."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80, widget=SEARCH)
    state = forms.ChoiceField(
        label=pgettext_lazy("wish", "State"),
        required=False,
        choices=[("", _("all")), ("unfinished", pgettext_lazy("wish", "all that go on")), *WishState.choices],
        widget=Select,
    )


class OfferForm(KeyedForm):
    """An offer to go on helping."""

    offer = forms.CharField(
        label=_("What you would do"), widget=forms.Textarea(ROWS), help_text=_("Such as: shopping every Saturday.")
    )
    last_day = DayField(label=_("Until"), initial=lambda: today() + timedelta(days=90))


class PlanForm(KeyedForm):
    """What the two have agreed to do."""

    plan = forms.CharField(label=pgettext_lazy("support pair", "Plan"), widget=forms.Textarea(ROWS))
    next_on = DayField(label=_("Next contact"), required=False)


class ContactForm(KeyedForm):
    """A contact that has been."""

    on = DayField(label=_("Day"), initial=today)
    way = forms.ChoiceField(label=_("How"), choices=Contact.Way, widget=forms.RadioSelect, initial=Contact.Way.VISIT)
    words = forms.CharField(
        label=_("What was done"), max_length=200, help_text=_("What you did, nothing about the person.")
    )
    next_on = DayField(label=_("Next contact"), required=False)

    def new_contact(self) -> NewContact:
        """Return what was entered as the action takes it."""
        given = self.cleaned_data
        return NewContact(given["on"], given["way"], given["words"], given["next_on"])
