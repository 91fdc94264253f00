"""Adopts a playbook: founds the bodies that it names, under one another, with what they look after and their duties."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction

from jinlin.organisations.actions.duties import drop_duties, missing_duties, write_duties
from jinlin.organisations.actions.founding import Draft, read_draft, save_draft
from jinlin.organisations.models import Body
from jinlin.organisations.queries.sites import Site, sites_of
from jinlin.organisations.queries.surroundings import surroundings
from jinlin.organisations.rules.founding import NewBody
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import today
from jinlin.platform.errors import Words
from jinlin.playbooks.actions import note_adoption
from jinlin.playbooks.here import adopted_playbook
from jinlin.playbooks.schema import Body as BodyKind
from jinlin.playbooks.schema import Playbook

BATCH = 2_000
Estates = Mapping[str, Iterable[str]]


@dataclass(frozen=True)
class Adoption:
    """What an adoption founds, by kind in the playbook's order; what it leaves out and why; how many duties it writes."""

    founded: tuple[tuple[BodyKind, int], ...]
    left_out: tuple[tuple[str, Words], ...]
    duties: int

    @property
    def bodies(self) -> int:
        return sum(count for _, count in self.founded)


def adopt_playbook(*, actor: Actor, playbook: Playbook, estates: Estates | None = None) -> Adoption:
    """Make the playbook this district's work method: found the bodies that it names at every place of their level.

    Each stands under the body above it and looks after its own place, and the duty list is written for all. What is there
    already stays, and what has ended is not founded again, so that adopting twice changes nothing. Lines of the duty list
    that only the playbook before had go. `estates` says which kinds of bodies an estate really has ({zone label: kinds});
    one that is not named has all of them.
    """
    with transaction.atomic():
        former = adopted_playbook()
        new, draft = _draft(playbook, estates or {})
        save_draft(draft)
        _link_bodies(playbook)
        if former is not None and former != playbook:
            drop_duties(former, playbook)
        written = write_duties(playbook, Body.objects.filter(active=True).select_related("zone"))
        made = _summed_up(playbook, new, draft, written)
        row = note_adoption(actor=actor, playbook=playbook, founded={kind.kind: n for kind, n in made.founded})
        detail = {"playbook": playbook.profile, "version": playbook.version, "bodies": made.bodies, "duties": written}
        record_change(actor, "organisations.adopt_playbook", row, **detail)
    return made


def read_adoption(playbook: Playbook, estates: Estates | None = None) -> Adoption:
    """Return what adopting the playbook would found; nothing is written."""
    new, draft = _draft(playbook, estates or {})
    bodies = [*Body.objects.filter(active=True).select_related("zone"), *draft.bodies.values()]
    return _summed_up(playbook, new, draft, len(missing_duties(playbook, bodies)))


def _draft(playbook: Playbook, estates: Estates) -> tuple[list[NewBody], Draft]:
    known = set(Body.objects.values_list("kind", "place_code", "zone_id"))
    with_rights = {body for post in playbook.post if post.role for body in post.bodies}
    sites: dict[str, list[Site]] = {}
    new = []
    for kind in (row for row in playbook.body if row.founded):
        if kind.level not in sites:
            sites[kind.level] = sites_of(kind.level)
        outside = kind.outside or kind.kind not in with_rights
        wanted = _wanted(kind, sites[kind.level], estates)
        new += [_new(kind, site, outside) for site in wanted if (kind.kind, site.place_code, site.zone_id) not in known]
    return new, read_draft(new=new, playbook=playbook)


def _wanted(kind: BodyKind, sites: Iterable[Site], estates: Estates) -> Iterator[Site]:
    for site in sites:
        if site.zone is None or site.zone.label not in estates or kind.kind in estates[site.zone.label]:
            yield site


def _new(kind: BodyKind, site: Site, outside: bool) -> NewBody:
    name = kind.name.format(place=site.name)
    return NewBody(kind.kind, name, site.place_code, zone=site.zone, outside=outside, founded_on=today())


def _link_bodies(playbook: Playbook) -> None:
    """Put bodies that were there before the playbook under the body that its chain has above them."""
    above = {row.kind: row.above for row in playbook.body if row.above}
    loose = list(Body.objects.filter(kind__in=above, parent=None, ended_on=None).select_related("zone"))
    if not loose:
        return
    known = surroundings(playbook, {body.place_code for body in loose}, above)
    for body in loose:
        body.parent = known.only_above(above[body.kind], body.place_code, body.zone_id)
    Body.objects.bulk_update([body for body in loose if body.parent_id], ["parent"], batch_size=BATCH)


def _summed_up(playbook: Playbook, new: list[NewBody], draft: Draft, duties: int) -> Adoption:
    kinds = [body.kind for body in draft.bodies.values()]
    founded = ((row, kinds.count(row.kind)) for row in playbook.body)
    left_out = tuple((new[at].name, next(iter(faults.values()))) for at, faults in sorted(draft.faults.items()))
    return Adoption(tuple((row, count) for row, count in founded if count), left_out, duties)
