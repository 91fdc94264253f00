"""Reads of the standard: what is public, and what the caller's key lets them see.

Public rows come from the public records alone, so that nothing which was not looked at can slip in; rows in which the caller
plays a part come from the requests themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from jinlin.disclosure.models import Disclosure
from jinlin.disclosure.queries import shown_now
from jinlin.open311.arguments import BOTH, OPEN, Wanted
from jinlin.open311.beside import Beside
from jinlin.open311.rows import Row, Told
from jinlin.platform.access import Actor
from jinlin.platform.errors import NotFound
from jinlin.requests import rules
from jinlin.requests.merged import root_of, shared_steps
from jinlin.requests.models import Request
from jinlin.requests.states import FINAL, State

KIND = Request._meta.label_lower
ENDED = Q(state__in=FINAL) | Q(state=State.MERGED, lead__state__in=FINAL)
"""What has ended, or is answered through one that has."""


@dataclass(frozen=True)
class Listed:
    """A page of rows, and whether another one follows."""

    rows: list[Row]
    more: bool


@dataclass(frozen=True)
class Reader:
    """Who asks, how an address of ours becomes a whole one, and whether the extensions were asked for."""

    actor: Actor
    absolute: Callable[[str], str]
    extended: bool = False

    @property
    def is_known(self) -> bool:
        """Whether anything but what is public may be for the caller."""
        return self.actor.is_signed_in or self.actor.is_system

    def page(self, wanted: Wanted) -> Listed:
        """Return the page of the list that is wanted, newest first."""
        pairs = self._pairs(wanted)[wanted.start : wanted.start + wanted.per_page + 1]
        numbers = [number for number, _at in pairs]
        told = self.told(numbers[: wanted.per_page])
        return Listed([one.row(extended=self.extended) for one in told], len(numbers) > wanted.per_page)

    def every(self, wanted: Wanted, portion: int) -> Iterator[Told]:
        """Yield all that is in the list, newest first, read in portions."""
        numbers = [number for number, _at in self._pairs(wanted)]
        for start in range(0, len(numbers), portion):
            yield from self.told(numbers[start : start + portion])

    def one(self, number: str) -> Row:
        """Return one row.

        Raises:
            NotFound: also for one that is not for this caller.
        """
        for told in self.told([number]):
            return told.row(extended=self.extended)
        raise NotFound

    def _pairs(self, wanted: Wanted) -> QuerySet:
        """Return (number, time) of all that is in the list, newest first."""
        public = _narrowed(shown_now().filter(subject_kind=KIND), wanted, "happened_at")
        pairs = public.values_list("number", "happened_at")
        if not self.is_known:
            return pairs.order_by("-happened_at", "-number")
        own = _narrowed(rules.visible_to(self.actor), wanted, "received_at")
        return own.values_list("number", "received_at").union(pairs).order_by("-received_at", "-number")

    def told(self, numbers: Sequence[str]) -> list[Told]:
        """Return what the caller may know of these numbers, in their order; what is not for them is left out."""
        own = {request.number: request for request in self._own(numbers)}
        rest = set(numbers) - own.keys()
        public = {record.number: record for record in shown_now().filter(subject_kind=KIND, number__in=rest)}
        beside = Beside(list(own.values()), list(public.values()), self.absolute)
        known = {number: _own(request, beside) for number, request in own.items()}
        known |= {number: _public(record, beside) for number, record in public.items()}
        return [known[number] for number in numbers if number in known]

    def _own(self, numbers: Sequence[str]) -> Sequence[Request]:
        if not self.is_known:
            return ()
        rows = rules.visible_to(self.actor).filter(number__in=numbers)
        return list(rows.select_related("body").defer("search", "labels"))


def _narrowed(rows: QuerySet, wanted: Wanted, time: str) -> QuerySet:
    if wanted.numbers:
        return rows.filter(number__in=wanted.numbers)
    fits = Q(**{f"{time}__gte": wanted.first, f"{time}__lte": wanted.last})
    if wanted.services:
        fits &= Q(category__in=wanted.services)
    if wanted.status != BOTH:
        ended = ENDED if rows.model is Request else Q(state__in=FINAL)
        fits &= ~ended if OPEN in wanted.status else ended
    return rows.filter(fits)


def _own(request: Request, beside: Beside) -> Told:
    place, through = beside.place(request.place_code), _through(request)
    state = State(through.state)
    exact = request.longitude is not None
    words = dict.fromkeys(word for word in (request.place_text, place.address) if word)
    return Told(
        number=request.number,
        state=state,
        title=request.title,
        notes=_notes(request, through, beside) or str(state.label),
        category=request.category,
        description=request.text,
        body=request.body.name,
        requested_at=request.received_at,
        updated_at=through.closed_at or beside.changed.get(request.pk, request.received_at),
        expected_at=through.promised_at,
        address=", ".join(words),
        place_code=request.place_code,
        latitude=request.latitude if exact else place.latitude,
        longitude=request.longitude if exact else place.longitude,
        media=beside.own_media(request),
        channel=str(request.get_channel_display()),
    )


def _through(request: Request) -> Request:
    """Return the request through which this one is answered; itself unless it is merged."""
    return root_of(request) if request.state == State.MERGED else request


def _notes(request: Request, through: Request, beside: Beside) -> str:
    """Return the last words to whoever raised it, those at the request that leads included as far as they are for them."""
    shared = () if through is request else (step.note for step in shared_steps(request) if step.note)
    return next(iter(shared), "") or beside.last_words.get(request.pk, "")


def _public(record: Disclosure, beside: Beside) -> Told:
    state = State(record.state)
    return Told(
        number=record.number,
        state=state,
        title=record.title,
        notes=record.answer or str(state.label),
        category=record.category,
        description=record.text,
        body=record.body_name,
        requested_at=record.happened_at,
        updated_at=beside.changed.get(record.subject_id, record.published_at),
        expected_at=None,
        address=record.place_name,
        place_code=record.place_code,
        latitude=record.latitude,
        longitude=record.longitude,
        media=beside.public_media(record),
    )
