"""Fields that several forms of requests have: words, urgency, a category of the tree."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.platform.widgets import Select
from jinlin.requests.models import Urgency
from jinlin.requests.queries.choices import categories

YES_NO = [("yes", _("yes")), ("no", _("no"))]


def words_field(label: Any, *, rows: int = 4, needed: bool = True, **options: Any) -> forms.CharField:
    """Return a field for words of several lines."""
    return forms.CharField(label=label, required=needed, widget=forms.Textarea({"rows": rows}), **options)


def urgency_field() -> forms.ChoiceField:
    """Return the choice of how urgent it is."""
    return forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, widget=forms.RadioSelect)


class CategoryField(forms.ChoiceField):
    """A category of the tree in use; the top entries head their groups."""

    widget = Select

    def fill(self, first: Iterable[tuple[str, str]] = ()) -> None:
        """Take the tree as it is now; `first` are choices that stand above it."""
        names = categories()
        groups: dict[str, list[tuple[str, str]]] = {}
        for code, name in names.items():
            groups.setdefault(names.get(code[:2], name), []).append((code, name))
        self.choices = [*first, *groups.items()]
