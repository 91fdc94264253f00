"""The desk's pages: inbox, list and filters, preview, one request with its steps, conflicts, and who may come in."""

import io
import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from jinlin.people.models import Residence
from jinlin.platform.dates import today
from jinlin.platform.models import AuditEntry
from jinlin.requests import actions
from jinlin.requests.models import Category, Request, Suggestion
from jinlin.requests.queries.choices import categories
from jinlin.requests.states import State, Verb
from tests.requests.desk_cases import CATEGORY, RunningClock, at, raised, running_clock
from tests.support.community import Community, make_community
from tests.support.photos import picture

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    return make_community()


def desk(place: Community, who: str = "community_worker") -> Client:
    client = Client()
    client.force_login(place.account(who))
    return client


def shown_form(client: Client, path: str) -> dict[str, Any]:
    """Return what the page's step form would send as it stands."""
    page = client.get(path)
    assert page.status_code == 200
    form = page.context["form"]
    values = {bound.html_name: bound.value() for bound in form if bound.value() is not None and bound.name != "photos"}
    return {name: value for name, value in values.items() if isinstance(value, str | int)}


@pytest.mark.parametrize("path", ["/desk/", "/desk/requests/", "/desk/requests/new", "/desk/requests/export.csv"])
def test_only_those_with_work_at_the_desk_come_in(place: Community, path: str) -> None:
    assert desk(place, "resident").get(path).status_code == 403
    assert Client().get(path).status_code in {302, 401}


def test_the_inbox_shows_what_waits_for_each_and_the_worst_first(place: Community, running_clock: RunningClock) -> None:
    late = raised(place, "早上报的")
    running_clock.forward(hours=2)
    dispatched = at(place, State.DISPATCHED, text="已派给物业的")
    fresh = raised(place, "刚才报的")
    page = desk(place).get("/desk/")
    assert [line.request.pk for line in page.context["lines"]] == [late.pk, fresh.pk]
    firm = desk(place, "property_manager").get("/desk/")
    assert [line.request.pk for line in firm.context["lines"]] == [dispatched.pk]
    assert firm.context["lines"][0].step.slug == "sign"


def test_counters_lead_to_exactly_the_rows_that_they_count(place: Community, running_clock: RunningClock) -> None:
    at(place, State.ACCEPTED)
    raised(place, "早上报的")
    back = at(place, State.DISPATCHED)
    actions.send_back_request(actor=place.actor("property_manager"), request_id=back.pk, reason="不归我们")
    at(place, State.REWORKED)
    at(place, State.CLOSED)
    running_clock.forward(hours=25)
    raised(place, "第二天报的")
    client = desk(place)
    page = client.get("/desk/")
    links = re.findall(r'<a class="number" href="([^"]+)"', page.content.decode())
    counters = page.context["counters"]
    expected = [counters.to_dispatch, counters.soon, counters.overdue, counters.returned]
    assert [client.get(link.replace("&amp;", "&")).context["total"].count for link in links] == expected
    assert counters.to_dispatch == 4
    assert counters.overdue >= 2
    assert counters.returned == 2


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=路灯", {"3号楼路灯不亮"}),
        ("q=电梯", {"电梯坏了"}),
        ("q=没有这样的词", set()),
        ("group=to_dispatch", {"电梯坏了", "3号楼路灯不亮"}),
        ("group=final", set()),
        (f"category={CATEGORY[:2]}", {"3号楼路灯不亮"}),
        ("due=overdue", set()),
        ("look=on", {"电梯坏了"}),
        ("first=2026-05-09", set()),
        ("first=2026-05-08&last=2026-05-08", {"电梯坏了", "3号楼路灯不亮"}),
        ("channel=phone", set()),
        ("urgency=ordinary&kind=complaint", {"电梯坏了", "3号楼路灯不亮"}),
    ],
)
def test_each_filter_narrows_the_list(place: Community, query: str, titles: set[str]) -> None:
    at(place, State.ACCEPTED)
    raised(place, "电梯坏了", home=4, public=True)
    page = desk(place).get(f"/desk/requests/?{query}")
    assert {line.request.title for line in page.context["lines"]} == titles
    assert page.context["total"].count == len(titles)


def test_filters_by_place_zone_and_body(place: Community) -> None:
    here, there = raised(place, home=0), raised(place, home=12)
    client = desk(place)

    def found(query: str) -> set[int]:
        return {line.request.pk for line in client.get(f"/desk/requests/?{query}").context["lines"]}

    assert found(f"place={place.buildings[0].code}") == {here.pk}
    assert found(f"zone={place.estates[1].pk}") == {there.pk}
    assert found(f"body={place.bodies['service_station'].pk}") == {here.pk, there.pk}


def test_a_number_finds_its_request(place: Community) -> None:
    one, _other = raised(place), raised(place)
    page = desk(place).get("/desk/requests/", {"q": one.number})
    assert [line.request.pk for line in page.context["lines"]] == [one.pk]


def test_a_filter_that_cannot_be_read_says_so_and_shows_nothing(place: Community) -> None:
    raised(place)
    page = desk(place).get("/desk/requests/?first=gestern")
    assert page.status_code == 422 and not page.context["lines"]
    assert desk(place).get("/desk/requests/?older=quatsch").status_code == 422


def test_chips_take_one_filter_away(place: Community) -> None:
    raised(place)
    page = desk(place).get("/desk/requests/?q=路灯&group=open")
    assert [url for _words, url in page.context["chips"]] == ["?group=open", "?q=%E8%B7%AF%E7%81%AF"]


def test_pages_by_key_neither_lose_nor_repeat_a_row(
    place: Community, running_clock: RunningClock, monkeypatch: Any
) -> None:
    monkeypatch.setattr("jinlin.requests.views.desk.listing.PAGE", 3)
    everyone = []
    for index in range(8):
        everyone.append(raised(place, f"第{index}件").pk)
        if index % 2:
            running_clock.forward(minutes=1)
    client, seen, path = desk(place), [], "/desk/requests/"
    while path:
        page = client.get(path)
        seen += [line.request.pk for line in page.context["lines"]]
        last, path = page, page.context["older_url"] and f"/desk/requests/{page.context['older_url']}"
    assert seen == everyone[::-1]
    back = client.get(f"/desk/requests/{last.context['newer_url']}")
    assert [line.request.pk for line in back.context["lines"]] == everyone[::-1][3:6]


def test_the_inbox_goes_on_by_key_too(place: Community, running_clock: RunningClock, monkeypatch: Any) -> None:
    monkeypatch.setattr("jinlin.requests.views.desk.listing.PAGE", 2)
    everyone = []
    for index in range(5):
        everyone.append(raised(place, f"第{index}件").pk)
        running_clock.forward(minutes=1)
    client, seen, path = desk(place), [], "/desk/"
    while path:
        page = client.get(path)
        seen += [line.request.pk for line in page.context["lines"]]
        path = page.context["older_url"] and f"/desk/{page.context['older_url']}"
    assert seen == everyone


def test_no_list_shows_who_raised_it(place: Community) -> None:
    raised(place)
    person = place.persons["resident"]
    for path in ("/desk/", "/desk/requests/", "/desk/requests/export.csv"):
        answer = desk(place).get(path)
        contents = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert person.name not in contents.decode() and person.phone not in contents.decode()


def test_the_contact_is_masked_and_shown_once_with_a_record(place: Community) -> None:
    request, person, client = raised(place), place.persons["resident"], desk(place)
    page = client.get(f"/desk/requests/{request.pk}").content.decode()
    assert person.phone not in page and person.name not in page and person.phone[-4:] in page
    shown = client.post(f"/desk/requests/{request.pk}/reporter").content.decode()
    assert person.phone in shown and person.name in shown
    entry = AuditEntry.objects.get(kind=AuditEntry.Kind.READ)
    assert (entry.verb, entry.person_id) == ("requests.reveal_reporter", person.pk)
    assert person.phone not in client.get(f"/desk/requests/{request.pk}").content.decode()


def test_auditors_read_but_open_no_contact(place: Community) -> None:
    request, client = raised(place), desk(place, "auditor")
    page = client.get(f"/desk/requests/{request.pk}")
    assert page.status_code == 200 and not page.context["steps"] and page.context["step"] is None
    assert client.post(f"/desk/requests/{request.pk}/reporter").status_code == 403
    assert not AuditEntry.objects.filter(kind=AuditEntry.Kind.READ).exists()


def test_others_do_not_find_it(place: Community) -> None:
    request = raised(place)
    firm = desk(place, "property_manager")
    for path in ("", "/preview", "/accept", "/publish"):
        assert firm.get(f"/desk/requests/{request.pk}{path}").status_code == 404
    assert desk(place).get(f"/desk/requests/{request.pk}/nonsense").status_code == 404


def test_accept_takes_the_suggestion_that_a_person_confirms(place: Community) -> None:
    request = raised(place)
    Suggestion.objects.create(
        request=request,
        category=CATEGORY,
        urgency="ordinary",
        confidence=0.8,
        words=["路灯"],
        model="words",
        made_at=request.received_at,
    )
    client = desk(place)
    path = f"/desk/requests/{request.pk}/accept"
    sent = shown_form(client, path)
    assert sent["category"] == CATEGORY
    answer = client.post(path, sent)
    assert answer.status_code == 302
    request.refresh_from_db()
    assert (request.state, request.category) == (State.ACCEPTED, CATEGORY)


def test_dispatch_goes_to_the_suggested_body_with_the_written_basis(place: Community) -> None:
    request, client = at(place, State.ACCEPTED), desk(place)
    path = f"/desk/requests/{request.pk}/dispatch"
    page = client.get(path)
    first = next(iter(page.context["form"].duties.values()))
    client.post(path, shown_form(client, path))
    request.refresh_from_db()
    assert request.body_id == first.body_id
    assert first.basis in request.steps.get(verb=Verb.DISPATCH).internal_note


def test_another_body_needs_a_basis(place: Community) -> None:
    request, client = at(place, State.ACCEPTED), desk(place)
    path = f"/desk/requests/{request.pk}/dispatch"
    sent = shown_form(client, path) | {"choice": "other", "body": place.bodies["traffic_police"].pk}
    assert client.post(path, sent).status_code == 422
    assert client.post(path, sent | {"basis": "区里协调会"}).status_code == 302
    request.refresh_from_db()
    assert request.body == place.bodies["traffic_police"]


def test_the_whole_way_over_the_pages(place: Community) -> None:
    request = raised(place)
    worker, firm = desk(place), desk(place, "property_manager")

    def take(client: Client, slug: str, **more: Any) -> None:
        path = f"/desk/requests/{request.pk}/{slug}"
        answer = client.post(path, shown_form(client, path) | more)
        assert answer.status_code == 302, answer.context["form"].errors

    take(worker, "accept", category=CATEGORY)
    take(worker, "dispatch", choice="other", body=place.bodies["property_firm"].pk, basis="职责表")
    take(firm, "sign")
    take(firm, "start")
    take(firm, "report", note="已到现场")
    take(firm, "note", note="只有同事看")
    upload = io.BytesIO(picture(3))
    upload.name = "after.jpg"
    take(firm, "handle", answer="修好了", photos=upload)
    take(worker, "call-back")
    take(worker, "record", responded="yes", solved="yes", satisfied="yes", comment="很好")
    request.refresh_from_db()
    assert request.state == State.CLOSED
    assert request.photos.get().moment == "after"
    assert request.ratings.get().by_call_back
    page = worker.get(f"/desk/requests/{request.pk}").content.decode()
    assert "只有同事看" in page and "已到现场" in page


def test_unsolved_goes_back_unless_they_leave_it(place: Community) -> None:
    client = desk(place)
    for leave, state in (("", State.REWORKED), ("on", State.CLOSED)):
        request = at(place, State.CALL_BACK)
        path = f"/desk/requests/{request.pk}/record"
        answers = {"responded": "no", "solved": "no", "satisfied": "no", "leave": leave}
        assert client.post(path, shown_form(client, path) | answers).status_code == 302
        request.refresh_from_db()
        assert request.state == state


def test_who_could_not_be_reached_counts_in_no_rate(place: Community) -> None:
    request, client = at(place, State.CALL_BACK), desk(place)
    path = f"/desk/requests/{request.pk}/unreached"
    client.post(path, shown_form(client, path) | {"reason": "三次无人接听"})
    assert not request.ratings.get().valid


def test_a_ready_answer_is_put_below_what_was_typed(place: Community) -> None:
    request, client = at(place, State.IN_PROGRESS), desk(place, "property_manager")
    path = f"/desk/requests/{request.pk}/handle"
    page = client.post(path, shown_form(client, path) | {"answer": "我写的", "use_text": "handled"})
    words = page.context["form"]["answer"].value()
    assert words.startswith("我写的\n") and request.number in words and "{" not in words
    request.refresh_from_db()
    assert request.state == State.IN_PROGRESS


def test_a_photo_that_came_with_a_refused_form_is_kept(place: Community) -> None:
    request, client = at(place, State.IN_PROGRESS), desk(place, "property_manager")
    path = f"/desk/requests/{request.pk}/handle"
    upload = io.BytesIO(picture(4))
    upload.name = "after.jpg"
    page = client.post(path, shown_form(client, path) | {"answer": " ", "photos": upload})
    assert page.status_code == 422
    kept = [ticket for ticket, _file in page.context["form"].kept]
    client.post(path, shown_form(client, path) | {"answer": "好了", "kept": kept})
    assert request.photos.count() == 1


def test_two_officers_on_one_row(place: Community) -> None:
    request, first, second = at(place, State.ACCEPTED), desk(place), desk(place, "community_secretary")
    path = f"/desk/requests/{request.pk}/classify"
    mine, theirs = shown_form(first, path), shown_form(second, path)
    assert first.post(path, mine | {"urgency": "urgent"}).status_code == 302
    page = second.post(path, theirs | {"reason": "我写的理由"})
    assert page.status_code == 409
    assert "我写的理由" in page.content.decode()
    again = {bound.html_name: bound.value() for bound in page.context["form"]}
    assert second.post(path, {name: value for name, value in again.items() if value is not None}).status_code == 302
    request.refresh_from_db()
    assert request.version == 4


def test_words_survive_a_step_that_is_not_possible_any_more(place: Community) -> None:
    request, first, second = at(place, State.ACCEPTED), desk(place), desk(place, "community_secretary")
    path = f"/desk/requests/{request.pk}/decline"
    theirs = shown_form(second, path)
    actions.dispatch_request(
        actor=place.actor("community_worker"),
        request_id=request.pk,
        body_id=place.bodies["property_firm"].pk,
        basis="职责表",
    )
    page = second.post(path, theirs | {"reason": "写了很久的理由"})
    assert page.status_code == 409 and not page.context["possible"]
    assert "写了很久的理由" in page.content.decode()
    assert first.get(f"/desk/requests/{request.pk}").status_code == 200


def test_a_double_click_does_it_once(place: Community) -> None:
    request, client = at(place, State.ACCEPTED), desk(place)
    path = f"/desk/requests/{request.pk}/note"
    sent = shown_form(client, path) | {"note": "记一笔"}
    assert [client.post(path, sent).status_code for _ in range(2)] == [302, 302]
    assert request.steps.filter(verb=Verb.ADD).count() == 1


def test_foreign_words_and_scripts_are_shown_as_written(place: Community) -> None:
    request = raised(place, "<script>alert(1)</script> 😀 مرحبا")
    page = desk(place).get(f"/desk/requests/{request.pk}").content.decode()
    assert "<script>alert(1)" not in page and "&lt;script&gt;" in page and "مرحبا" in page


def test_too_long_words_come_back_whole(place: Community) -> None:
    request, client = at(place, State.IN_PROGRESS), desk(place, "property_manager")
    path = f"/desk/requests/{request.pk}/report"
    words = "很长" * 1500
    page = client.post(path, shown_form(client, path) | {"note": words})
    assert page.status_code == 422
    assert page.context["form"]["note"].value() == words


def test_relocate_takes_a_place_of_the_list_only(place: Community) -> None:
    request, client = at(place, State.ACCEPTED), desk(place)
    path = f"/desk/requests/{request.pk}/relocate"
    assert client.post(path, shown_form(client, path) | {"place-words": "那边"}).status_code == 422
    assert client.post(path, shown_form(client, path) | {"place": place.buildings[3].code}).status_code == 302
    request.refresh_from_db()
    assert (request.place_code, request.estate) == (place.buildings[3].code, place.estates[1])


def test_entry_for_a_caller_gives_a_receipt(place: Community) -> None:
    client = desk(place)
    sent = shown_form(client, "/desk/requests/new") | {
        "text": "路灯坏了", "name": "王阿姨", "phone": "13812345678", "place": place.homes[0].code, "category": CATEGORY,
    }  # fmt: skip
    page = client.post("/desk/requests/new", sent)
    request = Request.objects.get()
    assert page.status_code == 200 and request.number in page.content.decode()
    assert page.context["code"] and (request.channel, request.category) == ("phone", CATEGORY)
    assert request.reporter.phone == "13812345678"
    again = client.post("/desk/requests/new", sent)
    assert again.context["code"] == page.context["code"] and Request.objects.count() == 1
    assert "13812345678" not in page.content.decode()


def test_entry_with_a_wrong_number_keeps_everything(place: Community) -> None:
    client = desk(place)
    sent = shown_form(client, "/desk/requests/new") | {"text": "路灯坏了", "phone": "12"}
    page = client.post("/desk/requests/new", sent)
    assert page.status_code == 422 and page.context["form"]["text"].value() == "路灯坏了"
    assert not Request.objects.exists()


def test_publication_side_by_side_covers_what_is_personal(place: Community) -> None:
    words = "厨房顶漏水，楼上不开门，已经三天了，我的电话13812345678"
    request, client = raised(place, words, public=True), desk(place)
    Request.objects.filter(pk=request.pk).update(title=words[:-3])
    path = f"/desk/requests/{request.pk}/publish"
    page = client.get(path)
    proposed = page.context["form"]
    assert "138" not in proposed["title"].value() + proposed["text"].value()
    assert page.context["found_kinds"]
    assert client.post(path, shown_form(client, path)).status_code == 422
    assert client.post(path, shown_form(client, path) | {"read": "on"}).status_code == 302
    public = Client().get(f"/public/{request.number}").content.decode()
    assert "138" not in public and "漏水" in public


def test_names_of_the_household_are_covered_without_a_cue(place: Community) -> None:
    for name, who in (("张建国", "resident"), ("李秀英", "neighbour")):
        person = place.persons[who]
        person.name = name
        person.save()
    home = place.persons["resident"].residences.get().household
    Residence.objects.create(
        person=place.persons["neighbour"], household=home, role="resident", proof="desk", valid_from=today()
    )
    request, client = raised(place, "昨天张建国还摔了一跤，李秀英扶起来的", public=True), desk(place)
    page = client.get(f"/desk/requests/{request.pk}/publish")
    proposed = page.context["form"]
    assert proposed["text"].value() == "昨天***还摔了一跤，***扶起来的"
    assert "建国" not in proposed["title"].value() and page.context["found_kinds"]
    assert proposed["place"].value() == "estate"


def test_a_form_is_open_only_for_the_step_that_comes_next(place: Community) -> None:
    dispatched, handled = at(place, State.DISPATCHED), at(place, State.HANDLED, home=1)
    for who, request in (("community_worker", dispatched), ("property_manager", handled)):
        page = desk(place, who).get(f"/desk/requests/{request.pk}")
        assert page.context["form"] is None and page.context["steps"]
    assert desk(place, "property_manager").get(f"/desk/requests/{dispatched.pk}").context["step"].slug == "sign"
    assert desk(place).get(f"/desk/requests/{handled.pk}").context["step"].slug == "call-back"


@pytest.mark.parametrize(
    ("who", "entry", "look", "bulk"),
    [
        ("community_worker", True, True, {"accept", "dispatch", "sign"}),
        ("property_manager", False, False, {"sign"}),
        ("department_officer", False, False, {"sign"}),
        ("auditor", False, False, set()),
    ],
)
def test_the_inbox_offers_what_the_post_allows(
    place: Community, who: str, entry: bool, look: bool, bulk: set[str]
) -> None:
    page = desk(place, who).get("/desk/")
    words = page.content.decode()
    assert ('href="/desk/requests/new"' in words, "?look=on" in words) == (entry, look)
    assert {value for value, _word in page.context["bulk"]} == bulk | {"export-xlsx", "export-csv"}


def test_categories_have_the_language_of_the_page(place: Community) -> None:
    code = next(iter(categories()))
    with override("en"):
        english = categories()[code]
    with override("zh-hans"):
        chinese = categories()[code]
    row = Category.objects.get(code=code)
    assert (english, chinese) == (row.name_en, row.name)


def test_words_that_still_tell_who_it_is_come_back(place: Community) -> None:
    request, client = raised(place, public=True), desk(place)
    path = f"/desk/requests/{request.pk}/publish"
    page = client.post(path, shown_form(client, path) | {"text": "找我13812345678", "read": "on"})
    assert page.status_code == 422 and "text" in page.context["form"].errors
    assert Client().get(f"/public/{request.number}").status_code == 404


def test_refusing_and_taking_back_over_the_pages(place: Community) -> None:
    request, client = raised(place, public=True), desk(place)
    publish, refuse = (f"/desk/requests/{request.pk}/{slug}" for slug in ("publish", "refuse"))
    client.post(publish, shown_form(client, publish) | {"read": "on"})
    assert client.post(refuse, shown_form(client, refuse) | {"reason": "有人认出来了"}).status_code == 302
    assert Client().get(f"/public/{request.number}").status_code == 410
    assert client.get(refuse).status_code == 403
    assert desk(place).get(f"/desk/requests/{raised(place).pk}/publish").status_code == 403


@pytest.mark.parametrize("who", ["community_worker", "property_manager", "auditor"])
def test_statements_stay_on_record(place: Community, query_budget: Any, who: str) -> None:
    for index in range(60):
        at(place, State.DISPATCHED if index % 2 else State.ACCEPTED, home=index % 16)
    client = desk(place, who)
    one = at(place, State.DISPATCHED)
    for name, path in (("inbox", "/desk/"), ("list", "/desk/requests/"), ("request", f"/desk/requests/{one.pk}")):
        client.get(path)
        with query_budget(f"desk/{name}/{who}"):
            client.get(path)


def test_the_list_grows_without_more_statements(place: Community, django_assert_num_queries: Any) -> None:
    client = desk(place)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(2):
        for _index in range(10):
            raised(place)
        client.get("/desk/requests/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/desk/requests/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_every_category_is_offered(place: Community) -> None:
    request = raised(place)
    page = desk(place).get(f"/desk/requests/{request.pk}/accept").content.decode()
    assert page.count("<option") > Category.objects.filter(active=True).count()
