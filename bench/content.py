"""Fills a district with many requests: a few hundred walk through the real actions, the others are copies with words of
their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from random import Random
from typing import Any

from django.db import connection, models, transaction

from jinlin.algorithms.chinese_text import bigrams
from jinlin.demo import texts
from jinlin.demo.build import found_community
from jinlin.demo.places import DemoPlace
from jinlin.demo.profiles import PROFILES
from jinlin.demo.walks import Cast, walk
from jinlin.disclosure.models import Disclosure
from jinlin.organisations.models import Body
from jinlin.people.actions import create_token
from jinlin.people.models import Account
from jinlin.platform.access import Actor, Role, actor_for
from jinlin.platform.dates import LOCAL, now, today
from jinlin.platform.models import AuditEntry
from jinlin.platform.worker import run_waiting
from jinlin.requests import actions
from jinlin.requests.models import Clock, Publicity, Request, Step
from jinlin.requests.states import State

WALKED = 60
RAISED = 12
PUBLIC_SHARE = 3
"""One of so many of the older requests is public."""
BATCH = 2_000
SPREAD_DAYS = 100


@dataclass(frozen=True)
class Content:
    """What the load is made of: tokens by part, and the ids and words that it uses up."""

    tokens: dict[str, str]
    received: list[int]
    dispatched: list[int]
    building_code: str
    words: list[str]
    points: list[tuple[float, float]]


def fill(count: int) -> Content:
    """Build the demo's community in the current district with `count` requests, a third of them each waiting to be
    accepted, waiting to be signed for, and older ones in all states; return what the load needs."""
    random = Random(3)  # noqa: S311 - the same content each time
    with transaction.atomic():
        scene, cast = found_community(PROFILES["hongshan"], lambda words: None)
        plan = scene.plan
        present = now().astimezone(LOCAL)
        stories = texts.stories(plan, list(cast.persons), texts.moments(present, count // 5), present)
        templates = _templates(stories, plan, cast)
        copies = _Copies(templates, cycle(stories), random)
        received = copies.make("received", count // 3)
        dispatched = copies.make("dispatched", count // 3)
        copies.make("older", count - len(received) - len(dispatched))
        points = _publish(plan, random)
        worker, manager, resident = _token_holders(cast, templates["dispatched"][0].body)
    run_waiting()
    return Content(
        tokens={"worker": _token(worker), "manager": _token(manager), "resident": _token(resident)},
        received=received,
        dispatched=dispatched,
        building_code=plan.buildings[0].code,
        words=[story.text for story in stories[:500]],
        points=points,
    )


def _templates(stories: Sequence[texts.Story], plan: DemoPlace, cast: Cast) -> dict[str, list[Request]]:
    """Return real requests, taken through the actions, to copy from."""
    walked = stories[-WALKED:]
    cast.open_accounts([story.reporter for story in stories if story.reporter])
    before = Request.objects.count()
    for story in walked:
        walk(story, cast, plan)
    older = list(Request.objects.order_by("received_at")[before:])
    received = [_raise(story, plan, cast) for story in stories[:RAISED]]
    dispatched = [_dispatch(_raise(story, plan, cast), cast) for story in stories[RAISED : 2 * RAISED]]
    return {"older": older, "received": received, "dispatched": dispatched}


def _raise(story: texts.Story, plan: DemoPlace, cast: Cast) -> Request:
    where = actions.Where(place_code=plan.buildings[0].code)
    report = actions.Report(text=story.text, title=story.title, where=where)
    return actions.raise_request(actor=cast.actor_of(story.reporter), report=report, sender=story.text).request


def _dispatch(request: Request, cast: Cast) -> Request:
    """Take a request up and give it to the property firm there."""
    worker = cast.with_role(Role.COMMUNITY_WORKER)
    actions.accept_request(actor=worker, request_id=request.pk, category="E101", urgency="ordinary")
    firm = Body.objects.filter(kind="property_firm", zone_id=request.estate_id).get()
    return actions.dispatch_request(actor=worker, request_id=request.pk, body_id=firm.pk, basis="物业服务合同")


class _Copies:
    """Multiplies requests with everything that belongs to them; each copy has a number, words and a time of its own."""

    def __init__(self, templates: dict[str, list[Request]], stories: Iterable[texts.Story], random: Random) -> None:
        self.templates = templates
        self.stories = iter(stories)
        self.random = random
        self.number = 100_000

    def make(self, kind: str, count: int) -> list[int]:
        """Write `count` copies of the templates of a kind; return their ids."""
        templates = islice(cycle(self.templates[kind]), count)
        made: list[int] = []
        while batch := list(islice(templates, BATCH)):
            made += self._write(batch)
        return made

    def _write(self, templates: list[Request]) -> list[int]:
        shifts = [timedelta(minutes=self.random.randrange(SPREAD_DAYS * 24 * 60)) for _ in templates]
        requests = Request.objects.bulk_create(self._copy(*pair) for pair in zip(templates, shifts, strict=True))
        originals = list(zip(templates, requests, shifts, strict=True))
        for model in (Step, Clock):
            rows = _by_request(model, templates)
            model.objects.bulk_create(
                _shifted(row, shift, request=request)
                for template, request, shift in originals
                for row in rows.get(template.pk, ())
            )
        _copy_trail(originals)
        return [request.pk for request in requests]

    def _copy(self, template: Request, shift: timedelta) -> Request:
        self.number += 1
        story = next(self.stories)
        received_at = template.received_at - shift
        return _shifted(
            template,
            shift,
            number=f"{received_at.astimezone(LOCAL):%Y%m%d}-{self.number}",
            title=story.title,
            text=story.text,
            search=bigrams(f"{story.title}\n{story.text}"),
            promises={
                name: (datetime.fromisoformat(due) - shift).isoformat() for name, due in template.promises.items()
            },
        )


def _shifted(row: models.Model, shift: timedelta, **changed: Any) -> Any:
    """Return a copy of a row that is not saved yet, all its moments earlier by `shift`."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    moved = {name: value - shift for name, value in values.items() if isinstance(value, datetime)}
    copy = type(row)(**values | moved)
    for name, value in changed.items():
        setattr(copy, name, value)
    return copy


def _by_request(model: type[models.Model], templates: Iterable[Request]) -> dict[int, list[models.Model]]:
    found: dict[int, list[models.Model]] = {}
    for row in model.objects.filter(request__in={template.pk for template in templates}):
        found.setdefault(row.request_id, []).append(row)
    return found


def _copy_trail(originals: Iterable[tuple[Request, Request, timedelta]]) -> None:
    kind = Request._meta.label_lower
    ids = {str(template.pk) for template, _copy, _shift in originals}
    lines: dict[str, list[AuditEntry]] = {}
    for entry in AuditEntry.objects.filter(subject_kind=kind, subject_id__in=ids):
        lines.setdefault(entry.subject_id, []).append(entry)
    AuditEntry.objects.bulk_create(
        _shifted(entry, shift, subject_id=str(copy.pk))
        for template, copy, shift in originals
        for entry in lines.get(str(template.pk), ())
    )


def _publish(plan: DemoPlace, random: Random) -> list[tuple[float, float]]:
    """Make public records of a third of the requests that are finished or under way; return their points."""
    rows = list(Request.objects.exclude(state__in=[State.RECEIVED, State.DECLINED, State.WITHDRAWN]).order_by("pk"))
    chosen = rows[::PUBLIC_SHARE]
    Disclosure.objects.bulk_create(_record(row, plan, random) for row in chosen)
    Request.objects.filter(pk__in=[row.pk for row in chosen]).update(publicity=Publicity.PUBLIC)
    return list(Disclosure.objects.values_list("longitude", "latitude"))


def _record(row: Request, plan: DemoPlace, random: Random) -> Disclosure:
    building = random.choice(plan.buildings)
    return Disclosure(
        subject_kind=Request._meta.label_lower,
        subject_id=row.pk,
        version=1,
        number=row.number,
        title=row.title,
        text=row.text,
        state=row.state,
        category=row.category,
        place_code=building.code,
        place_name=building.address,
        longitude=round(building.longitude + random.uniform(-0.001, 0.001), 5),
        latitude=round(building.latitude + random.uniform(-0.001, 0.001), 5),
        happened_at=row.raised_at,
        published_at=now(),
        search=row.search,
    )


def _token_holders(cast: Cast, firm: Body) -> tuple[Actor, Actor, Actor]:
    manager = cast.at_body(firm.pk)
    account = Account.objects.filter(person__requests__isnull=False, person__appointments__isnull=True).first()
    return cast.with_role(Role.COMMUNITY_WORKER), manager, actor_for(account.pk, account.person_id)


def _token(actor: Actor) -> str:
    return create_token(actor=actor, name="bench", last_day=today())[1]


def settle() -> None:
    """Let the database take stock of its new rows, as it would have done by itself over time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
