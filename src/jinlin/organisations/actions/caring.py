"""Gives places into the care of bodies, and takes them out of it again."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.organisations.actions.founding import locked_body
from jinlin.organisations.models import Body, Coverage
from jinlin.organisations.queries.surroundings import surroundings
from jinlin.organisations.rules.founding import FEWEST_SHARING, wrong_cover
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound
from jinlin.playbooks.here import current_playbook


def cover(*, actor: Actor, body_id: int, places: Sequence[str], valid_from: date | None = None) -> list[Coverage]:
    """Give more places into a body's care, by label of zone or code of place; a single body has one at most.

    Raises:
        NotFound; NotAllowed: outside the actor's area.
        Invalid: for a place of the wrong kind, or one that another body of the kind looks after.
    """
    with transaction.atomic():
        body = locked_body(actor, body_id)
        playbook = current_playbook()
        kind = playbook.body_kind(body.kind)
        if kind.covers is None:
            raise Invalid(fields={"covers": _("“%(kind)s” does not look after places.") % {"kind": kind.short_name}})
        held = Coverage.objects.filter(body=body, valid_to__isnull=True).count()
        if not body.joint and held + len(places) > 1:
            raise Invalid(
                fields={"covers": _("A body set up singly looks after one place; set it up jointly to share it.")}
            )
        known = surroundings(playbook, [body.place_code], [body.kind], places)
        for key in places:
            for name, words in wrong_cover(key, kind, body.place_code, known):
                raise Invalid(fields={name: words})
        zones = [(key, known.zones.get(key)) for key in places]
        day = valid_from or today()
        made = Coverage.objects.bulk_create(
            Coverage(body=body, kind=body.kind, place_code=z.community_code if z else key, zone=z, valid_from=day)
            for key, z in zones
        )
        record_change(actor, "organisations.cover", body, place_code=body.place_code, rows=len(made))
    return made


def uncover(*, actor: Actor, coverage_id: int, last_day: date) -> Coverage:
    """Take a place out of a body's care with the end of a day; a joint body keeps two at least.

    Raises:
        NotFound; NotAllowed; Invalid: for a day before the care began.
    """
    with transaction.atomic():
        care = Coverage.objects.filter(pk=coverage_id, valid_to__isnull=True).first()
        if care is None:
            raise NotFound
        body = locked_body(actor, care.body_id)
        if last_day < care.valid_from:
            raise Invalid(fields={"last_day": _("The care began later than that.")})
        if _is_last_shared(body):
            raise Invalid(
                fields={"covers": _("A body set up jointly is shared by two places at least; end it instead.")}
            )
        care.valid_to = last_day
        care.save(update_fields=["valid_to"])
        record_change(actor, "organisations.uncover", body, place_code=body.place_code, last_day=last_day.isoformat())
    return care


def _is_last_shared(body: Body) -> bool:
    return body.joint and Coverage.objects.filter(body=body, valid_to__isnull=True).count() <= FEWEST_SHARING
