"""Ties units to a host body or to a place for a time, and ends the ties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.organisations import rules
from jinlin.organisations.models import Body, Partnership
from jinlin.organisations.rules.partnerships import faults_in_tie
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid, NotFound
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Partnership as Kind
from jinlin.territory.models import Zone

BATCH = 2_000
LONGEST_AGREEMENT = 120


@dataclass(frozen=True)
class NewTie:
    """A tie to make: a unit with a host body or with a zone, from a day on, under an agreement that may run out."""

    kind: str
    unit: Body
    valid_from: date
    host: Body | None = None
    zone: Zone | None = None
    sector: str = ""
    agreement: str = ""
    valid_to: date | None = None

    @property
    def place_code(self) -> str:
        return self.host.place_code if self.host else self.zone.community_code if self.zone else self.unit.place_code


def partner(*, actor: Actor, new: NewTie) -> Partnership:
    """Tie a unit to a host or a place.

    Raises:
        NotAllowed: outside the actor's area.
        Invalid: for a unit, host, place or field that the playbook does not have, a second lead, or a tie that runs already.
    """
    return partner_all(actor=actor, ties=[new])[0]


def partner_all(*, actor: Actor, ties: Sequence[NewTie]) -> list[Partnership]:
    """Make all these ties or none, with one line in the audit trail.

    Raises:
        NotAllowed, Invalid: as `partner`, for the first that cannot be made.
    """
    playbook = current_playbook()
    kinds = {kind.key: kind for kind in playbook.partnership}
    there = {_key(row) for row in Partnership.objects.filter(kind__in=kinds, valid_to__isnull=True)}
    for new in ties:
        rules.may_keep_bodies(actor, new.place_code).enforce()
        faults = faults_in_tie(playbook, _kind(kinds, new), new.unit, new.host, new.zone, new.sector)
        faults = (
            faults or _term_faults(new) or ({} if _key_of(new) not in there else {"unit": _("This tie runs already.")})
        )
        if faults:
            raise Invalid(new.unit.name, fields=faults)
        there.add(_key_of(new))
    with transaction.atomic():
        made = Partnership.objects.bulk_create((_row(new) for new in ties), batch_size=BATCH)
        if made:
            first = made[0]
            record_change(
                actor, "organisations.partner", first, place_code=first.place_code, kind=first.kind, rows=len(made)
            )
    return made


def _kind(kinds: dict[str, Kind], new: NewTie) -> Kind:
    if new.kind not in kinds:
        raise Invalid(fields={"kind": _("This place has no such kind of tie.")})
    return kinds[new.kind]


def _term_faults(new: NewTie) -> dict[str, str]:
    if new.valid_to is not None and new.valid_to < new.valid_from:
        return {"valid_to": _("The agreement ends before it begins.")}
    if len(new.agreement) > LONGEST_AGREEMENT:
        return {"agreement": _("At most %(most)s characters.") % {"most": LONGEST_AGREEMENT}}
    return {}


def _key(row: Partnership) -> tuple[str, int, int | None, int | None, str]:
    return row.kind, row.unit_id, row.host_id, row.zone_id, row.sector


def _key_of(new: NewTie) -> tuple[str, int, int | None, int | None, str]:
    return new.kind, new.unit.pk, new.host.pk if new.host else None, new.zone.pk if new.zone else None, new.sector


def _row(new: NewTie) -> Partnership:
    return Partnership(
        kind=new.kind,
        unit=new.unit,
        host=new.host,
        zone=new.zone,
        place_code=new.place_code,
        sector=new.sector,
        agreement=new.agreement.strip(),
        valid_from=new.valid_from,
        valid_to=new.valid_to,
    )


def end_partnership(*, actor: Actor, partnership_id: int, last_day: date) -> Partnership:
    """End a tie with a day.

    Raises:
        NotFound; NotAllowed: outside the actor's area; Invalid: for a day before it began or after its end.
    """
    with transaction.atomic():
        tie = Partnership.objects.select_for_update().filter(pk=partnership_id).first()
        if tie is None:
            raise NotFound
        rules.may_keep_bodies(actor, tie.place_code).enforce()
        if last_day < tie.valid_from or (tie.valid_to is not None and last_day > tie.valid_to):
            raise Invalid(fields={"last_day": _("The last day lies within the time of the tie.")})
        tie.valid_to = last_day
        tie.save(update_fields=["valid_to"])
        detail = {"last_day": last_day.isoformat()}
        record_change(actor, "organisations.end_partnership", tie, place_code=tie.place_code, **detail)
    return tie
