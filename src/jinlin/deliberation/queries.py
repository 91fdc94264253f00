"""Reads of proposals that more than one screen needs: counts by proposer and forum, words for a person's choices."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from jinlin.algorithms.place_codes import Level
from jinlin.deliberation import rules
from jinlin.deliberation.models import Proposal, Route
from jinlin.deliberation.states import OPEN, ProposalState
from jinlin.organisations.models import Body
from jinlin.organisations.rules import bodies_of
from jinlin.platform.access import Actor, in_scope
from jinlin.platform.dates import now
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.wording import name_of
from jinlin.territory.models import Place
from jinlin.territory.providers import own_homes


@dataclass(frozen=True)
class Table:
    """How many proposals went from which proposer to which forum; `rows` hold (count, forum) in the order of `forums`."""

    forums: list[tuple[str, str]]
    rows: list[tuple[str, str, list[tuple[int, str]]]]


def table_of(proposals: QuerySet[Proposal]) -> Table:
    """Count the routes of proposals by proposer and forum; each pair that the place has is there, also with none."""
    routes = Route.objects.filter(proposal__in=proposals).values_list("proposal__proposer", "forum")
    counts = Counter(routes)
    forums = [(forum.key, name_of(forum)) for forum in rules.forums()]
    proposers = [(row.key, name_of(row)) for row in current_playbook().proposer]
    return Table(
        forums, [(key, name, [(counts[key, forum], forum) for forum, _name in forums]) for key, name in proposers]
    )


def by_route(proposals: QuerySet[Proposal], proposer: str = "", forum: str = "") -> QuerySet[Proposal]:
    """Return those of the proposals that a number in the table counts."""
    rows = proposals.filter(proposer=proposer) if proposer else proposals
    return rows.filter(routes__forum=forum) if forum else rows


def proposer_name(key: str) -> str:
    """Return what the place calls a kind of proposer; the key itself for one that it no longer has."""
    return next((name_of(row) for row in current_playbook().proposer if row.key == key), key)


def forum_names() -> dict[str, str]:
    """Return {key: name} of the forums of the place."""
    return {row.key: name_of(row) for row in current_playbook().forum}


def overdue(proposals: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """Return those whose screening or answer is late."""
    late = Q(state=ProposalState.RAISED, screen_by__lt=now()) | Q(state__in=sorted(OPEN), answer_by__lt=now())
    return proposals.filter(late)


def communities_of(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the communities in which the actor may bring something forward."""
    homes = {code[: Level.COMMUNITY] for code in own_homes(actor)}
    bodies = {code[: Level.COMMUNITY] for code in bodies_of(actor).values_list("place_code", flat=True)}
    whole = [grant for grant in actor.grants_as(rules.SCREENERS) if grant.zone_id is None]
    here = in_scope(whole, place="code") | Q(code__in=homes | bodies)
    rows = Place.objects.filter(here, level=Level.COMMUNITY, valid_to__isnull=True)
    return list(rows.order_by("code").values_list("code", "name"))


def bodies_speaking(actor: Actor) -> list[Body]:
    """Return the bodies for which the actor can propose."""
    kinds = {kind for row in rules.kinds_open_to(actor) for kind in row.bodies}
    return list(bodies_of(actor).filter(kind__in=kinds).order_by("name"))


def like(proposal: Proposal, among: QuerySet[Proposal]) -> list[Proposal]:
    """Return the open proposals of the same community that it may be joined to, the most supported first."""
    rows = among.filter(place_code=proposal.place_code, state__in=sorted(OPEN)).exclude(pk=proposal.pk)
    return list(rows.order_by("-supports", "raised_at", "pk")[:50])


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """Return {code: name} of communities."""
    return dict(Place.objects.filter(code__in=set(codes)).values_list("code", "name"))
