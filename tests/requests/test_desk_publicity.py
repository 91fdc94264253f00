"""Publishing: only what was wished and looked at, never anything personal, and always in step with its request."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jinlin.algorithms.chinese_text import find_personal
from jinlin.disclosure.models import DisclosedPhoto, Disclosure
from jinlin.disclosure.queries import record, shown_now
from jinlin.disclosure.rules import NEVER_PUBLIC, personal_kinds, redacted
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, Stale
from jinlin.platform.models import AuditEntry, Notice
from jinlin.requests import actions
from jinlin.requests.actions import Door, Judgement, Look, Report, Where
from jinlin.requests.models import Publicity, Request
from jinlin.requests.publishing import ShownPlace, places_to_show
from jinlin.requests.queries.desk import waiting_for_a_look
from tests.support.community import COMMUNITY, Community, make_community

pytestmark = pytest.mark.django_db

TEXT = "我是张伟民，住3号楼2单元301室，电话13812345678，楼道灯坏了三天。"
CLEAN = Look(title="楼道灯坏了", text="楼道灯坏了三天。", place=ShownPlace.BUILDING)


@pytest.fixture
def place(clock: Any) -> Community:
    return make_community()


def raised(place: Community, *, public: bool = True, who: str = "resident") -> Request:
    where = Where(place_code=place.homes[0].code)
    report = Report(text=TEXT, where=where, wished_public=public)
    return actions.raise_request(actor=place.actor(who), report=report).request


def published(place: Community, look: Look = CLEAN) -> tuple[Request, Disclosure]:
    request = raised(place)
    made = actions.publish_request(actor=place.actor("community_worker"), request_id=request.pk, look=look)
    return request, made


def test_published_words_are_those_of_the_look(place: Community) -> None:
    request, made = published(place)
    assert (made.title, made.text, made.answer, made.version) == ("楼道灯坏了", "楼道灯坏了三天。", "", 1)
    assert made.place_code == place.buildings[0].code and made.place_name == "幸福里1号楼"
    assert record(request.number) == made
    request.refresh_from_db()
    assert request.publicity == Publicity.PUBLIC
    assert Notice.objects.get(person_id=place.persons["resident"].pk).link == f"/my/requests/{request.pk}"
    assert AuditEntry.objects.filter(verb="requests.publish", subject_id=str(request.pk)).exists()


@pytest.mark.parametrize("field", ["title", "text", "answer"])
@pytest.mark.parametrize("words", ["电话13812345678", "住3号楼2单元301室", "身份证430202199001011232", "鄂A12345"])
def test_personal_words_are_refused_in_every_field(place: Community, field: str, words: str) -> None:
    request = raised(place)
    look = Look(**{"title": "楼道灯", "text": "坏了", "place": ShownPlace.BUILDING, field: words})
    with pytest.raises(Invalid) as refused:
        actions.publish_request(actor=place.actor("community_worker"), request_id=request.pk, look=look)
    assert field in refused.value.fields
    assert not shown_now().exists()


def test_private_requests_are_never_published(place: Community) -> None:
    request = raised(place, public=False)
    with pytest.raises(NotAllowed):
        actions.publish_request(actor=place.actor("community_worker"), request_id=request.pk, look=CLEAN)


@pytest.mark.parametrize("who", ["resident", "auditor", "property_manager"])
def test_only_reception_publishes(place: Community, who: str) -> None:
    request = raised(place)
    with pytest.raises((NotAllowed, NotFound)):
        actions.publish_request(actor=place.actor(who), request_id=request.pk, look=CLEAN)


def test_a_look_at_an_older_version_is_stale(place: Community) -> None:
    request = raised(place)
    worker = place.actor("community_worker")
    actions.accept_request(actor=worker, request_id=request.pk)
    with pytest.raises(Stale):
        actions.publish_request(actor=worker, request_id=request.pk, look=CLEAN, door=Door(seen_version=1))


def test_no_place_closer_than_a_building_is_offered(place: Community) -> None:
    offered = places_to_show(raised(place))
    assert set(offered) == {ShownPlace.BUILDING, ShownPlace.ESTATE, ShownPlace.COMMUNITY}
    assert max(len(shown.code) for shown in offered.values()) == 16


def test_a_point_without_a_building_is_rounded(place: Community) -> None:
    where = Where(place_code=COMMUNITY, longitude=102.712345, latitude=25.056789)
    report = Report(text="路边井盖松了", where=where, wished_public=True)
    request = actions.raise_request(actor=place.actor("resident"), report=report).request
    offered = places_to_show(request)
    assert set(offered) == {ShownPlace.SPOT, ShownPlace.COMMUNITY}
    spot = offered[ShownPlace.SPOT]
    assert (spot.code, spot.longitude, spot.latitude) == (COMMUNITY, 102.712, 25.057)


def test_a_new_answer_waits_for_a_look(place: Community, clock: Any) -> None:
    request, _made = published(place)
    assert not waiting_for_a_look(Request.objects.all()).exists()
    clock.forward(minutes=5)
    worker = place.actor("community_worker")
    actions.accept_request(actor=worker, request_id=request.pk)
    actions.handle_request(actor=worker, request_id=request.pk, answer="已换灯。")
    assert waiting_for_a_look(Request.objects.all()).get() == request
    clock.forward(minutes=5)
    actions.publish_request(actor=worker, request_id=request.pk, look=CLEAN)
    assert not waiting_for_a_look(Request.objects.all()).exists()


def test_state_and_rating_follow_but_the_answer_waits_for_a_look(place: Community) -> None:
    request, _made = published(place)
    worker, property_manager = place.actor("community_worker"), place.actor("property_manager")
    actions.accept_request(actor=worker, request_id=request.pk)
    firm = place.bodies["property_firm"]
    actions.dispatch_request(actor=worker, request_id=request.pk, body_id=firm.pk, basis="职责表")
    actions.sign_for_request(actor=property_manager, request_id=request.pk)
    actions.start_request(actor=property_manager, request_id=request.pk)
    actions.handle_request(actor=property_manager, request_id=request.pk, answer="已换灯，联系李师傅13912345678")
    assert (record(request.number).state, record(request.number).answer) == ("handled", "")
    actions.rate_request(
        actor=place.actor("resident"), request_id=request.pk, judgement=Judgement(True, "yes", "mostly")
    )
    assert (record(request.number).state, record(request.number).rating) == ("closed", "mostly")
    again = Look(title="楼道灯坏了", text="楼道灯坏了三天。", answer="已换灯。", place=ShownPlace.ESTATE)
    made = actions.publish_request(actor=worker, request_id=request.pk, look=again)
    assert (made.version, made.rating, made.state) == (2, "mostly", "closed")
    assert Disclosure.objects.filter(number=request.number, current=True).count() == 1
    assert Disclosure.objects.filter(number=request.number).count() == 2


def test_a_refusal_gives_its_reason_to_the_sender(place: Community) -> None:
    request = raised(place)
    worker = place.actor("community_worker")
    with pytest.raises(Invalid):
        actions.refuse_publication(actor=worker, request_id=request.pk, reason=" ")
    actions.refuse_publication(actor=worker, request_id=request.pk, reason="写的是别人家的事")
    request.refresh_from_db()
    assert request.publicity == Publicity.REFUSED
    assert "写的是别人家的事" in Notice.objects.get().text
    with pytest.raises(NotAllowed):
        actions.refuse_publication(actor=worker, request_id=request.pk, reason="再来")


@pytest.mark.parametrize(("who", "after"), [("community_worker", Publicity.REFUSED), ("resident", Publicity.PRIVATE)])
def test_a_public_request_can_be_taken_back(place: Community, who: str, after: str) -> None:
    request, made = published(place)
    actions.withdraw_publication(actor=place.actor(who), request_id=request.pk, reason="有人认出了我")
    request.refresh_from_db()
    assert request.publicity == after
    assert record(request.number) is None
    made.refresh_from_db()
    assert made.withdrawn_reason == "有人认出了我"


def test_neighbours_cannot_take_it_back(place: Community) -> None:
    request, _made = published(place)
    with pytest.raises(NotFound):
        actions.withdraw_publication(actor=place.actor("neighbour"), request_id=request.pk, reason="不喜欢")


def test_a_withdrawn_request_leaves_the_public_list(place: Community) -> None:
    request, _made = published(place)
    actions.withdraw_request(actor=place.actor("resident"), request_id=request.pk)
    request.refresh_from_db()
    assert request.publicity == Publicity.PRIVATE
    assert record(request.number) is None


PERSONAL = st.sampled_from(
    ["13812345678", "138 1234 5678", "430202199001011232", "3号楼2单元301室", "5-2-301", "鄂A12345", "a.b@qq.com",
     "微信zhangsan_88", "QQ12345678", "１３８１２３４５６７８", "6222020200112345678"]
)  # fmt: skip
AROUND = st.text(alphabet="我家住在的电话是，。灯坏了 0123456789-号楼单元室", max_size=12)


@given(parts=st.lists(st.tuples(AROUND, PERSONAL, AROUND), min_size=1, max_size=3))
def test_what_is_proposed_for_publication_holds_nothing_personal(parts: list[tuple[str, str, str]]) -> None:
    text = "".join("".join(part) for part in parts)
    proposed = redacted(text)
    assert not find_personal(proposed)
    assert not personal_kinds(proposed)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(before=AROUND, personal=PERSONAL, after=AROUND)
def test_whatever_an_officer_sends_nothing_personal_becomes_public(
    place: Community, before: str, personal: str, after: str
) -> None:
    request = raised(place, who="neighbour")
    text = f"{before}{personal}{after}"
    look = Look(title="楼道灯坏了", text=text, place=ShownPlace.COMMUNITY)
    try:
        actions.publish_request(actor=place.actor("community_worker"), request_id=request.pk, look=look)
    except Invalid:
        assert personal_kinds(text)
    else:
        words = [value for row in shown_now() for value in (row.title, row.text, row.answer, row.place_name)]
        assert not any(finding.kind in NEVER_PUBLIC for word in words for finding in find_personal(word))


def test_photos_are_those_that_were_chosen(place: Community) -> None:
    from tests.support.photos import photo

    report = Report(
        text="灯坏了", where=Where(place_code=place.homes[0].code), wished_public=True, photos=[photo(1), photo(2)]
    )
    request = actions.raise_request(actor=place.actor("resident"), report=report).request
    chosen = request.photos.get(order=2)
    look = Look(title="灯", text="灯坏了", place=ShownPlace.COMMUNITY, photo_ids=[chosen.pk, 999_999])
    actions.publish_request(actor=place.actor("community_worker"), request_id=request.pk, look=look)
    shown = DisclosedPhoto.objects.get()
    assert (shown.file, shown.moment) == (chosen.file, "before")
