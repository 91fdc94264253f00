"""Reads of the wish wall that more than one screen needs."""

from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from jinlin.algorithms.place_codes import Level
from jinlin.people.models import Mandate
from jinlin.people.rules import principals_of, running_mandates
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.territory.models import Place
from jinlin.territory.providers import own_homes
from jinlin.wishes import rules
from jinlin.wishes.models import SupportPair, Wish
from jinlin.wishes.states import UNFINISHED, WISHES, WishState, WishVerb

Choice = tuple[str, str]


def _communities(rows: QuerySet[Place]) -> list[Choice]:
    found = rows.filter(level=Level.COMMUNITY, valid_to__isnull=True).order_by("code")
    return list(found.values_list("code", "name"))


def own_communities(actor: Actor) -> list[Choice]:
    """Return (code, name) of the communities in which the actor has a home."""
    codes = {code[: Level.COMMUNITY] for code in own_homes(actor)}
    return _communities(Place.objects.filter(code__in=codes)) if codes else []


def communities_to_choose(actor: Actor) -> list[Choice]:
    """Return where the actor's wish can be: their own communities, or all while nobody knows where they live."""
    return own_communities(actor) or _communities(Place.objects.all())


def communities_of_posts(actor: Actor) -> list[Choice]:
    """Return the communities in which the actor writes wishes down for others."""
    near = [Q(code__startswith=grant.place_code) | Q(code=grant.place_code[: Level.COMMUNITY])
            for grant in actor.grants_as(rules.WRITERS)]  # fmt: skip
    return _communities(Place.objects.filter(reduce(or_, near))) if near else []


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return {code: name} of places."""
    return dict(Place.objects.filter(code__in=set(codes), valid_to__isnull=True).values_list("code", "name"))


def on_wall(*, come_true: bool, communities: Iterable[str] = ()) -> QuerySet[Wish]:
    """Return the wishes on the wall: those that still wait for somebody or something, or those that have come true."""
    wanted = {WishState.CONFIRMED} if come_true else {WishState.OPEN, WishState.CLAIMED, WishState.FULFILLED}
    rows = Wish.objects.filter(state__in=sorted(wanted))
    near = [Q(place_code__startswith=code) for code in communities]
    return rows.filter(reduce(or_, near)) if near else rows


def mine(actor: Actor) -> QuerySet[Wish]:
    """Return the wishes of the actor, and of those for whom they act."""
    return Wish.objects.filter(Q(person_id=actor.person_id) | Q(person_id__in=principals_of(actor)))


def led_by(actor: Actor) -> QuerySet[Wish]:
    """Return the wishes that the actor has claimed."""
    return Wish.objects.filter(claimer_id=actor.person_id or 0)


def pairs_of(actor: Actor) -> QuerySet[SupportPair]:
    """Return the support pairs of which the actor is one."""
    person = actor.person_id or 0
    return SupportPair.objects.filter(Q(helper_id=person) | Q(resident_id=person)).select_related("helper", "resident")


def principals(actor: Actor) -> list[Mandate]:
    """Return the mandates that let the actor wish for others today, each with its principal."""
    rows = running_mandates(today()).filter(agent_id=actor.person_id or 0)
    return list(rows.select_related("principal").order_by("pk"))


def narrowed(rows: QuerySet[Wish], wanted: Mapping[str, Any]) -> QuerySet[Wish]:
    """Keep the wishes of a state (`unfinished` for all that go on), and those whose words hold what is looked for."""
    state = wanted.get("state")
    if state == "unfinished":
        rows = rows.filter(state__in=sorted(UNFINISHED))
    elif state:
        rows = rows.filter(state=state)
    if words := wanted.get("q"):
        rows = rows.filter(Q(title__icontains=words) | Q(number__icontains=words) | Q(nickname__icontains=words))
    return rows


def verbs_of(actor: Actor, wish: Wish) -> set[str]:
    """Return the steps that the actor may take now."""
    return {verb for verb in WISHES.verbs_from(wish.state) if rules.may(actor, WishVerb(verb), wish)}
