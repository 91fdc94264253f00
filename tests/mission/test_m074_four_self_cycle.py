"""M074 自己提、自己议、自己办、自己评: residents take four steps; 6 of 10 complete are 60.0 %, and staff propose nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from jinlin.procedures.models import Procedure
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import send, signed_in, text_of, upload
from tests.support.procedures import begin, take

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M074")]


@pytest.fixture(params=["hongshan", "hetang"])
def place(request: Any, clock: Any, district: Any, method: Callable) -> Community:
    made = make_community()
    if request.param != "hongshan":
        method(request.param)
    return made


def test_m074_six_of_ten_cycles_with_all_four_steps_are_sixty_per_cent(place: Community) -> None:
    resident, neighbour = signed_in(place, "resident"), signed_in(place, "neighbour")
    for number in range(10):
        cycle = begin(resident, place, "four_self", title=f"清理{number}号楼道")
        take(resident, cycle, "discussion", words="周六上午", proof_minutes="12户到场")
        take(resident, cycle, "action", words="清理干净", proof_photo=upload())
        if number < 6:
            take(neighbour, cycle, "evaluation", "take-part", mark="good", words="")
            assert take(neighbour, cycle, "evaluation", words="都说好").status_code == 302
    assert Procedure.objects.filter(state="complete").count() == 6
    page = text_of(signed_in(place, "community_secretary").get("/cockpit/procedures/"))
    assert "自己提、自己议、自己办、自己评 10 4 6 0 60.0%" in page


def test_m074_staff_as_proposer_is_refused_and_helps_only(place: Community) -> None:
    staff = signed_in(place, "community_worker")
    refused = send(staff, "/procedures/new/four_self/", title="我来提一个", place=COMMUNITY)
    assert refused.status_code == 403 and "这件事由居民自己提出" in text_of(refused)
    assert "自己提、自己议" not in text_of(staff.get("/procedures/new/"))
    assert not Procedure.objects.exists()
    cycle = begin(signed_in(place, "resident"), place, "four_self", title="清理楼道")
    helped = take(staff, cycle, "discussion", "prove", kind="minutes", words="12户到场，周六上午")
    assert helped.status_code == 302
    assert take(staff, cycle, "discussion", words="替居民定了").status_code == 403


def test_m074_an_evaluation_by_the_doers_alone_is_refused(place: Community) -> None:
    resident, neighbour = signed_in(place, "resident"), signed_in(place, "neighbour")
    cycle = begin(resident, place, "four_self", title="清理楼道")
    take(resident, cycle, "discussion", words="周六上午", proof_minutes="12户到场")
    take(resident, cycle, "action", words="清理干净", proof_photo=upload())
    take(resident, cycle, "evaluation", "take-part", mark="good", words="")
    alone = take(resident, cycle, "evaluation", words="很好")
    assert alone.status_code == 422 and "不能只由办事的人自己评" in text_of(alone)
    take(neighbour, cycle, "evaluation", "take-part", mark="good", words="")
    assert take(resident, cycle, "evaluation", words="很好").status_code == 302
