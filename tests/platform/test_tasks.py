"""Recurring runs: what is done stays done, whatever one row or the end of the run does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError

from jinlin.platform import tasks
from jinlin.platform.errors import WrongState
from jinlin.platform.models import Counter, Schedule


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test register recurring functions of its own, and nothing else be due."""
    monkeypatch.setattr(tasks, "recurring", {})


def test_a_run_that_fails_keeps_what_its_actions_did(db: None, only: None) -> None:
    @tasks.every(timedelta(hours=1))
    def half() -> None:
        Counter.objects.create(name="first action", value=1)
        raise RuntimeError("second action")

    [name] = tasks.run_due(datetime(2030, 1, 1, tzinfo=UTC))
    assert Counter.objects.filter(name="first action").exists()
    assert Schedule.objects.get(name=name).finding == "RuntimeError: second action"


@pytest.mark.parametrize("error", [WrongState, DatabaseError, KeyError, ValueError, Counter.DoesNotExist])
def test_one_failing_row_stops_no_other(error: type[Exception]) -> None:
    seen = []

    def act(row: int) -> bool:
        if row == 2:
            raise error
        seen.append(row)
        return row != 3

    tally = tasks.one_by_one(act, [1, 2, 3, 4])
    assert (tally, seen) == (tasks.Tally(done=2, failed=1), [1, 3, 4])
    assert str(tally) == "2 done, 1 failed"


def test_a_mistake_of_the_program_is_not_hidden() -> None:
    with pytest.raises(TypeError):
        tasks.one_by_one(lambda row: row + "", [1])
