"""The forms of lists: opening one, its items, orders, the steps of an item, links, filters."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.lists.actions import NewItem
from jinlin.lists.models import Item
from jinlin.people.forms import DayField
from jinlin.platform.dates import today
from jinlin.platform.forms import KeyedForm
from jinlin.platform.widgets import Select

Choices = Iterable[tuple[Any, Any]]
SEARCH = forms.TextInput({"type": "search", "data-key-search": True})
ROWS = {"rows": 3}


class ListForm(KeyedForm):
    """A list to open."""

    kind = forms.ChoiceField(label=pgettext_lazy("list", "Kind"), widget=Select)
    title = forms.CharField(label=pgettext_lazy("list", "Title"), max_length=80)
    place = forms.ChoiceField(label=_("Community"), widget=Select)
    zone = forms.ChoiceField(label=_("Estate"), required=False, widget=Select)
    body = forms.ChoiceField(label=pgettext_lazy("list", "Led by"), widget=Select)

    def __init__(
        self, *args: Any, kinds: Choices, places: Choices, zones: Choices, bodies: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)
        self.fields["place"].choices = list(places)
        self.fields["zone"].choices = [("", _("the whole community")), *zones]
        self.fields["body"].choices = list(bodies)


class ItemForm(KeyedForm):
    """Something for a list, with what it answers where its kind answers others."""

    title = forms.CharField(label=_("What it is about"), max_length=80)
    words = forms.CharField(label=_("More about it"), required=False, widget=forms.Textarea(ROWS))
    source = forms.ChoiceField(
        label=pgettext_lazy("item", "Source"),
        choices=Item.Source,
        initial=Item.Source.RESIDENT,
        widget=forms.RadioSelect,
    )
    answers = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("item", "Answers"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, answers: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = list(answers)
        if not answers:
            del self.fields["answers"]

    def new_item(self) -> NewItem:
        """Return what was entered as the action takes it."""
        given = self.cleaned_data
        return NewItem(given["title"], given["words"], given["source"], answers=tuple(given.get("answers", ())))


class OrderForm(KeyedForm):
    """What a resident orders, from the catalogue or freely."""

    choice = forms.ChoiceField(label=_("From the catalogue"), required=False, widget=forms.RadioSelect)
    title = forms.CharField(label=_("What shall be done"), max_length=80)
    words = forms.CharField(label=_("More about it"), required=False, widget=forms.Textarea(ROWS))

    def __init__(self, *args: Any, catalogue: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [("", _("something else")), *catalogue]

    def new_item(self) -> NewItem:
        """Return what was entered as the action takes it."""
        given = self.cleaned_data
        return NewItem(given["title"], given["words"], choice=given["choice"])


class ClaimForm(KeyedForm):
    """Who takes an item on, and until when."""

    body = forms.ChoiceField(label=pgettext_lazy("item", "Taken on by"), widget=Select)
    due_on = DayField(label=pgettext_lazy("item", "Due"), initial=lambda: today() + timedelta(days=14))

    def __init__(self, *args: Any, bodies: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].choices = list(bodies)


class WordsForm(KeyedForm):
    """The words of a step; whether they are needed says the action."""

    words = forms.CharField(label=_("In words that everybody reads"), required=False, widget=forms.Textarea(ROWS))


class LinkForm(KeyedForm):
    """What an item answers."""

    answers = forms.TypedMultipleChoiceField(
        label=pgettext_lazy("item", "Answers"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, answers: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = list(answers)


class WantedForm(forms.Form):
    """The filters of the lists."""

    q = forms.CharField(label=_("Words"), required=False, max_length=80, widget=SEARCH)
    kind = forms.ChoiceField(label=pgettext_lazy("list", "Kind"), required=False, widget=Select)
    state = forms.ChoiceField(
        label=pgettext_lazy("list", "State"),
        required=False,
        choices=[
            ("", pgettext_lazy("list", "open ones")),
            ("unclaimed", _("with items that nobody takes on")),
            ("closed", pgettext_lazy("list", "closed ones")),
            ("all", _("all")),
        ],
        widget=Select,
    )

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("all")), *kinds]


class SheetForm(forms.Form):
    """A spreadsheet to take in."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX, XLS, ODS or CSV; all rows are taken in or none, and a repeat changes nothing."),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.gz"}),
        error_messages={"required": _("Choose a file.")},
    )
