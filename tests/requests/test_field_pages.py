"""The field door's pages: today, entering for others, work on the spot."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.models import OutboxMessage
from jinlin.requests.actions import (
    Contact,
    Report,
    Where,
    accept_request,
    dispatch_request,
    enter_matter,
    enter_opinion,
    enter_request,
    handle_request,
    raise_request,
    rate_request,
    settle_matter,
)
from jinlin.requests.actions.rating import Judgement
from jinlin.requests.models import Request, RequestPhoto
from tests.support.community import Community, make_community
from tests.support.pages import send, upload


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def head(client: Client, community: Community) -> Client:
    client.force_login(community.account("neighbour_head"))
    return client


@pytest.fixture
def grid(client: Client, community: Community) -> Client:
    client.force_login(community.account("grid_member"))
    return client


def dispatched(community: Community, home: int = 0, text: str = "楼道堆物") -> Request:
    """Raise something and give it to the body of the grid members."""
    worker, where = community.actor("community_worker"), Where(community.homes[home].code)
    made = raise_request(actor=community.actor("resident"), report=Report(text=text, where=where)).request
    accept_request(actor=worker, request_id=made.pk, category="G101")
    body = community.bodies["residents_committee"]
    return dispatch_request(actor=worker, request_id=made.pk, body_id=body.pk, basis="职责表第3条", words="请今天去看")


def new_matter(community: Community, home: int = 1) -> Request:
    report = Report(
        text="张奶奶家水龙头漏水", function="matter", channel="visit", where=Where(community.homes[home].code)
    )
    return enter_matter(actor=community.actor("neighbour_head"), report=report, contact=Contact()).request


PAGES = ["", "register", "entered", "report", "report/other", "report/matter", "report/opinion"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_for_those_with_a_post(client: Client, community: Community, page: str) -> None:
    assert client.get(f"/field/{page}")["Location"].startswith("/accounts/login/")
    for name, status in (("resident", 403), ("auditor", 403), ("neighbour_head", 200), ("grid_member", 200)):
        client.force_login(community.account(name))
        assert client.get(f"/field/{page}").status_code == status, name


def test_a_firm_sees_its_list_but_enters_nothing(client: Client, community: Community) -> None:
    client.force_login(community.account("property_manager"))
    assert client.get("/field/").status_code == 200
    assert client.get("/field/report").status_code == 403


# --- today ---


def test_today_lists_what_waits_in_my_grid_overdue_first(grid: Client, community: Community) -> None:
    mine, urgent, elsewhere = (
        dispatched(community),
        dispatched(community, text="电线掉了"),
        dispatched(community, home=-1),
    )
    Request.objects.filter(pk=urgent.pk).update(due_at=now() - timedelta(hours=2))
    today = grid.get("/field/").context["today"]
    assert [row.pk for row in today.rows] == [urgent.pk, mine.pk]
    assert today.counts == {"todo": 2, "overdue": 1}
    assert elsewhere.pk not in [row.pk for row in today.rows]
    assert [row.pk for row in grid.get("/field/?show=overdue").context["today"].rows] == [urgent.pk]


def test_a_matter_of_mine_waits_until_it_is_done(head: Client, community: Community) -> None:
    made = new_matter(community)
    assert [row.pk for row in head.get("/field/").context["today"].rows] == [made.pk]
    handle_request(actor=community.actor("neighbour_head"), request_id=made.pk, answer="修好了")
    assert head.get("/field/").context["today"].rows == []


@pytest.mark.parametrize("page", ["", "requests/{}", "entered", "report"])
def test_pages_cost_few_queries(grid: Client, community: Community, query_budget: Any, page: str) -> None:
    path = "/field/" + page.format(dispatched(community).pk)
    dispatched(community)
    grid.get(path)
    with query_budget(f"field/{page.format('one') or 'today'}"):
        grid.get(path)


# --- entering ---


def test_a_snap_needs_a_photo_a_topic_and_a_place_only(grid: Client, community: Community) -> None:
    answer = send(grid, "/field/report", photos=[upload(1)], category="G1", place=community.homes[0].code)
    made = Request.objects.get()
    assert answer.status_code == 302
    assert (made.function, made.channel, made.category) == ("snap", "visit", "G1")
    assert made.entered_by_id == community.account("grid_member").pk
    assert RequestPhoto.objects.filter(request=made).count() == 1
    assert made.number in grid.get(answer["Location"]).content.decode()


def test_a_snap_without_words_topic_or_place_is_sent_back(grid: Client, community: Community) -> None:
    answer = send(grid, "/field/report", photos=[upload(1)])
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"text"}
    assert len(answer.context["form"].kept) == 1
    assert set(send(grid, "/field/report", text="堆物").context["form"].errors) == {"place"}


def test_outside_my_area_is_refused_and_nothing_is_lost(grid: Client, community: Community) -> None:
    answer = send(grid, "/field/report", text="堆物", photos=[upload(1)], place=community.buildings[-1].code)
    assert answer.status_code == 403
    assert answer.context["form"]["text"].value() == "堆物"
    assert len(answer.context["form"].kept) == 1
    assert not Request.objects.exists()


def test_what_somebody_says_is_written_down_after_it_was_read_back(head: Client, community: Community) -> None:
    said = {
        "channel": "phone",
        "text": "厨房顶漏水",
        "place": community.homes[0].code,
        "name": "王",
        "phone": "138 0013 8000",
    }
    unread = send(head, "/field/report/other", **said)
    assert set(unread.context["form"].errors) == {"read_back"}
    assert unread.context["form"]["phone"].value() == "138 0013 8000"
    answer = send(head, "/field/report/other", **said, read_back="on", wished_public="on")
    made = Request.objects.get()
    assert (made.channel, made.publicity) == ("phone", "wished")
    assert Person.objects.get(pk=made.reporter_id).phone == "13800138000"
    receipt = head.get(answer["Location"]).content.decode()
    code = re.search(r'id="receipt-([2-9a-z]{12})"', receipt)[1]
    assert Client().get(f"/follow/{made.number}/{code}").status_code == 302
    assert head.get(f"/my/requests/{made.pk}").status_code == 404


def test_the_receipt_goes_out_as_a_text_message(head: Client, community: Community) -> None:
    said = {
        "channel": "visit",
        "text": "漏水",
        "place": community.homes[0].code,
        "read_back": "on",
        "receipt_by_sms": "on",
    }
    assert set(send(head, "/field/report/other", **said).context["form"].errors) == {"phone"}
    send(head, "/field/report/other", **said, phone="13800138000")
    message = OutboxMessage.objects.get()
    made = Request.objects.get()
    assert (message.channel, message.address) == ("sms", "13800138000")
    link = re.search(rf"/follow/{made.number}/[2-9a-z]{{12}}", message.body)[0]
    assert Client().get(link).status_code == 302


def test_a_wrong_telephone_number_is_named_at_its_field(head: Client, community: Community) -> None:
    answer = send(
        head,
        "/field/report/other",
        channel="visit",
        text="漏水",
        place=community.homes[0].code,
        phone="123",
        read_back="on",
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"phone"}


def test_a_receipt_shows_where_the_place_was_told_in_words_only(grid: Client, community: Community) -> None:
    report = Report(text="漏水", where=Where(words="菜场后面"), channel="visit")
    made = enter_request(actor=community.actor("grid_member"), report=report, contact=Contact())
    page = grid.get(f"/field/receipt/{made.request.number}/{made.code}")
    assert page.status_code == 200 and made.request.number in page.content.decode()


def test_a_receipt_shows_only_to_whoever_entered_it(head: Client, grid: Client, community: Community) -> None:
    receipt = raise_request(actor=community.actor("resident"), report=Report(text="漏水"))
    assert grid.get(f"/field/receipt/{receipt.request.number}/{receipt.code}").status_code == 404


def test_an_opinion_names_nobody(head: Client, community: Community) -> None:
    place = community.buildings[0].code
    named = send(
        head, "/field/report/opinion", text="我叫王小明，想要椅子，电话13800138000", category="G1", place=place
    )
    assert set(named.context["form"].errors) == {"text"}
    assert "13800138000" in str(named.context["form"].errors["text"])
    assert set(send(head, "/field/report/opinion", text="想要椅子", place=place).context["form"].errors) == {"category"}
    assert send(head, "/field/report/opinion", text="想要椅子", category="G1", place=place).status_code == 302
    assert Request.objects.get().function == "opinion"


def test_sending_an_entry_twice_makes_one(head: Client, community: Community) -> None:
    key = head.get("/field/report/matter").context["form"]["key"].value()
    sent = {"key": key, "channel": "visit", "text": "换灯泡", "place": community.homes[0].code, "read_back": "on"}
    assert head.post("/field/report/matter", sent)["Location"] == head.post("/field/report/matter", sent)["Location"]
    assert Request.objects.get().state == "in_progress"


def test_no_entry_is_in_two_totals(head: Client, community: Community) -> None:
    actor = community.actor("neighbour_head")
    for note in ("想要椅子", "想要路灯"):
        enter_opinion(actor=actor, note=note, topic="G1", where=Where(community.buildings[0].code))
    open_one, rated, left, settled = (new_matter(community) for _ in range(4))
    for request in (rated, left, settled):
        handle_request(actor=actor, request_id=request.pk, answer="修好了")
    for request, solved in ((rated, "yes"), (left, "no")):
        reporter = Actor(opened=frozenset({f"request:{request.pk}"}))
        judgement = Judgement(responded=True, solved=solved, satisfied="yes")
        rate_request(actor=reporter, request_id=request.pk, judgement=judgement, ask_again=False)
    settle_matter(actor=actor, request_id=settled.pk, reason="当面说好了")
    send(head, "/field/report", text="堆物", place=community.homes[0].code)

    counts = head.get("/field/").context["entered"]
    assert counts == {"opinions": 2, "matters": 4, "solved": 2, "others": 1}
    assert counts["opinions"] + counts["matters"] + counts["others"] == Request.objects.count()
    for query, expected in {
        "function=opinion": counts["opinions"],
        "function=matter": counts["matters"],
        "function=matter&state=solved": counts["solved"],
        "function=other": counts["others"],
        "function=matter&state=open": 1,
    }.items():
        assert len(head.get(f"/field/entered?{query}").context["page"].rows) == expected, query
    assert open_one.state == "in_progress"


# --- on the spot ---


def test_work_on_the_spot_with_a_photo(grid: Client, community: Community) -> None:
    made = dispatched(community)
    page = grid.get(f"/field/requests/{made.pk}").content.decode()
    assert "请今天去看" in page
    assert f"/field/requests/{made.pk}/handle" in page
    assert send(grid, f"/field/requests/{made.pk}/handle", answer="清走了", photos=[upload(2)]).status_code == 302
    made.refresh_from_db()
    assert made.state == "handled"
    assert made.photos.get().moment == "after"


def test_an_answer_is_needed_and_photos_stay(grid: Client, community: Community) -> None:
    made = dispatched(community)
    answer = send(grid, f"/field/requests/{made.pk}/handle", answer="", photos=[upload(2)])
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"answer"}
    assert len(answer.context["form"].kept) == 1


def test_signing_and_sending_back(grid: Client, community: Community) -> None:
    made = dispatched(community)
    form = grid.get(f"/field/requests/{made.pk}").context["sign_form"]
    hidden = {bound.name: bound.value() for bound in form}
    assert grid.post(f"/field/requests/{made.pk}/sign", hidden).status_code == 302
    assert grid.post(f"/field/requests/{made.pk}/sign", hidden).status_code == 302
    assert set(send(grid, f"/field/requests/{made.pk}/send-back").context["form"].errors) == {"reason"}
    assert send(grid, f"/field/requests/{made.pk}/send-back", reason="归物业").status_code == 302
    made.refresh_from_db()
    assert made.state == "accepted"


def test_somebody_elses_work_is_not_offered(head: Client, community: Community) -> None:
    made = dispatched(community)
    assert head.get(f"/field/requests/{made.pk}").status_code == 404
    assert head.get(f"/field/requests/{made.pk}/handle").status_code == 404


def test_a_matter_is_settled_with_a_reason(head: Client, community: Community) -> None:
    made = new_matter(community)
    page = f"/field/requests/{made.pk}"
    assert f"{page}/settle" not in head.get(page).content.decode()
    assert send(head, f"{page}/handle", answer="请物业换了垫圈").status_code == 302
    assert f"{page}/settle" in head.get(page).content.decode()
    assert set(send(head, f"{page}/settle").context["form"].errors) == {"reason"}
    assert send(head, f"{page}/settle", reason="老人当面说好了").status_code == 302
    made.refresh_from_db()
    assert made.state == "closed"


def test_two_on_one_row_the_second_is_told(grid: Client, community: Community) -> None:
    made = dispatched(community)
    form = grid.get(f"/field/requests/{made.pk}/handle").context["form"]
    sent = {"key": form["key"].value(), "version": form["version"].value(), "answer": "清走了"}
    send(grid, f"/field/requests/{made.pk}/handle", answer="别人先清了")
    late = grid.post(f"/field/requests/{made.pk}/handle", sent)
    assert late.status_code == 409
    assert late.context["form"]["answer"].value() == "清走了"
