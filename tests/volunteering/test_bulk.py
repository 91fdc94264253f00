"""Long lists cost as many statements as short ones: none for each row."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jinlin.organisations.models import Body
from jinlin.people.models import Household, Person, Residence
from jinlin.platform.dates import now
from jinlin.volunteering.actions import (
    NewPosting,
    NewReport,
    Served,
    claim_all,
    confirm_all,
    post_all,
    report_all,
)
from jinlin.volunteering.models import Posting
from tests.support.community import BEGINNING, COMMUNITY, Community

pytestmark = pytest.mark.django_db
FEW, MANY = 3, 45


def statements(call: Callable[[], Any]) -> tuple[int, Any]:
    with CaptureQueriesContext(connection) as captured:
        made = call()
    return len(captured), made


@pytest.fixture
def members(place: Community) -> Sequence[Person]:
    home = Household.objects.get(home_code=place.homes[0].code)
    persons = Person.objects.bulk_create([Person(name="成员", created_at=now()) for _ in range(MANY)])
    Residence.objects.bulk_create(
        Residence(person=person, household=home, role="owner", proof="desk", valid_from=BEGINNING) for person in persons
    )
    return persons


def test_no_list_costs_a_statement_for_each_row(place: Community, units: list[Body], members: Sequence[Person]) -> None:
    worker, body = place.actor("community_worker"), place.bodies["residents_committee"]

    def whole_way(count: int) -> list[int]:
        reports = [NewReport(COMMUNITY, unit=units[0], person=person) for person in members[:count]]
        new = [NewPosting(Posting.Kind.POST, "people", f"岗位{n}", 1, COMMUNITY, body) for n in range(count)]
        reported, _made = statements(lambda: report_all(actor=worker, reports=reports))
        posted, posts = statements(lambda: post_all(actor=worker, postings=new))
        claims = list(zip(posts, members[:count], strict=True))
        claimed, pairings = statements(lambda: claim_all(actor=worker, claims=claims))
        services = [(pairing, Served(minutes=60, solved="路灯报修")) for pairing in pairings]
        confirmed, number = statements(lambda: confirm_all(actor=worker, services=services))
        assert number == count
        return [reported, posted, claimed, confirmed]

    whole_way(FEW)
    assert whole_way(MANY) == whole_way(FEW)
