"""M014 “1+3+N”近邻党建机制: the branch leads three bodies and brings in others; a missing one is named."""

from collections.abc import Callable

import pytest

from jinlin.organisations.models import Body
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found
from tests.support.community import make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M014")]


def test_without_a_supervisory_committee_it_is_one_and_two_of_three(method: Callable) -> None:
    place = make_community()
    method("ningde")
    estate, worker = place.estates[0], at_desk(place, "community_worker")
    found("estate_branch", "幸福里党支部", zone=estate)
    url = f"/estates/{estate.label}/"
    page = text_of(at_desk(place, "resident").get(url, headers={"accept-language": "en"}))
    assert "1+2 of 3" in page and "业主监事会" in page.split("Missing:")[1]
    firm = Body.objects.get(kind="property_firm", zone=estate)
    given = {"name": firm.name, "place": estate.label, "founded_on": "2024-05-01"}
    same = worker.post("/desk/bodies/new/?kind=supervisory_committee", given)
    assert same.status_code == 422 and "name" in same.context["form"].errors  # the firm does not supervise itself
    answer = worker.post("/desk/bodies/new/?kind=supervisory_committee", {**given, "name": "幸福里业主监事会"})
    assert answer.status_code == 302
    page = text_of(at_desk(place, "resident").get(url, headers={"accept-language": "en"}))
    assert "1+3 of 3" in page
