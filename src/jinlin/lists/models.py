"""Lists of a kind that the playbook names, their items with a history, and which item answers which."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.lists.states import IN_HAND, ItemState, ItemVerb
from jinlin.organisations.models import Body
from jinlin.people.models import Person
from jinlin.platform.models import HistoryLine


def no_sites() -> list[str]:
    """Return the places of an item that consists of none; `list` is the name of a column where items are defined."""
    return []


class ItemList(models.Model):
    """A list of one kind for an estate or a community; `body` leads it. `kind` is a key of the playbook's lists."""

    kind = models.CharField(max_length=32)
    title = models.CharField(_("title"), max_length=80)
    place_code = models.CharField(_("place"), max_length=22)
    zone = models.ForeignKey("territory.Zone", on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="item_lists")
    opened_on = models.DateField(_("opened"))
    opened_at = models.DateTimeField()
    opened_by_id = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        indexes = [
            models.Index(fields=["place_code", "kind", "-opened_at"], name="item_list_place"),
            models.Index(fields=["kind", "opened_on"], name="item_list_kind_day"),
        ]

    def __str__(self) -> str:
        return self.title


class Item(models.Model):
    """One thing on a list; `claimer` has taken it on until `due_on`. `version` counts the lines of its history.

    `choice` is what was ordered from the playbook's catalogue, if it was. `person` is who placed it, where somebody did.
    `origin` is what it came from, such as `visit:12`; `sites` are the places that it consists of, where there are several.
    """

    class Source(models.TextChoices):
        RESIDENT = "resident", pgettext_lazy("item", "residents")
        GOVERNMENT = "government", pgettext_lazy("item", "government")

    list = models.ForeignKey(ItemList, on_delete=models.PROTECT, related_name="items")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(_("what it is about"), max_length=80)
    words = models.CharField(_("more about it"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.RESIDENT)
    choice = models.CharField(max_length=32, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="orders")
    supports = models.PositiveIntegerField(pgettext_lazy("item", "households that support it"), default=0)
    state = models.CharField(_("state"), max_length=8, choices=ItemState, default=ItemState.OPEN)
    claimer = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="claimed_items")
    due_on = models.DateField(_("due"), null=True)
    result = models.CharField(_("what was done"), max_length=500, blank=True)
    made_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    origin = models.CharField(max_length=40, blank=True)
    sites = models.JSONField(_("places"), default=no_sites)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "number"], name="item_number_once"),
            models.CheckConstraint(
                name="item_in_hand_has_claimer", condition=~Q(state__in=sorted(IN_HAND)) | Q(claimer__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["state", "made_at"], name="item_state"),
            models.Index(fields=["origin"], name="item_origin", condition=~Q(origin="")),
        ]

    def __str__(self) -> str:
        return f"{self.list_id}/{self.number}"


class ItemStep(HistoryLine):
    """One line of an item's history, with the body that had it in hand."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=8, choices=ItemVerb)
    state = models.CharField(max_length=8, choices=ItemState)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="item_step_once")]


class ItemLink(models.Model):
    """That one item answers another: a project a need, a need a problem; many to many."""

    answering = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="answers")
    answered = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="answered_by")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answering", "answered"], name="item_link_once"),
            models.CheckConstraint(name="item_answers_another", condition=~Q(answering=F("answered"))),
        ]

    def __str__(self) -> str:
        return f"{self.answering_id} answers {self.answered_id}"
