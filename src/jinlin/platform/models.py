"""The platform's own rows: audit trail, counters, keys of repeated sends, files, notices, outbox, limits, schedules."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.platform.crypto import EncryptedTextField


class HistoryLine(models.Model):
    """One line of a row's history; append-only. It says what holds after the step; the line before, what held until then.

    An app derives its own: a foreign key with `related_name="steps"`, `verb` and `state` with their choices, a constraint
    that each number stands once, and further columns where its steps have them, such as the body that acted.
    """

    verb: str
    state: str
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"


class AuditEntry(models.Model):
    """One line of the audit trail: who did what to what, when; append-only, chained by hash once sealed.

    People are plain numbers here, not foreign keys, so that the trail outlives them.
    """

    class Kind(models.TextChoices):
        CHANGE = "change", _("change")
        READ = "read", _("protected read")

    at = models.DateTimeField()
    kind = models.CharField(max_length=6, choices=Kind)
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=32)
    subject_id = models.CharField(max_length=32)
    person_id = models.BigIntegerField(null=True)
    place_code = models.CharField(max_length=22, blank=True)
    detail = models.JSONField(default=dict)
    seal = models.CharField(max_length=64, blank=True)
    sealed_number = models.BigIntegerField(null=True, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "at"], name="audit_subject"),
            models.Index(fields=["person_id", "at"], name="audit_person", condition=models.Q(person_id__isnull=False)),
            models.Index(fields=["at", "id"], name="audit_time"),
            models.Index(fields=["at", "id"], name="audit_unsealed", condition=models.Q(seal="")),
        ]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.verb} {self.subject_kind} {self.subject_id}"


class Counter(models.Model):
    """The last number given out under a name; a locked row, so that numbers have no gaps."""

    name = models.CharField(primary_key=True, max_length=64)
    value = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class SentKey(models.Model):
    """An idempotency key that has been used: the same send again gives the same answer."""

    key = models.CharField(primary_key=True, max_length=120)
    fingerprint = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=32, blank=True)
    subject_id = models.CharField(max_length=32, blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class StoredFile(models.Model):
    """A file on disk, known by the hash of its contents; a cleaned photo, say. Kept once, however often it is sent."""

    digest = models.CharField(max_length=64, unique=True)
    media_type = models.CharField(max_length=64)
    size = models.BigIntegerField()
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.digest


class Notice(models.Model):
    """A word to a person inside the platform; stands alone: what, where, until when, one link."""

    person_id = models.BigIntegerField()
    at = models.DateTimeField()
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=200, blank=True)
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person_id", "-at"], name="notice_person")]

    def __str__(self) -> str:
        return self.text


class OutboxMessage(models.Model):
    """A message that leaves the platform through a port (SMS, e-mail), and what became of it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")

    at = models.DateTimeField()
    channel = models.CharField(max_length=8)
    address = EncryptedTextField()
    subject = models.CharField(max_length=120, blank=True)
    body = EncryptedTextField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    finding = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "at"], name="outbox_state")]

    def __str__(self) -> str:
        return f"{self.channel} {self.state}"


class Bucket(models.Model):
    """How often something was done within a window; the key is a keyed hash, never an address."""

    key = models.CharField(primary_key=True, max_length=80)
    window_start = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"


class Schedule(models.Model):
    """When a recurring task is due next; one row per task, locked by the worker that runs it."""

    name = models.CharField(primary_key=True, max_length=120)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)
    finding = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.name} at {self.next_at:%F %T}"
