"""The forms of common troubles: which to look at, a rule to try, an answer to all, and the plan of a led case."""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jinlin.clusters.actions import NewLeading
from jinlin.disclosure.rules import refuse_personal
from jinlin.people.forms import DayField
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.platform.forms import KeyedForm
from jinlin.platform.widgets import Select
from jinlin.playbooks.schema.hot_issues import HotRule
from jinlin.requests.actions import Door

MONTH = forms.DateInput({"type": "month"})
ROWS = {"rows": 4}
PLAN_ROWS = 3
SCOPES = [("community", _("communities")), ("estate", _("estates")), ("grid", _("grids"))]
ORDERS = [("households", _("households")), ("requests", _("requests"))]


class FrequentForm(forms.Form):
    """The month and the kind of place in which troubles are told together, and by what they are ranked."""

    month = forms.DateField(label=_("Month"), required=False, input_formats=["%Y-%m"], widget=MONTH)
    scope = forms.ChoiceField(label=_("Told together by"), required=False, choices=SCOPES, widget=Select)
    order = forms.ChoiceField(label=_("Ranked by"), required=False, choices=ORDERS, widget=Select)

    def __init__(self, data: Any) -> None:
        """Fill in what is looked at where `data` chooses nothing, so that the page says it."""
        shown = {"month": f"{today():%Y-%m}", "scope": SCOPES[0][0], "order": ORDERS[0][0]}
        super().__init__(shown | {name: value for name, value in data.items() if value})

    @property
    def day(self) -> date:
        """A day of the month looked at; today where none is given."""
        return self.cleaned_data["month"] or today()


class TryForm(forms.Form):
    """Other numbers with which a rule is tried; nothing is written."""

    threshold = forms.IntegerField(label=_("From how many"), min_value=2, max_value=10_000)
    days = forms.IntegerField(label=_("Within days"), min_value=1, max_value=366)

    @classmethod
    def for_rule(cls, rule: HotRule, data: Any = None) -> "TryForm":
        """Return the form with the rule's own numbers until others are given."""
        own = {"threshold": rule.threshold, "days": rule.days}
        return cls(data or own, auto_id=f"{rule.key}-%s")


class SeenForm(KeyedForm):
    """A form that carries the version that the person saw."""

    def door(self) -> Door:
        """Return what the action has to know of this send."""
        seen = self.cleaned_data["seen"]
        return Door(seen_version=int(seen) if seen.isdecimal() else None, key=self.cleaned_data["key"])


class LookedAtForm(SeenForm):
    """A form with words that become public: a person sees them as the public will, and sends them again as they stand."""

    looked_at = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def public_words(self) -> list[str]:
        """Return what the public will read of it; nothing where none of it becomes public."""
        raise NotImplementedError

    def asks_for_a_look(self) -> bool:
        """Say whether a person has still to look at these words; what would be refused anyway is not shown first."""
        words = self.public_words()
        if not words or self.cleaned_data["looked_at"] == _print_of(words):
            return False
        try:
            refuse_personal(("words", one) for one in words)
        except Invalid:
            return False
        return True

    def show(self) -> None:
        """Let the next send of the same words say that they were looked at."""
        self.data = self.data.copy()
        self.data["looked_at"] = _print_of(self.public_words())


def _print_of(words: Sequence[str]) -> str:
    return sha256("\n".join(words).encode()).hexdigest()


class AnswerForm(LookedAtForm):
    """The words for everybody in a common trouble."""

    words = forms.CharField(label=_("Answer to everybody"), widget=forms.Textarea(ROWS))
    in_public = forms.BooleanField(
        label=_("publish it as well"),
        required=False,
        help_text=_("Where and what, how many, and this answer; nobody's words."),
    )

    def public_words(self) -> list[str]:
        """Return the answer where it is to be published."""
        return [self.cleaned_data["words"]] if self.cleaned_data["in_public"] else []


class SettleForm(SeenForm):
    """How a common trouble was settled."""

    words = forms.CharField(label=_("How it was settled"), widget=forms.Textarea(ROWS))


class LeadForm(LookedAtForm):
    """Why the secretary leads a case, and the plan in dates."""

    reason = forms.CharField(
        label=_("Why you take it on"), max_length=200, help_text=_("The person who raised it reads this.")
    )
    plan = forms.CharField(label=_("Plan"), widget=forms.Textarea(ROWS))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, PLAN_ROWS + 1):
            needed = number == 1
            self.fields[f"day{number}"] = DayField(label=_("By when"), required=needed)
            self.fields[f"step{number}"] = forms.CharField(
                label=_("What is done by then"),
                max_length=120,
                required=needed,
                help_text=_("Everybody reads this where the request is public; name nobody.") if needed else "",
            )

    def dates(self) -> Sequence[tuple[date, str]]:
        """Return the dates of the plan that were filled in."""
        given = [
            (self.cleaned_data[f"day{number}"], self.cleaned_data[f"step{number}"])
            for number in range(1, PLAN_ROWS + 1)
        ]
        return [(day, words) for day, words in given if day and words]

    def public_words(self) -> list[str]:
        """Return what is done by when: everybody reads it where the request is public."""
        return [f"{day:%Y-%m-%d} {words}" for day, words in self.dates()]

    def new_leading(self) -> NewLeading:
        """Return what was entered as the action takes it."""
        return NewLeading(self.cleaned_data["reason"], self.cleaned_data["plan"], self.dates())


class GiveBackForm(SeenForm):
    """Why a led case is given back."""

    reason = forms.CharField(label=_("Why you give it back"), max_length=200)
