"""M016 社区组织分工与四项权力: what organisations file is reviewed by the community organisation alone, with reasons."""

from collections.abc import Callable

import pytest

from jinlin.organisations.models import Body, Filing
from jinlin.platform.models import AuditEntry
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found, seat
from tests.support.community import COMMUNITY, Community, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M016")]


@pytest.fixture
def place(clock: object, method: Callable) -> Community:
    clock.move_to("2026-05-08 09:00")
    place = make_community()
    method("pingwu")
    return place


def test_an_activity_is_reviewed_by_the_community_with_a_reason(place: Community) -> None:
    social = found("social_organisation", "非遗志愿社")
    firm = found("property_organisation", "幸福里物业党组织", zone=place.estates[0])
    seat(place, "resident", social, "member")
    seat(place, "property_manager", firm, "member")
    member, manager = at_desk(place, "resident"), at_desk(place, "property_manager")
    kind = next(iter(member.get("/desk/filings/").context["files"]))
    assert kind[:2] == (social, "activity")
    form = member.get(f"/desk/bodies/{social.pk}/filings/activity/").context["form"]
    words = {name: "面向全体居民的非遗体验活动" for name in form.fields if name.startswith("words-")}
    answer = member.post(f"/desk/bodies/{social.pk}/filings/activity/", {"title": "端午非遗体验", **words})
    filing = Filing.objects.get()
    assert answer["Location"] == f"/desk/filings/{filing.pk}/"
    assert str(filing.due_at.date()) == "2026-05-14"  # five working days, the Saturday worked for Labour Day among them
    url = f"/desk/filings/{filing.pk}/answer/"
    assert manager.post(url, {"body": firm.pk, "verdict": "pass"}).status_code == 403
    secretary, committee = at_desk(place, "community_secretary"), Body.objects.get(kind="community_committee")
    assert manager.post(url, {"body": committee.pk, "verdict": "pass"}).status_code == 403
    assert secretary.post(url, {"body": committee.pk, "verdict": "not_pass", "ground": " "}).status_code == 422
    assert secretary.post(url, {"body": committee.pk, "verdict": "not_pass", "ground": "场地未落实"}).status_code == 302
    page = text_of(member.get(f"/desk/filings/{filing.pk}/"))
    assert "场地未落实" in page and "退回" in page
    assert AuditEntry.objects.filter(verb="organisations.answer_filing", subject_id=str(filing.pk)).count() == 1


def test_decided_matters_are_published_with_a_receipt(place: Community) -> None:
    worker, station = at_desk(place, "community_worker"), Body.objects.get(kind="residents_committee")
    seat(place, "community_worker", station, "member")
    form = worker.get(f"/desk/bodies/{station.pk}/filings/important_matter/").context["form"]
    words = {name: "居民会议已讨论" for name in form.fields if name.startswith("words-")}
    worker.post(f"/desk/bodies/{station.pk}/filings/important_matter/", {"title": "广场改造", **words})
    filing = Filing.objects.get()
    committee = Body.objects.get(kind="community_committee")
    url = f"/desk/filings/{filing.pk}/answer/"
    at_desk(place, "community_secretary").post(url, {"body": committee.pk, "verdict": "pass"})
    filing.refresh_from_db()
    assert filing.state == "accepted" and filing.receipt == "BA202600001"
    public = text_of(at_desk(place, "neighbour").get(f"/communities/{COMMUNITY}/"))
    assert "广场改造" in public and "BA202600001" in public
