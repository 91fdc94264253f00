"""Work: what lies with whom, how far a plan is by party, and who is late."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.db.models import Q, QuerySet

from jinlin.organisations.models import Body, Task
from jinlin.organisations.states import PLEDGE, TaskState
from jinlin.playbooks.schema import Playbook


@dataclass
class Party:
    """What one body has taken on: its tasks, how many of them count as done, and whether one of the others is late."""

    body: Body
    tasks: list[Task] = field(default_factory=list)
    done: int = 0
    late: list[Task] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.tasks)

    @property
    def open(self) -> list[Task]:
        return [task for task in self.tasks if task.state in {TaskState.OPEN, TaskState.DONE}]


@dataclass(frozen=True)
class Board:
    """Tasks by party."""

    parties: list[Party]

    @property
    def total(self) -> int:
        return sum(party.total for party in self.parties)

    @property
    def done(self) -> int:
        return sum(party.done for party in self.parties)

    @property
    def completion(self) -> Fraction | None:
        """The share of tasks that count as done; None where there is none."""
        return Fraction(self.done, self.total) if self.total else None

    @property
    def percent(self) -> int | None:
        """The completion in whole percent, rounded down."""
        return None if self.completion is None else int(self.completion * 100)

    @property
    def late(self) -> list[Body]:
        """The bodies, never persons, with something that is not done in time."""
        return [party.body for party in self.parties if party.late]

    @property
    def unfinished(self) -> list[Body]:
        """The bodies that have not done all they took on."""
        return [party.body for party in self.parties if party.done < party.total]


def confirmed_kinds(playbook: Playbook) -> frozenset[str]:
    """Return the kinds of work that count only once they are confirmed."""
    return frozenset(kind.key for kind in playbook.task if kind.confirmed_by)


def counts_as_done(task: Task, confirmed: frozenset[str]) -> bool:
    """Say whether a task is done: confirmed, or reported where nobody has to confirm it."""
    return task.state == TaskState.CONFIRMED or (task.state == TaskState.DONE and task.kind not in confirmed)


def board_of(tasks: Iterable[Task], playbook: Playbook, on: date) -> Board:
    """Return tasks by party, in the order in which parties first appear; what was given up does not count."""
    confirmed = confirmed_kinds(playbook)
    parties: dict[int, Party] = {}
    for task in tasks:
        if task.state == TaskState.DROPPED:
            continue
        party = parties.setdefault(task.body_id, Party(task.body))
        party.tasks.append(task)
        if counts_as_done(task, confirmed):
            party.done += 1
        elif task.due_on < on:
            party.late.append(task)
    return Board(list(parties.values()))


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
