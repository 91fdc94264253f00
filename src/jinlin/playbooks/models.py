"""Which work method a district has adopted, when and by whom, and where it differs from the playbook's own values."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Adoption(models.Model):
    """A playbook became the district's work method; the newest row is the one in force, none is ever changed.

    `founded` says how many bodies of which kind it founded.
    """

    profile = models.CharField(_("playbook"), max_length=32)
    version = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("adopted"))
    by_id = models.BigIntegerField(null=True)
    founded = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.profile} {self.version}"


class Override(models.Model):
    """From `at` a value of the adopted playbook is another one here, or (without `value`) the playbook's own again.

    Rows are only added: the newest one of a path holds.
    """

    adoption = models.ForeignKey(Adoption, on_delete=models.PROTECT, related_name="overrides")
    path = models.CharField(max_length=120)
    value = models.JSONField(_("value here"), null=True)
    reason = models.CharField(_("reason"), max_length=200)
    at = models.DateTimeField(_("when"))
    by_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["adoption", "path", "at"], name="override_path")]

    def __str__(self) -> str:
        return f"{self.path} = {self.value}"
