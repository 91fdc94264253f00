"""M049 高频共性问题: households and requests are counted apart, ranked by households, answered all at once and in public."""

from typing import Any

import pytest
from django.test import Client

from jinlin.clusters.actions import spot
from jinlin.clusters.models import Cluster
from jinlin.platform.models import Notice
from jinlin.requests import actions
from jinlin.requests.states import Verb
from tests.mission.test_m048_hotspot_auto_response import desk, grid_homes, neighbour, raised
from tests.support.community import Community, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M049")]
OTHER = "E10104"


@pytest.fixture
def place(clock: Any) -> Community:
    clock.move_to("2026-06-01 09:00")
    return make_community()


@pytest.fixture
def month(place: Community, clock: Any) -> Community:
    """50 copies from one account about one matter, and one from each of 6 households about another."""
    homes = grid_homes(place)
    loud = neighbour(homes[0])
    for _copy in range(50):
        request = raised(place, homes[0], loud)
        actions.classify_request(
            actor=place.actor("community_worker"), request_id=request.pk, category=OTHER, urgency="ordinary"
        )
        clock.forward(minutes=10)
    for home in homes[:6]:
        raised(place, home)
    return place


def test_six_households_rank_before_fifty_copies_of_one(month: Community) -> None:
    client = desk(month, "community_secretary")
    page = client.get("/desk/clusters/frequent?month=2026-06&scope=community")
    first, second = page.context["rows"][:2]
    assert (first["common"].households, first["common"].cases) == (6, 6)
    assert (second["common"].households, second["common"].cases) == (1, 50)
    loudest = client.get("/desk/clusters/frequent?month=2026-06&order=requests").context["rows"][0]
    assert loudest["common"].cases == 50
    listed = client.get(first["url"]).content.decode()
    assert listed.count("<tr data-row") == 6


def taken_on(client: Client, row: int = 0) -> Cluster:
    rows = client.get("/desk/clusters/frequent?month=2026-06&scope=community").context["rows"]
    one = rows[row]["common"]
    answer = client.post(
        "/desk/clusters/take-on",
        {"month": "2026-06", "scope": "community", "where": one.where, "category": one.category},
    )
    assert answer.status_code == 302
    return Cluster.objects.latest("pk")


def answered(client: Client, cluster: Cluster, **more: str) -> Any:
    path = f"/desk/clusters/{cluster.pk}/answer"
    form = client.get(path).context["form"]
    sent = {name: form[name].value() for name in ("key", "seen")} | {"words": "六月底前更换灯具"} | more
    answer = client.post(path, sent)
    if "looked_at" not in more and answer.status_code == 200:
        assert answer.context["preview"] == [sent["words"]] and cluster.replies.count() == 0
        answer = client.post(path, sent | {"looked_at": answer.context["form"]["looked_at"].value()})
    return answer


def test_one_answer_reaches_all_and_the_public_month(month: Community, client: Client) -> None:
    worker = desk(month, "community_secretary")
    cluster = taken_on(worker)
    assert answered(worker, cluster, in_public="on").status_code == 302
    for member in cluster.members.select_related("request"):
        assert member.request.steps.filter(verb=Verb.ADD, note="六月底前更换灯具").exists()
    assert "/frequent/" in client.get("/").content.decode()
    assert client.get("/frequent/").context["form"]["month"].value() == "2026-06"
    page = client.get("/frequent/?month=2026-06").content.decode()
    assert "六月底前更换灯具" in page and "6户" in page
    assert client.get("/frequent/?month=2026-05").context["rows"].count() == 0
    settle = worker.get(f"/desk/clusters/{cluster.pk}/settle").context["form"]
    done = {name: settle[name].value() for name in ("key", "seen")} | {"words": "已全部更换"}
    assert worker.post(f"/desk/clusters/{cluster.pk}/settle", done).status_code == 302
    cluster.refresh_from_db()
    assert cluster.state == "closed"


def test_words_for_the_public_are_looked_at_as_they_stand(month: Community) -> None:
    worker = desk(month, "community_secretary")
    cluster = taken_on(worker)
    first = answered(worker, cluster, in_public="on", looked_at="")
    assert first.status_code == 200 and "群众将看到这些内容" in first.content.decode()
    seen = first.context["form"]["looked_at"].value()
    changed = answered(worker, cluster, in_public="on", looked_at=seen, words="七月底前更换灯具")
    assert changed.context["preview"] == ["七月底前更换灯具"]
    assert cluster.replies.count() == 0


def test_who_audits_is_not_offered_to_take_on(month: Community) -> None:
    path = "/desk/clusters/frequent?month=2026-06&scope=community"
    assert "合并立项" not in desk(month, "auditor").get(path).content.decode()
    assert "合并立项" in desk(month, "community_secretary").get(path).content.decode()


def test_what_fewer_than_five_households_have_is_not_published(month: Community, client: Client) -> None:
    worker = desk(month, "community_secretary")
    loud = taken_on(worker, row=1)
    refused = answered(worker, loud, in_public="on")
    assert refused.status_code == 422 and "六月底前更换灯具" in refused.content.decode(), "the words typed are kept"
    assert client.get("/frequent/?month=2026-06").context["rows"].count() == 0
    assert answered(worker, loud).status_code == 302


def test_a_reporter_is_not_told_how_few_others_have_the_same(month: Community) -> None:
    worker = desk(month, "community_secretary")
    for row, counted in ((0, True), (1, False)):
        cluster = taken_on(worker, row=row)
        reporters = cluster.members.values("request__reporter_id")
        told = Notice.objects.filter(person_id__in=reporters, text__contains=cluster.title)
        assert told.exists() and all(("6户" in notice.text) == counted for notice in told)


def test_a_row_is_taken_on_once(month: Community) -> None:
    worker = desk(month, "community_secretary")
    taken_on(worker)
    rows = worker.get("/desk/clusters/frequent?month=2026-06&scope=community").context["rows"]
    one = rows[0]["common"]
    again = {"month": "2026-06", "scope": "community", "where": one.where, "category": one.category}
    assert worker.post("/desk/clusters/take-on", again).status_code == 422
    assert Cluster.objects.count() == 1


def test_whoever_answers_after_somebody_else_is_told_and_can_then_send_the_same_words(month: Community) -> None:
    worker = desk(month, "community_secretary")
    cluster = taken_on(worker)
    path = f"/desk/clusters/{cluster.pk}/answer"
    before = worker.get(path).context["form"]
    assert answered(worker, cluster).status_code == 302
    words = {"words": "七月再查一遍"}
    moved = worker.post(path, {name: before[name].value() for name in ("key", "seen")} | words)
    assert moved.status_code == 409
    again = moved.context["form"]
    assert worker.post(path, {name: again[name].value() for name in ("key", "seen")} | words).status_code == 302
    assert cluster.replies.count() == 2


def test_residents_do_not_open_the_desk(place: Community, client: Client) -> None:
    client.force_login(place.account("resident"))
    for page in ("/desk/clusters/", "/desk/clusters/frequent", "/desk/clusters/rules"):
        assert client.get(page).status_code == 403


def test_sensitive_matters_are_never_told_together(place: Community, clock: Any) -> None:
    for home in grid_homes(place)[:6]:
        request = raised(place, home)
        actions.classify_request(
            actor=place.actor("community_worker"), request_id=request.pk, category="T103", urgency="emergency"
        )
        clock.forward(minutes=1)
    assert desk(place, "community_secretary").get("/desk/clusters/frequent?month=2026-06").context["rows"] == []
    assert [str(tally) for tally in spot()] == ["0 done, 0 failed"] * 3
