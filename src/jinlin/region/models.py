"""Rows that all districts of an installation share; none of them concerns a person."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if settings.SCHEMAS:
    from django_tenants.models import DomainMixin, TenantMixin
else:
    TenantMixin = DomainMixin = models.Model


class District(TenantMixin):
    """A district (区/县): on PostgreSQL a schema of its own, on SQLite the whole file."""

    auto_create_schema = True

    code = models.CharField(_("code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=64)
    schema_name = models.CharField(max_length=63, unique=True)
    playbook = models.CharField(_("playbook"), max_length=32)
    service_phone = models.CharField(_("service phone"), max_length=32, blank=True)
    service_hours = models.CharField(_("opening hours"), max_length=64, blank=True)

    def __str__(self) -> str:
        return self.name

    def create_schema(self, *args: Any, **options: Any) -> bool:
        """Create the district's schema (on PostgreSQL) in silence: standard output belongs to the answer of a command."""
        return super().create_schema(*args, **{**options, "verbosity": 0})


class Domain(DomainMixin):
    """A host name under which a district is served."""

    domain = models.CharField(max_length=253, unique=True)
    tenant = models.ForeignKey(District, on_delete=models.CASCADE, related_name="domains")
    is_primary = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.domain


class CalendarYear(models.Model):
    """A year whose days are known; provisional (statutory days only) until the official notice is imported."""

    class Status(models.TextChoices):
        COMPLETE = "complete", _("complete")
        PROVISIONAL = "provisional", _("provisional")

    year = models.PositiveSmallIntegerField(primary_key=True)
    status = models.CharField(max_length=12, choices=Status)
    source = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.year} ({self.status})"


class CalendarDay(models.Model):
    """A day that differs from its weekday: a holiday, or a make-up working day."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("holiday")
        WORKING = "working", _("make-up working day")

    day = models.DateField(primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class Division(models.Model):
    """One entry of the statistical division codes (provinces to communities), loaded from an operator's file."""

    code = models.CharField(primary_key=True, max_length=12)
    name = models.CharField(max_length=64)
    parent_code = models.CharField(max_length=12, db_index=True, blank=True)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
