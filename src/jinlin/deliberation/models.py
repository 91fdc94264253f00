"""Proposals with their history, and the forums that each is sent to."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jinlin.deliberation.states import ProposalState, ProposalVerb
from jinlin.organisations.models import Body
from jinlin.people.models import Person
from jinlin.platform.models import HistoryLine


def state_choices() -> list[tuple[str, Any]]:
    """Return the states, so that a new one alters no table."""
    return ProposalState.choices


def verb_choices() -> list[tuple[str, Any]]:
    """Return the steps, so that a new one alters no table."""
    return ProposalVerb.choices


class Proposal(models.Model):
    """What somebody brings forward; `proposer` is a kind from the playbook, `body` whom they speak for, if anybody.

    `lead` is the proposal that answers for this one too. `became` names what its answer led to, such as `request:7`.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    proposer = models.CharField(_("proposed by"), max_length=32)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="proposals")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="proposals")
    title = models.CharField(_("what is proposed"), max_length=80)
    text = models.TextField(_("more about it"), blank=True)
    place_code = models.CharField(_("community"), max_length=22)
    state = models.CharField(_("state"), max_length=9, choices=state_choices, default=ProposalState.RAISED)
    version = models.PositiveIntegerField(default=1)
    supports = models.PositiveIntegerField(default=0)
    raised_at = models.DateTimeField(_("raised"))
    screen_by = models.DateTimeField(_("screened by"))
    answer_by = models.DateTimeField(_("answered by"))
    entered_by_id = models.BigIntegerField(null=True)
    lead = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="joined")
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)
    became = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="joined_proposal_has_a_lead",
                condition=Q(state="merged", lead__isnull=False) | Q(lead__isnull=True) & ~Q(state="merged"),
            ),
        ]
        indexes = [models.Index(fields=["state", "place_code", "-raised_at"], name="proposal_state_place")]

    def __str__(self) -> str:
        return self.number


class Route(models.Model):
    """A forum of the playbook in which a proposal is asked about, and why there."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="routes")
    forum = models.CharField(_("forum"), max_length=32)
    reason = models.CharField(_("why there"), max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "forum"], name="one_route_per_forum")]

    def __str__(self) -> str:
        return f"{self.proposal_id} to {self.forum}"


class ProposalStep(HistoryLine):
    """One line of a proposal's history."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=9, choices=verb_choices)
    state = models.CharField(max_length=9, choices=state_choices)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_step_once")]
