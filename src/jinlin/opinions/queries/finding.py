"""Finds conversations: those near somebody, the places that an officer keeps, the works that were done for a matter."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from jinlin.algorithms.place_codes import Level
from jinlin.opinions import rules
from jinlin.opinions.models import Conversation
from jinlin.opinions.states import IN_PUBLIC, TalkState
from jinlin.platform.access import Actor
from jinlin.platform.works import Outcome, Purpose, Work
from jinlin.territory.models import Place, Zone
from jinlin.territory.providers import own_homes


def conversations_near(actor: Actor) -> QuerySet[Conversation]:
    """Return the conversations in public of the actor's communities, or of all where nobody knows where they live."""
    own = {code[: Level.COMMUNITY] for code in own_homes(actor)}
    rows = Conversation.objects.filter(state__in=IN_PUBLIC).select_related("zone")
    return rows.filter(place_code__in=own) if own else rows


def communities_kept(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the communities whose conversations the actor keeps."""
    grants = [grant for grant in rules.reading(actor) if grant.role in rules.KEEPERS]
    if not grants:
        return []
    near = Q()
    for grant in grants:
        near |= Q(code__startswith=grant.place_code)
    rows = Place.objects.filter(near, level=Level.COMMUNITY, valid_to__isnull=True)
    return list(rows.order_by("code").values_list("code", "name"))


def zones_of(codes: Iterable[str]) -> QuerySet[Zone]:
    """Return the estates and grids of communities in which a conversation can be held."""
    kinds = (Zone.Kind.ESTATE, Zone.Kind.GRID)
    rows = Zone.objects.filter(community_code__in=list(codes), kind__in=kinds, valid_to__isnull=True)
    return rows.order_by("community_code", "kind", "label")


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return {code: name} of places."""
    return dict(Place.objects.filter(code__in=set(codes), valid_to__isnull=True).values_list("code", "name"))


def works_of(subject: str) -> Iterable[Work]:
    """Yield the conversations that were held, or are being held, for a matter."""
    rows = Conversation.objects.filter(subject=subject).exclude(state=TalkState.WITHDRAWN).order_by("made_at", "pk")
    for row in rows:
        yield Work(
            subject=subject,
            purpose=Purpose.OPINION,
            title=row.title,
            url=f"/opinions/{row.pk}/",
            begun_at=row.made_at,
            concluded_at=row.closed_at,
            outcome=Outcome.DONE if row.state == TalkState.CLOSED else None,
            facts={"participants": row.participants.count()},
        )
