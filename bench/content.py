"""Fills a district with many requests: some walk through the real actions, the others are copies with words of their own."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random

from django.db import connection, transaction

from bench.copies import OPEN_AGE, Copies, Words, communities_of
from bench.district import first_community, profile
from jinlin.demo import texts
from jinlin.demo.build import found_community
from jinlin.demo.places import DemoPlace
from jinlin.demo.walks import Cast, walk
from jinlin.disclosure.models import Disclosure
from jinlin.organisations.models import Body
from jinlin.people.actions import create_token
from jinlin.people.models import Account
from jinlin.platform.access import Actor, Role, actor_for
from jinlin.platform.dates import LOCAL, now, today
from jinlin.platform.worker import run_waiting
from jinlin.requests import actions
from jinlin.requests.models import Request
from jinlin.requests.states import State

WALKED = 120
RAISED = 12
MOST_WORDS = 4_000
"""Stories of different words; a copy takes the words of one of them."""
WAITING, MOST_WAITING = 0.2, 6_000
"""The share of requests that wait in the first community to be accepted, and as many to be signed for; at most so many."""
CALLED_BACK = 5
"""Per cent of what was closed in the last month that is drawn for call-backs."""

UNUSED = (State.RECEIVED, State.DISPATCHED)


@dataclass(frozen=True)
class Content:
    """What the load is made of: tokens, and (account, person), by part, and the ids and words that it uses up."""

    tokens: dict[str, str]
    actors: dict[str, tuple[int, int]]
    received: list[int]
    dispatched: list[int]
    building_code: str
    words: list[str]
    points: list[tuple[float, float]]


def filled(count: int, keep: Path | None = None) -> Content:
    """Return what the load needs of a district with `count` requests; where `keep` names a folder, that is filled once."""
    kept = keep / "content.json" if keep else None
    if kept and kept.is_file():
        content = Content(**json.loads(kept.read_text()))
        unused = set(Request.objects.filter(version__in=[1, 3], state__in=UNUSED).values_list("pk", flat=True))
        return replace(
            content,
            received=[one for one in content.received if one in unused],
            dispatched=[one for one in content.dispatched if one in unused],
        )
    content = fill(count)
    settle()
    if kept:
        kept.write_text(json.dumps(asdict(content)))
    return content


def fill(count: int) -> Content:
    """Build a district with `count` requests in twenty communities: some wait in the first one to be accepted, as many to
    be signed for, and the others are in all states and spread over more than a year; return what the load needs."""
    random, present = Random(3), now().astimezone(LOCAL)  # noqa: S311 - the same content each time
    with transaction.atomic():
        scene, cast = found_community(profile(), lambda words: None)
        home = first_community(scene.plan)
        moments = texts.moments(present, min(count, MOST_WORDS))
        stories = texts.stories(home, list(cast.persons), moments, present)
        templates = _templates(stories, home, cast)
    run_waiting()
    communities, waiting = communities_of(scene.plan), min(int(count * WAITING), MOST_WAITING)
    copies = Copies([Words.of(story) for story in stories], random, present)
    received = copies.make(templates["received"], waiting, communities[:1])
    dispatched = copies.make(templates["dispatched"], waiting, communities[:1])
    copies.make(templates["older"], count - 2 * waiting, communities)
    _draw_call_backs(cast, home.subdistricts[0].code)
    actors = _token_holders(cast, templates["dispatched"][0].body)
    return Content(
        tokens={part: _token(actor) for part, actor in actors.items()},
        actors={part: (actor.account_id, actor.person_id) for part, actor in actors.items()},
        received=received,
        dispatched=dispatched,
        building_code=home.buildings[0].code,
        words=[story.text for story in stories[:500]],
        points=list(Disclosure.objects.values_list("longitude", "latitude")),
    )


def _templates(stories: Sequence[texts.Story], plan: DemoPlace, cast: Cast) -> dict[str, list[Request]]:
    """Return real requests, taken through the actions, to copy from."""
    placed = [story for story in stories if story.building_code]
    walked = placed[:: max(1, len(placed) // WALKED)]
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


def _draw_call_backs(cast: Cast, place_code: str) -> None:
    """Draw the call-backs of the last days, as an officer would."""
    officer, last = cast.with_role(Role.SUBDISTRICT_OFFICER), today()
    days = {"first": last - timedelta(days=OPEN_AGE), "last": last}
    actions.draw_call_backs(actor=officer, place_code=place_code, percent=CALLED_BACK, seed="bench", **days)


def _token_holders(cast: Cast, firm: Body) -> dict[str, Actor]:
    account = Account.objects.filter(person__requests__isnull=False, person__appointments__isnull=True).first()
    return {
        "worker": cast.with_role(Role.COMMUNITY_WORKER),
        "officer": cast.with_role(Role.DISTRICT_OFFICER),
        "manager": cast.at_body(firm.pk),
        "resident": actor_for(account.pk, account.person_id),
    }


def _token(actor: Actor) -> str:
    return create_token(actor=actor, name="bench", last_day=today())[1]


def settle() -> None:
    """Let the database take stock of its new rows, as it would have done by itself over time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
