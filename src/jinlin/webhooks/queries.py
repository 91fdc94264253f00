"""Reads of webhooks: the addresses of somebody's places, and the log of one."""

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from jinlin.platform.access import Actor
from jinlin.platform.errors import NotFound
from jinlin.platform.paging import Page, page_of
from jinlin.territory.models import Place
from jinlin.webhooks import rules
from jinlin.webhooks.models import Delivery, Webhook

PAGE = 30


def hooks_of(actor: Actor) -> QuerySet[Webhook]:
    """Return the addresses that the actor keeps, each with `place_name`, `waiting` and `last_at`, the newest first."""
    place = Place.objects.filter(code=OuterRef("place_code")).values("name")[:1]
    delivered = Q(deliveries__state=Delivery.State.DELIVERED)
    return (
        rules.visible_to(actor)
        .annotate(
            place_name=Subquery(place),
            waiting=Count("deliveries", filter=Q(deliveries__state=Delivery.State.WAITING)),
            last_at=Max("deliveries__tried_at", filter=delivered),
        )
        .order_by("-created_at", "-pk")
    )


def one(actor: Actor, hook_id: int) -> Webhook:
    """Return an address.

    Raises:
        NotFound: also for one that exists but is not this actor's.
    """
    found = hooks_of(actor).filter(pk=hook_id).first()
    if found is None:
        raise NotFound
    return found


def log_of(hook: Webhook, *, older: str = "", newer: str = "") -> Page[Delivery]:
    """Return a page of the log of an address, the newest first.

    Raises:
        Invalid: for a key that is none.
    """
    return page_of(Delivery.objects.filter(webhook=hook), "at", size=PAGE, older=older, newer=newer)


def place_choices(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the places for which the actor may register an address."""
    codes = [grant.place_code for grant in rules.kept_places(actor)]
    return list(Place.objects.filter(code__in=codes).order_by("code").values_list("code", "name"))
