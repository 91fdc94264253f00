"""M020 治理主体组织嵌入: the matrix of four kinds of body and unit, its rate, and the gaps that are left."""

from collections.abc import Callable

import pytest

from jinlin.organisations.models import Body
from jinlin.organisations.queries.sheets import embedding_on
from jinlin.platform.dates import today
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found
from tests.support.community import make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M020")]
KINDS = ["owners_committee", "property_management_committee", "property_firm", "social_organisation"]


def test_six_of_eight_bodies_is_seventy_five_percent_with_two_gaps(method: Callable) -> None:
    place = make_community()
    playbook, worker = method("hongshan"), at_desk(place, "community_worker")
    for number in (1, 2):
        found("social_organisation", f"社会组织{number}")
    bodies = list(Body.objects.filter(kind__in=KINDS).order_by("pk"))
    assert len(bodies) == 8
    statuses = ["own_branch", "joint_branch", "instructor", "own_branch", "joint_branch", "instructor", "none"]
    for body, status in zip(bodies, statuses, strict=False):
        url = f"/desk/sheets/embedding/{body.pk}/status/"
        undated = worker.post(url, {"item": "status", "value": status, "holds_from": ""})
        assert undated.status_code == 422
        sent = worker.post(url, {"item": "status", "value": status, "holds_from": "2026-01-10"})
        assert sent.status_code == 302
    found_matrix = embedding_on(playbook, today())
    assert len(found_matrix.rows()) == 4 and all(len(cells) == 4 for _kind, cells in found_matrix.rows())
    assert {body.pk for body in found_matrix.gaps} == {body.pk for body in bodies[6:]}
    page = text_of(worker.get("/desk/sheets/embedding/"))
    assert "75.0%" in page and "2处空白" in page
    branch = Body.objects.get(kind="community_committee")
    assert worker.get(f"/desk/sheets/embedding/{branch.pk}/status/").status_code == 404
