"""The chain that a body stands in: where its work goes up to, and where the chain is broken."""

from dataclasses import dataclass

from django.db.models import Count

from jinlin.organisations.models import Body
from jinlin.playbooks.schema import Playbook

MOST_LEVELS = 12


@dataclass(frozen=True)
class Link:
    """One step of a chain: the kind of body, and the body itself where there is one."""

    kind: str
    name: str
    body: Body | None


def chain_of(playbook: Playbook, body: Body) -> list[Link]:
    """Return the chain from a body up to the top of the template; a link without a body is a break."""
    links: list[Link] = []
    here: Body | None = body
    for row in _kinds_above(playbook, body.kind):
        if here is not None and here.kind != row:
            here = None
        short = playbook.body_kind(row).short_name
        links.append(Link(row, here.name if here else short, here))
        here = here.parent if here is not None else None
    return links


def _kinds_above(playbook: Playbook, kind: str) -> list[str]:
    try:
        return [row.kind for row in playbook.chain_above(kind)][:MOST_LEVELS]
    except KeyError:
        return [kind]


def next_above(playbook: Playbook, body: Body) -> Body | None:
    """Return the body that work goes up to from here, None at the top of the template or where the chain is broken."""
    links = chain_of(playbook, body)
    return links[1].body if len(links) > 1 else None


def is_top(playbook: Playbook, body: Body) -> bool:
    """Say whether nothing stands above this kind of body in the template."""
    return len(_kinds_above(playbook, body.kind)) == 1


def broken_chains(playbook: Playbook, bodies: list[Body]) -> list[Body]:
    """Return the bodies that stand under nobody, or under a body of the wrong kind, though the template says otherwise."""
    above = {row.kind: row.above for row in playbook.body}
    broken = []
    for body in bodies:
        wanted = above.get(body.kind)
        if wanted and (body.parent is None or body.parent.kind != wanted):
            broken.append(body)
    return broken


@dataclass(frozen=True)
class Ratio:
    """How many bodies of a kind there are below those of another, in all and for each of them."""

    name: str
    count: int
    each: str


def ratios_below(playbook: Playbook, kind: str, under: str = "") -> tuple[int, list[Ratio]]:
    """Return how many bodies of a kind there are, and of each kind below it in the chain, with two decimals; one query."""
    below = [row for row in playbook.body if kind in _kinds_above(playbook, row.kind)]
    rows = Body.objects.filter(kind__in=[row.kind for row in below], active=True, place_code__startswith=under)
    counts = dict(rows.values_list("kind").annotate(count=Count("pk")).order_by())
    total = counts.get(kind, 0)
    ratios = [
        Ratio(row.short_name, counts.get(row.kind, 0), f"{counts.get(row.kind, 0) / total:.2f}")
        for row in below
        if row.kind != kind and total
    ]
    return total, ratios
