"""The tests' own ground: a test that commits leaves nothing behind, and threads meet one database."""

import json
from datetime import date

import pytest

from jinlin.region.models import CalendarDay, District
from tests.support.threads import at_once

DAY = date(2099, 1, 1)


def add_a_day() -> None:
    """Write one row."""
    CalendarDay.objects.create(day=DAY, kind="holiday", name="x")


@pytest.mark.parametrize("turn", range(2))
def test_what_threads_commit_is_seen_and_gone_in_the_next_test(turn, transactional_db):
    assert not CalendarDay.objects.filter(day=DAY).exists()
    first, second = at_once(add_a_day, lambda: District.objects.get().code)
    assert first is None
    assert second == "530199"
    assert CalendarDay.objects.filter(day=DAY).exists()


def test_errors_of_threads_come_back(transactional_db):
    add_a_day()
    (error,) = at_once(add_a_day)
    assert "UNIQUE" in str(error).upper()
    assert District.objects.count() == 1


def test_the_clock_stands_until_it_is_moved(clock):
    before = clock.now
    assert clock.now == before
    assert clock.forward(hours=2) - before == clock.now - before
    assert clock.move_to("2026-05-11 14:30").isoformat() == "2026-05-11T14:30:00+08:00"


@pytest.mark.django_db
def test_a_budget_notices_one_query_more(query_budget, monkeypatch, tmp_path):
    record = tmp_path / "counts.json"
    record.write_text(json.dumps({"page": 1}))
    monkeypatch.setattr("tests.support.budgets.RECORD", record)
    query_budget.recording = False
    with query_budget("page"):
        District.objects.count()
    with pytest.raises(AssertionError, match="page: 2 queries, on record are 1"), query_budget("page"):
        District.objects.count()
        District.objects.count()
    with pytest.raises(AssertionError, match="run the test again with --record"), query_budget("other"):
        pass
    query_budget.recording = True
    with query_budget("other"):
        District.objects.count()
    query_budget.recording = False
    with query_budget("other"):
        District.objects.count()
