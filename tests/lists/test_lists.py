"""Lists and their items: who takes which step, many at once, links that cannot be, sheets in and out, the playbook's kinds."""

import io
from collections.abc import Callable
from itertools import product
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jinlin.lists import actions, queries
from jinlin.lists.actions import Door, NewItem, NewList
from jinlin.lists.models import Item, ItemList, ItemStep
from jinlin.lists.states import ITEMS, ItemState, ItemVerb
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, JinlinError, NotAllowed, NotFound, Stale, WrongState
from jinlin.playbooks.checks import playbook_problems
from jinlin.playbooks.loader import load_playbook
from tests.support.community import COMMUNITY, Community
from tests.support.pages import fetch, send, signed_in, text_of

pytestmark = pytest.mark.django_db
Opened = Callable[..., ItemList]
DESK = {"community_worker", "community_secretary", "subdistrict_officer", "district_officer"}


def steps(place: Community, body: Any) -> dict[ItemVerb, Callable[..., Any]]:
    return {
        ItemVerb.CLAIM: lambda **given: actions.claim_items(body=body, due_on=today(), **given),
        ItemVerb.RELEASE: actions.release_items,
        ItemVerb.REPORT: lambda **given: actions.report_items(words="正在办", **given),
        ItemVerb.SETTLE: lambda **given: actions.settle_items(words="修好了", **given),
        ItemVerb.CHECK: actions.check_items,
        ItemVerb.REWORK: lambda **given: actions.rework_items(words="还漏水", **given),
        ItemVerb.DECLINE: lambda **given: actions.decline_items(words="明年再办", **given),
    }


LEADERS = {"neighbour_head", "grid_member"}
"""Members of the residents' committee, which leads the list; only those of them whose post speaks for it count."""


@pytest.mark.parametrize("state", ["open", "claimed", "settled", "closed", "declined", "answered"])
def test_each_step_is_for_those_whose_it_is_and_from_its_states(place: Community, opened: Opened, state: str) -> None:
    firm = place.bodies["property_firm"]
    item = opened("problem", 1).items.get()
    claimer = firm if state in {"claimed", "settled"} else None
    before = {"state": state, "claimer": claimer, "version": 1}
    for verb, name in product(steps(place, firm), place.persons):
        Item.objects.filter(pk=item.pk).update(**before)
        ItemStep.objects.filter(item=item, number__gt=1).delete()
        possible = verb in ITEMS.verbs_from(state)
        working = verb in {ItemVerb.CLAIM, ItemVerb.RELEASE, ItemVerb.REPORT, ItemVerb.SETTLE}
        who = DESK | {"grid_member"} | ({"property_manager"} if working else set())
        try:
            steps(place, firm)[verb](actor=place.actor(name), item_ids=[item.pk])
            took = True
        except (NotAllowed, WrongState):
            took = False
        assert took == (possible and name in who), f"{name} {verb} {state}"


def test_who_took_it_on_does_not_check_it_also_where_they_keep_the_list(place: Community, opened: Opened) -> None:
    item = opened("problem", 1).items.get()
    worker, station = place.actor("community_worker"), place.bodies["service_station"]
    actions.claim_items(actor=worker, item_ids=[item.pk], body=station, due_on=today())
    actions.settle_items(actor=worker, item_ids=[item.pk], words="修好了")
    with pytest.raises(NotAllowed):
        actions.check_items(actor=worker, item_ids=[item.pk])
    actions.check_items(actor=place.actor("community_secretary"), item_ids=[item.pk])


def test_many_go_one_way_all_or_none_each_with_its_line(place: Community, opened: Opened) -> None:
    items = list(opened("problem", 5).items.values_list("pk", flat=True))
    worker, firm = place.actor("community_worker"), place.bodies["property_firm"]
    actions.claim_items(actor=worker, item_ids=items[:3], body=firm, due_on=today())
    with pytest.raises(WrongState):
        actions.claim_items(actor=worker, item_ids=items, body=firm, due_on=today())
    with pytest.raises(NotFound):
        actions.claim_items(actor=worker, item_ids=[*items[3:], 10**9], body=firm, due_on=today())
    assert Item.objects.filter(state="claimed").count() == 3
    assert ItemStep.objects.filter(verb="claim", body=firm).count() == 3
    assert set(Item.objects.filter(pk__in=items[:3]).values_list("version", flat=True)) == {2}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "rumour"}, "kind"),
        ({"title": ""}, "title"),
        ({"title": "找张三13912345678"}, "title"),
        ({"place_code": "530199009009"}, "place"),
        ({"items": [NewItem("")]}, "title"),
        ({"items": [NewItem("灯", words="电话13912345678")]}, "words"),
        ({"items": [NewItem("灯", source="rumour")]}, "source"),
        ({"items": [NewItem("灯", choice="repair")]}, "choice"),
        ({"kind": "project", "items": [NewItem("项目")]}, "answers"),
    ],
)
def test_a_list_that_cannot_be_is_refused_with_all_its_items(place: Community, wrong: Any, field: str) -> None:
    body = place.bodies["residents_committee"]
    new = {"kind": "problem", "title": "清单", "place_code": COMMUNITY, "body": body} | wrong
    with pytest.raises(Invalid) as refused:
        actions.open_lists(actor=SYSTEM, lists=[NewList(**new)])
    assert set(refused.value.fields) == {field}
    assert not ItemList.objects.exists()


def test_lists_are_opened_by_the_desk_and_by_the_body_that_leads_them(place: Community) -> None:
    firm = place.bodies["property_firm"]
    new = NewList("problem", "物业问题清单", COMMUNITY, firm)
    for name in place.persons:
        try:
            actions.open_lists(actor=place.actor(name), lists=[new])
            took = True
        except NotAllowed:
            took = False
        assert took == (name in DESK | {"property_manager"}), name


def test_who_serves_at_a_body_sees_the_lists_that_it_leads_and_no_others(place: Community, opened: Opened) -> None:
    opened("problem", 1)
    manager, firm = signed_in(place, "property_manager"), place.bodies["property_firm"]
    assert "problem清单" not in text_of(manager.get("/desk/lists/"))
    actions.open_lists(actor=SYSTEM, lists=[NewList("problem", "物业问题清单", COMMUNITY, firm)])
    assert "物业问题清单" in text_of(manager.get("/desk/lists/"))


def test_a_stale_page_a_past_day_and_a_closed_list_are_told(place: Community, opened: Opened) -> None:
    made = opened("problem", 1)
    item, worker, firm = made.items.get(), place.actor("community_worker"), place.bodies["property_firm"]
    claim = {"actor": worker, "item_ids": [item.pk], "body": firm}
    with pytest.raises(Stale):
        actions.claim_items(**claim, due_on=today(), door=Door(seen="7"))
    with pytest.raises(Invalid):
        actions.claim_items(**claim, due_on=today().replace(day=1))
    actions.decline_items(actor=worker, item_ids=[item.pk], words="不办")
    actions.close_list(actor=worker, list_id=made.pk)
    for call in (
        lambda: actions.close_list(actor=worker, list_id=made.pk),
        lambda: actions.add_items(actor=worker, list_id=made.pk, items=[NewItem("灯")]),
        lambda: actions.claim_items(**claim, due_on=today()),
    ):
        with pytest.raises(WrongState):
            call()


def test_the_sheet_that_leaves_comes_in_again_and_changes_nothing(place: Community, opened: Opened) -> None:
    made, desk = opened("problem", 3), signed_in(place, "community_worker")
    _status, contents, _answer = fetch(desk, f"/desk/lists/{made.pk}/export.xlsx")
    _heads, *rows = openpyxl.load_workbook(io.BytesIO(contents)).active.values
    assert [row[0] for row in rows] == ["problem1", "problem2", "problem3"]

    def take(contents: bytes) -> Any:
        file = SimpleUploadedFile("items.xlsx", contents)
        return desk.post(f"/desk/lists/{made.pk}/sheet/", {"file": file})

    assert take(contents).status_code == 302
    assert made.items.count() == 3

    def sheet(*lines: list[Any]) -> bytes:
        book = openpyxl.Workbook()
        for line in (["内容", "说明", "来源", "对应"], *lines):
            book.active.append(line)
        buffer = io.BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    refused = take(sheet(["新路灯", "", "政府", ""], ["", "", "", ""], ["停车", "打13912345678", "居民", "x"]))
    assert refused.status_code == 422
    assert made.items.count() == 3
    assert take(sheet(["新路灯", "", "政府", ""], ["problem1", "", "", ""])).status_code == 302
    assert list(made.items.order_by("number").values_list("title", "source"))[3:] == [("新路灯", "government")]
    assert fetch(desk, "/desk/lists/export.csv")[0] == 200


def test_a_playbook_whose_lists_answer_in_a_round_or_nothing_is_named() -> None:
    playbook = load_playbook("ningde")
    problem, need, *others = playbook.item_list
    round_trip = (problem.model_copy(update={"answers": ("need",)}), need, *others)
    unknown = (problem.model_copy(update={"answers": ("rumour",)}), need, *others)
    assert not list(playbook_problems(playbook))
    for rows in (round_trip, unknown):
        wrong = playbook.model_copy(update={"item_list": rows})
        assert {problem[0][0] for problem in playbook_problems(wrong)} == {"item_list"}


def test_progress_counts_what_is_finished_and_is_none_without_items(place: Community, opened: Opened) -> None:
    opened("problem")
    row = queries.with_progress(ItemList.objects.all()).get()
    assert queries.progress(row.finished, row.total) is None
    assert set(ITEMS.states) == set(ItemState)


@pytest.mark.parametrize("path", ["/desk/lists/", "/lists/", "/desk/lists/{}/", "/lists/{}/"])
def test_pages_keep_to_their_number_of_queries(place: Community, opened: Opened, query_budget: Any, path: str) -> None:
    made = [opened(kind, 6) for kind in ("problem", "need", "order")]
    client = signed_in(place, "community_worker")
    client.get(path.format(made[0].pk))
    with query_budget(path.strip("/").replace("{}", "one")):
        client.get(path.format(made[0].pk))


def test_pages_of_nothing_and_of_others_are_refused(place: Community, opened: Opened) -> None:
    made, resident = opened("problem", 1), signed_in(place, "resident")
    item = made.items.get()
    for path in ("/lists/999999/", "/lists/items/999999/", f"/lists/items/{item.pk}/settle/"):
        assert resident.get(path).status_code == 404
    for path in ("/desk/lists/", f"/desk/lists/{made.pk}/", f"/lists/items/{item.pk}/check/"):
        assert resident.get(path).status_code == 403
    auditor = signed_in(place, "auditor")
    assert auditor.get(f"/desk/lists/{made.pk}/").status_code == 200
    assert auditor.post(f"/desk/lists/{made.pk}/close/").status_code == 403
    assert send(auditor, f"/desk/lists/{made.pk}/add/", title="灯", source="resident").status_code == 403
    assert "problem1" in text_of(resident.get(f"/lists/{made.pk}/"))
    assert issubclass(WrongState, JinlinError)
