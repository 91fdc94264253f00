"""Two districts in one database never meet, also when threads change between them."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from jinlin.region.districts import in_district
from jinlin.region.models import District
from tests.support.databases import the_district

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def other_district():
    """A second district with a schema of its own, gone after the test."""
    connection.set_schema_to_public()
    district = District(code="350902", name="蕉城区", schema_name="d350902", playbook="ningde")
    district.save(verbosity=0)
    yield district
    connection.set_schema_to_public()
    district.delete(force_drop=True)


def schema_of_a_query() -> str:
    """Return in which schema the database itself says that we are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        return cursor.fetchone()[0]


def test_threads_that_change_districts_never_answer_from_the_wrong_one(other_district):
    districts = [the_district(), other_district]

    def ask(number: int) -> bool:
        try:
            answers = []
            for turn in range(50):
                district = districts[(number + turn) % 2]
                with in_district(district):
                    answers.append(schema_of_a_query() == district.schema_name)
            return all(answers)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert all(pool.map(ask, range(2)))


def choices_of_a_district(district: District) -> int:
    """Return how often PostgreSQL is told the schema while `district` is asked something."""
    with CaptureQueriesContext(connection) as captured, in_district(district):
        assert schema_of_a_query() == district.schema_name
    return sum(query["sql"].startswith("SET search_path") for query in captured.captured_queries)


def test_a_district_that_is_entered_again_is_not_chosen_anew(other_district):
    connection.set_schema_to_public()
    choices_of_a_district(the_district())
    assert choices_of_a_district(the_district()) == 0
    assert choices_of_a_district(other_district) == 1


@pytest.mark.parametrize("savepoint", [False, True])
def test_a_district_is_chosen_anew_after_what_chose_it_was_rolled_back(other_district, savepoint):
    connection.set_schema_to_public()
    choices_of_a_district(the_district())
    with transaction.atomic() if savepoint else nullcontext():
        with pytest.raises(RuntimeError), transaction.atomic():
            choices_of_a_district(other_district)
            raise RuntimeError
        assert choices_of_a_district(other_district) == 1


def test_a_new_connection_is_in_no_district(other_district):
    choices_of_a_district(other_district)
    connection.close()
    assert choices_of_a_district(other_district) == 1


def test_outside_a_district_its_tables_are_not_found():
    choices_of_a_district(the_district())
    connection.set_schema_to_public()
    with pytest.raises(ProgrammingError):
        DBTaskResult.objects.count()


def test_a_districts_rows_stay_in_it(other_district):
    with in_district(the_district()):
        before = DBTaskResult.objects.count()
    with in_district(other_district):
        DBTaskResult.objects.create(task_path="x", queue_name="default", backend_name="default", args_kwargs={})
        assert DBTaskResult.objects.count() == 1
    with in_district(the_district()):
        assert DBTaskResult.objects.count() == before
