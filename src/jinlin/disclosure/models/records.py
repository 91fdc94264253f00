"""Public records: the words and pictures that were checked for publication, apart from what they were made from."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.disclosure.states import Judged
from jinlin.platform.models import StoredFile


class Disclosure(models.Model):
    """One public record; holds only what may be public, so that no reader can reach further than this row.

    `subject_kind` and `subject_id` say what it came from; a new version replaces the one before, which is kept.
    `changed_in` is the number, among all such changes of the district, of the one by which it is shown or no longer is.
    """

    subject_kind = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    version = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=20)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    answer = models.TextField(_("answer"), blank=True)
    state = models.CharField(_("state"), max_length=12)
    category = models.CharField(_("category"), max_length=6, blank=True)
    category_name = models.CharField(_("category"), max_length=64, blank=True)
    place_code = models.CharField(_("place"), max_length=22, db_index=True)
    place_name = models.CharField(_("place"), max_length=120, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    body_name = models.CharField(_("body"), max_length=64, blank=True)
    rating = models.CharField(_("rating"), max_length=12, choices=Judged, blank=True)
    happened_at = models.DateTimeField(_("raised"))
    published_at = models.DateTimeField(_("published"))
    published_by_id = models.BigIntegerField(null=True)
    current = models.BooleanField(default=True)
    changed_in = models.BigIntegerField(null=True, db_index=True, editable=False)
    withdrawn_reason = models.CharField(max_length=200, blank=True)
    search = models.TextField(editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "version"], name="disclosure_version"),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"], condition=models.Q(current=True), name="one_current_disclosure"
            ),
        ]
        indexes = [
            models.Index(fields=["number"], name="disclosure_number"),
            models.Index(fields=["-happened_at", "-id"], name="disclosure_time", condition=models.Q(current=True)),
            models.Index(fields=["longitude", "latitude"], name="disclosure_point", condition=models.Q(current=True)),
        ]

    def __str__(self) -> str:
        return f"{self.number} v{self.version}"


class DisclosedPhoto(models.Model):
    """A photo of a public record, before or after."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=6, choices=Moment)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["moment", "order"]

    def __str__(self) -> str:
        return f"{self.moment} {self.order} of {self.disclosure_id}"
