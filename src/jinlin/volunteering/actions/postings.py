"""Puts up posts, offers and needs, changes how many places they have, and closes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.chinese_text import find_personal
from jinlin.algorithms.matching.feasible import hours_of
from jinlin.organisations.models import Body
from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.messages.notices import notify
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Playbook
from jinlin.territory.models import Place, Zone
from jinlin.volunteering import rules
from jinlin.volunteering.actions.bulk import BATCH
from jinlin.volunteering.actions.steps import MINE, NO_PERSONAL, fill_from_waiting_list
from jinlin.volunteering.models import Pairing, Posting
from jinlin.volunteering.queries import categories
from jinlin.volunteering.rules import places_taken
from jinlin.volunteering.states import State

MOST_PLACES = 10_000
Window = tuple[int, int, int]


@dataclass(frozen=True)
class NewPosting:
    """Something to put up; `windows` are (weekday 0–6, first hour, hour it ends), none for any time.

    Without a point of its own it takes that of its place.
    """

    kind: Posting.Kind
    category: str
    title: str
    places: int
    place_code: str
    body: Body | None = None
    person: Person | None = None
    zone: Zone | None = None
    text: str = ""
    skills: Sequence[str] = ()
    windows: Sequence[Window] = ()
    first_day: date | None = None
    last_day: date | None = None


def post(*, actor: Actor, new: NewPosting) -> Posting:
    """Put up a post to claim, an offer or a need.

    Raises:
        NotAllowed: for what is not the actor's to put up.
        Invalid: without places, without a time for an offer of hours, or for an unknown category, skill or place.
    """
    return post_all(actor=actor, postings=[new])[0]


def post_all(*, actor: Actor, postings: Sequence[NewPosting]) -> list[Posting]:
    """Put up all of a list or nothing, with one line in the audit trail.

    Raises:
        NotAllowed, Invalid: as `post`, for the first that cannot be put up.
    """
    playbook, known = current_playbook(), _places(postings)
    for new in postings:
        _check(actor, new, playbook, known)
    at, day = now(), today()
    with transaction.atomic():
        rows = (_row(new, actor, at, day, known[new.place_code]) for new in postings)
        made = Posting.objects.bulk_create(rows, batch_size=BATCH)
        if made:
            first = made[0]
            record_change(actor, "volunteering.post", first, place_code=first.place_code, rows=len(made))
    return made


def close_posting(*, actor: Actor, posting_id: int) -> Posting:
    """Take a posting off the list; what was agreed stays agreed, what was only proposed goes, who waits is told.

    Raises:
        NotFound, NotAllowed, WrongState.
    """
    with transaction.atomic():
        posting = _locked(actor, posting_id)
        posting.closed_at = now()
        posting.save(update_fields=["closed_at"])
        Pairing.objects.filter(Q(posting=posting) | Q(offer=posting), state=State.PROPOSED).delete()
        waiting = posting.pairings.filter(state=State.WAITING).values_list("person_id", flat=True)
        words = gettext_lazy("%(title)s is off the list; you come only if somebody drops out.")
        notify(waiting, words, {"title": posting.title}, link=MINE)
        record_change(actor, "volunteering.close_posting", posting, place_code=posting.place_code)
    return posting


def change_places(*, actor: Actor, posting_id: int, places: int) -> Posting:
    """Give an open posting more or fewer places, never fewer than are taken; who waits longest gets the new ones.

    Raises:
        NotFound, NotAllowed, WrongState; Invalid for a number that cannot be.
    """
    with transaction.atomic():
        posting = _locked(actor, posting_id)
        if not max(1, places_taken(posting)) <= places <= MOST_PLACES:
            raise Invalid(fields={"places": _("As many as are taken already, or more.")})
        before, posting.places = posting.places, places
        posting.save(update_fields=["places"])
        facts = {"place_code": posting.place_code, "before": before, "places": places}
        record_change(actor, "volunteering.change_places", posting, **facts)
        fill_from_waiting_list(actor, posting)
    return posting


def _locked(actor: Actor, posting_id: int) -> Posting:
    """Lock a posting that is open and the actor's to change."""
    posting = rules.postings_visible_to(actor).select_for_update(of=("self",)).filter(pk=posting_id).first()
    if posting is None:
        raise NotFound
    body, person = posting.body, posting.person_id
    rules.may_post(actor, kind=posting.kind, body=body, person_id=person, place_code=posting.place_code).enforce()
    if posting.closed_at is not None:
        raise WrongState
    return posting


def _places(postings: Sequence[NewPosting]) -> dict[str, Place]:
    codes = {new.place_code for new in postings}
    known = {place.code: place for place in Place.objects.filter(code__in=codes, valid_to__isnull=True)}
    if codes - known.keys():
        raise Invalid(fields={"place_code": _("There is no such place here.")})
    return known


def _check(actor: Actor, new: NewPosting, playbook: Playbook, known: dict[str, Place]) -> None:
    person = new.person.pk if new.person is not None else None
    rules.may_post(actor, kind=new.kind, body=new.body, person_id=person, place_code=new.place_code).enforce()
    if wrong := faults_of(new, playbook):
        raise Invalid(fields=wrong)


def faults_of(new: NewPosting, playbook: Playbook) -> dict[str, str]:
    """Return for each field that cannot stand what is wrong with it."""
    skills = {row.key for row in playbook.skill}
    found = {
        "title": _title_fault(new),
        "places": "" if 0 < new.places <= MOST_PLACES else _("Say how many there are, 1 or more."),
        "category": "" if new.category in categories(playbook, new.kind) else _("Choose a kind from the list."),
        "skills": "" if set(new.skills) <= skills else _("Choose skills from the list."),
        "windows": _windows_fault(new),
        "last_day": _days_fault(new),
        "body": "" if new.body is not None or new.person is not None else _("Say who puts it up."),
        "zone": _zone_fault(new),
    }
    return {name: why for name, why in found.items() if why}


def _title_fault(new: NewPosting) -> str:
    if not new.title.strip():
        return _("Say in a few words what it is.")
    return str(NO_PERSONAL) if find_personal(f"{new.title}\n{new.text}") else ""


def _zone_fault(new: NewPosting) -> str:
    if new.zone is None or new.place_code.startswith(new.zone.community_code):
        return ""
    return _("The grid or estate does not lie there.")


def _windows_fault(new: NewPosting) -> str:
    if new.kind == Posting.Kind.OFFER and new.person is not None and not new.windows:
        return _("Say at which hours you have time.")
    try:
        hours_of(list(new.windows))
    except ValueError:
        return _("A time begins before it ends, within one day.")
    return ""


def _days_fault(new: NewPosting) -> str:
    if new.last_day is None:
        return ""
    if new.last_day < today():
        return _("Its last day is over already.")
    return _("It ends before it begins.") if new.first_day and new.last_day < new.first_day else ""


def _row(new: NewPosting, actor: Actor, at: object, day: date, place: Place) -> Posting:
    return Posting(
        kind=new.kind,
        category=new.category,
        title=new.title.strip(),
        text=new.text.strip(),
        body=new.body,
        person=new.person,
        place_code=new.place_code,
        zone=new.zone,
        longitude=place.longitude,
        latitude=place.latitude,
        skills=sorted(set(new.skills)),
        windows=[list(window) for window in new.windows],
        places=new.places,
        first_day=new.first_day or day,
        last_day=new.last_day,
        posted_at=at,
        posted_by_id=actor.account_id,
    )
