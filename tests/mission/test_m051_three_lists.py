"""M051 三张清单: problems, needs and projects with links many to many, traced both ways, and answered when a project closes."""

from collections.abc import Sequence
from typing import Any

import pytest

from jinlin.lists import actions
from jinlin.lists.actions import NewItem, NewList
from jinlin.lists.models import Item, ItemLink
from jinlin.platform.errors import Invalid
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import send, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M051")]


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    return make_community()


def opened(place: Community, kind: str, titles: Sequence[str]) -> list[Item]:
    new = NewList(
        kind, f"{kind}清单", COMMUNITY, place.bodies["residents_committee"], items=[NewItem(t) for t in titles]
    )
    made = actions.open_lists(actor=place.actor("community_worker"), lists=[new])[0]
    return list(made.items.order_by("number"))


def test_m051_when_a_project_closes_its_needs_are_answered_and_the_others_stay_open(place: Community) -> None:
    desk, worker = signed_in(place, "community_worker"), place.actor("community_worker")
    problems = opened(place, "problem", [f"问题{number}" for number in range(1, 7)])
    needs = opened(place, "need", [f"需求{number}" for number in range(1, 5)])
    for need, answered in zip(needs, [problems[:2], problems[1:4], problems[4:5], problems[5:]], strict=True):
        actions.link_items(actor=worker, answering_id=need.pk, answered_ids=[item.pk for item in answered])
    projects = actions.open_lists(
        actor=worker, lists=[NewList("project", "项目清单", COMMUNITY, place.bodies["residents_committee"])]
    )[0]
    add = f"/desk/lists/{projects.pk}/add/"
    without = send(desk, add, title="空项目", source="government")
    assert (without.status_code, set(without.context["form"].errors)) == (422, {"answers"})
    for title, answered in (("加装路灯", needs[:2]), ("建停车场", needs[2:3])):
        answer = send(desk, add, title=title, source="government", answers=[need.pk for need in answered])
        assert answer.status_code == 302
    lamps, _parking = projects.items.order_by("number")

    page = text_of(desk.get(f"/desk/lists/items/{lamps.pk}/"))
    assert "需求1" in page and "需求2" in page and "需求3" not in page
    assert "加装路灯" in text_of(desk.get(f"/lists/items/{needs[0].pk}/"))
    assert "需求2" in text_of(desk.get(f"/lists/items/{problems[1].pk}/"))

    firm = place.bodies["property_firm"]
    send(desk, f"/desk/lists/items/{lamps.pk}/claim/", body=firm.pk, due_on="2026-06-01")
    send(signed_in(place, "property_manager"), f"/desk/lists/items/{lamps.pk}/settle/", words="装好了")
    send(desk, f"/desk/lists/items/{lamps.pk}/check/")
    states = dict(Item.objects.values_list("title", "state"))
    assert [states[f"需求{number}"] for number in range(1, 5)] == ["answered", "answered", "open", "open"]
    assert [states[f"问题{number}"] for number in range(1, 7)] == ["answered"] * 4 + ["open"] * 2
    assert (states["加装路灯"], states["建停车场"]) == ("closed", "open")
    assert "已回应" in text_of(signed_in(place, "resident").get(f"/lists/{needs[0].list_id}/"))


def test_m051_a_circle_and_a_project_that_loses_its_last_need_are_refused(place: Community) -> None:
    worker = place.actor("community_worker")
    problem, need = opened(place, "problem", ["问题"])[0], opened(place, "need", ["需求"])[0]
    actions.link_items(actor=worker, answering_id=need.pk, answered_ids=[problem.pk])
    for answering, answered in ((problem, need), (need, need), (problem, problem)):
        with pytest.raises(Invalid) as refused:
            actions.link_items(actor=worker, answering_id=answering.pk, answered_ids=[answered.pk])
        assert "循环" in str(refused.value.fields["answers"])
    new = NewList("project", "项目清单", COMMUNITY, place.bodies["residents_committee"],
                  items=[NewItem("项目", answers=(need.pk,))])  # fmt: skip
    project = actions.open_lists(actor=worker, lists=[new])[0].items.get()
    with pytest.raises(Invalid):
        actions.unlink_items(actor=worker, answering_id=project.pk, answered_id=need.pk)
    with pytest.raises(Invalid):
        actions.link_items(actor=worker, answering_id=project.pk, answered_ids=[problem.pk])
    assert ItemLink.objects.count() == 2
