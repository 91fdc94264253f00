"""Following a request: by number and code without an account, and in one's own list."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.people.models import Mandate
from jinlin.platform.access import NOBODY
from jinlin.platform.dates import now
from jinlin.platform.photos import file_path
from jinlin.requests.actions import (
    Contact,
    Report,
    Where,
    accept_request,
    classify_request,
    decline_request,
    dispatch_request,
    enter_request,
    handle_request,
    raise_request,
    report_progress,
    send_back_request,
    sign_for_request,
    start_request,
)
from jinlin.requests.following import MOST_TRIES
from jinlin.requests.models import Rating, Request
from tests.support.community import Community, make_community
from tests.support.pages import fetch, send, upload
from tests.support.photos import photo


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def anonymous(community: Community) -> tuple[Request, str]:
    report = Report(text="有人半夜放音乐", anonymous=True, photos=[photo(1)])
    receipt = raise_request(actor=NOBODY, report=report, sender="10.0.0.1", key="a")
    return receipt.request, receipt.code


@pytest.fixture
def resident(client: Client, community: Community) -> Client:
    client.force_login(community.account("resident"))
    return client


def handled(community: Community, request: Request) -> Request:
    """Take a request through the desk until its handling is reported."""
    worker, property_firm = community.actor("community_worker"), community.actor("property_manager")
    accept_request(actor=worker, request_id=request.pk, category="H107")
    body = next(grant.body_id for grant in property_firm.grants)
    dispatch_request(actor=worker, request_id=request.pk, body_id=body, basis="职责表第12条", words="内部的话甲")
    sign_for_request(actor=property_firm, request_id=request.pk)
    start_request(actor=property_firm, request_id=request.pk)
    report_progress(actor=property_firm, request_id=request.pk, note="零件明天到")
    return handle_request(actor=property_firm, request_id=request.pk, answer="换了灯泡", photos=[photo(2)])


def own(community: Community, text: str = "路灯坏了三天") -> Request:
    report = Report(text=text, where=Where(community.homes[0].code))
    return raise_request(actor=community.actor("resident"), report=report).request


# --- number and code ---


def test_number_and_code_open_a_request_without_an_account(client: Client, anonymous: tuple[Request, str]) -> None:
    request, code = anonymous
    assert client.get(f"/my/requests/{request.pk}").status_code == 302
    opened = client.post("/follow", {"number": request.number, "code": code})
    assert opened["Location"] == f"/my/requests/{request.pk}"
    assert request.text in client.get(opened["Location"]).content.decode()
    assert request.title in client.get("/my/requests/").content.decode()
    assert request.title in client.get("/").content.decode()


def test_codes_are_read_as_people_type_them(client: Client, anonymous: tuple[Request, str]) -> None:
    request, code = anonymous
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in request.number)
    typed = f" {code[:4].upper()} {code[4:8]}-{code[8:]} "
    assert client.post("/follow", {"number": full_width, "code": typed}).status_code == 302


def test_the_link_opens_it_and_leaves_the_address(client: Client, anonymous: tuple[Request, str]) -> None:
    request, code = anonymous
    answer = client.get(f"/follow/{request.number}/{code}")
    assert answer["Location"] == f"/my/requests/{request.pk}"
    assert "no-store" in answer["Cache-Control"]


def test_wrong_and_foreign_codes_open_nothing(client: Client, anonymous: tuple[Request, str]) -> None:
    request, _code = anonymous
    other = raise_request(actor=NOBODY, report=Report(text="另一件"), sender="10.0.0.2", key="b")
    pairs = [(request.number, other.code), (request.number, ""), ("20200101-0001", other.code), ("x\0y", "码")]
    said = set()
    for number, code in pairs:
        answer = client.post("/follow", {"number": number, "code": code})
        assert answer.status_code in {404, 422}
        said.add(str(answer.context["form"].errors.get("code")))
        assert client.get(f"/my/requests/{request.pk}").status_code == 302
    assert client.get(f"/follow/{request.number}/{other.code}").status_code == 404
    assert client.get(f"/follow/{request.number}/{other.code}/receipt").status_code == 404


def test_a_code_ends_ninety_days_after_the_request(client: Client, anonymous: tuple[Request, str], clock: Any) -> None:
    request, code = anonymous
    client.get(f"/follow/{request.number}/{code}")
    Request.objects.filter(pk=request.pk).update(state="closed", closed_at=now() - timedelta(days=89))
    assert client.get(f"/follow/{request.number}/{code}").status_code == 302
    Request.objects.filter(pk=request.pk).update(closed_at=now() - timedelta(days=91))
    assert client.get(f"/follow/{request.number}/{code}").status_code == 410
    assert client.post("/follow", {"number": request.number, "code": code}).status_code == 410
    assert client.get(f"/my/requests/{request.pk}").status_code == 302


def test_guessing_ends_soon(client: Client, anonymous: tuple[Request, str]) -> None:
    request, code = anonymous
    for _number in range(MOST_TRIES):
        client.get(f"/follow/{request.number}/222222222222")
    assert client.get(f"/follow/{request.number}/{code}").status_code == 429
    assert client.get(f"/follow/{request.number}/{code}", REMOTE_ADDR="10.9.9.9").status_code == 302


def test_adding_withdrawing_and_rating_work_from_the_link(
    client: Client, community: Community, anonymous: tuple[Request, str]
) -> None:
    request, code = anonymous
    page = client.get(f"/follow/{request.number}/{code}")["Location"]
    send(client, f"{page}/add", note="今晚又来了", photos=[upload(5)])
    request.refresh_from_db()
    assert request.photos.count() == 2
    handled(community, request)
    answer = send(client, f"{page}/rate", responded="yes", solved="yes", satisfied="mostly", comment="还行")
    assert answer.status_code == 302
    assert Rating.objects.get().satisfied == "mostly"
    request.refresh_from_db()
    assert request.state == "closed"


def test_whoever_entered_it_for_somebody_else_cannot_judge_it_by_its_link(client: Client, community: Community) -> None:
    head = community.actor("neighbour_head")
    receipt = enter_request(
        actor=head, report=Report(text="漏水", channel="visit", where=Where(community.homes[0].code)), contact=Contact()
    )
    handled(community, receipt.request)
    client.force_login(community.account("neighbour_head"))
    client.get(f"/follow/{receipt.request.number}/{receipt.code}")
    assert client.get(f"/my/requests/{receipt.request.pk}/rate").status_code == 404


# --- what it shows ---


def test_the_history_names_bodies_and_hides_officers_and_their_words(resident: Client, community: Community) -> None:
    request = own(community)
    worker = community.actor("community_worker")
    accept_request(actor=worker, request_id=request.pk, category="H107")
    classify_request(actor=worker, request_id=request.pk, category="H106", urgency="ordinary", reason="内部的话乙")
    body = community.bodies["residents_committee"]
    dispatch_request(actor=worker, request_id=request.pk, body_id=body.pk, basis="内部的话丙", words="内部的话丁")
    send_back_request(actor=community.actor("grid_member"), request_id=request.pk, reason="这条路归市政管")
    text = resident.get(f"/my/requests/{request.pk}").content.decode()
    assert body.name in text and "这条路归市政管" in text
    assert "内部的话" not in text
    assert not any(person.name in text for name, person in community.persons.items() if name != "resident")


def test_answers_photos_and_the_promise_are_shown(resident: Client, community: Community) -> None:
    request = own(community)
    due = accept_request(actor=community.actor("community_worker"), request_id=request.pk, category="H107").promised_at
    page = resident.get(f"/my/requests/{request.pk}").content.decode()
    assert due.isoformat(timespec="minutes") in page
    other = own(community, "电梯坏了")
    handled(community, other)
    page = resident.get(f"/my/requests/{other.pk}").content.decode()
    assert "换了灯泡" in page
    assert "零件明天到" in page
    assert f"/photos/{other.photos.get(moment='after').pk}" in page


def test_a_refusal_shows_its_reason(resident: Client, community: Community) -> None:
    request = own(community)
    decline_request(actor=community.actor("community_worker"), request_id=request.pk, reason="不归社区管，请找法院")
    text = resident.get(f"/my/requests/{request.pk}").content.decode()
    assert "不归社区管，请找法院" in text
    assert f"/my/requests/{request.pk}/add" not in text


# --- steps ---


def test_unsolved_goes_back_to_work_or_is_left_at_that(resident: Client, community: Community) -> None:
    again, enough = own(community), own(community, "电梯坏了")
    answers = {"responded": "no", "solved": "no", "satisfied": "no", "comment": "还是黑的"}
    for request in (again, enough):
        handled(community, request)
    send(resident, f"/my/requests/{again.pk}/rate", **answers)
    send(resident, f"/my/requests/{enough.pk}/rate", **answers, ask_again="no")
    again.refresh_from_db()
    enough.refresh_from_db()
    assert (again.state, enough.state) == ("reworked", "closed")
    assert list(Rating.objects.values_list("responded", "solved")) == [(False, "no")] * 2


def test_a_judgement_needs_all_three_answers(resident: Client, community: Community) -> None:
    request = handled(community, own(community))
    answer = send(resident, f"/my/requests/{request.pk}/rate", solved="yes", comment="谢谢")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"responded", "satisfied"}
    assert answer.context["form"]["comment"].value() == "谢谢"


def test_rating_before_the_handling_is_refused_without_loss(resident: Client, community: Community) -> None:
    request = own(community)
    answer = send(
        resident, f"/my/requests/{request.pk}/rate", responded="yes", solved="yes", satisfied="yes", comment="谢谢"
    )
    assert answer.status_code == 409
    assert answer.context["form"]["comment"].value() == "谢谢"


def test_rating_twice_counts_once(resident: Client, community: Community) -> None:
    request = handled(community, own(community))
    path = f"/my/requests/{request.pk}/rate"
    form = resident.get(path).context["form"]
    hidden = {name: form[name].value() for name in ("key", "version")}
    sent = hidden | {"responded": "yes", "solved": "yes", "satisfied": "yes"}
    assert [resident.post(path, sent).status_code for _ in range(2)] == [302, 302]
    assert Rating.objects.count() == 1


def test_a_stale_withdrawal_asks_again(resident: Client, community: Community) -> None:
    request = own(community)
    path = f"/my/requests/{request.pk}/withdraw"
    form = resident.get(path).context["form"]
    accept_request(actor=community.actor("community_worker"), request_id=request.pk, category="H107")
    sent = {"key": form["key"].value(), "version": form["version"].value(), "reason": "好了"}
    stale = resident.post(path, sent)
    assert stale.status_code == 409
    again = stale.context["form"]
    assert again["reason"].value() == "好了"
    resident.post(path, {"key": again["key"].value(), "version": again["version"].value(), "reason": "好了"})
    request.refresh_from_db()
    assert request.state == "withdrawn"


def test_adding_works_whatever_happened_meanwhile(resident: Client, community: Community) -> None:
    request = own(community)
    key = resident.get(f"/my/requests/{request.pk}/add").context["form"]["key"].value()
    accept_request(actor=community.actor("community_worker"), request_id=request.pk, category="H107")
    assert resident.post(f"/my/requests/{request.pk}/add", {"key": key, "note": "还在漏"}).status_code == 302
    empty = send(resident, f"/my/requests/{request.pk}/add", note=" ")
    assert set(empty.context["form"].errors) == {"note"}


def test_too_many_photos_add_nothing(resident: Client, community: Community) -> None:
    request = own(community)
    answer = send(resident, f"/my/requests/{request.pk}/add", note="看", photos=[upload(n) for n in range(10)])
    assert set(answer.context["form"].errors) == {"photos"}
    assert request.steps.count() == 1


# --- lists ---


def test_the_list_holds_my_own_and_those_of_my_principals(resident: Client, community: Community) -> None:
    mine = own(community)
    theirs = raise_request(actor=community.actor("neighbour"), report=Report(text="邻居的水管")).request
    assert [row.pk for row in resident.get("/my/requests/").context["page"].rows] == [mine.pk]
    assert resident.get(f"/my/requests/{theirs.pk}").status_code == 404
    Mandate.objects.create(
        principal=community.persons["neighbour"],
        agent=community.persons["resident"],
        state=Mandate.State.GRANTED,
        asked_at=now(),
    )
    assert [row.pk for row in resident.get("/my/requests/").context["page"].rows] == [theirs.pk, mine.pk]
    assert resident.get(f"/my/requests/{theirs.pk}").status_code == 200


def test_filters_and_pages(resident: Client, community: Community) -> None:
    rows = [own(community, f"第{number}件") for number in range(23)]
    Request.objects.filter(pk=rows[0].pk).update(state="closed", closed_at=now())
    closed = resident.get("/my/requests/?state=closed").context["page"]
    assert ([row.pk for row in closed.rows], closed.counts) == ([rows[0].pk], {"open": 22, "closed": 1})
    first = resident.get("/my/requests/?state=open").context["page"]
    second = resident.get("/my/requests/", {"state": "open", "older": first.older}).context["page"]
    assert [row.pk for row in [*first.rows, *second.rows]] == [row.pk for row in reversed(rows[1:])]
    assert resident.get("/my/requests/?older=nonsense").status_code == 422


def test_staff_do_not_open_other_peoples_requests_here(client: Client, community: Community) -> None:
    request = own(community)
    client.force_login(community.account("community_worker"))
    assert client.get(f"/my/requests/{request.pk}").status_code == 404


# --- photos ---


def test_photos_are_for_those_who_may_see_the_request(
    client: Client, community: Community, anonymous: tuple[Request, str]
) -> None:
    request, code = anonymous
    path = f"/photos/{request.photos.get().pk}"
    assert client.get(path).status_code == 404
    for name, status in (("neighbour", 404), ("property_manager", 404), ("community_worker", 200)):
        other = Client()
        other.force_login(community.account(name))
        assert fetch(other, path)[0] == status, name
    client.get(f"/follow/{request.number}/{code}")
    status, contents, answer = fetch(client, path)
    assert (status, answer["Content-Type"]) == (200, "image/jpeg")
    assert contents.startswith(b"\xff\xd8")
    assert "private" in answer["Cache-Control"]
    assert len(fetch(client, f"{path}?small")[1]) <= len(contents)


def test_a_photo_that_is_gone_from_the_disk_is_not_found(client: Client, anonymous: tuple[Request, str]) -> None:
    request, code = anonymous
    client.get(f"/follow/{request.number}/{code}")
    file_path(request.photos.get().file.digest).unlink()
    assert client.get(f"/photos/{request.photos.get().pk}").status_code == 404
    assert client.get(f"/photos/{request.photos.get().pk}?small").status_code == 404


@pytest.mark.parametrize("page", ["home", "mine", "one"])
def test_pages_cost_few_queries(resident: Client, community: Community, query_budget: Any, page: str) -> None:
    request = handled(community, own(community))
    own(community, "电梯坏了")
    path = {"home": "/", "mine": "/my/requests/", "one": f"/my/requests/{request.pk}"}[page]
    resident.get(path)
    with query_budget(f"resident/{page}"):
        resident.get(path)


def test_a_handled_request_asks_for_a_judgement_on_the_first_page(resident: Client, community: Community) -> None:
    request = own(community)
    cue = f'href="/my/requests/{request.pk}/rate"'
    assert cue not in resident.get("/").content.decode()
    handled(community, request)
    assert cue in resident.get("/").content.decode()
    assert cue in resident.get("/my/requests/").content.decode()


def test_the_judgement_of_a_public_request_is_said_to_be_shown(resident: Client, community: Community) -> None:
    request = handled(community, own(community))
    words = "会显示在已公开的诉求旁，不显示姓名"
    assert words not in resident.get(f"/my/requests/{request.pk}/rate").content.decode()
    Request.objects.filter(pk=request.pk).update(publicity="public")
    assert words in resident.get(f"/my/requests/{request.pk}/rate").content.decode()


@pytest.mark.parametrize("path", ["/raise", "/follow"])
def test_a_closing_slash_leads_to_the_same_page(client: Client, community: Community, path: str) -> None:
    answer = client.get(f"{path}/?function=help")
    assert (answer.status_code, answer["Location"]) == (302, f"{path}?function=help")
