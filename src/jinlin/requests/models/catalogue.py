"""The category tree and the standard texts, which the operator may edit."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.requests.models.choices import Urgency
from jinlin.requests.states import verb_choices


class Category(models.Model):
    """A class of requests; its code is the path in the tree (2, 4 or 6 characters)."""

    code = models.CharField(_("code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=64)
    name_en = models.CharField(_("English name"), max_length=64)
    keywords = models.JSONField(_("words that residents use"), default=list)
    urgency = models.CharField(_("urgency"), max_length=9, choices=Urgency, default=Urgency.ORDINARY)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def parent_code(self) -> str:
        return self.code[:-2]


class StandardText(models.Model):
    """A ready answer for a step; placeholders {number} {body} {due} are filled when it is used."""

    key = models.CharField(max_length=40, unique=True)
    verb = models.CharField(max_length=12, choices=verb_choices)
    name = models.CharField(_("name"), max_length=64)
    body = models.TextField(_("text"))

    def __str__(self) -> str:
        return self.name
