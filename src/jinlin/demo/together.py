"""What goes beyond one request in the demo: a common trouble, a case that is led, decisions awaited above, a round of homes."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from jinlin.clusters.actions import NewLeading, answer_all, spot, take_lead
from jinlin.clusters.models import Cluster
from jinlin.demo.people import Resident
from jinlin.demo.scene import Scene
from jinlin.demo.texts import blocks
from jinlin.demo.walks import Cast, publish
from jinlin.organisations.models import Body
from jinlin.outreach.actions import (
    NewRound,
    Teller,
    decline_visit,
    log_visit,
    miss_visit,
    note_issue,
    note_wish,
    plan_round,
)
from jinlin.outreach.models import Round, Visit
from jinlin.people.models import Account
from jinlin.platform.access import Actor, Role
from jinlin.platform.dates import now, today, told_at
from jinlin.requests import actions
from jinlin.requests.asked import Asked
from jinlin.requests.models import Clock, Publicity, Request
from jinlin.requests.states import State
from jinlin.territory.models import Place, Zone

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
APART = 16 * HOUR
"""How long after each other the households of the common trouble speak up."""
VISITED = 12
"""How many homes of the round have been gone to; one more declined, and at one nobody was in."""


def act_together(scene: Scene, cast: Cast) -> None:
    """Let the community take on what many have, lead what is difficult, ask above, and go from home to home."""
    told = blocks()
    _have_in_common(cast, told["common"], scene.zones(Zone.Kind.GRID)[0])
    _lead(cast, told["led"])
    committee = scene.bodies("residents_committee")[0]
    for wanted in told["awaited"]:
        _ask_above(cast, wanted, committee.place_code)
    _go_round(cast, told["round"], committee)


def _have_in_common(cast: Cast, told: dict[str, Any], grid: Zone) -> None:
    """Let households of one grid raise the same; the hot rules take it on, and everybody gets one answer, in public."""
    words = list(zip(told["titles"], told["texts"], strict=True))
    reporters = list(islice(_one_of_each_home(cast, grid), len(words)))
    cast.open_accounts(reporters)
    begun = now() - len(words) * APART - 6 * HOUR
    for number, (reporter, (title, text)) in enumerate(zip(reporters, words, strict=True)):
        _raise(cast, reporter, title, text, told["category"], begun + number * APART)
    with told_at(now() - 4 * HOUR):
        spot()
    cluster = Cluster.objects.get(category=told["category"], zone=grid)
    with told_at(now() - 2 * HOUR):
        worker = cast.with_role(Role.COMMUNITY_WORKER)
        answer_all(actor=worker, cluster_id=cluster.pk, words=told["answer"], in_public=True)


def _one_of_each_home(cast: Cast, grid: Zone) -> Iterator[Resident]:
    homes = set(Place.objects.filter(grid=grid).values_list("code", flat=True))
    for one in cast.persons:
        if one.home_code in homes and one.phone:
            homes.remove(one.home_code)
            yield one


def _raise(cast: Cast, reporter: Resident, title: str, text: str, category: str, moment: datetime) -> None:
    where = actions.Where(place_code=reporter.home_code)
    report = actions.Report(text=text, title=title, kind="complaint", where=where, wished_public=True)
    with told_at(moment):
        made = actions.raise_request(actor=cast.actor_of(reporter), report=report, sender=text).request
    with told_at(moment + HOUR):
        actions.accept_request(actor=cast.with_role(Role.COMMUNITY_WORKER), request_id=made.pk, category=category)


def _lead(cast: Cast, told: dict[str, Any]) -> None:
    """Let the secretary lead what has been under way longest, of the categories named where there is one, in public."""
    rows = Request.objects.filter(state=State.IN_PROGRESS, publicity=Publicity.WISHED).order_by("received_at")
    request = rows.filter(category__in=told["categories"]).first() or rows.first()
    if request is None:
        return
    dates = [(today() + step["days"] * DAY, step["words"]) for step in told["steps"]]
    new = NewLeading(told["reason"], told["plan"], dates)
    with told_at(now() - 3 * HOUR):
        take_lead(actor=cast.with_role(Role.COMMUNITY_SECRETARY), request_id=request.pk, new=new)
        publish(Request.objects.get(pk=request.pk), cast.with_role(Role.COMMUNITY_WORKER))


def _ask_above(cast: Cast, told: dict[str, Any], here: str) -> None:
    """Let a body that has work in hand, of the community if there is one, ask for something; nobody has decided yet."""
    days = told.get("days")
    asked = Asked(amount=told.get("amount"), until=today() + days * DAY if days else None)
    rows = Request.objects.filter(state=State.IN_PROGRESS, asked=0).select_related("body").order_by("received_at")
    for request in sorted(rows, key=lambda one: not one.body.place_code.startswith(here)):
        handler = cast.at_body(request.body_id)
        due = request.promises.get(Clock.Milestone.FINAL)
        in_time = bool(days or (due and datetime.fromisoformat(due) > now()))
        if handler and in_time:
            actions.ask_approval(
                actor=handler, request_id=request.pk, kind=told["kind"], reason=told["reason"], asked=asked
            )
            return


def _go_round(cast: Cast, told: dict[str, Any], team: Body) -> None:
    """Let a team go through the grid of the resident whose account is shown; half a day of it is done."""
    resident = Account.objects.select_related("person").get(username="resident").person
    home = resident.residences.filter(valid_to__isnull=True).select_related("household").first().household.home_code
    grid = Place.objects.select_related("grid").get(code=home).grid
    worker = cast.with_role(Role.COMMUNITY_WORKER)
    with told_at(now() - 4 * DAY):
        new = NewRound("homes", told["title"], team, team.place_code, today() + 4 * DAY, zone=grid)
        made = plan_round(actor=worker, new=new)
    _visit(worker, made, list(made.visits.exclude(home_code=home).order_by("home_code")[: VISITED + 2]))
    teller = Teller(told["nickname"], resident.name, resident.phone, agrees=True)
    note_wish(actor=worker, round_id=made.pk, title=told["wish"], teller=teller)
    note_issue(actor=worker, round_id=made.pk, words=told["issue"])


def _visit(worker: Actor, made: Round, visits: Sequence[Visit]) -> None:
    *visited, refused, empty = visits
    marks = list(Visit.Mark.values)
    for number, visit in enumerate(visited):
        log_visit(actor=worker, visit_id=visit.pk, marks=marks[: 2 + number % 3])
    decline_visit(actor=Actor(person_id=_who_lives_at(refused)), visit_id=refused.pk)
    miss_visit(actor=worker, visit_id=empty.pk)


def _who_lives_at(visit: Visit) -> int:
    return visit.household.residences.filter(valid_to__isnull=True).values_list("person_id", flat=True).first()
