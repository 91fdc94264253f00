"""M040 居委会成员资格联审、履职承诺、述职: all departments answer, a pledge is published, and only then the post begins."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from jinlin.organisations.models import Appointment, Body, Filing, Task
from jinlin.platform.dates import today
from jinlin.platform.models import AuditEntry
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, seat
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.filings import answer_at_desk, file_at_desk, officer_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M040")]

DEPARTMENTS = (
    "organisation_office",
    "political_legal_department",
    "public_security_department",
    "civil_affairs_department",
)
GROUND = "居民委员会组织法第八条"


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


@pytest.fixture
def filing(place: Community) -> Filing:
    committee = place.bodies["residents_committee"]
    about = {"phone": place.persons["resident"].phone, "post": "committee_member", "subject": committee.pk}
    secretary = at_desk(place, "community_secretary")
    answer = file_at_desk(secretary, place.bodies["community_committee"], "qualification", **about)
    assert answer.status_code == 302, text_of(answer)
    return Filing.objects.get()


@pytest.fixture
def reviewers(place: Community) -> dict[str, Client]:
    return {kind: officer_of(place, place.bodies[kind]) for kind in DEPARTMENTS}


def form_of(place: Community, desk: Client, path: str) -> dict[str, str]:
    keys = [post.key for post in desk.get(path).context["posts"]]
    return {
        "phone": place.persons["resident"].phone,
        "post": str(keys.index("committee_member")),
        "term_from": today().isoformat(),
    }


def test_pending_then_the_pledge_then_the_post(place: Community, filing: Filing, reviewers: dict[str, Client]) -> None:
    desk, path = (
        at_desk(place, "administrator"),
        f"/desk/bodies/{place.bodies['residents_committee'].pk}/give-post/",
    )
    form = form_of(place, desk, path)
    for kind in DEPARTMENTS[:3]:
        assert answer_at_desk(reviewers[kind], filing, place.bodies[kind], "pass").status_code == 302
        assert filing.state == "pending"
    assert desk.post(path, form).status_code == 422, "three of four answers"
    last = DEPARTMENTS[3]
    assert answer_at_desk(reviewers[last], filing, place.bodies[last], "no_record").status_code == 302
    assert filing.state == "accepted"
    assert desk.post(path, form).status_code == 302

    offer, own = Appointment.objects.get(key="committee_member"), at_desk(place, "resident")
    own.post(f"/me/posts/{offer.pk}/accept/")
    assert not Appointment.objects.get(pk=offer.pk).is_running(today()), "no post without a published pledge"
    undated = own.post(f"/me/posts/{offer.pk}/pledge/", {"words_1": "修好三处路灯"})
    assert undated.status_code == 422
    due = today() + timedelta(days=90)
    pledged = {"words_1": "修好三处路灯", "due_on_1": due.isoformat()}
    assert own.post(f"/me/posts/{offer.pk}/pledge/", pledged).status_code == 302
    own.post(f"/me/posts/{offer.pk}/accept/", {"listed": "on"})
    assert Appointment.objects.get(pk=offer.pk).is_running(today())
    task = Task.objects.get(appointment=offer)
    assert (task.title, task.due_on) == ("修好三处路灯", due)
    assert "修好三处路灯" in text_of(Client().get(f"/duty/{COMMUNITY}/")), "the pledge is public"


def test_a_refusal_needs_its_ground_and_ends_the_way(
    place: Community, filing: Filing, reviewers: dict[str, Client]
) -> None:
    first, body = reviewers[DEPARTMENTS[0]], place.bodies[DEPARTMENTS[0]]
    refused = answer_at_desk(first, filing, body, "not_pass")
    assert refused.status_code == 422 and "ground" in refused.context["form"].errors
    assert answer_at_desk(first, filing, body, "not_pass", GROUND).status_code == 302
    for kind in DEPARTMENTS[1:]:
        answer_at_desk(reviewers[kind], filing, place.bodies[kind], "pass")
    assert filing.state == "returned"
    desk, path = (
        at_desk(place, "administrator"),
        f"/desk/bodies/{place.bodies['residents_committee'].pk}/give-post/",
    )
    assert desk.post(path, form_of(place, desk, path)).status_code == 422


def test_verdicts_are_for_the_candidate_and_the_reviewers(
    place: Community, filing: Filing, reviewers: dict[str, Client]
) -> None:
    url, asked = f"/desk/filings/{filing.pk}/", place.bodies[DEPARTMENTS[0]]
    answer_at_desk(reviewers[DEPARTMENTS[0]], filing, asked, "not_pass", GROUND)
    assert GROUND in text_of(reviewers[DEPARTMENTS[1]].get(url))
    assert GROUND in text_of(at_desk(place, "resident").get("/me/posts/"))
    secretary = at_desk(place, "community_secretary")
    for path in (url, "/desk/filings/", f"/desk/bodies/{place.bodies['community_committee'].pk}/"):
        page = secretary.get(path).content.decode()
        assert GROUND not in page and "不通过" not in page, path
    for name in set(place.persons) - {"resident", "community_secretary"}:
        if not name.startswith("officer-"):
            assert at_desk(place, name).get(url).status_code in {403, 404}, name
            assert GROUND not in text_of(at_desk(place, name).get("/me/posts/")), name
    reads = AuditEntry.objects.filter(verb="organisations.open_filing", kind="read", subject_id=str(filing.pk))
    assert reads.count() == 2, "one reviewer and the body that filed it"
    trail = AuditEntry.objects.filter(subject_id=str(filing.pk), verb__startswith="organisations.")
    assert not any("not_pass" in str(row.detail) for row in trail)


def test_who_is_refused_appeals_once_to_those_who_refused(
    place: Community, filing: Filing, reviewers: dict[str, Client]
) -> None:
    refusing = DEPARTMENTS[0]
    answer_at_desk(reviewers[refusing], filing, place.bodies[refusing], "not_pass", GROUND)
    for kind in DEPARTMENTS[1:]:
        answer_at_desk(reviewers[kind], filing, place.bodies[kind], "pass")
    own, path = at_desk(place, "resident"), f"/me/filings/{filing.pk}/appeal/"
    assert path in own.get("/me/posts/").content.decode()
    assert at_desk(place, "neighbour").post(path, {"words": "我来申诉"}).status_code == 404
    assert own.post(path, {"words": " "}).status_code == 422
    assert own.post(path, {"words": "该处分已于2020年撤销，附文号。"}).status_code == 302
    appeal = Filing.objects.get(follows=filing)
    assert [row.body.kind for row in appeal.answers.all()] == [refusing]
    page = text_of(reviewers[refusing].get(f"/desk/filings/{appeal.pk}/"))
    assert "申诉" in page and "该处分已于2020年撤销" in page
    assert reviewers[DEPARTMENTS[1]].get(f"/desk/filings/{appeal.pk}/").status_code == 404
    assert own.post(path, {"words": "再申诉"}).status_code == 403, "once"
    answer_at_desk(reviewers[refusing], appeal, place.bodies[refusing], "pass")
    assert appeal.state == "accepted" and appeal.receipt
    desk, give = (
        at_desk(place, "administrator"),
        f"/desk/bodies/{place.bodies['residents_committee'].pk}/give-post/",
    )
    assert desk.post(give, form_of(place, desk, give)).status_code == 302


REPORT = {"words-kept": "三处路灯已修好", "words-unkept": "无，全部完成", "words-next": "建晾衣场"}


def test_the_yearly_report_is_published_and_residents_comment_on_it(place: Community, clock: Any) -> None:
    committee, judging = place.bodies["residents_committee"], place.bodies["community_committee"]
    held = seat(place, "resident", committee, "committee_member", listed=True)
    own, secretary = at_desk(place, "resident"), at_desk(place, "community_secretary")
    path = f"/me/posts/{held.pk}/file/duty_report/"
    assert path in own.get("/me/posts/").content.decode()
    assert secretary.get(f"/desk/bodies/{committee.pk}/filings/duty_report/").status_code == 404, "nobody else files it"
    assert at_desk(place, "neighbour").post(path, REPORT).status_code == 404
    assert own.post(path, {**REPORT, "words-unkept": ""}).status_code == 422
    assert own.post(path, REPORT).status_code == 302
    assert own.post(path, REPORT).status_code == 422, "one report a year"
    report = Filing.objects.get(kind="duty_report")
    colleague = officer_of(place, committee)
    assert colleague.post(f"/desk/filings/{report.pk}/withdraw/").status_code == 403, "only who wrote it takes it back"
    url = f"/published/{report.pk}/"
    assert Client().get(url).status_code == 404, "not before it is accepted"
    assert answer_at_desk(secretary, report, judging, "pass").status_code == 302
    assert url in Client().get(f"/duty/{COMMUNITY}/").content.decode()
    page = text_of(Client().get(url))
    assert "三处路灯已修好" in page and "建晾衣场" in page and "测试0" in page
    type(held).objects.filter(pk=held.pk).update(listed=False)
    assert "测试0" not in text_of(Client().get(url)), "named only with consent"

    neighbour = at_desk(place, "neighbour")
    assert neighbour.post(url, {"words": "路灯又坏了一盏"}).status_code == 302
    assert neighbour.post(url, {"words": "已经修好，谢谢"}).status_code == 302, "changes what they said"
    assert neighbour.post(url, {"words": " "}).status_code == 422
    assert own.post(url, {"words": "我做得很好"}).status_code == 403
    assert at_desk(place, "district_officer").post(url, {"words": "外人"}).status_code == 403, "who does not live here"
    assert Client().post(url, {"words": "匿名"}).status_code in {302, 401}
    assert report.answers.filter(person__isnull=False).count() == 1
    for reader in (own, secretary):
        assert "已经修好，谢谢" in text_of(reader.get(url)) and "测试1" not in text_of(reader.get(url))
    public = text_of(Client().get(url))
    assert "居民意见：1" in public and "已经修好" not in public

    clock.move_to("2027-03-01 09:00")
    assert at_desk(place, "resident").post(path, REPORT).status_code == 302, "the next year's"


def test_departments_are_there_from_the_start(place: Community) -> None:
    assert Body.objects.filter(kind__in=DEPARTMENTS, active=True).count() == len(DEPARTMENTS)
