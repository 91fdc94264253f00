"""The one work list of a grid: duties of several departments, merged from the playbook, with this period's tasks."""

from dataclasses import dataclass
from datetime import date, timedelta

from jinlin.organisations.models import Task
from jinlin.organisations.queries.posts import running_appointments
from jinlin.organisations.states import TaskState
from jinlin.playbooks.schema import GridDuty, Playbook
from jinlin.territory.models import Zone

GRID_DUTY = "grid_duty"
GRID_MEMBER = "grid_member"


@dataclass(frozen=True)
class Line:
    """A duty in a grid, its owner's name, and the task by which it is met now; none for what is met as it comes up."""

    duty: GridDuty
    owner: str
    task: Task | None


def work_list(playbook: Playbook, grid: Zone, on: date) -> list[Line]:
    """Return the grid's list: every duty once, by function, whichever department it comes from."""
    open_first = Task.objects.filter(zone=grid, kind=GRID_DUTY, given_at__date__lte=on).select_related("body")
    newest = {task.duty: task for task in open_first.order_by("due_on", "pk")}
    names = {row.kind: row.short_name for row in playbook.body}
    lines = [Line(duty, names.get(duty.owner, duty.owner), newest.get(duty.key)) for duty in playbook.grid_duty]
    return sorted(lines, key=lambda line: line.duty.function)


def functions_of(lines: list[Line]) -> list[str]:
    """Return the functions that a list merges, such as social work, police and civil affairs."""
    return sorted({line.duty.function for line in lines})


def period_of(duty: GridDuty, on: date) -> date | None:
    """Return the last day of the period in which a recurring duty is to be met; None for one that does not recur."""
    if duty.every_days is None:
        return None
    number = (on - date(2020, 1, 6)).days // duty.every_days
    return date(2020, 1, 6) + timedelta(days=(number + 1) * duty.every_days - 1)


def grids_and_members(on: date) -> list[tuple[Zone, int | None, int | None]]:
    """Return each grid with the body and appointment of its member on a day; none where the post is vacant."""
    posts = running_appointments(on).filter(key=GRID_MEMBER, zone__isnull=False).order_by("-pk")
    held = {zone: (body, pk) for pk, zone, body in posts.values_list("pk", "zone_id", "body_id")}
    grids = Zone.objects.filter(kind=Zone.Kind.GRID, valid_to__isnull=True).order_by("label")
    return [(grid, *held.get(grid.pk, (None, None))) for grid in grids]


def met_already(on: date) -> set[tuple[int | None, str, date]]:
    """Return grid, duty and last day of the tasks that there are from this day on."""
    rows = Task.objects.filter(kind=GRID_DUTY, due_on__gte=on).exclude(state=TaskState.DROPPED)
    return set(rows.values_list("zone_id", "duty", "due_on"))
