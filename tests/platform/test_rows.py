"""Rows that are written in few steps are the same rows."""

from time import sleep

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.forms import model_to_dict
from django.test.utils import CaptureQueriesContext

from jinlin.people.models import Account, Person
from jinlin.platform.dates import now
from jinlin.platform.models import AuditEntry, Counter
from jinlin.platform.rows import fetch_locked, insert, save, update
from tests.support.threads import at_once

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


def test_a_row_whose_id_the_database_does_not_count():
    insert(Counter(name="a", value=1), Counter(name="b", value=2))
    assert {row.name: row.value for row in Counter.objects.filter(name__in="ab")} == {"a": 1, "b": 2}


def test_only_the_columns_that_are_named_are_saved():
    made = entry()
    insert(made)
    made.verb, made.detail, made.subject_id = "changed", {"新": []}, "2"
    save(made, ["verb", "detail"])
    kept = AuditEntry.objects.get(pk=made.pk)
    assert (kept.verb, kept.detail, kept.subject_id) == ("changed", {"新": []}, "1")


def test_a_row_that_points_to_another_is_saved_by_either_name():
    first, second = (Person(name=name, created_at=now()) for name in ("甲", "乙"))
    insert(first, second)
    account = Account(username="w", person=first, date_joined=now())
    insert(account)
    account.person = second
    save(account, ["person"])
    assert Account.objects.get(pk=account.pk).person_id == second.pk
    account.person_id = first.pk
    save(account, ["person_id"])
    assert Account.objects.get(pk=account.pk).person_id == first.pk


def test_a_row_that_is_gone_is_not_saved():
    made = entry()
    insert(made)
    AuditEntry.objects.filter(pk=made.pk)._raw_delete("default")
    with pytest.raises(AuditEntry.DoesNotExist):
        save(made, ["verb"])


@pytest.mark.parametrize(
    "where",
    [{"verb": "a"}, {"verb": ("a", "b")}, {"person_id": None}, {"verb": ("a", "c"), "actor_id": 7}, {"verb": "d"}],
)
def test_an_update_changes_the_rows_that_a_filter_finds(where):
    rows = [entry(verb) for verb in "abc"]
    for number, row in enumerate(rows):
        row.actor_id, row.person_id = 7 + number % 2, number or None
    insert(*rows)
    asked = {
        f"{name}__in" if isinstance(value, tuple) else f"{name}__isnull" if value is None else name: value or True
        for name, value in where.items()
    }
    expected = set(AuditEntry.objects.filter(**asked).values_list("pk", flat=True))
    assert update(AuditEntry, where, {"place_code": "530199", "detail": {"b": 1}}) == len(expected)
    changed = AuditEntry.objects.filter(place_code="530199", detail={"b": 1})
    assert set(changed.values_list("pk", flat=True)) == expected


def test_a_locked_row_reads_as_the_orm_reads_it():
    made = entry()
    insert(made)
    with transaction.atomic():
        found = fetch_locked(AuditEntry, made.pk, without=("detail",))
        known = AuditEntry.objects.get(pk=made.pk)
        assert found.get_deferred_fields() == {"detail"}
        assert model_to_dict(found) == model_to_dict(known) and found.at == known.at
        assert fetch_locked(AuditEntry, made.pk + 1) is None


@pytest.mark.django_db(transaction=True)
def test_a_row_is_locked_within_a_transaction_only():
    with pytest.raises(TransactionManagementError):
        fetch_locked(AuditEntry, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_locked_row_stays_locked_until_the_transaction_ends():
    insert(Counter(name="a", value=1))

    def meet() -> int:
        with transaction.atomic():
            row = fetch_locked(Counter, "a")
            sleep(0.05)
            update(Counter, {"name": "a"}, {"value": row.value + 1})
            return row.value

    assert sorted(at_once(meet, meet)) == [1, 2]
