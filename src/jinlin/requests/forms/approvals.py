"""Forms of the side procedures: what is asked for, and the decision about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.platform.widgets import Select
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.wording import UNITS
from jinlin.requests.asked import Asked
from jinlin.requests.forms import SentOnceForm
from jinlin.requests.forms.steps import StepForm
from jinlin.requests.models import Approval
from jinlin.requests.queries.call_backs import exclusions_of
from jinlin.requests.queries.choices import body_choices


class AskForm(StepForm):
    """Why it is asked for; the forms of the kinds add what each needs."""

    kind = ""
    reason = forms.CharField(
        label=_("Reason for whoever decides"), widget=forms.Textarea({"rows": 4}), help_text=_("Only officers read it.")
    )
    focus = "reason"

    def arguments(self) -> dict[str, Any]:
        """Return kind, reason and what is asked."""
        given = super().arguments()
        return {"kind": self.kind, "reason": given.pop("reason"), "asked": Asked(**given)}

    @property
    def procedure(self) -> Any:
        """What the playbook says of it; it is there, since the page offers nothing else."""
        return current_playbook().approval_of(self.kind)


class AskExtensionForm(AskForm):
    """How much more time."""

    kind = Approval.Kind.EXTENSION
    amount = forms.IntegerField(label=_("How much longer"), min_value=1)
    focus = "amount"
    field_order = ["amount", "reason"]

    def prepare(self) -> None:
        """Say what is possible at most, and in which unit."""
        if self.procedure is not None:
            most = _(UNITS[self.procedure.unit]) % {"amount": self.procedure.longest}
            self.fields["amount"].help_text = _("At most %(most)s.") % {"most": most}


class AskSuspensionForm(AskForm):
    """Until when it rests."""

    kind = Approval.Kind.SUSPENSION
    until = forms.DateField(label=_("Suspended until"), widget=forms.DateInput({"type": "date"}))
    focus = "until"
    field_order = ["until", "reason"]


class AskTransferForm(AskForm):
    """To which body."""

    kind = Approval.Kind.TRANSFER
    body = forms.TypedChoiceField(label=_("To whom"), coerce=int, widget=Select)
    focus = "body"
    field_order = ["body", "reason"]

    def prepare(self) -> None:
        """Offer the bodies, but for the one that has it."""
        bodies = [(pk, name) for pk, name in body_choices() if pk != self.request.body_id]
        self.fields["body"].choices = [("", _("please choose")), *bodies]

    def arguments(self) -> dict[str, Any]:
        """Return the body as what is wished."""
        given = self.cleaned_data
        return {"kind": self.kind, "reason": given["reason"], "asked": Asked(body_id=given["body"])}


class AskReturnForm(AskForm):
    """Back to the dispatcher."""

    kind = Approval.Kind.RETURN


class AskSupervisionForm(AskForm):
    """That the level above watches over it."""

    kind = Approval.Kind.SUPERVISION


class AskAppealForm(AskForm):
    """That the rating counts no more."""

    kind = Approval.Kind.APPEAL
    exclusion = forms.ChoiceField(label=_("Why it should not count"), widget=forms.RadioSelect)
    focus = "exclusion"
    field_order = ["exclusion", "reason"]

    def prepare(self) -> None:
        """Offer the reasons that the scheme of the rating knows; without any there are only words."""
        grounds = exclusions_of(self.request) or ()
        self.fields["exclusion"].choices = [(ground, ground) for ground in grounds]
        if not grounds:
            del self.fields["exclusion"]
            self.focus = "reason"


class DecisionForm(SentOnceForm):
    """Granted or refused, and the words to whoever asked."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("grant", pgettext_lazy("button", "Grant")), ("refuse", pgettext_lazy("button", "Refuse"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Words to whoever asked"),
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("A refusal needs a reason."),
    )
