"""Background work: one decorator for tasks, retries that are safe to repeat, and a table of recurring ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any, TypeVar

import structlog
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, transaction
from django_tasks import task

from jinlin.platform.errors import JinlinError
from jinlin.platform.models import Schedule

RowT = TypeVar("RowT")
log = structlog.get_logger("jinlin.tasks")
RETRY_AFTER = (timedelta(seconds=10), timedelta(minutes=2), timedelta(minutes=15), timedelta(hours=2))
ROW_FAULTS = (JinlinError, DatabaseError, ObjectDoesNotExist, LookupError, ValueError)
"""What one row of a run may raise without stopping the others: refusals, the database's word, data that do not fit."""


@dataclass(frozen=True)
class Recurring:
    """A function that every district runs once per `every`."""

    name: str
    run: Callable[[], Any]
    every: timedelta


@dataclass(frozen=True)
class Tally:
    """How many rows of a run were done, and how many failed."""

    done: int
    failed: int

    def __str__(self) -> str:
        return f"{self.done} done, {self.failed} failed"


recurring: dict[str, Recurring] = {}


def every(interval: timedelta) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Register a function as recurring; it must be harmless to run once too often.

    A run has no transaction of its own: each action in it brings one, so that what is done stays done.
    """

    def register(function: Callable[[], Any]) -> Callable[[], Any]:
        name = f"{function.__module__}.{function.__qualname__}"
        recurring[name] = Recurring(name, function, interval)
        return function

    return register


def run_due(now: datetime | None = None) -> list[str]:
    """Run the recurring tasks of this district that are due; return their names.

    A worker moves the due time on before it starts, so that two workers never run the same one together.
    """
    now = now or datetime.now(UTC)
    return [name for name, entry in recurring.items() if _run_if_due(entry, now)]


def _run_if_due(entry: Recurring, now: datetime) -> bool:
    Schedule.objects.get_or_create(name=entry.name, defaults={"next_at": now})
    due = Schedule.objects.filter(name=entry.name, next_at__lte=now)
    if not due.update(next_at=now + entry.every, last_at=now):
        return False
    Schedule.objects.filter(name=entry.name).update(finding=_finding_of(entry))
    return True


def _finding_of(entry: Recurring) -> str:
    try:
        return str(entry.run() or "")[:200]
    except Exception as error:
        log.exception("recurring task failed", task=entry.name)
        return f"{type(error).__name__}: {error}"[:200]


def one_by_one(act: Callable[[RowT], Any], rows: Iterable[RowT]) -> Tally:
    """Do `act`, an action with a transaction of its own, for each row, and count those for which it says true.

    A row that fails is logged and left for the next run; the others go on.
    """
    done = failed = 0
    for row in rows:
        try:
            done += bool(act(row))
        except ROW_FAULTS:
            log.exception("row failed", action=act.__qualname__, row=str(row))
            failed += 1
    return Tally(done, failed)


def reliable(function: Callable[..., None]) -> Any:
    """Make a module's function a task that is tried again after 10 s, 2 min, 15 min and 2 h when it fails.

    It takes keyword arguments only and must be harmless to repeat.
    """

    @wraps(function)
    def run(*, attempt: int = 0, **arguments: Any) -> None:
        try:
            with transaction.atomic():
                function(**arguments)
        except Exception:
            if attempt == len(RETRY_AFTER):
                raise
            log.exception("task failed and will be tried again", task=function.__qualname__, attempt=attempt)
            again = made.using(run_after=datetime.now(UTC) + RETRY_AFTER[attempt])
            again.enqueue(attempt=attempt + 1, **arguments)

    made = task()(run)
    return made


__all__ = ["Tally", "every", "one_by_one", "recurring", "reliable", "run_due", "task"]
