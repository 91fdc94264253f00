"""Reads of lists that more than one screen needs: progress, kinds, traces both ways, shares by source."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from jinlin.algorithms.place_codes import Level
from jinlin.lists import rules
from jinlin.lists.models import Item, ItemLink, ItemList
from jinlin.lists.states import FINISHED, ITEMS, ItemState, ItemVerb
from jinlin.organisations.models import Body
from jinlin.organisations.rules import bodies_of
from jinlin.platform.access import Actor, in_scope
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import ListKind
from jinlin.territory.models import Place, Zone
from jinlin.territory.providers import own_homes

Choice = tuple[Any, str]


def kinds() -> dict[str, ListKind]:
    """Return the kinds of list that the work method has, by key."""
    return {row.key: row for row in current_playbook().item_list}


def kind_of(key: str) -> ListKind:
    """Return the kind of that key. Raises: Invalid."""
    found = kinds().get(key)
    if found is None:
        raise Invalid(fields={"kind": key})
    return found


def with_progress(lists: QuerySet[ItemList]) -> QuerySet[ItemList]:
    """Add to each list how many items it has, how many are finished, and how many wait for somebody."""
    return lists.annotate(
        total=Count("items"),
        finished=Count("items", filter=Q(items__state__in=sorted(FINISHED))),
        waiting=Count("items", filter=Q(items__state=ItemState.OPEN)),
    )


def progress(finished: int, total: int) -> Fraction | None:
    """Return the share that is finished; None for a list without items."""
    return Fraction(finished, total) if total else None


def share_by_source(items: QuerySet[Item]) -> dict[str, Fraction]:
    """Return {source: share of the items}; empty without items."""
    counts = dict(items.order_by().values_list("source").annotate(rows=Count("pk")))
    total = sum(counts.values())
    return {source: Fraction(counts.get(source, 0), total) for source in Item.Source.values} if total else {}


def lists_near(actor: Actor) -> QuerySet[ItemList]:
    """Return the lists of the communities in which the actor has a home; all for somebody without one."""
    codes = {code[: Level.COMMUNITY] for code in own_homes(actor)}
    rows = ItemList.objects.select_related("zone", "body")
    return rows.filter(place_code__in=codes) if codes else rows


def lists_at_desk(actor: Actor) -> QuerySet[ItemList]:
    """Return the lists of the actor's area, those that their bodies lead, and those on which these have an item."""
    rows = ItemList.objects.select_related("zone", "body")
    if actor.is_system:
        return rows
    mine = bodies_of(actor).values("pk")
    claimed = Item.objects.filter(claimer__in=mine).values("list")
    whole = [grant for grant in actor.grants_as(rules.READERS) if grant.zone_id is None]
    return rows.filter(in_scope(whole) | Q(body__in=mine) | Q(pk__in=claimed))


def narrowed(lists: QuerySet[ItemList], wanted: Mapping[str, Any]) -> QuerySet[ItemList]:
    """Keep the lists of a kind, open or closed ones, those with items that wait too long, and those of a title."""
    if wanted.get("kind"):
        lists = lists.filter(kind=wanted["kind"])
    if wanted.get("state") == "closed":
        lists = lists.filter(closed_at__isnull=False)
    elif wanted.get("state") == "unclaimed":
        late = Item.objects.filter(warned_at__isnull=False, state=ItemState.OPEN)
        lists = lists.filter(pk__in=late.values("list"))
    elif not wanted.get("state"):
        lists = lists.filter(closed_at__isnull=True)
    if wanted.get("q"):
        lists = lists.filter(title__icontains=wanted["q"])
    return lists


def items_of(item_list: ItemList) -> QuerySet[Item]:
    """Return the items of a list in their order, each with its claimer."""
    return item_list.items.select_related("claimer").order_by("number")


def ranked(item_list: ItemList) -> QuerySet[Item]:
    """Return the items of a list by how many households support them, the most wanted first."""
    return item_list.items.select_related("claimer").order_by("-supports", "number")


def traces(item: Item) -> dict[str, list[Item]]:
    """Return what an item answers and what answers it, each with its list."""
    answers = Item.objects.filter(answered_by__answering=item)
    answered_by = Item.objects.filter(answers__answered=item)
    related = ("list__zone", "claimer")
    return {
        "answers": list(answers.select_related(*related).order_by("list_id", "number")),
        "answered_by": list(answered_by.select_related(*related).order_by("list_id", "number")),
    }


def linked_items(item_list: ItemList) -> QuerySet[Item]:
    """Return the items of a list with their links both ways, for a table that shows the way of each."""
    links = ItemLink.objects.select_related("answering", "answered")
    return items_of(item_list).prefetch_related(Prefetch("answers", links), Prefetch("answered_by", links))


def could_be_answered(item_list: ItemList) -> QuerySet[Item]:
    """Return the items at the same place that an item of this list can answer."""
    kind = kinds().get(item_list.kind)
    rows = Item.objects.filter(list__kind__in=kind.answers if kind else ())
    near = rows.filter(list__place_code__startswith=item_list.place_code[: Level.COMMUNITY])
    return near.select_related("list").order_by("list_id", "number")


def verbs_of(actor: Actor, item: Item) -> set[str]:
    """Return the steps that the actor may take now."""
    if item.list.closed_at is not None:
        return set()
    possible = set(ITEMS.verbs_from(item.state)) - {ItemVerb.ROLL_UP}
    return {verb for verb in possible if rules.may(actor, ItemVerb(verb), item)}


def bodies_for(item_list: ItemList) -> QuerySet[Body]:
    """Return the bodies that can take items of a list on: those at its place, and those above it."""
    above = [item_list.place_code[:level] for level in (Level.SUBDISTRICT, Level.DISTRICT)]
    here = Q(place_code__startswith=item_list.place_code[: Level.COMMUNITY]) | Q(place_code__in=above)
    zone = Q(zone=None) | Q(zone=item_list.zone_id) if item_list.zone_id else Q()
    return Body.objects.filter(here & zone, active=True).order_by("name")


def communities_at_desk(actor: Actor) -> list[Choice]:
    """Return (code, name) of the communities whose lists the actor keeps or in which a body of theirs stands."""
    whole = [grant for grant in actor.grants_as(rules.HOSTS) if grant.zone_id is None]
    own = {code[: Level.COMMUNITY] for code in bodies_of(actor).values_list("place_code", flat=True)}
    here = in_scope(whole, place="code") | Q(code__in=own)
    rows = Place.objects.filter(here, level=Level.COMMUNITY, valid_to__isnull=True)
    return list(rows.order_by("code").values_list("code", "name"))


def estates_in(codes: Iterable[str]) -> QuerySet[Zone]:
    """Return the estates of communities."""
    return Zone.objects.filter(community_code__in=list(codes), kind=Zone.Kind.ESTATE, valid_to__isnull=True)


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return {code: name} of places."""
    return dict(Place.objects.filter(code__in=set(codes), valid_to__isnull=True).values_list("code", "name"))


def is_late(item: Item) -> bool:
    """Say whether an item in hand is past its day."""
    return item.state == ItemState.CLAIMED and item.due_on is not None and item.due_on < today()
