"""What a public record says of its matter's end, and how those it concerned judged it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

FINISHED = frozenset({"closed", "declined"})
"""States after which nothing more is to come; every other one is under way."""


class Judged(models.TextChoices):
    """How the person who raised it judged the outcome."""

    SATISFIED = "yes", _("satisfied")
    MOSTLY = "mostly", _("mostly satisfied")
    NOT = "no", _("not satisfied")
