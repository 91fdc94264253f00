"""M012 区域化党建共商共治: partners from parks, campuses, institutes and communities are invited to one agenda."""

from collections.abc import Callable

import pytest

from jinlin.organisations.models import Body, Partnership, Task
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found
from tests.support.community import make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M012")]


def test_an_item_goes_to_all_four_sectors(method: Callable) -> None:
    place = make_community()
    method("hongshan")
    secretary, committee = at_desk(place, "community_secretary"), Body.objects.get(kind="community_committee")
    url = f"/desk/bodies/{committee.pk}"
    partners = {kind: found(kind, f"某{kind}") for kind in ("park", "campus", "institute")}
    partners["community"] = Body.objects.get(kind="residents_committee")
    given = {"kind": "sector_partner", "valid_from": "2026-01-01"}
    wrong = secretary.post(f"{url}/ties/new/", {**given, "unit": partners["park"].pk, "sector": "moon"})
    assert wrong.status_code == 422 and not Partnership.objects.exists()
    none = secretary.post(f"{url}/ties/new/", {**given, "unit": partners["park"].pk, "sector": ""})
    assert none.status_code == 422 and "园区" in text_of(none)
    for sector, unit in partners.items():
        answer = secretary.post(f"{url}/ties/new/", {**given, "unit": unit.pk, "sector": sector})
        assert answer.status_code == 302, text_of(answer)
    form = secretary.get(f"{url}/tasks/new/?table=regional_sectors").context["form"]
    invited = form.initial["bodies"]
    assert {row.pk for row in partners.values()} <= set(invited)
    item = {"kind": "joint_task", "title": "共享停车位", "bodies": invited, "plan": "区域共商", "due_on": "2027-01-31"}
    assert secretary.post(f"{url}/tasks/new/", item).status_code == 302
    assert set(Task.objects.filter(plan="区域共商").values_list("body_id", flat=True)) == {
        row.pk for row in partners.values()
    }
