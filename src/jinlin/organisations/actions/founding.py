"""Founds bodies, changes what is known of them, and ends them; one by one or many at once, by the same rules."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jinlin.organisations import rules
from jinlin.organisations.actions.closing import close, open_after
from jinlin.organisations.actions.duties import write_duties
from jinlin.organisations.models import Appointment, Body, Coverage, Partnership
from jinlin.organisations.queries.duties import INTAKE
from jinlin.organisations.queries.surroundings import Surroundings, surroundings
from jinlin.organisations.queries.tables import table_of_body
from jinlin.organisations.rules.founding import NewBody, covered_by, faults_in, parent_of
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotFound, Words, WrongState
from jinlin.platform.remembering import forget
from jinlin.platform.wording import in_a_row
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Zone

BATCH = 2_000


@dataclass
class Draft:
    """New bodies as they would be founded: their positions by rank in the chain, and what is wrong with which."""

    ranks: list[list[int]]
    bodies: dict[int, Body] = field(default_factory=dict)
    cares: dict[int, list[tuple[str, Zone | None]]] = field(default_factory=dict)
    faults: dict[int, dict[str, Words]] = field(default_factory=dict)


def found_body(*, actor: Actor, new: NewBody) -> Body:
    """Found a body at a place: at once, or as a proposal where no day of founding is given.

    Raises:
        NotAllowed: outside the actor's area.
        Invalid: for a kind, place, parent, name or care that does not fit; `fields` say what.
    """
    return found_bodies(actor=actor, new=[new])[0]


def found_bodies(*, actor: Actor, new: Sequence[NewBody]) -> list[Body]:
    """Found all these bodies or none, those higher in the chain first, with one line in the audit trail.

    Raises:
        NotAllowed, Invalid: as `found_body`, for the first that cannot be founded.
    """
    for row in new:
        rules.may_keep_bodies(actor, row.place_code).enforce()
    with transaction.atomic():
        draft = read_draft(new=new)
        for at, faults in sorted(draft.faults.items()):
            raise Invalid(new[at].name, fields=faults)
        save_draft(draft)
        made = [draft.bodies[at] for at in range(len(new))]
        write_duties(current_playbook(), made)
        if made:
            first = made[0]
            detail = {"kind": first.kind, "rows": len(made)}
            record_change(actor, "organisations.found", first, place_code=first.place_code, **detail)
        forget(INTAKE)
    return made


def read_draft(*, new: Sequence[NewBody], playbook: Playbook | None = None) -> Draft:
    """Judge many new bodies as they would be founded one after another; nothing is written.

    The place's own playbook says what there can be, unless another one is given.
    """
    playbook = playbook or current_playbook()
    cared_for = [key for row in new for key in row.covers]
    known = surroundings(playbook, [row.place_code for row in new], {row.kind for row in new}, cared_for)
    draft = Draft(_by_rank(playbook, new))
    for at in (at for rank in draft.ranks for at in rank):
        faults = faults_in(new[at], known)
        if not faults and new[at].founded_on and new[at].founded_on > today():
            faults = {"founded_on": _("This day is still to come; leave it empty for a proposal.")}
        if faults:
            draft.faults[at] = faults
        else:
            _draw_up(draft, at, new[at], known)
    return draft


def _draw_up(draft: Draft, at: int, new: NewBody, known: Surroundings) -> None:
    """Add a body to the draft under a number below zero, so that those after it can stand under it."""
    body = draft.bodies[at] = Body(
        pk=-at - 1,
        kind=new.kind,
        name=new.name.strip(),
        place_code=new.place_code,
        zone=new.zone,
        parent=parent_of(new, known),
        phone=new.phone.strip(),
        office=new.office.strip(),
        outside=new.outside,
        joint=new.joint,
        head_count=new.head_count,
        active=_works_at_once(new, known),
        founded_on=new.founded_on if _works_at_once(new, known) else None,
    )
    known.note(body)
    kind = known.playbook.body_kind(new.kind)
    draft.cares[at] = [(key, known.zones.get(key)) for key in covered_by(new, kind)]
    for key, zone in draft.cares[at]:
        known.note_care(body, body.kind, key, zone)


def _works_at_once(new: NewBody, known: Surroundings) -> bool:
    """Say whether a body is active from its founding; one that needs a composition is proposed first."""
    return new.founded_on is not None and known.playbook.body_kind(new.kind).needs is None


def _by_rank(playbook: Playbook, new: Sequence[NewBody]) -> list[list[int]]:
    """Return the positions of the new bodies, those whose kind stands higher in the chain in an earlier list."""
    depths = {kind: len(playbook.kinds_over(kind)) for kind in {row.kind for row in new}}
    ranks: dict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(new):
        ranks[depths[row.kind]].append(at)
    return [ranks[depth] for depth in sorted(ranks)]


def save_draft(draft: Draft) -> None:
    """Write the bodies of a draft with which nothing is wrong, those higher in the chain first."""
    for rank in draft.ranks:
        sound = [at for at in rank if at in draft.bodies]
        _save([draft.bodies[at] for at in sound], [draft.cares[at] for at in sound])


def _save(bodies: list[Body], cares: list[list[tuple[str, Zone | None]]]) -> None:
    for body in bodies:
        body.pk = None
        body.parent = body.parent  # its number is known only now
    Body.objects.bulk_create(bodies, batch_size=BATCH)
    rows = [
        Coverage(
            body=body,
            kind=body.kind,
            place_code=zone.community_code if zone else key,
            zone=zone,
            valid_from=body.founded_on or today(),
        )
        for body, places in zip(bodies, cares, strict=True)
        for key, zone in places
    ]
    Coverage.objects.bulk_create(rows, batch_size=BATCH)


@dataclass(frozen=True)
class Contact:
    """How a body is called and reached; everybody can read it."""

    name: str
    phone: str
    office: str
    head_count: int | None = None


def edit_body(*, actor: Actor, body_id: int, contact: Contact) -> Body:
    """Change a body's name, telephone, office and hours, or head count.

    Raises:
        NotFound; NotAllowed: outside the actor's area; Invalid: for a name that is taken or too long.
    """
    with transaction.atomic():
        body = locked_body(actor, body_id)
        name = contact.name.strip()
        if not name or len(name) > rules.LONGEST_NAME:
            raise Invalid(fields={"name": _("A name has 1 to %(most)s characters.") % {"most": rules.LONGEST_NAME}})
        twins = Body.objects.filter(place_code=body.place_code, zone=body.zone, name=name).exclude(pk=body.pk)
        if twins.exists():
            raise Invalid(fields={"name": _("Another body there has this name.")})
        if contact.head_count is not None and not contact.phone.strip():
            raise Invalid(
                fields={"phone": _("A team that is kept as a number only needs a contact by which it can be reached.")}
            )
        body.name, body.phone, body.office = name, contact.phone.strip(), contact.office.strip()
        body.head_count = contact.head_count
        body.save(update_fields=["name", "phone", "office", "head_count"])
        record_change(actor, "organisations.edit_body", body, place_code=body.place_code)
    return body


def activate_body(*, actor: Actor, body_id: int, founded_on: date | None = None) -> Body:
    """Let a proposal begin to work: once its table is complete and everybody who was offered a seat has accepted.

    Raises:
        NotFound; NotAllowed: outside the actor's area.
        WrongState: for a body that is no proposal.
        Invalid: naming what is missing.
    """
    with transaction.atomic():
        body = locked_body(actor, body_id)
        if body.founded_on is not None or body.ended_on is not None:
            raise WrongState(_("%(body)s is no proposal.") % {"body": body.name})
        day = founded_on or today()
        missing = missing_for(body, day)
        if missing:
            raise Invalid(
                _("Still missing: %(what)s.") % {"what": in_a_row(missing)}, remedy=_("Complete it, then try again.")
            )
        body.active, body.founded_on = True, day
        body.save(update_fields=["active", "founded_on"])
        write_duties(current_playbook(), [body])
        record_change(actor, "organisations.activate_body", body, place_code=body.place_code)
        forget(INTAKE)
    return body


def missing_for(body: Body, day: date) -> list[str]:
    """Return in words what a proposal still lacks: parts of its composition, and seats that nobody has accepted yet."""
    playbook = current_playbook()
    needs = playbook.body_kind(body.kind).needs
    table = table_of_body(playbook, needs, body, day) if needs else None
    found = [seat.name for seat in table.missing] if table else []
    offers = Appointment.objects.filter(body=body, accepted_on__isnull=True, ended_because="")
    waiting = [row for row in offers if row.term_to is None or row.term_to >= day]
    if waiting:
        found.append(_("%(count)s seats that have not been accepted") % {"count": len(waiting)})
    return found


def end_body(*, actor: Actor, body_id: int, last_day: date) -> Body:
    """End a body with a day: its posts, its care and its ties end with it; what it did stays.

    Raises:
        NotFound; NotAllowed: outside the actor's area; WrongState: for one that has ended.
        Invalid: for a day to come or before its founding, or while other bodies stand under it.
    """
    with transaction.atomic():
        body = locked_body(actor, body_id)
        _check_end(body, last_day)
        body.active, body.ended_on = False, last_day
        body.save(update_fields=["active", "ended_on"])
        close(open_after(Appointment.objects.filter(body=body), last_day), last_day, _("the body has ended"))
        care = Coverage.objects.filter(body=body, valid_from__lte=last_day)
        ties = Partnership.objects.filter(Q(unit=body) | Q(host=body), valid_from__lte=last_day)
        for rows in (care, ties):
            rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)).update(valid_to=last_day)
        record_change(actor, "organisations.end_body", body, place_code=body.place_code, last_day=last_day.isoformat())
        forget(INTAKE)
    return body


def _check_end(body: Body, last_day: date) -> None:
    if body.ended_on is not None:
        raise WrongState(_("%(body)s has ended already.") % {"body": body.name})
    if last_day > today() or (body.founded_on is not None and last_day < body.founded_on):
        raise Invalid(fields={"last_day": _("The last day lies between the founding and today.")})
    below = Body.objects.filter(parent=body, ended_on__isnull=True).values_list("name", flat=True)[:5]
    if below:
        raise Invalid(_("There are still bodies under it: %(bodies)s.") % {"bodies": in_a_row(below)})


def locked_body(actor: Actor, body_id: int) -> Body:
    """Return a body that the actor keeps, locked until the transaction ends.

    Raises:
        NotFound: for one that does not exist.
        NotAllowed: for one outside the actor's area.
    """
    body = Body.objects.select_related("zone").select_for_update(of=("self",)).filter(pk=body_id).first()
    if body is None:
        raise NotFound
    rules.may_keep_bodies(actor, body.place_code).enforce()
    return body
