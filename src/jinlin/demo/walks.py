"""Walks one made-up request through the real actions, each step at the moment at which it would have happened."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from jinlin.algorithms.chinese_text import mask_personal
from jinlin.demo.people import Resident
from jinlin.demo.pictures import kept_picture
from jinlin.demo.places import DemoPlace
from jinlin.demo.texts import Story
from jinlin.organisations.models import Body, Duty
from jinlin.organisations.queries import duties_at
from jinlin.people.models import Account, Person
from jinlin.platform.access import NOBODY, Actor, Role, actor_for
from jinlin.platform.dates import now, told_at
from jinlin.requests import actions
from jinlin.requests.models import Channel, Request
from jinlin.requests.publishing import places_to_show
from jinlin.requests.queries.one import last_answer
from jinlin.requests.rules import HANDLER_ROLES

ACCEPT, DISPATCH, SIGN, TRANSFER, START, REPORT, HANDLE = (
    "accept", "dispatch", "sign", "transfer", "start", "report", "handle",
)  # fmt: skip
WORKED = (ACCEPT, DISPATCH, SIGN, START, REPORT, HANDLE)
ENTERED = {Channel.PHONE, Channel.WALK_IN, Channel.VISIT, Channel.HOTLINE, Channel.PAPER, Channel.IMPORT}
"""Channels by which staff enter what somebody says."""
AT_BODY_ROLES = HANDLER_ROLES - {Role.GRID_MEMBER}
"""Who acts for a whole body; a grid member sees the own grid only."""
PATHS: dict[str, tuple[str, ...]] = {
    "received": (),
    "accepted": (ACCEPT,),
    "declined": ("decline",),
    "dispatched": (ACCEPT, DISPATCH),
    "transferred": (ACCEPT, DISPATCH, SIGN, TRANSFER),
    "signed": (ACCEPT, DISPATCH, SIGN),
    "in_progress": (ACCEPT, DISPATCH, SIGN, START, REPORT),
    "handled": WORKED,
    "call_back": (*WORKED, "call_back"),
    "reworked": (*WORKED, "rework"),
    "closed": (*WORKED, "rate", "publish"),
    "withdrawn": ("withdraw",),
}
HOURS = {
    ACCEPT: (0.1, 6), "decline": (0.5, 20), DISPATCH: (0.05, 2), SIGN: (0.2, 8), TRANSFER: (1, 10), START: (0.5, 20),
    REPORT: (4, 30), HANDLE: (4, 90), "call_back": (2, 30), "rework": (1, 60), "rate": (1, 72), "publish": (1, 24),
    "withdraw": (1, 12),
}  # fmt: skip
"""How many hours after the step before each step comes, at least and at most."""


@dataclass
class Cast:
    """Who acts in the demo: staff by body and role, residents with the accounts they opened."""

    staff: dict[tuple[int, Role], Account]
    persons: dict[Resident, Person]
    accounts: dict[Resident, Account] = field(default_factory=dict)

    def open_accounts(self, reporters: Iterable[Resident]) -> None:
        """Open an account for everybody who raises something and has none yet."""
        each = [one for one in dict.fromkeys(reporters) if one not in self.accounts]
        opened = Account.objects.bulk_create(
            Account(
                username=f"u{one.number:05d}",
                password=UNUSABLE_PASSWORD_PREFIX,
                person=self.persons[one],
                date_joined=now(),
            )
            for one in each
        )
        self.accounts |= zip(each, opened, strict=True)

    def actor_of(self, reporter: Resident | None) -> Actor:
        """Return the reporter as an actor; nobody for an anonymous one."""
        if reporter is None:
            return NOBODY
        account = self.accounts[reporter]
        return actor_for(account.pk, account.person_id)

    def with_role(self, role: Role) -> Actor:
        """Return the first holder of a role."""
        account = next(account for (_body, held), account in self.staff.items() if held == role)
        return actor_for(account.pk, account.person_id)

    def at_body(self, body_id: int) -> Actor | None:
        """Return somebody who works at a body, or None where nobody signs in."""
        found = [account for (body, role), account in self.staff.items() if body == body_id and role in AT_BODY_ROLES]
        return actor_for(found[0].pk, found[0].person_id) if found else None


def walk(story: Story, cast: Cast, place: DemoPlace) -> None:
    """Raise the story's request and take it to its ending."""
    random = Random(story.text)  # noqa: S311 - the demo's data need no secret randomness
    with told_at(story.raised_at):
        request = _raise(story, cast)
    steps = PATHS[story.ending]
    for verb, moment in zip(steps, _moments(story.raised_at, steps, random), strict=True):
        with told_at(moment):
            STEPS[verb](request, story, cast)
        request.refresh_from_db()


def _moments(start: datetime, steps: Iterable[str], random: Random) -> list[datetime]:
    gaps = [random.uniform(*HOURS[verb]) for verb in steps]
    available = (now() - start).total_seconds() / 3600 * 0.95
    squeeze = min(1.0, available / sum(gaps)) if gaps else 1.0
    return [start + timedelta(hours=sum(gaps[: index + 1]) * squeeze) for index in range(len(gaps))]


def _raise(story: Story, cast: Cast) -> Request:
    photos = [kept_picture(story.category, after=False)] if story.function == "snap" else []
    report = actions.Report(
        text=story.text,
        title=story.title,
        function=story.function,
        kind=story.kind,
        channel=story.channel,
        where=actions.Where(place_code=story.building_code, words=story.place_text),
        anonymous=story.reporter is None,
        wished_public=story.wishes_public,
        photos=photos,
    )
    if story.channel in ENTERED:
        reporter = story.reporter
        contact = actions.Contact(reporter.name, reporter.phone) if reporter else actions.Contact()
        return actions.enter_request(
            actor=cast.with_role(Role.COMMUNITY_WORKER), report=report, contact=contact
        ).request
    return actions.raise_request(actor=cast.actor_of(story.reporter), report=report, sender=story.text).request


def _accept(request: Request, story: Story, cast: Cast) -> None:
    actions.accept_request(
        actor=cast.with_role(Role.COMMUNITY_WORKER),
        request_id=request.pk,
        category=story.category,
        urgency=story.urgency,
        note=_filled(story.accepted, request),
    )


def _decline(request: Request, story: Story, cast: Cast) -> None:
    actions.decline_request(
        actor=cast.with_role(Role.COMMUNITY_WORKER), request_id=request.pk, reason=_filled(story.declined, request)
    )


def _duties(request: Request) -> list[Duty]:
    return duties_at(
        task=Duty.Task.HANDLE,
        place_code=request.place_code,
        zone_ids=(request.grid_id, request.estate_id),
        category=request.category,
    )


def _dispatch(request: Request, story: Story, cast: Cast) -> None:
    duty = _duties(request)[0]
    actions.dispatch_request(
        actor=cast.with_role(Role.COMMUNITY_WORKER), request_id=request.pk, body_id=duty.body_id, basis=duty.basis
    )


def _transfer(request: Request, story: Story, cast: Cast) -> None:
    duty = next((duty for duty in _duties(request) if duty.body_id != request.body_id), None)
    body = duty.body if duty else Body.objects.get(kind="subdistrict_office")
    words = story.transferred.format(body=body.name)
    actions.transfer_request(
        actor=_handler(request, cast),
        request_id=request.pk,
        body_id=body.pk,
        basis=duty.basis if duty else words,
        words=words,
    )


def _handler(request: Request, cast: Cast) -> Actor:
    return cast.at_body(request.body_id) or cast.with_role(Role.COMMUNITY_WORKER)


def _sign(request: Request, story: Story, cast: Cast) -> None:
    actions.sign_for_request(actor=_handler(request, cast), request_id=request.pk)


def _start(request: Request, story: Story, cast: Cast) -> None:
    actions.start_request(actor=_handler(request, cast), request_id=request.pk)


def _report(request: Request, story: Story, cast: Cast) -> None:
    if story.progress:
        actions.report_progress(
            actor=_handler(request, cast), request_id=request.pk, note=_filled(story.progress, request)
        )


def _handle(request: Request, story: Story, cast: Cast) -> None:
    photos = [kept_picture(story.category, after=True)] if story.function == "snap" else []
    actions.handle_request(
        actor=_handler(request, cast), request_id=request.pk, answer=_filled(story.handled, request), photos=photos
    )


def _call_back(request: Request, story: Story, cast: Cast) -> None:
    actions.begin_call_back(actor=cast.with_role(Role.COMMUNITY_WORKER), request_id=request.pk)


def _judgement(story: Story, solved: str) -> actions.Judgement:
    comment = story.rework if solved == "no" else story.rating.comment
    satisfied = "no" if solved == "no" else story.rating.satisfied
    return actions.Judgement(story.rating.responded, solved, satisfied, comment)


def _rework(request: Request, story: Story, cast: Cast) -> None:
    _judge(request, _judgement(story, "no"), cast, ask_again=True)


def _rate(request: Request, story: Story, cast: Cast) -> None:
    _judge(request, _judgement(story, story.rating.solved), cast, ask_again=False)


def _judge(request: Request, judgement: actions.Judgement, cast: Cast, *, ask_again: bool) -> None:
    """Let the reporter rate it, or the desk call back where the reporter has no account."""
    account = Account.objects.filter(person_id=request.reporter_id).first() if request.reporter_id else None
    if account:
        reporter = actor_for(account.pk, account.person_id)
        actions.rate_request(actor=reporter, request_id=request.pk, judgement=judgement, ask_again=ask_again)
        return
    worker = cast.with_role(Role.COMMUNITY_WORKER)
    actions.begin_call_back(actor=worker, request_id=request.pk)
    actions.record_call_back(actor=worker, request_id=request.pk, judgement=judgement, ask_again=ask_again)


def _withdraw(request: Request, story: Story, cast: Cast) -> None:
    reporter = Actor(opened=frozenset({f"request:{request.pk}"}))
    actions.withdraw_request(actor=reporter, request_id=request.pk, reason=story.withdrawn)


def _publish(request: Request, story: Story, cast: Cast) -> None:
    """Publish what was wished public; every tenth is kept back with a reason."""
    if not story.wishes_public:
        return
    worker = cast.with_role(Role.COMMUNITY_WORKER)
    if request.pk % 10 == 0:
        actions.refuse_publication(actor=worker, request_id=request.pk, reason="涉及个别住户，不便公开。")
        return
    publish(request, worker)


def publish(request: Request, worker: Actor) -> None:
    """Publish a request after a look that hides what is personal."""
    look = actions.Look(
        title=mask_personal(request.title)[0],
        text=mask_personal(request.text)[0],
        answer=mask_personal(last_answer(request))[0],
        place=next(iter(places_to_show(request))),
        photo_ids=list(request.photos.values_list("pk", flat=True)),
    )
    actions.publish_request(actor=worker, request_id=request.pk, look=look)


def _filled(words: str, request: Request) -> str:
    due = f"{request.due_at:%m-%d %H:%M}" if request.due_at else ""
    return words.format(number=request.number, body=request.body.name, due=due)


STEPS = {
    ACCEPT: _accept, "decline": _decline, DISPATCH: _dispatch, TRANSFER: _transfer, SIGN: _sign, START: _start,
    REPORT: _report, HANDLE: _handle, "call_back": _call_back, "rework": _rework, "rate": _rate,
    "withdraw": _withdraw, "publish": _publish,
}  # fmt: skip
