"""Rows that are written in few steps are the same rows."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext

from jinlin.people.models import Account, Person
from jinlin.platform.dates import now
from jinlin.platform.models import AuditEntry
from jinlin.platform.rows import insert

pytestmark = pytest.mark.django_db


def entry(verb: str = "read") -> AuditEntry:
    """Return a line of the trail that is not written yet."""
    return AuditEntry(
        at=now(), kind="change", verb=verb, subject_kind="a.b", subject_id="1", detail={"词": [1, None, "'"]}
    )


def test_a_row_reads_as_it_was_written():
    made = entry()
    insert(made)
    kept = AuditEntry.objects.get(pk=made.pk)
    assert model_to_dict(kept) == model_to_dict(made) and kept.at == made.at


def test_many_rows_take_one_statement_and_get_their_own_ids():
    rows = [entry(f"v{number}") for number in range(5)]
    with CaptureQueriesContext(connection) as captured:
        insert(*rows)
    assert len([query for query in captured.captured_queries if query["sql"].startswith("INSERT")]) == 1
    assert [AuditEntry.objects.get(pk=row.pk).verb for row in rows] == ["v0", "v1", "v2", "v3", "v4"]


def test_no_rows_take_no_statement():
    with CaptureQueriesContext(connection) as captured:
        insert()
    assert not captured.captured_queries


def test_a_row_points_to_one_that_was_written_a_moment_ago():
    person = Person(name="王某", created_at=now())
    account = Account(username="w", person=person, date_joined=now())
    insert(person)
    insert(account)
    assert Account.objects.get(pk=account.pk).person.name == "王某"
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM people_person WHERE id = %s", [person.pk])
        assert "王" not in cursor.fetchone()[0]


def test_a_written_row_is_changed_and_not_written_again():
    made = entry()
    insert(made)
    made.verb = "changed"
    made.save()
    assert AuditEntry.objects.get().verb == "changed"


def test_what_the_database_refuses_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(AuditEntry(at=None, kind="change", verb="v", subject_kind="a", subject_id="1"))
