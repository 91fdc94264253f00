"""Matters that are put before bodies, and what each body answered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models.bodies import Body
from jinlin.organisations.states import FilingState, Verdict


class Filing(models.Model):
    """A matter that one body puts before others: an activity, a choice of secretary, a candidate's qualification.

    `kind` is the playbook's; `words` hold what was written under each heading. A filing about a post names the person, the
    post and, as `subject`, the body that has the post. `receipt` is given when the matter is accepted. An application
    `follows` the call that it answers, an appeal the matter that was returned.
    """

    kind = models.CharField(max_length=32)
    title = models.CharField(_("matter"), max_length=120)
    by = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="filed")
    subject = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="filings_about")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="filings_about")
    post = models.CharField(max_length=32, blank=True)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")
    place_code = models.CharField(_("place"), max_length=22, db_index=True)
    words = models.JSONField(default=dict)
    state = models.CharField(_("state"), max_length=10, choices=FilingState, default=FilingState.PENDING)
    filed_at = models.DateTimeField()
    filed_by_id = models.BigIntegerField(null=True)
    due_at = models.DateTimeField(_("due"))
    decided_at = models.DateTimeField(null=True)
    receipt = models.CharField(_("receipt number"), max_length=32, blank=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "state", "filed_at"], name="filing_kind_state")]

    def __str__(self) -> str:
        return self.title


class FilingAnswer(models.Model):
    """What a body that was asked has answered; without an answer there is no verdict yet.

    An answer of a `person` is what a resident says, as `ground`, about a matter that is published.
    """

    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="answers")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, blank=True)
    ground = models.CharField(_("ground"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["filing", "body"], name="one_answer_per_body"),
            models.UniqueConstraint(fields=["filing", "person"], name="one_comment_per_person"),
            models.CheckConstraint(
                name="answer_of_body_or_person",
                condition=models.Q(body__isnull=False, person__isnull=True)
                | models.Q(body__isnull=True, person__isnull=False, verdict=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id or self.person_id} on {self.filing_id}: {self.verdict or '-'}"
