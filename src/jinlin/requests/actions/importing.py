"""Takes in whole spreadsheets of requests: all rows or none, and none of them twice."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import bigrams
from jinlin.algorithms.place_codes import Level
from jinlin.organisations.queries import receiving_body_id
from jinlin.people.actions import note_contact
from jinlin.people.phones import clean_phone
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import local_day, now
from jinlin.platform.errors import Invalid
from jinlin.platform.numbers import next_numbers
from jinlin.platform.spreadsheets import Finding, Limits, Row, read_table
from jinlin.requests import tasks
from jinlin.requests.actions.clocks import turn_clocks
from jinlin.requests.imports import Ticket, source_name, ticket_of
from jinlin.requests.layouts import layout_of
from jinlin.requests.models import Category, Clock, Request, Step
from jinlin.requests.rules import title_of
from jinlin.requests.states import FINAL, State, Verb
from jinlin.territory.models import Place
from jinlin.territory.queries import default_place_code, existing_place

BATCH = 500
LARGEST = Limits(file_bytes=512 * 1024 * 1024, unpacked_bytes=2 * 1024**3, cells=40_000_000, rows=1_000_000)


@dataclass
class ImportOutcome:
    """What became of the rows of a file; with anything rejected, nothing was imported."""

    rows: int = 0
    imported: int = 0
    repeated: int = 0
    rejected: list[Finding] = field(default_factory=list)


class _Undo(Exception):
    """Rolls the transaction of a trial run, or of a file with findings, back."""


def import_requests(
    *,
    actor: Actor,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    source: str = "",
    dry_run: bool = False,
    advance: Callable[[int], None] = lambda rows: None,
) -> ImportOutcome:
    """Import the requests of a CSV, CSV.gz or XLSX file as history, with the states and answers that it tells.

    `source` names the system that the outside numbers belong to (the file's own name if empty): the same number of the same
    source is imported once. A trial run (`dry_run`) finds the same things and writes nothing.

    Raises:
        Invalid: for a file that is no table with a text column, or where nobody receives requests yet.
    """
    outcome = ImportOutcome()
    try:
        layout = layout_of(path, mapping, LARGEST)
        read = read_table(path, layout.columns, mapping=layout.mapping, limits=LARGEST)
        with transaction.atomic(), read as table:
            writer = _Writer(actor, source or source_name(path))
            for rows in _batches(table.rows):
                writer.take(rows, outcome)
                advance(len(rows))
            if outcome.rejected or dry_run:
                raise _Undo
            writer.finish(outcome)
    except _Undo:
        if outcome.rejected:
            outcome.imported = 0
    return outcome


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class _Writer:
    """Writes batches of tickets as requests with one step each."""

    def __init__(self, actor: Actor, source: str) -> None:
        self.actor, self.source, self.at = actor, source, now()
        categories = Category.objects.filter(active=True).values_list("code", "name")
        self.categories = {word: code for code, name in categories for word in (code, name)}
        self.default = _default_place()
        self.places: dict[str, Place | None] = {"": None}
        self.seen: dict[str, tuple[int, int]] = {}
        self.bodies: dict[tuple[str, int | None, int | None], int] = {}
        self.first: Request | None = None

    def take(self, rows: Sequence[Row], outcome: ImportOutcome) -> None:
        """Write the rows of a batch that are new, unless anything has been rejected so far."""
        tickets = [ticket_of(row, self.categories) for row in rows]
        for row, ticket in zip(rows, tickets, strict=True):
            if row.text("external_id"):
                self._compare_with_earlier_rows(row, ticket)
        outcome.rows += len(rows)
        outcome.rejected += [finding for row in rows for finding in row.findings]
        if outcome.rejected:
            return
        fresh = self._not_yet_known(tickets)
        outcome.repeated += len(tickets) - len(fresh)
        self._write(fresh)
        outcome.imported += len(fresh)

    def _compare_with_earlier_rows(self, row: Row, ticket: Ticket) -> None:
        """Blame a number that an earlier row of the file has for other words: one of the two would be lost."""
        words = hash((ticket.title, ticket.text, ticket.reply))
        first_row, first_words = self.seen.setdefault(ticket.external_id, (row.number, words))
        if words != first_words:
            row.blame("external_id", _("Row %(row)s has the same number and other words.") % {"row": first_row})

    def _not_yet_known(self, tickets: Sequence[Ticket]) -> list[Ticket]:
        by_id = {ticket.external_id: ticket for ticket in reversed(tickets)}
        known = Request.objects.filter(external_source=self.source, external_id__in=by_id)
        for external_id in known.values_list("external_id", flat=True):
            del by_id[external_id]
        return [ticket for ticket in tickets if by_id.get(ticket.external_id) is ticket]

    def _write(self, tickets: Sequence[Ticket]) -> None:
        if not tickets:
            return
        day = f"{local_day(self.at):%Y%m%d}"
        numbers = next_numbers(f"request:{day}", len(tickets))
        self._find_places({ticket.place for ticket in tickets} - self.places.keys())
        rows = [self._request(ticket, f"{day}-{number:04d}") for ticket, number in zip(tickets, numbers, strict=True)]
        # What nobody has taken up yet is promised an answer as if it had been raised here now.
        started = [row for row in rows if row.state == State.RECEIVED]
        clocks = [clock for row in started for clock in turn_clocks(row, Verb.RECEIVE, self.at)]
        made = Request.objects.bulk_create(rows)
        Clock.objects.bulk_create(clocks)
        self.first = self.first or made[0]
        Step.objects.bulk_create(self._step(row, ticket) for row, ticket in zip(made, tickets, strict=True))
        waiting = [row.pk for row in made if row.state not in FINAL]
        if waiting:
            tasks.suggest_for.enqueue(request_ids=waiting)

    def _find_places(self, words: set[str]) -> None:
        """Note the place that each of the words is the code or the one exact name of; a place is never guessed."""
        self.places |= dict.fromkeys(words)
        named = Q(name__in=words) | Q(address__in=words)
        rows = Place.objects.filter(Q(code__in=words) | Q(level__lte=Level.BUILDING) & named, valid_to__isnull=True)
        found: dict[str, list[Place]] = {}
        for place in rows:
            for word in {place.code, place.name, place.address} & words:
                found.setdefault(word, []).append(place)
        self.places |= {word: places[0] for word, places in found.items() if len(places) == 1}

    def _request(self, ticket: Ticket, number: str) -> Request:
        place = self.places[ticket.place] or self.default
        raised = ticket.raised_at or self.at
        return Request(
            number=number,
            version=1,
            title=ticket.title or title_of(ticket.text),
            text=ticket.text,
            search=bigrams(f"{ticket.title}\n{ticket.text}\n{ticket.place}"),
            channel=ticket.channel,
            kind=ticket.kind,
            raised_at=raised,
            raised_at_known=ticket.raised_at is not None,
            received_at=raised,
            closed_at=_answered_at(ticket, raised) if ticket.state in FINAL else None,
            reporter_id=self._reporter(ticket),
            entered_by_id=self.actor.account_id,
            anonymous=ticket.anonymous,
            follow_digest="",
            state=ticket.state,
            category=ticket.category,
            transfers=ticket.transfers,
            days_to_reply=ticket.days_to_reply,
            external_source=self.source,
            external_id=ticket.external_id,
            labels=dict(ticket.labels),
            body_id=self._body(place),
            **_where(ticket, place),
        )

    def _body(self, place: Place) -> int:
        key = (place.code, place.grid_id, place.estate_id)
        if key not in self.bodies:
            self.bodies[key] = receiving_body_id(place.code, (place.grid_id, place.estate_id))
        return self.bodies[key]

    def _reporter(self, ticket: Ticket) -> int | None:
        if ticket.anonymous or not (ticket.name or ticket.phone):
            return None
        return note_contact(actor=self.actor, name=ticket.name, phone=_phone(ticket)).pk

    def _step(self, request: Request, ticket: Ticket) -> Step:
        return Step(
            request=request,
            number=1,
            at=_answered_at(ticket, request.raised_at),
            actor_id=self.actor.account_id,
            verb=Verb.IMPORT,
            state=request.state,
            category=request.category,
            urgency=request.urgency,
            place_code=request.place_code,
            body_id=request.body_id,
            due_at=request.due_at,
            note=ticket.reply,
        )

    def finish(self, outcome: ImportOutcome) -> None:
        """Write the one line of the audit trail for the whole file."""
        if self.first is not None:
            record_change(
                self.actor,
                "requests.import",
                self.first,
                source=self.source,
                rows=outcome.imported,
                again=outcome.repeated,
            )


def _default_place() -> Place:
    place = existing_place(default_place_code())
    if place is None:
        raise Invalid(
            _("This district has no places yet."), remedy=_("Load its subdistricts and communities, and import again.")
        )
    return place


def _answered_at(ticket: Ticket, raised: datetime) -> datetime:
    """Return when the source's answer came, as far as it tells."""
    return ticket.replied_at or raised + timedelta(days=ticket.days_to_reply or 0)


def _phone(ticket: Ticket) -> str:
    try:
        return clean_phone(ticket.phone) if ticket.phone else ""
    except Invalid:
        return ""


def _where(ticket: Ticket, place: Place) -> dict[str, object]:
    return {
        "place_code": place.code,
        "grid_id": place.grid_id,
        "estate_id": place.estate_id,
        "place_text": "" if ticket.place == place.code else ticket.place,
        "longitude": ticket.longitude,
        "latitude": ticket.latitude,
    }
