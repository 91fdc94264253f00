"""Forms of the ladder: up to the next level, the call of a joint meeting, and what it decided."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.dates import LOCAL
from jinlin.platform.widgets import Select
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.wording import level_named
from jinlin.requests.forms.steps import StepForm
from jinlin.requests.queries.ladder import link_above, rungs_above


class ClimbForm(StepForm):
    """Why it goes up; which level only where one is skipped."""

    reason = forms.CharField(label=_("Why it cannot be settled here"), widget=forms.Textarea({"rows": 4}))
    to_level = forms.ChoiceField(
        label=_("To which level"),
        required=False,
        widget=Select,
        help_text=_("Levels are skipped in an emergency only."),
    )
    focus = "reason"

    def prepare(self) -> None:
        """Offer the next stop first, then the levels above it."""
        levels = dict.fromkeys(rung.level for rung in rungs_above(self.request))
        named = [(level, level_named(current_playbook(), level) or level) for level in levels]
        skipped = named if link_above(self.request) else named[1:]
        self.fields["to_level"].choices = [("", _("the next one")), *skipped]


class MeetingForm(StepForm):
    """Day, time and place of a joint meeting."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}))
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput({"type": "time"}))
    place = forms.CharField(label=pgettext_lazy("meeting", "Where"), max_length=120)
    words = forms.CharField(label=_("Words to those invited"), required=False, widget=forms.Textarea({"rows": 3}))
    focus = "day"

    def arguments(self) -> dict[str, Any]:
        """Return the moment, the place and the words."""
        given = self.cleaned_data
        meets_at = datetime.combine(given["day"], given["time"], LOCAL)
        return {"meets_at": meets_at, "place": given["place"], "words": given["words"]}


class MinutesForm(StepForm):
    """What a joint meeting said and decided, and by when that is done."""

    decision = forms.CharField(
        label=_("What was decided"), widget=forms.Textarea({"rows": 3}), help_text=_("Whoever raised it reads this.")
    )
    due_on = forms.DateField(label=_("To be done by"), widget=forms.DateInput({"type": "date"}))
    minutes = forms.CharField(
        label=pgettext_lazy("meeting", "Minutes"),
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Only officers read it."),
    )
    focus = "decision"
