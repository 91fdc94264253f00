"""Many requests at once: tried first, then all or none; and the list as a spreadsheet that cannot act."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.test import Client

from jinlin.algorithms.triage.model import SURE_FROM
from jinlin.platform.errors import Invalid, NotFound, Stale
from jinlin.platform.sends import RepeatedSend
from jinlin.requests import actions
from jinlin.requests.actions.bulk import MOST_AT_ONCE, Seen, bulk_step, try_bulk
from jinlin.requests.models import Request, Step, Suggestion
from jinlin.requests.states import State, Verb
from tests.requests.desk_cases import CATEGORY, RunningClock, at, raised, running_clock
from tests.support.community import Community, make_community
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
__all__ = ["running_clock"]


@pytest.fixture
def place(running_clock: RunningClock) -> Community:
    return make_community()


def desk(place: Community, who: str = "community_worker") -> Client:
    client = Client()
    client.force_login(place.account(who))
    return client


def suggested(request: Request, category: str = CATEGORY, confidence: float = 0.9) -> Request:
    values = {
        "category": category,
        "urgency": "ordinary",
        "confidence": confidence,
        "model": "words",
        "made_at": request.received_at,
    }
    Suggestion.objects.create(request=request, **values)
    return request


def test_a_trial_changes_nothing_and_says_why_not(place: Community) -> None:
    good, bare, done = suggested(raised(place)), raised(place), at(place, State.ACCEPTED)
    trial = try_bulk(actor=place.actor("community_worker"), verb=Verb.ACCEPT, request_ids=[good.pk, bare.pk, done.pk])
    assert [row.pk for row, _change in trial.doable] == [good.pk]
    assert {row.pk for row, _reason in trial.refused} == {bare.pk, done.pk}
    assert all(str(reason) for _row, reason in trial.refused)
    good.refresh_from_db()
    assert (good.state, good.version) == (State.RECEIVED, 1)


def test_what_triage_is_not_sure_of_is_taken_by_nobody_for_many_and_offered_to_nobody(place: Community) -> None:
    sure, unsure = suggested(raised(place), confidence=SURE_FROM), suggested(raised(place), confidence=0.3)
    trial = try_bulk(actor=place.actor("community_worker"), verb=Verb.ACCEPT, request_ids=[sure.pk, unsure.pk])
    assert [row.pk for row, _change in trial.doable] == [sure.pk]
    assert [row.pk for row, _reason in trial.refused] == [unsure.pk]
    forms = [desk(place).get(f"/desk/requests/{row.pk}/accept").context["form"] for row in (sure, unsure)]
    assert [form["category"].value() for form in forms] == [CATEGORY, ""]
    sent = {"category": "", "urgency": "ordinary", "key": "c" * 20, "version": 1}
    assert desk(place).post(f"/desk/requests/{unsure.pk}/accept", sent).status_code == 422


def test_dispatch_for_many_goes_where_the_duty_list_says(place: Community) -> None:
    rows = [at(place, State.ACCEPTED, home=home) for home in (0, 4, 8)]
    worker = place.actor("community_worker")
    trial = try_bulk(actor=worker, verb=Verb.DISPATCH, request_ids=[row.pk for row in rows])
    assert bulk_step(actor=worker, verb=Verb.DISPATCH, seen=trial.seen) == 3
    for row in rows:
        row.refresh_from_db()
        assert row.state == State.DISPATCHED and row.body.kind == "city_management_department"
        assert row.steps.get(verb=Verb.DISPATCH).internal_note.startswith("职责表")


def test_all_or_none(place: Community) -> None:
    rows = [at(place, State.DISPATCHED) for _ in range(3)]
    firm = place.actor("property_manager")
    trial = try_bulk(actor=firm, verb=Verb.SIGN, request_ids=[row.pk for row in rows])
    actions.transfer_request(
        actor=place.actor("community_worker"),
        request_id=rows[2].pk,
        body_id=place.bodies["traffic_police"].pk,
        basis="换人",
    )
    with pytest.raises((Stale, NotFound)):
        bulk_step(actor=firm, verb=Verb.SIGN, seen=trial.seen)
    assert not Step.objects.filter(verb=Verb.SIGN).exists()


def test_a_stale_row_stops_all_of_them(place: Community) -> None:
    rows = [suggested(raised(place)) for _ in range(2)]
    worker = place.actor("community_worker")
    trial = try_bulk(actor=worker, verb=Verb.ACCEPT, request_ids=[row.pk for row in rows])
    actions.classify_request(actor=worker, request_id=rows[1].pk, category=CATEGORY, urgency="urgent")
    with pytest.raises(Stale):
        bulk_step(actor=worker, verb=Verb.ACCEPT, seen=trial.seen)
    assert set(Request.objects.values_list("state", flat=True)) == {State.RECEIVED}


def test_the_same_send_again_does_nothing(place: Community) -> None:
    rows = [suggested(raised(place)) for _ in range(2)]
    worker = place.actor("community_worker")
    trial = try_bulk(actor=worker, verb=Verb.ACCEPT, request_ids=[row.pk for row in rows])
    bulk_step(actor=worker, verb=Verb.ACCEPT, seen=trial.seen, key="once")
    with pytest.raises(RepeatedSend):
        bulk_step(actor=worker, verb=Verb.ACCEPT, seen=trial.seen, key="once")
    assert Step.objects.filter(verb=Verb.ACCEPT).count() == 2


def test_rows_of_others_are_not_even_tried(place: Community) -> None:
    request = raised(place)
    trial = try_bulk(actor=place.actor("property_manager"), verb=Verb.ACCEPT, request_ids=[request.pk])
    assert not trial.doable and not trial.refused
    with pytest.raises(NotFound):
        bulk_step(actor=place.actor("property_manager"), verb=Verb.ACCEPT, seen=[Seen(request.pk, 1)])


@pytest.mark.parametrize("ids", [[], range(1, MOST_AT_ONCE + 2)])
def test_none_and_too_many_are_refused_with_a_way_out(place: Community, ids: Any) -> None:
    with pytest.raises(Invalid) as refused:
        try_bulk(actor=place.actor("community_worker"), verb=Verb.ACCEPT, request_ids=ids)
    assert str(refused.value.remedy)


@pytest.mark.parametrize("verb", sorted(set(Verb) - {Verb.ACCEPT, Verb.SIGN, Verb.DISPATCH}))
def test_other_steps_are_done_one_by_one(place: Community, verb: Verb) -> None:
    with pytest.raises(Invalid):
        try_bulk(actor=place.actor("community_worker"), verb=verb, request_ids=[raised(place).pk])


def test_over_the_pages_for_the_page_or_for_all(place: Community, monkeypatch: Any) -> None:
    monkeypatch.setattr("jinlin.requests.views.desk.listing.PAGE", 2)
    rows = [suggested(raised(place)) for _ in range(3)] + [raised(place, "没有建议的")]
    client = desk(place)
    page = client.get("/desk/requests/?group=to_dispatch")
    sent = {"view": "list", "query": page.context["query"], "action": "accept"}
    on_page = [line.request.pk for line in page.context["lines"]]
    some = client.post("/desk/requests/bulk", sent | {"scope": "page", "page_ids": on_page})
    assert len(some.context["trial"].doable) + len(some.context["refused"]) == 2
    every = client.post("/desk/requests/bulk", sent | {"scope": "all"})
    assert (len(every.context["trial"].doable), len(every.context["refused"])) == (3, 1)
    given = {"verb": Verb.ACCEPT, "seen": every.context["seen"], "key": every.context["key"], **sent}
    assert client.post("/desk/requests/bulk/do", given).status_code == 302
    assert client.post("/desk/requests/bulk/do", given).status_code == 302
    assert Step.objects.filter(verb=Verb.ACCEPT).count() == 3
    assert rows


def test_a_conflict_shows_the_trial_anew(place: Community) -> None:
    request, client = suggested(raised(place)), desk(place)
    sent = {"view": "inbox", "query": "", "action": "accept", "scope": "ticked", "ids": [request.pk]}
    trial = client.post("/desk/requests/bulk", sent)
    actions.classify_request(
        actor=place.actor("community_secretary"), request_id=request.pk, category=CATEGORY, urgency="urgent"
    )
    given = {"verb": Verb.ACCEPT, "seen": trial.context["seen"], "key": "k", "view": "inbox", "query": ""}
    page = client.post("/desk/requests/bulk/do", given)
    assert page.status_code == 409 and page.context["conflict"]
    assert page.context["seen"] == f"{request.pk}:2"


@pytest.mark.parametrize("seen", ["", "1", "a:b", "1:2:3"])
def test_what_no_trial_has_made_is_refused(place: Community, seen: str) -> None:
    assert desk(place).post("/desk/requests/bulk/do", {"verb": "accept", "seen": seen}).status_code == 422


def test_unknown_actions_are_refused(place: Community) -> None:
    sent = {"scope": "ticked", "ids": [raised(place).pk]}
    assert desk(place).post("/desk/requests/bulk", sent | {"action": "delete"}).status_code == 422
    assert desk(place).post("/desk/requests/bulk", sent | {"action": "export-exe"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_officers_dispatch_the_same_at_the_same_moment(place: Community) -> None:
    request = at(place, State.ACCEPTED)
    firm = place.bodies["property_firm"].pk

    def dispatch(who: str) -> Any:
        door = actions.Door(seen_version=request.version)
        actor = place.actor(who)
        return lambda: actions.dispatch_request(
            actor=actor, request_id=request.pk, body_id=firm, basis="职责表", door=door
        )

    results = at_once(dispatch("community_worker"), dispatch("community_secretary"))
    assert sum(isinstance(result, Request) for result in results) == 1
    assert sum(isinstance(result, Stale) for result in results) == 1
    assert Step.objects.filter(verb=Verb.DISPATCH).count() == 1


DANGEROUS = ["=1+1", "+86", "-5", "@SUM(A1)", "\t=1", "＝cmd|' /C calc'!A0"]


def csv_rows(client: Client) -> Iterator[list[str]]:
    answer = client.get("/desk/requests/export.csv")
    return csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))


def test_nothing_in_an_export_acts_as_a_formula(place: Community) -> None:
    for text in DANGEROUS:
        raised(place, text)
    for row in list(csv_rows(desk(place)))[1:]:
        assert not row[3].startswith(("=", "+", "-", "@", "\t"))
    answer = desk(place).get("/desk/requests/export.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert sheet.max_row == len(DANGEROUS) + 1


def test_an_export_is_the_filtered_list_without_persons(place: Community) -> None:
    raised(place, "我是张伟民，电话13812345678，路灯坏了")
    raised(place, "电梯坏了")
    answer = desk(place).get("/desk/requests/export.csv?q=路灯")
    contents = b"".join(answer.streaming_content).decode()
    assert "路灯坏了" in contents and "电梯坏了" not in contents
    assert "13812345678" not in contents and "张伟民" not in contents


def test_ticked_rows_can_be_exported(place: Community) -> None:
    one, other = raised(place, "要这件"), raised(place, "不要这件")
    sent = {"scope": "ticked", "ids": [one.pk], "action": "export-csv"}
    contents = b"".join(desk(place).post("/desk/requests/bulk", sent).streaming_content).decode()
    assert one.number in contents and other.number not in contents


@pytest.mark.parametrize("view", ["inbox", "list"])
def test_a_whole_list_can_be_exported(place: Community, view: str) -> None:
    rows = [raised(place), raised(place, "电梯坏了")]
    sent = {"scope": "all", "view": view, "query": "", "action": "export-csv"}
    contents = b"".join(desk(place).post("/desk/requests/bulk", sent).streaming_content).decode()
    assert all(row.number in contents for row in rows)


def test_an_export_costs_the_same_however_long_it_is(place: Community, query_budget: Any) -> None:
    for _ in range(12):
        raised(place)
    client = desk(place)
    list(csv_rows(client))
    with query_budget("desk/export"):
        list(csv_rows(client))
