"""What a post needs before somebody may be given it: the right body, term, scope, source, a free seat, an accepted filing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.duty_hours import Span, first_meeting
from jinlin.organisations.models import Body
from jinlin.organisations.rules.scopes import Ground, Scope, scope_faults
from jinlin.people.models import Person
from jinlin.platform.errors import Words
from jinlin.platform.wording import in_a_row
from jinlin.playbooks.schema import Playbook, Post
from jinlin.territory.models import Zone

COMMUNITY = 12
FOR_EVER = date.max
Faults = Iterator[tuple[str, Words]]


@dataclass(frozen=True)
class NewAppointment:
    """A post to give: `key` is the playbook's post, `origin` the key of where its holder comes from.

    The scope is the body's place and zone unless a narrower one is named; `source` is the document that it rests on.
    Without a last day the term is the playbook's, where it sets one.
    """

    person: Person
    body: Body
    key: str
    term_from: date
    term_to: date | None = None
    place_code: str = ""
    zone: Zone | None = None
    origin: str = ""
    source: str = ""
    listed: bool = False
    hours: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Holding:
    """A post that somebody holds, is offered or is to be given, from `since` until `until` (the last day)."""

    person_id: int
    body_id: int
    key: str
    scope: Scope
    since: date
    until: date
    hours: tuple[Span, ...] = ()
    deputises: bool = False

    def overlaps(self, other: "Holding") -> bool:
        """Say whether both run on one day."""
        return self.since <= other.until and other.since <= self.until


@dataclass
class Known:
    """What the rules look at: the bodies as they are now, places, posts that are held, and filings that were accepted.

    `filed` holds (kind of filing, person, post, body).
    """

    playbook: Playbook
    bodies: dict[int, Body]
    ground: Ground
    filed: frozenset[tuple[str, int, str, int]] = frozenset()
    by_person: dict[int, list[Holding]] = field(default_factory=lambda: defaultdict(list))
    by_seat: dict[tuple[int, str, Scope], list[Holding]] = field(default_factory=lambda: defaultdict(list))

    def add(self, holdings: Iterable[Holding]) -> None:
        """Let these posts count from now on."""
        for one in holdings:
            self.by_person[one.person_id].append(one)
            self.by_seat[one.body_id, one.key, one.scope].append(one)


def scope_of(new: NewAppointment) -> Scope:
    """Return the scope of a post to give: what is named, else that of the body."""
    zone_id = new.zone.pk if new.zone is not None else new.body.zone_id
    return Scope(new.place_code or new.body.place_code, zone_id)


def last_day_of(new: NewAppointment, post: Post) -> date | None:
    """Return the last day of the term: the one named, else that of the playbook's term, else none."""
    if new.term_to is not None or post.term_years is None:
        return new.term_to
    return _years_later(new.term_from, post.term_years)


def _years_later(day: date, years: int) -> date:
    """Return the last day of a term of whole years; one that begins on 29 February ends with 28 February."""
    leap_day = (day.month, day.day) == (2, 29)
    return date.fromordinal(
        day.replace(year=day.year + years, day=28 if leap_day else day.day).toordinal() - (not leap_day)
    )


def holding_of(new: NewAppointment, post: Post) -> Holding:
    """Return how a post to give counts among those that are held."""
    until = last_day_of(new, post) or FOR_EVER
    return Holding(new.person.pk, new.body.pk, new.key, scope_of(new), new.term_from, until, new.hours)


def faults_in(new: NewAppointment, post: Post, known: Known) -> dict[str, Words]:
    """Return {field: why} for everything that keeps the person from the post; empty when it can be given."""
    wanted = holding_of(new, post)
    return dict(fault for check in CHECKS for fault in check(new, wanted, post, known))


def _body(new: NewAppointment, wanted: Holding, post: Post, known: Known) -> Faults:
    body = known.bodies[wanted.body_id]
    if body.kind not in post.bodies:
        yield "post", _("There is no such post at this body.")
    is_proposal = body.founded_on is None and body.ended_on is None
    if not body.active and not (post.consent and is_proposal):
        yield "body", _("This body is not active; choose another one.")


def _term(new: NewAppointment, wanted: Holding, post: Post, known: Known) -> Faults:
    if wanted.until < wanted.since:
        yield "term_to", _("The term ends before it begins.")
    elif new.term_to is not None and post.term_years and new.term_to > _years_later(new.term_from, post.term_years):
        years = {"years": post.term_years}
        yield "term_to", _("A term is %(years)s years at most; give the post anew after it.") % years


def _scope(new: NewAppointment, wanted: Holding, post: Post, known: Known) -> Faults:
    return scope_faults(wanted.scope, known.bodies[wanted.body_id], post, known.ground)


def _origin(new: NewAppointment, wanted: Holding, post: Post, known: Known) -> Faults:
    sources = [source.key for source in post.sources]
    if sources and new.origin not in sources:
        yield (
            "origin",
            _("Choose where the holder comes from, one of: %(sources)s.")
            % {"sources": in_a_row(source.name for source in post.sources)},
        )
    elif new.origin and not sources:
        yield "origin", _("For this post it is not asked where the holder comes from.")


def _seat(new: NewAppointment, wanted: Holding, post: Post, known: Known) -> Faults:
    there = known.by_seat[wanted.body_id, wanted.key, wanted.scope]
    others = [one for one in there if not one.deputises and one.overlaps(wanted)]
    if any(one.person_id == wanted.person_id for one in others):
        yield "person", _("This person holds this post here already in that time, or was asked to.")
    elif post.seats is not None and _most_at_once(wanted, others) >= post.seats:
        yield (
            "term_from",
            _("All %(seats)s seats of this post are taken in that time; end the earlier term first.")
            % {"seats": post.seats},
        )


def _most_at_once(wanted: Holding, others: Iterable[Holding]) -> int:
    """Return how many of `others` run at once at some day of the wanted term."""
    others = list(others)
    begins = {wanted.since, *(one.since for one in others if one.since > wanted.since)}
    return max(sum(one.since <= day <= one.until for one in others) for day in begins)


def _apart(new: NewAppointment, wanted: Holding, post: Post, known: Known) -> Faults:
    for one in known.by_person[wanted.person_id]:
        if (
            one.overlaps(wanted)
            and _same_place(one.scope, wanted.scope)
            and _keeps_apart(one.key, post, known.playbook)
        ):
            name = known.playbook.post_named(one.key).name
            yield "person", _("The same person may not be %(post)s here as well.") % {"post": name}


def _same_place(one: Scope, other: Scope) -> bool:
    same_zone = one.zone_id == other.zone_id or None in {one.zone_id, other.zone_id}
    return same_zone and one.place_code[:COMMUNITY] == other.place_code[:COMMUNITY]


def _keeps_apart(key: str, post: Post, playbook: Playbook) -> bool:
    if key in post.apart_from:
        return True
    return any(row.key == key and post.key in row.apart_from for row in playbook.post)


def _outsider(new: NewAppointment, wanted: Holding, post: Post, known: Known) -> Faults:
    outside = {row.key for row in known.playbook.post if row.outsider}
    for one in known.by_person[wanted.person_id]:
        here = one.body_id == wanted.body_id and one.key != wanted.key and one.overlaps(wanted)
        if here and (post.outsider or one.key in outside):
            yield "person", _("This person works at this body; the post is for somebody from outside.")


def _hours(new: NewAppointment, wanted: Holding, post: Post, known: Known) -> Faults:
    for one in known.by_person[wanted.person_id]:
        span = first_meeting(wanted.hours, one.hours) if one.overlaps(wanted) else None
        if span is not None:
            yield (
                "hours",
                _("This person is on duty elsewhere at that time (%(begins)s).") % {"begins": f"{span.begins:%H:%M}"},
            )


def _filing(new: NewAppointment, wanted: Holding, post: Post, known: Known) -> Faults:
    if post.filing and (post.filing, wanted.person_id, wanted.key, wanted.body_id) not in known.filed:
        yield "person", _("The choice of this person has not been put on file with a receipt yet.")


def _person(new: NewAppointment, wanted: Holding, post: Post, known: Known) -> Faults:
    if new.person.erased_at is not None:
        yield "person", _("This person has left and deleted their data.")


Check = Callable[[NewAppointment, Holding, Post, Known], Faults]
CHECKS: tuple[Check, ...] = (_body, _term, _scope, _origin, _person, _seat, _apart, _outsider, _hours, _filing)
DEPUTY_CHECKS: tuple[Check, ...] = (_person, _apart, _outsider, _hours)
"""What binds a deputy as it binds the holder whom they stand in for; seats, sources and filings are the holder's."""


def deputy_faults_in(new: NewAppointment, post: Post, known: Known) -> dict[str, Words]:
    """Return {field: why} for everything that keeps the person from standing in; empty where they can."""
    wanted = holding_of(new, post)
    return dict(fault for check in DEPUTY_CHECKS for fault in check(new, wanted, post, known))
