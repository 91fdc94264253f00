"""Work: what lies with whom, how far a plan is by party, and who is late."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from jinlin.organisations.models import Body, Task
from jinlin.organisations.states import PLEDGE, TaskState
from jinlin.playbooks.schema import Playbook


@dataclass
class Party:
    """What one body has taken on: how much, how much of it is done and how much of the rest is late, and what is shown."""

    body: Body
    total: int = 0
    done: int = 0
    late: int = 0
    tasks: list[Task] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """Tasks by party; the numbers count all of them, also where only some parties and tasks are shown.

    `late` names bodies, never persons, with something that is not done in time.
    """

    parties: list[Party]
    total: int
    done: int
    late: list[str]

    @property
    def completion(self) -> Fraction | None:
        """The share of tasks that count as done; None where there is none."""
        return Fraction(self.done, self.total) if self.total else None

    @property
    def percent(self) -> int | None:
        """The completion in whole percent, rounded down."""
        return None if self.completion is None else int(self.completion * 100)


def confirmed_kinds(playbook: Playbook) -> frozenset[str]:
    """Return the kinds of work that count only once they are confirmed."""
    return frozenset(kind.key for kind in playbook.task if kind.confirmed_by)


def counts_as_done(task: Task, confirmed: frozenset[str]) -> bool:
    """Say whether a task is done: confirmed, or reported where nobody has to confirm it."""
    return task.state == TaskState.CONFIRMED or (task.state == TaskState.DONE and task.kind not in confirmed)


def board_of(tasks: Iterable[Task], playbook: Playbook, on: date) -> Board:
    """Return the board of all these tasks, by party in the order in which they first appear; what was given up is left out."""
    confirmed = confirmed_kinds(playbook)
    parties: dict[int, Party] = {}
    for task in tasks:
        if task.state == TaskState.DROPPED:
            continue
        party = parties.setdefault(task.body_id, Party(task.body))
        party.tasks.append(task)
        party.total += 1
        if counts_as_done(task, confirmed):
            party.done += 1
        elif task.due_on < on:
            party.late += 1
    rows = list(parties.values())
    late = [party.body.name for party in rows if party.late]
    return Board(rows, sum(party.total for party in rows), sum(party.done for party in rows), late)


def board_counted(
    rows: QuerySet[Task], playbook: Playbook, on: date, *, most: int, of: Collection[int] | None = None
) -> Board:
    """Return the board of all `rows`, counted by the database, which shows the first `most` of them in their order.

    A party none of whose tasks is shown is counted all the same. `of` are the bodies of a page whose tasks are shown.
    Two statements.
    """
    counted = rows.exclude(state=TaskState.DROPPED)
    done = Q(state=TaskState.CONFIRMED) | (Q(state=TaskState.DONE) & ~Q(kind__in=confirmed_kinds(playbook)))
    behind = Q(due_on__lt=on) & ~done
    tallies = {
        row["body_id"]: row
        for row in counted.order_by("body__name", "body_id")
        .values("body_id", "body__name")
        .annotate(total=Count("pk"), done=Count("pk", filter=done), late=Count("pk", filter=behind))
    }
    parties: dict[int, Party] = {}
    shown = counted if of is None else counted.filter(body_id__in=of)
    for task in shown[:most]:
        row = tallies[task.body_id]
        party = parties.setdefault(task.body_id, Party(task.body, row["total"], row["done"], row["late"]))
        party.tasks.append(task)
    late = [row["body__name"] for row in tallies.values() if row["late"]]
    total, finished = (sum(row[name] for row in tallies.values()) for name in ("total", "done"))
    return Board(list(parties.values()), total, finished, late)


def tasks_of_plan(plan: str, place_code: str) -> QuerySet[Task]:
    """Return the tasks of a plan at a place and below, by party."""
    rows = Task.objects.filter(plan=plan, place_code__startswith=place_code)
    return rows.select_related("body", "given_by", "host").order_by("body__name", "due_on", "pk")


def tasks_at(*, zone_id: int | None = None, place_code: str = "") -> QuerySet[Task]:
    """Return the tasks that concern a zone, or a place itself, the earliest due first."""
    here = Q(zone_id=zone_id) if zone_id is not None else Q(place_code=place_code, zone__isnull=True)
    return Task.objects.filter(here).select_related("body", "given_by", "host").order_by("due_on", "pk")


def duty_pledges(appointment_id: int) -> QuerySet[Task]:
    """Return the pledges of duty that the holder of a post has published, the newest first."""
    kept = Task.objects.filter(kind=PLEDGE, appointment_id=appointment_id).exclude(state=TaskState.DROPPED)
    return kept.order_by("-given_at", "-pk")
