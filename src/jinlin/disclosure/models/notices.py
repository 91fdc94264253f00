"""Notices that are posted for a period: their versions with photos, where the paper hangs, objections, and the history."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.disclosure.states import NEVER_SHOWN, NoticeState, finding_choices, state_choices, verb_choices
from jinlin.organisations.models import Body
from jinlin.people.models import Person
from jinlin.platform.models import HistoryLine, StoredFile
from jinlin.territory.models import Zone


class PublicNotice(models.Model):
    """A text that `body` posts at a place for a period; `kind` is a key of the playbook's notices.

    `edition` is the number of the version that holds, whose title and period stand here too; `version` counts the lines of
    the history. `subject` is the matter that it is posted for, such as `step:9`.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=32, blank=True, db_index=True)
    place_code = models.CharField(_("place"), max_length=22)
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="notices")
    state = models.CharField(_("state"), max_length=12, choices=state_choices, default=NoticeState.DRAFT)
    edition = models.PositiveIntegerField(pgettext_lazy("public notice", "version"), default=1)
    title = models.CharField(_("title"), max_length=120)
    days = models.PositiveSmallIntegerField(pgettext_lazy("public notice", "days"))
    unit = models.CharField(max_length=16)
    made_at = models.DateTimeField()
    posted_at = models.DateTimeField(_("posted"), null=True)
    last_day = models.DateField(_("last day"), null=True)
    provisional = models.BooleanField(default=False)
    ended_at = models.DateTimeField(pgettext_lazy("public notice", "ended"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_posted_has_last_day",
                condition=Q(state__in=sorted(NEVER_SHOWN)) | Q(posted_at__isnull=False, last_day__isnull=False),
            ),
            models.CheckConstraint(name="notice_has_days", condition=Q(days__gte=1)),
        ]
        indexes = [
            models.Index(fields=["state", "place_code", "-posted_at"], name="notice_state_place"),
            models.Index(fields=["state", "last_day"], name="notice_last_day"),
        ]

    def __str__(self) -> str:
        return self.number


class Edition(models.Model):
    """One version of a notice's text, as it was posted; never changed once it is.

    `digest` is the SHA-256 of number, version and words, the same on screen and on paper. `allowed` are the stretches that
    look personal and that a person has confirmed. `put_off` says that the last day counted was a free one.
    """

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    digest = models.CharField(max_length=64, blank=True)
    allowed = models.JSONField(default=list)
    reason = models.CharField(pgettext_lazy("public notice", "why it was changed"), max_length=300, blank=True)
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=16)
    posted_at = models.DateTimeField(null=True)
    posted_by_id = models.BigIntegerField(null=True)
    last_day = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    put_off = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="notice_edition_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} v{self.number}"


class EditionPhoto(models.Model):
    """A photo that belongs to the text of a version."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.order} of {self.edition_id}"


class Posting(models.Model):
    """Proof that the paper of a version hangs at a spot: seen there on a day, with a photo that staff keep."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="postings")
    place_code = models.CharField(_("place"), max_length=22)
    spot = models.CharField(pgettext_lazy("public notice", "where it hangs"), max_length=60)
    on = models.DateField(_("day"))
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["edition", "place_code"], name="posting_of_edition")]

    def __str__(self) -> str:
        return f"{self.spot} on {self.on}"


class Objection(models.Model):
    """What somebody objects to a notice within its period, and the answer.

    `text` and `person` are for those who answer; the public reads `summary` and `answer`, which a person has looked at.
    """

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections")
    number = models.PositiveIntegerField()
    edition = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="objections")
    on_paper = models.BooleanField(default=False)
    text = models.TextField(pgettext_lazy("objection", "what is objected"))
    received_on = models.DateField(_("received"))
    at = models.DateTimeField()
    entered_by_id = models.BigIntegerField(null=True)
    finding = models.CharField(max_length=12, choices=finding_choices, blank=True)
    summary = models.CharField(pgettext_lazy("objection", "in short"), max_length=300, blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by_id = models.BigIntegerField(null=True)
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="objection_number_once")]
        indexes = [models.Index(fields=["person", "-at"], name="objection_of_person")]

    def __str__(self) -> str:
        return f"{self.notice_id}/{self.number}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.taken_back_at is None


class NoticeStep(HistoryLine):
    """One line of a notice's history."""

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=12, choices=verb_choices)
    state = models.CharField(max_length=12, choices=state_choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "number"], name="notice_step_once")]
