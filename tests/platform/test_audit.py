"""The audit trail's chain: whole whatever the order of commits, one sealer at a time, and nothing taken away unseen."""

from datetime import timedelta

import pytest

from jinlin.platform.access import SYSTEM
from jinlin.platform.audit import broken_seals, record_change, seal_trail
from jinlin.platform.dates import now, told_at
from jinlin.platform.models import AuditEntry, Counter
from tests.support.threads import at_once


def written(hours_ago: int = 0) -> AuditEntry:
    with told_at(now() - timedelta(hours=hours_ago)):
        record_change(SYSTEM, "tests.write", Counter(name="anything"))
    return AuditEntry.objects.latest("pk")


@pytest.fixture
def sealed(db: None) -> list[AuditEntry]:
    entries = [written(hours) for hours in (3, 2, 1)]
    assert seal_trail() >= 3 and not broken_seals()
    for entry in entries:
        entry.refresh_from_db()
    return entries


def test_a_line_that_commits_after_younger_ones_were_sealed_breaks_nothing(sealed: list[AuditEntry]) -> None:
    late = written(hours_ago=9)
    assert seal_trail() == 1 and broken_seals() == []
    late.refresh_from_db()
    assert late.sealed_number == sealed[-1].sealed_number + 1
    written()
    assert seal_trail() == 1 and broken_seals() == []


@pytest.mark.parametrize("column", ["verb", "subject_id", "place_code"])
def test_a_changed_line_is_found(sealed: list[AuditEntry], column: str) -> None:
    AuditEntry.objects.filter(pk=sealed[1].pk).update(**{column: "other"})
    assert broken_seals() == [sealed[1].pk]


def test_a_line_taken_away_is_found_even_the_newest(sealed: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=sealed[2].pk).delete()
    after = written()
    seal_trail()
    assert broken_seals() == [after.pk]


def test_the_seal_covers_its_number(sealed: list[AuditEntry]) -> None:
    first, second = sealed[0].sealed_number, sealed[1].sealed_number
    AuditEntry.objects.filter(pk=sealed[0].pk).update(sealed_number=None)
    AuditEntry.objects.filter(pk=sealed[1].pk).update(sealed_number=first)
    AuditEntry.objects.filter(pk=sealed[0].pk).update(sealed_number=second)
    assert {sealed[0].pk, sealed[1].pk} <= set(broken_seals())


def test_two_sealers_make_one_chain(transactional_db: None) -> None:
    for _number in range(20):
        written()
    waiting = AuditEntry.objects.filter(seal="").count()
    assert sum(at_once(seal_trail, seal_trail, seal_trail)) == waiting
    assert broken_seals() == []


def test_the_last_seal_and_the_newest_lines_are_read_from_an_index(db: None) -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by the number of rows, of which a test has too few.")
    last = AuditEntry.objects.filter(sealed_number__isnull=False).order_by("-sealed_number")[:1].explain()
    assert "USING INDEX" in last and "TEMP B-TREE" not in last
    page = AuditEntry.objects.order_by("-at", "-id")[:50].explain()
    assert "audit_time" in page and "TEMP B-TREE" not in page
