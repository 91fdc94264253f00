"""Founds the bodies that a playbook names, with its duty list."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Body, Duty
from jinlin.organisations.queries import INTAKE
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import today
from jinlin.platform.remembering import forget
from jinlin.playbooks.schema import Body as BodyKind
from jinlin.playbooks.schema import Duty as DutyRow
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Place, Zone

PLACE_LEVELS = {"district": Level.DISTRICT, "subdistrict": Level.SUBDISTRICT, "community": Level.COMMUNITY}


def adopt_playbook(*, actor: Actor, playbook: Playbook, estates: Mapping[str, Iterable[str]] | None = None) -> None:
    """Found the bodies that the playbook names at every place of their level, and write its duty list for them.

    `estates` says which kinds of estate bodies an estate really has ({zone label: kinds}); an estate that is not named has
    all of them. What is there already stays, so that adopting twice changes nothing.
    """
    with transaction.atomic():
        with_posts = {body for post in playbook.post for body in post.bodies}
        for kind in playbook.body:
            if not kind.founded:
                continue
            _found_bodies(kind, estates or {}, outside=kind.outside or kind.kind not in with_posts)
        for row in playbook.duty:
            _write_duties(row)
        forget(INTAKE)
        first = Body.objects.order_by("pk").first()
        if first is not None:
            record_change(actor, "organisations.adopt_playbook", first, playbook=playbook.profile)


def _found_bodies(kind: BodyKind, estates: Mapping[str, Iterable[str]], *, outside: bool) -> None:
    if kind.level == "estate":
        for zone in Zone.objects.filter(kind=Zone.Kind.ESTATE, valid_to__isnull=True):
            if zone.label not in estates or kind.kind in estates[zone.label]:
                _found(kind, zone.community_code, zone.name, zone=zone, outside=outside)
        return
    for place in Place.objects.filter(level=PLACE_LEVELS[kind.level], valid_to__isnull=True):
        _found(kind, place.code, place.name, zone=None, outside=outside)


def _found(kind: BodyKind, place_code: str, place_name: str, *, zone: Zone | None, outside: bool) -> None:
    name = kind.name.format(place=place_name)
    Body.objects.get_or_create(
        place_code=place_code,
        kind=kind.kind,
        name=name,
        defaults={"zone": zone, "outside": outside, "founded_on": today()},
    )


def _write_duties(row: DutyRow) -> None:
    for body in Body.objects.filter(kind=row.body, active=True):
        Duty.objects.get_or_create(
            body=body, task=row.task, place_code=body.place_code, zone=body.zone, category=row.category, basis=row.basis
        )
