"""Claims of posts with a waiting list, and the steps of a pairing from agreement to confirmed service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, Stale, WrongState
from jinlin.platform.events import announce
from jinlin.platform.messages.notices import notify
from jinlin.volunteering import rules
from jinlin.volunteering.events import ServiceConfirmed
from jinlin.volunteering.models import Pairing, Posting
from jinlin.volunteering.states import OPEN, TABLE, State, Verb

BATCH = 2_000
MOST_MINUTES = 24 * 60


@dataclass(frozen=True)
class Served:
    """What was served: on which day, how many minutes, and the problem that it settled, if any."""

    day: date | None = None
    minutes: int = 0
    solved: str = ""


def claim(*, actor: Actor, posting_id: int) -> Pairing:
    """Claim a post for oneself: a free place at once, else the end of the waiting list.

    Raises:
        NotSignedIn, NotFound: for a post that is not there.
        WrongState: for one that is closed or over, or that the actor has claimed already.
    """
    actor.must_be_signed_in()
    with transaction.atomic():
        posting = _locked_post(posting_id)
        if posting.pairings.filter(person_id=actor.person_id, state__in=OPEN).exists():
            raise WrongState(_("You have claimed this post already."))
        free = rules.free_places(posting) > 0
        made = Pairing.objects.create(
            posting=posting, person_id=actor.person_id, state=State.ACCEPTED if free else State.WAITING, at=now()
        )
        record_change(
            actor,
            "volunteering.claim",
            made,
            place_code=posting.place_code,
            person_id=actor.person_id,
            state=made.state,
        )
    return made


def claim_all(*, actor: Actor, claims: Sequence[tuple[Posting, Person]]) -> list[Pairing]:
    """Take a list of claims in as a host, all or none, in the order given; with one line in the audit trail.

    Raises:
        NotAllowed: outside the actor's places.
        Invalid: for a post that is full, or claimed twice by one person.
    """
    free = {posting.pk: posting.places for posting, _person in claims}
    with transaction.atomic():
        taken = Pairing.objects.filter(posting_id__in=free, state__in=OPEN)
        seen = set(taken.values_list("posting_id", "person_id"))
        for posting_id, _person_id in taken.values_list("posting_id", "person_id"):
            free[posting_id] -= 1
        rows = []
        for posting, person in claims:
            rules.may_host(actor, posting.place_code).enforce()
            free[posting.pk] -= 1
            if free[posting.pk] < 0 or (posting.pk, person.pk) in seen:
                raise Invalid(fields={"claims": _("%(post)s is full, or claimed twice.") % {"post": posting.title}})
            seen.add((posting.pk, person.pk))
            rows.append(Pairing(posting=posting, person=person, state=State.ACCEPTED, at=now()))
        made = Pairing.objects.bulk_create(rows, batch_size=BATCH)
        if made:
            place = claims[0][0].place_code
            record_change(actor, "volunteering.claim_all", made[0], place_code=place, rows=len(made))
    return made


def _locked_post(posting_id: int) -> Posting:
    posts = Posting.objects.filter(kind=Posting.Kind.POST)
    posting = posts.select_for_update().filter(pk=posting_id).first()
    if posting is None:
        raise NotFound
    if posting.closed_at is not None or (posting.last_day is not None and posting.last_day < today()):
        raise WrongState(_("This post is not open any more."))
    return posting


def agree(*, actor: Actor, pairing_id: int, seen: str = "") -> Pairing:
    """Agree to a proposed pair; its places are then taken.

    Raises:
        NotFound, NotAllowed, WrongState, Stale; Invalid: when too few places are left.
    """
    return _step(actor, pairing_id, Verb.ACCEPT, seen)


def decline(*, actor: Actor, pairing_id: int, note: str = "", seen: str = "") -> Pairing:
    """Decline a proposed pair. Raises as `agree`."""
    return _step(actor, pairing_id, Verb.DECLINE, seen, note=note)


def withdraw(*, actor: Actor, pairing_id: int, note: str = "", seen: str = "") -> Pairing:
    """Take a claim or a pair back; whoever waits longest moves up and is told. Raises as `agree`."""
    return _step(actor, pairing_id, Verb.WITHDRAW, seen, note=note)


def serve(*, actor: Actor, pairing_id: int, served: Served, seen: str = "") -> Pairing:
    """Say that it has been served; it counts once the host confirms. Raises as `agree`, and Invalid."""
    _check_served(served)
    columns = {"served_on": served.day or today(), "minutes": served.minutes or None, "solved": served.solved.strip()}
    return _step(actor, pairing_id, Verb.SERVE, seen, **columns)


def confirm(*, actor: Actor, pairing_id: int, minutes: int | None = None, seen: str = "") -> Pairing:
    """Confirm a service as its host, with other minutes where they were wrong; never one's own. Raises as `agree`."""
    columns = {"confirmed_at": now(), "confirmed_by_id": actor.account_id}
    if minutes is not None:
        _check_served(Served(minutes=minutes))
        columns["minutes"] = minutes
    return _step(actor, pairing_id, Verb.CONFIRM, seen, **columns)


def contest(*, actor: Actor, pairing_id: int, note: str, seen: str = "") -> Pairing:
    """Say as the host that it has not been served yet, and why. Raises as `agree`, and Invalid without a reason."""
    if not note.strip():
        raise Invalid(fields={"note": _("Say what is still missing.")})
    return _step(actor, pairing_id, Verb.CONTEST, seen, note=note)


def confirm_all(*, actor: Actor, services: Sequence[tuple[Pairing, Served]]) -> int:
    """Confirm a sheet of services at once as their host, with one line in the audit trail; return how many.

    Raises:
        NotAllowed, Invalid: for the first that cannot be confirmed.
        WrongState: for a pairing that is not agreed or served.
    """
    for pairing, served in services:
        rules.may(actor, Verb.CONFIRM, pairing).enforce()
        _check_served(served)
        if pairing.state not in {State.ACCEPTED, State.SERVED}:
            raise WrongState
        pairing.state, pairing.served_on = State.CONFIRMED, served.day or today()
        pairing.minutes, pairing.solved = served.minutes or None, served.solved
        pairing.confirmed_at, pairing.confirmed_by_id = now(), actor.account_id
    with transaction.atomic():
        rows = [pairing for pairing, _served in services]
        written = ["state", "served_on", "minutes", "solved", "confirmed_at", "confirmed_by_id"]
        Pairing.objects.bulk_update(rows, written, batch_size=500)
        if rows:
            place = rows[0].posting.place_code
            record_change(actor, "volunteering.confirm_all", rows[0], place_code=place, rows=len(rows))
    return len(rows)


def _check_served(served: Served) -> None:
    if not 0 <= served.minutes <= MOST_MINUTES:
        raise Invalid(fields={"minutes": _("A service lasts at most a day.")})
    if served.day is not None and served.day > today():
        raise Invalid(fields={"day": _("A service lies not in the future.")})


def _step(actor: Actor, pairing_id: int, verb: Verb, seen: str, **columns: object) -> Pairing:
    """Take one step of a pairing in a transaction of its own; the posting is locked first, then the pairing."""
    with transaction.atomic():
        pairing = _locked(actor, pairing_id)
        if seen and seen != pairing.state:
            raise Stale
        rules.may(actor, verb, pairing).enforce()
        before, pairing.state = pairing.state, TABLE.after(verb, pairing.state)
        if verb == Verb.ACCEPT:
            _check_room(pairing)
        for name, value in columns.items():
            setattr(pairing, name, value)
        pairing.save(update_fields=["state", *columns])
        place, person = pairing.posting.place_code, pairing.person_id
        record_change(
            actor,
            f"volunteering.{verb}",
            pairing,
            place_code=place,
            person_id=person,
            before=before,
            state=pairing.state,
        )
        if verb == Verb.WITHDRAW and before == State.ACCEPTED:
            _move_up(pairing.posting)
        if verb == Verb.CONFIRM:
            announce(ServiceConfirmed(pairing.pk, pairing.minutes or 0))
    return pairing


def _locked(actor: Actor, pairing_id: int) -> Pairing:
    known = rules.pairings_visible_to(actor).filter(pk=pairing_id).values_list("posting_id", flat=True).first()
    if known is None:
        raise NotFound
    Posting.objects.select_for_update().get(pk=known)
    rows = Pairing.objects.select_for_update(of=("self",)).select_related("posting", "offer__body")
    return rows.get(pk=pairing_id)


def _check_room(pairing: Pairing) -> None:
    if rules.free_places(pairing.posting) < pairing.places:
        raise Invalid(_("There are too few places left; others have taken them in the meantime."))
    offer = pairing.offer
    if offer is not None:
        out = offer.pairings_out.filter(state__in={State.ACCEPTED, State.SERVED, State.CONFIRMED})
        if sum(out.values_list("places", flat=True)) + pairing.places > offer.places:
            raise Invalid(_("The offer is used up by other agreements."))


def _move_up(posting: Posting) -> None:
    """Give free places to those who wait, in their order, and tell them."""
    waiting = posting.pairings.filter(state=State.WAITING).order_by("at", "pk")
    for pairing in waiting[: max(0, rules.free_places(posting))]:
        pairing.state = TABLE.after(Verb.MOVE_UP, pairing.state)
        pairing.save(update_fields=["state"])
        words = _("You have got a place: %(post)s.") % {"post": posting.title}
        notify([pairing.person_id], words, link="/volunteering/mine/")
