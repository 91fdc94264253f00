"""The doors in: raising a request oneself, entering one for somebody else."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import bigrams
from jinlin.organisations.queries import receiving_body_id
from jinlin.people.actions import note_contact
from jinlin.people.rules import may_act_for
from jinlin.platform.access import NOBODY, Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import local_day, now
from jinlin.platform.errors import Invalid, NotAllowed
from jinlin.platform.limits import count_towards
from jinlin.platform.models import StoredFile
from jinlin.platform.numbers import next_number
from jinlin.platform.rows import insert
from jinlin.platform.sends import RepeatedSend, Send, sent_once
from jinlin.playbooks.here import current_playbook
from jinlin.requests import rules, tasks
from jinlin.requests.actions.clocks import turn_clocks
from jinlin.requests.actions.locating import Where, place_columns, place_of
from jinlin.requests.actions.photos import attach_photos
from jinlin.requests.actions.steps import Change, existing_category, write_step
from jinlin.requests.codes import follow_code, follow_digest
from jinlin.requests.models import Channel, Function, Kind, Publicity, Request, RequestPhoto
from jinlin.requests.states import State, Verb
from jinlin.requests.telling import send_receipt

MOST_ANONYMOUS = 10
ANONYMOUS_WINDOW = timedelta(hours=1)
OWN_CHANNELS = {Channel.ONLINE, Channel.WECHAT, Channel.API}
"""Channels by which people raise something themselves; by the others officers enter it."""


@dataclass(frozen=True)
class Contact:
    """How somebody who has no account can be reached, and whether they want the receipt as a text message."""

    name: str = ""
    phone: str = ""
    receipt_by_sms: bool = False


@dataclass(frozen=True)
class Report:
    """What was raised, as any door hands it over; a `category` only where an officer has chosen one.

    `age` is how long ago it was raised, where a device kept it until there was a network; None where nobody can tell.
    """

    text: str
    title: str = ""
    category: str = ""
    function: str = Function.COMPLAINT
    kind: str = ""
    channel: str = Channel.ONLINE
    where: Where = field(default_factory=Where)
    anonymous: bool = False
    wished_public: bool = False
    photos: Sequence[StoredFile] = ()
    age: timedelta | None = timedelta()


@dataclass(frozen=True)
class Receipt:
    """What the person gets at once: the request, and the secret code for following it without an account.

    Only the code's hash is kept. A repeat of the same send has the same code, because a phone that lost its signal has
    not seen the first one; without a key it is given once.
    """

    request: Request
    code: str = ""


def raise_request(
    *, actor: Actor, report: Report, for_person_id: int | None = None, sender: str = "", key: str = ""
) -> Receipt:
    """Take in what a resident, or nobody known, raises; `for_person_id` is a person who gave the actor a mandate.

    What is raised anonymously is tied to no account, not even in the trail.

    `sender` is what tells senders without an account apart (a network address), for limits and repeats; it is not kept.

    Raises:
        Invalid: for empty or too long words, a place that is not ours, too many photos, or anonymous in another's name.
        NotAllowed: for somebody who gave no mandate, and by a channel that officers enter.
        TooMany: after ten requests without an account within an hour from one address.
        KeyReused: for a key that came with other contents.
    """
    if report.channel not in OWN_CHANNELS:
        raise NotAllowed(_("Only officers enter what came in by telephone, at the desk or on paper."))
    reporter = _reporter_of(actor, report, for_person_id)
    if not actor.is_signed_in:
        count_towards("raise", sender, most=MOST_ANONYMOUS, window=ANONYMOUS_WINDOW)
    who = f"account:{actor.account_id}" if actor.is_signed_in else f"address:{sender}"
    acting = NOBODY if report.anonymous else actor
    return _take_in(_Sender(acting, who, reporter_id=reporter), report, key)


def _reporter_of(actor: Actor, report: Report, for_person_id: int | None) -> int | None:
    if for_person_id is None:
        return None if report.anonymous else actor.person_id
    may_act_for(actor, for_person_id).enforce()
    if report.anonymous:
        raise Invalid(fields={"anonymous": _("In somebody else's name it cannot be anonymous; choose one of the two.")})
    return for_person_id


def enter_request(*, actor: Actor, report: Report, contact: Contact, key: str = "") -> Receipt:
    """Enter what somebody says by telephone, at the desk or on a visit; the contact is kept in `people` only.

    Raises:
        NotAllowed: outside one's own area, or without a post that enters for others; and what `raise_request` raises.
    """
    rules.may_enter_for_others(actor, place_of(report.where)).enforce()
    known = None if report.anonymous else contact
    who = f"account:{actor.account_id}"
    return _take_in(_Sender(actor, who, entered_by_id=actor.account_id, contact=known), report, key)


def take_in_decided(actor: Actor, report: Report) -> Request:
    """Take in what was decided elsewhere; whoever may decide it was asked there."""
    return _take_in(_Sender(actor, f"account:{actor.account_id}", entered_by_id=actor.account_id), report, "").request


@dataclass(frozen=True)
class _Sender:
    """Who sends: the acting person, what tells their repeats from others', and whom the row names."""

    actor: Actor
    who: str
    reporter_id: int | None = None
    entered_by_id: int | None = None
    contact: Contact | None = None


def _take_in(sender: _Sender, report: Report, key: str) -> Receipt:
    if report.function == Function.WISH:
        words = _(
            "A small wish goes to the wish wall, where a neighbour claims it; sign in, or let somebody write it down."
        )
        raise Invalid(fields={"function": words})
    report = replace(
        report,
        text=rules.clean_words(report.text, longest=rules.LONGEST_TEXT, field="text"),
        title=rules.clean_words(report.title, longest=rules.LONGEST_TITLE, field="title", needed=False),
        photos=tuple(report.photos),
    )
    # A repeat comes later than the first send, and may have been on its way for longer.
    contents = [asdict(replace(report, photos=(), age=None)), [file.digest for file in report.photos], sender.contact]
    code = follow_code(sender.who, key)
    try:
        with sent_once(sender=sender.who, key=key, contents=contents) as send:
            reporter_id = _noted(sender) or sender.reporter_id
            request = _write(replace(sender, reporter_id=reporter_id), report, code, send)
            if sender.contact and sender.contact.receipt_by_sms:
                send_receipt(request, code, sender.contact.phone)
    except RepeatedSend as repeat:
        request = Request.objects.get(pk=repeat.subject_id)
    return Receipt(request, code)


def _noted(sender: _Sender) -> int | None:
    contact = sender.contact
    if not contact or not (contact.name or contact.phone):
        return None
    return note_contact(actor=sender.actor, name=contact.name, phone=contact.phone).pk


def _write(sender: _Sender, report: Report, code: str, send: Send) -> Request:
    at = now()
    request = Request(
        version=1,
        title=report.title or rules.title_of(report.text),
        text=report.text,
        search=bigrams(f"{report.title}\n{report.text}\n{report.where.words}"),
        channel=Channel(report.channel),
        kind=report.kind or _kind_of(Function(report.function)),
        function=report.function,
        raised_at=at - (report.age or timedelta()),
        raised_at_known=report.age is not None,
        received_at=at,
        reporter_id=sender.reporter_id,
        entered_by_id=sender.entered_by_id,
        anonymous=report.anonymous,
        publicity=Publicity.WISHED if report.wished_public else Publicity.PRIVATE,
        state=State.RECEIVED,
        category=existing_category(report.category) if report.category else "",
        **place_columns(report.where),
    )
    request.body_id = receiving_body_id(request.place_code, (request.grid_id, request.estate_id))
    request.number = new_number(at)
    request.follow_digest = follow_digest(request.number, code)
    started = turn_clocks(request, Verb.RECEIVE, at)
    insert(request)
    insert(*started)
    step = write_step(
        sender.actor,
        request,
        Verb.RECEIVE,
        Change(),
        at,
        acting_id=rules.acting_body(sender.actor, Verb.RECEIVE, request),
    )
    attach_photos(request, step, report.photos, RequestPhoto.Moment.BEFORE)
    record_change(sender.actor, "requests.receive", request, place_code=request.place_code, channel=request.channel)
    tasks.after_receipt.enqueue(request_id=request.pk)
    send.keep(request)
    return request


def _kind_of(function: Function) -> str:
    """Return what the place's playbook takes a request of this entrance for; a call for help where it says nothing."""
    entrances = {row.code: row.kind for row in current_playbook().function}
    return entrances.get(function, Kind.HELP)


def new_number(at: datetime) -> str:
    """Return the next number of that day, such as 20261122-0017; without gaps, and it says nothing about the place."""
    day = f"{local_day(at):%Y%m%d}"
    return f"{day}-{next_number(f'request:{day}'):04d}"
