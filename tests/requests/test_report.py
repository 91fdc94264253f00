"""Figures over requests: exact rates without guesses, promises with the overdue in, years compared, counts as told."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now
from jinlin.playbooks.loader import load_playbook
from jinlin.requests.actions import (
    Report,
    Where,
    decline_request,
    import_requests,
    raise_request,
    send_back_request,
)
from jinlin.requests.actions.rating import write_rating
from jinlin.requests.models import Clock, Request
from jinlin.requests.report import (
    SHARES,
    Schemes,
    among,
    rates_by,
    report,
    share_of,
    three_rates,
    within,
    year_on_year,
)
from jinlin.requests.states import State
from tests.requests.desk_cases import at, running_clock
from tests.support.community import COMMUNITY, SUBDISTRICT, Community, make_community
from tests.support.tables import csv_file

__all__ = ["running_clock"]

SCHEMES = Schemes.of(load_playbook("hongshan").rating)
TWO = (
    load_playbook("hongshan").rating[0],
    load_playbook("hongshan")
    .rating[0]
    .model_copy(update={"version": 2, "basically_satisfied": Fraction(1, 2), "weight_solution": Fraction(9, 10)}),
)
BOTH = Schemes.of(TWO)
IN_TIME = next(share for share in SHARES if share.key == "in_time")
NOON = datetime(2026, 5, 8, 4, tzinfo=UTC)
PROPERTY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
Judged = tuple[int, bool, bool, str, str]
"""Which request, valid, responded, solved, satisfied."""
JUDGEMENTS = st.lists(
    st.tuples(
        st.integers(0, 3), st.booleans(), st.booleans(), st.sampled_from(["yes", "no"]),
        st.sampled_from(["yes", "mostly", "no"]),
    ),
    max_size=12,
)  # fmt: skip


@pytest.fixture
def community(db: None, clock) -> Community:
    return make_community()


@pytest.fixture
def requests(community: Community) -> list[Request]:
    report = Report("路灯不亮", where=Where(place_code=community.homes[0].code))
    return [raise_request(actor=community.actor("resident"), report=report).request for _ in range(4)]


@contextmanager
def undone() -> Iterator[None]:
    """Take back what the block writes, so that every example begins alike."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rate(requests: Sequence[Request], judged: Sequence[Judged]) -> None:
    for which, valid, responded, solved, satisfied in judged:
        write_rating(requests[which], valid=valid, responded=responded, solved=solved, satisfied=satisfied)


@PROPERTY
@given(JUDGEMENTS)
def test_the_three_rates_are_exact_shares_of_the_newest_valid_ratings(requests, judged: list[Judged]) -> None:
    newest = {which: (responded, solved, satisfied) for which, valid, responded, solved, satisfied in judged if valid}
    counted = list(newest.values())
    with undone():
        rate(requests, judged)
        rates = three_rates(Request.objects.all(), SCHEMES)
    worth = {"yes": Fraction(1), "mostly": Fraction(9, 10), "no": Fraction(0)}
    parts = (
        sum(responded for responded, *_rest in counted),
        sum(solved == "yes" for _responded, solved, _satisfied in counted),
        sum((worth[satisfied] for *_rest, satisfied in counted), Fraction(0)),
    )
    assert [(rate.met, rate.counted) for rate in (rates.response, rates.solution, rates.satisfaction)] == [
        (part, len(counted)) for part in parts
    ]
    if not counted:
        assert rates.total is rates.response.value is rates.solution.value is rates.satisfaction.value is None
        return
    weights = (Fraction(1, 10), Fraction(1, 2), Fraction(2, 5))
    assert rates.total == sum(
        weight * Fraction(part) / len(counted) for weight, part in zip(weights, parts, strict=True)
    )
    assert 0 <= rates.total <= 1


@PROPERTY
@given(JUDGEMENTS, st.lists(st.integers(1, 2), min_size=4, max_size=4))
def test_each_judgement_counts_under_the_scheme_of_its_day(requests, judged: list[Judged], held: list[int]) -> None:
    with undone():
        rate(requests, judged)
        for request, version in zip(requests, held, strict=True):
            request.ratings.update(scheme=version)
        everything = Request.objects.all()
        found, under_first = three_rates(everything, BOTH), three_rates(everything, Schemes.of(TWO, under=1))
        alone = [three_rates(everything.filter(ratings__newest=True, ratings__scheme=one), BOTH) for one in (1, 2)]
        months = rates_by(everything, "month", BOTH)
    counted = [rates for rates in alone if rates.total is not None]
    assert found.response.counted == sum(rates.response.counted for rates in alone)
    assert found.versions == tuple(version for version, rates in zip((1, 2), alone, strict=True) if rates in counted)
    if counted:
        assert found.total * found.response.counted == sum(rates.total * rates.response.counted for rates in counted)
        assert under_first.versions == (1,)
        assert [group.rates for group in months] == [found]
    assert all(
        rates.satisfaction.met in {0, rates.satisfaction.counted} for rates in alone[1:] if judged_plainly(judged)
    )


def judged_plainly(judged: Sequence[Judged]) -> bool:
    """Say whether all judgements are alike, so that the rates are 0 or 1."""
    return len({row[1:] for row in judged}) == 1 and judged[0][-1] != "mostly"


def test_an_unknown_scheme_is_told() -> None:
    with pytest.raises(KeyError):
        Schemes.of(TWO, under=7)


def test_the_weights_of_every_scheme_sum_to_one() -> None:
    for scheme in load_playbook("hongshan").rating:
        assert scheme.weight_response + scheme.weight_solution + scheme.weight_satisfaction == 1


def test_all_content_is_one_and_nobody_asked_is_no_rate(requests: list[Request]) -> None:
    rate(requests, [(which, True, True, "yes", "yes") for which in range(4)])
    assert three_rates(Request.objects.all(), SCHEMES).total == 1
    assert three_rates(Request.objects.none(), SCHEMES).total is None
    assert report(Request.objects.none(), SCHEMES)["rates"]["total"] is None


def promise(request: Request, due: timedelta, ended: timedelta | None = None, *, met: bool | None = None) -> None:
    Clock.objects.create(
        request=request,
        milestone="final",
        amount=1,
        unit="working_days",
        started_at=NOON - timedelta(days=9) + due,
        due_at=NOON + due,
        ended_at=None if ended is None else NOON + ended,
        met=met,
    )


HOUR = timedelta(hours=1)


def test_open_overdue_promises_stay_in_the_denominator(requests: list[Request]) -> None:
    kept, late, open_overdue, not_yet_due = requests
    promise(kept, -3 * HOUR, -4 * HOUR, met=True)
    promise(late, -3 * HOUR, -2 * HOUR, met=True)
    promise(open_overdue, -HOUR)
    promise(not_yet_due, HOUR)
    rate = share_of(Request.objects.all(), IN_TIME, NOON)
    assert (rate.met, rate.counted, rate.value) == (1, 3, Fraction(1, 3))
    assert share_of(Request.objects.all(), IN_TIME, NOON + 2 * HOUR).value == Fraction(1, 4)


def test_dropped_promises_count_nowhere_and_without_any_there_is_no_rate(requests: list[Request]) -> None:
    assert share_of(Request.objects.all(), IN_TIME, NOON).value is None
    promise(requests[0], -HOUR, -2 * HOUR, met=False)
    promise(requests[1], HOUR)
    assert share_of(Request.objects.all(), IN_TIME, NOON).value is None


@PROPERTY
@given(st.lists(st.tuples(st.integers(-5, 5), st.one_of(st.none(), st.integers(-9, 0))), min_size=4, max_size=4))
def test_on_time_counts_each_request_that_owes_or_owed(requests, promises: list[tuple[int, int | None]]) -> None:
    with undone():
        for request, (due, ended) in zip(requests, promises, strict=True):
            promise(request, due * HOUR, None if ended is None else ended * HOUR, met=None if ended is None else True)
        found = share_of(Request.objects.all(), IN_TIME, NOON)
    kept = sum(ended is not None and ended <= due for due, ended in promises)
    owing = sum(ended is not None or due < 0 for due, ended in promises)
    assert (found.met, found.counted) == (kept, owing)


def test_the_shares_of_city_management_come_from_the_history(db: None, running_clock) -> None:
    community = make_community()
    for state in (State.ACCEPTED, State.DISPATCHED, State.IN_PROGRESS, State.HANDLED, State.REWORKED, State.CLOSED):
        at(community, state)
    worker, firm = community.actor("community_worker"), community.actor("property_manager")
    sent_back = at(community, State.DISPATCHED)
    send_back_request(actor=firm, request_id=sent_back.pk, reason="不归我们")
    decline_request(actor=worker, request_id=sent_back.pk, reason="不在辖区")
    shares = {share.key: share_of(Request.objects.all(), share, now()) for share in SHARES}
    assert {key: (int(rate.met), rate.counted) for key, rate in shares.items()} == {
        "handled": (3, 4),
        "in_time": (4, 4),
        "filed_rightly": (6, 7),
        "dispatched_in_time": (6, 6),
        "dispatched_rightly": (5, 6),
        "reworked": (1, 3),
    }


def test_every_numerator_lies_within_its_denominator(db: None, running_clock) -> None:
    community = make_community()
    for state in (State.DECLINED, State.ACCEPTED, State.CALL_BACK, State.REWORKED, State.CLOSED):
        at(community, state)
    everything = Request.objects.all()
    for share in SHARES:
        met, of = (set(among(everything, name, now()).values_list("pk", flat=True)) for name in (share.met, share.of))
        assert met <= of
    for name in ("responded", "solved", "unsolved", "satisfied", "mostly", "unsatisfied"):
        assert among(everything, name, now()).difference(among(everything, "rated", now())).count() == 0


def test_the_report_counts_in_official_words(community: Community, requests: list[Request]) -> None:
    found = report(Request.objects.all(), SCHEMES)
    assert (found["requests"], found["by_kind"], found["by_channel"]) == (4, {"投诉": 4}, {"网上": 4})
    assert found["by_state"] == {"received": 4}
    assert found["median_days_to_reply"] is None
    assert found["transfers"] == {"total": 0, "mean": 0, "median": 0, "max": 0, "by_number": {"0": 4}}
    nothing = report(Request.objects.none(), SCHEMES)
    assert nothing["transfers"] == {"total": 0, "mean": None, "median": None, "max": None, "by_number": {}}


@pytest.fixture
def handed_over(community: Community, tmp_path):
    """Import so many hotline cases of a day, at a place."""

    def run(day: str, count: int, *, place: str = "", source: str = "12345") -> None:
        rows = [(f"{day}-{place}-{number}", f"第{number}件", day, place) for number in range(count)]
        path = csv_file(tmp_path / "cases.csv", ("编号", "内容", "时间", "地点"), *rows)
        import_requests(actor=SYSTEM, path=path, source=source)

    return run


def test_a_year_is_compared_with_the_year_before_beside_ones_own_channels(handed_over, requests) -> None:
    handed_over("2025-03-01", 10)
    handed_over("2026-03-01", 9)
    found = year_on_year(Request.objects.all(), 2026)
    assert (found["year"], found["before"], found["now"], found["change"]) == (2026, 10, 9, -0.1)
    assert found["own_channels"] == {"before": 0, "now": 4, "change": None}
    assert year_on_year(Request.objects.all(), 2025)["change"] is None


def test_a_running_year_is_also_compared_up_to_the_same_day(handed_over, clock) -> None:
    for day, count in (("2025-05-08", 4), ("2025-05-09", 6), ("2026-05-08", 3)):
        handed_over(day, count)
    found = year_on_year(Request.objects.all(), 2026)
    assert (found["before"], found["now"], found["change"]) == (10, 3, -0.7)
    assert {"to": "2026-05-08", "before": 4, "now": 3, "change": -0.25}.items() <= found["so_far"].items()
    clock.move_to("2027-01-01 00:30")
    assert year_on_year(Request.objects.all(), 2026)["so_far"] is None


def test_a_year_begins_at_local_midnight_and_a_leap_day_has_no_twin(handed_over, clock) -> None:
    clock.move_to("2028-02-29 12:00")
    for day in ("2027-01-01 00:00", "2026-12-31 23:59", "2027-02-28 23:59", "2027-03-01 00:00", "2028-02-29 08:00"):
        handed_over(day, 1)
    found = year_on_year(Request.objects.all(), 2028)
    assert (found["before"], found["now"]) == (3, 1)
    assert (found["so_far"]["before"], found["so_far"]["now"]) == (2, 1)


def test_one_system_and_one_place_can_be_looked_at_alone(handed_over) -> None:
    handed_over("2025-03-01", 5, place="虹山街道")
    handed_over("2026-03-01", 4, place="虹山街道")
    handed_over("2026-03-02", 7, source="mailbox")
    everything = Request.objects.all()
    assert year_on_year(everything, 2026)["now"] == 11
    assert year_on_year(everything, 2026, source="12345")["change"] == -0.2
    assert within(everything, SUBDISTRICT).count() == 16
    assert within(everything, COMMUNITY).count() == 7
