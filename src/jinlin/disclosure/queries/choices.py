"""What somebody at the desk can choose from when they draft a notice."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from jinlin.algorithms.place_codes import Level
from jinlin.disclosure.rules.notices import POSTERS, whole_areas
from jinlin.organisations.models import Body
from jinlin.organisations.rules import bodies_kept_by, bodies_of
from jinlin.platform.access import Actor, in_scope
from jinlin.territory.models import Place, Zone


def communities_for(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the communities, and the places above, where the actor posts notices."""
    own = {code[: Level.COMMUNITY] for code in bodies_of(actor).values_list("place_code", flat=True)}
    here = in_scope(whole_areas(actor, POSTERS), place="code") | Q(code__in=own)
    rows = Place.objects.filter(here, level__lte=Level.COMMUNITY, valid_to__isnull=True)
    return list(rows.order_by("code").values_list("code", "name"))


def estates_in(codes: Iterable[str]) -> QuerySet[Zone]:
    """Return the estates of communities."""
    rows = Zone.objects.filter(community_code__in=list(codes), kind=Zone.Kind.ESTATE, valid_to__isnull=True)
    return rows.order_by("name")


def bodies_for(actor: Actor) -> QuerySet[Body]:
    """Return the bodies in whose name the actor posts: those of the area, and their own."""
    kept = Q(pk__in=bodies_kept_by(actor).values("pk")) | Q(pk__in=bodies_of(actor).values("pk"))
    return Body.objects.filter(kept, active=True).order_by("name")
