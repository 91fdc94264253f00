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
    names = {row.kind: row.short_name for row in playbook.body}
    links: list[Link] = []
    kind, here = body.kind, body
    while kind and len(links) < MOST_LEVELS:
        links.append(Link(kind, here.name if here else names.get(kind, kind), here))
        kind, here = _one_up(_above(playbook, kind), here.parent if here else None)
    return links


def _one_up(kinds: tuple[str, ...], parent: Body | None) -> tuple[str, Body | None]:
    """Return the next link: the body's own where it is of the right kind, else a break at the first kind."""
    if parent is not None and parent.kind in kinds:
        return parent.kind, parent
    return next(iter(kinds), ""), None


def _above(playbook: Playbook, kind: str) -> tuple[str, ...]:
    return next((row.above for row in playbook.body if row.kind == kind), ())


def next_above(playbook: Playbook, body: Body) -> Body | None:
    """Return the body that work goes up to from here, None at the top of the template or where the chain is broken."""
    links = chain_of(playbook, body)
    return links[1].body if len(links) > 1 else None


def is_top(playbook: Playbook, body: Body) -> bool:
    """Say whether nothing stands above this kind of body in the template."""
    return not _above(playbook, body.kind)


def broken_chains(playbook: Playbook, bodies: list[Body]) -> list[Body]:
    """Return the bodies that stand under nobody, or under a body of the wrong kind, though the template says otherwise."""
    above = {row.kind: row.above for row in playbook.body}
    broken = []
    for body in bodies:
        wanted = above.get(body.kind)
        if wanted and (body.parent is None or body.parent.kind not in wanted):
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
    below = [row for row in playbook.body if row.kind == kind or kind in playbook.kinds_over(row.kind)]
    rows = Body.objects.filter(kind__in=[row.kind for row in below], active=True, place_code__startswith=under)
    counts = dict(rows.values_list("kind").annotate(count=Count("pk")).order_by())
    total = counts.get(kind, 0)
    ratios = [
        Ratio(row.short_name, counts.get(row.kind, 0), f"{counts.get(row.kind, 0) / total:.2f}")
        for row in below
        if row.kind != kind and total
    ]
    return total, ratios
