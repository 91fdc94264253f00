"""The forms of ballots: preparing one, the paper itself, entering one that came on paper."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.people.forms import DayField
from jinlin.platform.dates import LOCAL, now, today
from jinlin.platform.forms import KeyedForm
from jinlin.platform.widgets import Select
from jinlin.voting.actions import NewOption, NewQuestion
from jinlin.voting.models import Ballot

Choices = Iterable[tuple[Any, Any]]
ROWS = {"rows": 4}


def _lines(words: str) -> list[str]:
    return [line.strip() for line in words.splitlines() if line.strip()]


class BallotForm(KeyedForm):
    """A ballot to prepare."""

    kind = forms.ChoiceField(label=pgettext_lazy("ballot", "Kind"), widget=forms.RadioSelect)
    title = forms.CharField(label=pgettext_lazy("ballot", "Title"), max_length=80)
    text = forms.CharField(label=pgettext_lazy("ballot", "What it is about"), widget=forms.Textarea(ROWS))
    questions = forms.CharField(
        label=_("Questions"), widget=forms.Textarea(ROWS), help_text=_("One on each line; one is enough.")
    )
    options = forms.CharField(
        label=_("Options"), required=False, widget=forms.Textarea(ROWS),
        help_text=_("Only for a choice: one on each line. Yes, no and abstain come by themselves."),
    )  # fmt: skip
    most = forms.IntegerField(label=_("How many may be chosen"), min_value=1, max_value=200, initial=1, required=False)
    seats = forms.IntegerField(label=_("How many are taken"), min_value=1, max_value=200, initial=1, required=False)
    body = forms.ChoiceField(label=_("Called by"), widget=Select)
    place = forms.ChoiceField(label=_("Community"), widget=Select)
    scope = forms.MultipleChoiceField(
        label=_("Whose homes it concerns"), required=False, widget=forms.CheckboxSelectMultiple
    )
    opens_on = DayField(label=_("First day"), initial=today)
    closes_on = DayField(label=_("Last day"), initial=lambda: today() + timedelta(days=7))

    def __init__(
        self, *args: Any, kinds: Choices, bodies: Choices, places: Choices, scopes: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)
        self.fields["body"].choices = list(bodies)
        self.fields["place"].choices = list(places)
        self.fields["scope"].choices = list(scopes)

    def asked(self) -> tuple[NewQuestion, ...]:
        """Return the questions; all have the options given."""
        given = self.cleaned_data
        options = tuple(NewOption(line) for line in _lines(given["options"]))
        most, seats = given["most"] or 1, given["seats"] or 1
        return tuple(NewQuestion(line, options, most, seats) for line in _lines(given["questions"]))

    def opens_at(self) -> datetime:
        """Return the moment from which papers are taken: the beginning of the first day, or now."""
        begin = datetime.combine(self.cleaned_data["opens_on"], time(0, 0), LOCAL)
        return max(begin, now())

    def closes_at(self) -> datetime:
        """Return the moment at which it ends: midnight after the last day."""
        return datetime.combine(self.cleaned_data["closes_on"] + timedelta(days=1), time(0, 0), LOCAL)

    def scope_name(self) -> str:
        """Return the chosen places and zones in words."""
        names = {str(key): str(name) for group in self.fields["scope"].choices for key, name in group[1]}
        words = "、".join(names[key] for key in self.cleaned_data["scope"])
        return words if len(words) <= 120 else f"{words[:119]}…"


class PaperForm(KeyedForm):
    """A paper with every question of a ballot; `marks` gives what was chosen. For more than one vote it asks for which."""

    def __init__(self, *args: Any, ballot: Ballot, entries: Choices, on_paper: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(entries)
        if len(choices) > 1 or on_paper:
            self.fields["entry"] = forms.ChoiceField(label=_("Whose vote it is"), choices=choices, widget=Select)
        self.only = None if "entry" in self.fields or not choices else int(choices[0][0])
        for question in ballot.questions.prefetch_related("options"):
            self.fields[f"q{question.pk}"] = _question_field(question, on_paper=on_paper)

    def entry_id(self) -> int:
        """Return the entry of the roll that the paper is for."""
        return int(self.cleaned_data["entry"]) if self.only is None else self.only

    def marks(self) -> Mapping[int, list[str]]:
        """Return {question id: keys chosen}."""
        found = {}
        for name, value in self.cleaned_data.items():
            if name.startswith("q") and name[1:].isdigit():
                found[int(name[1:])] = [value] if isinstance(value, str) and value else list(value or ())
        return found


def _question_field(question: Any, *, on_paper: bool) -> forms.Field:
    options = [(option.key, option.title) for option in question.options.all()]
    more = {option.title: option.text for option in question.options.all() if option.text}
    hint = "；".join(f"{title}：{text}" for title, text in more.items())
    if question.most == 1 and not on_paper:
        return forms.ChoiceField(
            label=question.title, choices=options, widget=forms.RadioSelect, help_text=hint,
            error_messages={"required": _("Choose something.")},
        )  # fmt: skip
    limit = _("Up to %(most)s.") % {"most": question.most}
    return forms.MultipleChoiceField(
        label=question.title, choices=options, widget=forms.CheckboxSelectMultiple, help_text=f"{limit} {hint}".strip(),
        required=False,
    )  # fmt: skip


class ReasonForm(KeyedForm):
    """Why a ballot is called off."""

    reason = forms.CharField(label=_("Why"), max_length=200, help_text=_("Everybody reads it."))
