"""Notices: who takes which step in which state, periods, words that may not stand, objections in time, ends and outcomes."""

import hashlib
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.test import Client

from jinlin.disclosure import actions, own_data
from jinlin.disclosure.actions import Objector, Proof
from jinlin.disclosure.models import Edition, NoticeStep, Objection, PublicNotice
from jinlin.disclosure.recurring import end_notices
from jinlin.disclosure.states import NOTICES, NoticeState, NoticeVerb
from jinlin.platform import events
from jinlin.platform.access import NOBODY, SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, NotSignedIn, Stale, WrongState
from jinlin.platform.models import AuditEntry, Notice
from jinlin.platform.sends import Door, RepeatedSend
from jinlin.platform.works import Concluded, Matter, Outcome, Purpose, describes, ways_to, works_for
from jinlin.region.calendars import replace_year, working_calendar
from tests.disclosure.notice_cases import TEXT, TITLE, a_photo, answer, drafted, look, posted, proved
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import fetch, send, signed_in, text_of
from tests.support.threads import at_once

pytestmark = pytest.mark.django_db
DESK = {"community_worker", "community_secretary", "subdistrict_officer", "district_officer", "grid_member"}
"""A grid member of the tests holds a post at the residents' committee, which posts the notices."""


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    return make_community()


@pytest.fixture
def concluded(monkeypatch: pytest.MonkeyPatch) -> list[Concluded]:
    heard: list[Concluded] = []
    monkeypatch.setitem(events._reactions, Concluded, [*events._reactions[Concluded], heard.append])
    return heard


def steps(place: Community) -> dict[NoticeVerb, Callable[..., Any]]:
    proof = Proof(place.buildings[0].code, "单元门口", today(), a_photo())
    return {
        NoticeVerb.REDRAFT: lambda **given: actions.redraft_notice(title="新稿", text="新的内容", **given),
        NoticeVerb.DROP: actions.drop_notice,
        NoticeVerb.POST: lambda **given: actions.post_notice(look=look(), **given),
        NoticeVerb.CHANGE: lambda **given: actions.change_notice(
            look=look(text="改过的内容"), reason="写错了", **given
        ),
        NoticeVerb.PROVE: lambda **given: actions.prove_posting(proof=proof, **given),
        NoticeVerb.OBJECT: lambda **given: actions.object_to(text="不同意", **given),
        NoticeVerb.TAKE_DOWN: lambda **given: actions.take_notice_down(reason="内容有误", **given),
    }


ALLOWED = {
    NoticeVerb.OBJECT: None,
    NoticeVerb.PROVE: DESK | {"neighbour_head"},
}


@pytest.mark.parametrize("state", NoticeState.values)
def test_only_who_may_takes_a_step_and_only_where_the_table_leads_on(place: Community, state: str) -> None:
    notice = posted(place)
    edition = Edition.objects.get()
    for verb, name in product(steps(place), place.persons):
        Objection.objects.all().delete()
        NoticeStep.objects.filter(number__gt=2).delete()
        Edition.objects.filter(number__gt=1).delete()
        posted_at = None if state == "draft" else edition.posted_at
        Edition.objects.update(posted_at=posted_at, title=TITLE, text=TEXT)
        PublicNotice.objects.update(state=state, version=2, edition=1, posted_at=edition.posted_at)
        try:
            steps(place)[verb](actor=place.actor(name), notice_id=notice.pk)
            took = True
        except (NotAllowed, WrongState, NotFound):
            took = False
        who = ALLOWED.get(verb, DESK)
        assert took == (state in NOTICES.sources(verb) and (who is None or name in who)), f"{name} {verb} {state}"


def test_nobody_outside_objects_and_a_draft_is_unknown_to_residents(place: Community) -> None:
    notice = drafted(place)
    with pytest.raises(NotFound):
        actions.object_to(actor=place.actor("resident"), notice_id=notice.pk, text="不同意")
    assert Client().get(f"/public/notices/{notice.number}/").status_code == 404
    posted_one = posted(place)
    with pytest.raises(NotSignedIn):
        actions.object_to(actor=NOBODY, notice_id=posted_one.pk, text="不同意")
    assert Client().get(f"/public/notices/{posted_one.number}/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"days": 0}, "days"),
        ({"days": 6}, "days"),
        ({"days": 400}, "days"),
        ({"kind": "rumour"}, "kind"),
        ({"title": " "}, "title"),
        ({"text": ""}, "text"),
        ({"text": "长" * 20_001}, "text"),
        ({"place_code": "530199009009"}, "place"),
        ({"place_code": "5301990010010001"}, "place"),
    ],
)
def test_a_notice_that_cannot_be_is_refused(place: Community, wrong: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        drafted(place, **wrong)
    assert set(refused.value.fields) == {field}
    assert not PublicNotice.objects.exists()


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"text": "电话13912345678"}, "text"),
        ({"title": "3号楼2单元301漏水"}, "title"),
        ({"text": "身份证号11010519491231002X"}, "text"),
        ({"text": "联系人：张三丰"}, "text"),
        ({"text": "电话0871-65123456"}, "text"),
        ({"read": False}, "read"),
    ],
)
def test_words_that_tell_who_somebody_is_are_not_posted(place: Community, words: Any, field: str) -> None:
    notice = drafted(place)
    with pytest.raises(Invalid) as refused:
        actions.post_notice(actor=SYSTEM, notice_id=notice.pk, look=look(**words))
    assert set(refused.value.fields) == {field}
    notice.refresh_from_db()
    assert notice.state == "draft"


def test_a_body_of_one_estate_posts_nothing_for_another(place: Community) -> None:
    with pytest.raises(Invalid) as refused:
        drafted(place, body=place.bodies["property_firm"], zone=place.estates[1])
    assert set(refused.value.fields) == {"body"}


def test_a_name_is_posted_once_confirmed_and_a_mobile_number_never(place: Community) -> None:
    notice = drafted(place, kind="candidates", text="候选人姓名：张三丰，电话13912345678")
    desk = signed_in(place, "community_worker")
    page = desk.get(f"/desk/notices/{notice.pk}/post/").context["form"]
    assert "张三丰" in page.initial["text"] and "139" not in page.initial["text"]
    path = f"/desk/notices/{notice.pk}/post/"
    words = {"title": TITLE, "text": "候选人姓名：张三丰", "read": "on"}
    refused = send(desk, path, **words)
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"text"})
    assert send(desk, path, **words | {"text": "张三丰13912345678"}, allowed=["张三丰"]).status_code == 422
    assert send(desk, path, **words, allowed=["张三丰"]).status_code == 302
    edition = Edition.objects.get()
    assert (edition.text, edition.allowed) == ("候选人姓名：张三丰", ["张三丰"])
    assert "139" not in "".join(Edition.objects.values_list("text", flat=True)), "the draft's own words are gone"


def test_a_period_that_would_end_on_a_holiday_ends_on_the_next_working_day(place: Community, clock: Any) -> None:
    clock.move_to("2026-04-24 09:00")
    notice = posted(place)
    assert str(notice.last_day) == "2026-05-06"
    page = text_of(Client().get(f"/public/notices/{notice.number}/"))
    assert "2026-05-06" in page and "节假日" in page and "还剩12天" in page


def test_of_a_provisional_year_it_is_said_and_the_day_is_put_off_but_never_brought_forward(
    place: Community, clock: Any
) -> None:
    clock.move_to("2027-04-28 09:00")
    assert working_calendar().is_provisional(today(), today())
    notice = posted(place, days=10)
    told = notice.last_day
    assert "放假安排还没有公布" in text_of(Client().get(f"/public/notices/{notice.number}/"))
    days = [{"day": told, "name": "劳动节"}, {"day": told.replace(day=told.day + 1), "name": "劳动节"}]
    replace_year({"year": 2027, "status": "complete", "source": "t", "holidays": days, "working": []})
    working_calendar.cache_clear()
    end_notices()
    notice.refresh_from_db()
    assert notice.last_day > told and not notice.provisional
    PublicNotice.objects.update(provisional=True, last_day=told.replace(day=28))
    end_notices()
    notice.refresh_from_db()
    assert notice.last_day == told.replace(day=28)
    working_calendar.cache_clear()


def test_a_year_that_the_calendar_lacks_is_named(place: Community, clock: Any) -> None:
    clock.move_to("2027-12-28 09:00")
    with pytest.raises(Invalid) as refused:
        posted(place)
    assert "2028" in str(refused.value.fields["days"])


def test_a_change_needs_a_reason_and_a_change_and_what_was_seen_must_still_hold(place: Community) -> None:
    notice, worker = posted(place), place.actor("community_worker")
    change = {"actor": worker, "notice_id": notice.pk, "look": look(text="停车费每月150元。")}
    with pytest.raises(Invalid):
        actions.change_notice(**change, reason=" ")
    with pytest.raises(Invalid):
        actions.change_notice(**change | {"look": look()}, reason="写错了")
    with pytest.raises(Stale):
        actions.change_notice(**change, reason="写错了", door=Door(seen="1"))
    actions.change_notice(**change, reason="写错了", door=Door(seen=str(notice.version), key="k"))
    with pytest.raises(RepeatedSend):
        actions.change_notice(**change, reason="写错了", door=Door(seen=str(notice.version), key="k"))
    assert list(Edition.objects.order_by("number").values_list("text", flat=True)) == [TEXT, "停车费每月150元。"]


def test_screen_and_paper_show_the_same_version_and_check_code_that_anybody_computes(place: Community) -> None:
    notice = posted(place)
    edition = Edition.objects.get()
    lines = [notice.number, "1", TITLE, TEXT]
    assert edition.digest == hashlib.sha256("\n".join(lines).encode()).hexdigest()
    code = " ".join(edition.digest[start : start + 4].upper() for start in (0, 4, 8))
    for page in ("", "sheet/"):
        shown = text_of(Client().get(f"/public/notices/{notice.number}/{page}"))
        assert code in shown and "停车费每月120元" in shown
    actions.change_notice(actor=SYSTEM, notice_id=notice.pk, look=look(text="停车费每月150元。"), reason="写错了")
    assert code not in text_of(Client().get(f"/public/notices/{notice.number}/sheet/"))


def test_an_objection_after_the_period_is_refused_with_where_to_turn(place: Community, clock: Any) -> None:
    notice = posted(place)
    clock.move_to("2026-05-15 23:50")
    resident = signed_in(place, "resident")
    path = f"/public/notices/{notice.number}/object/"
    assert send(resident, path, text="费用太高").status_code == 302
    clock.move_to("2026-05-16 00:10")
    refused = resident.post(path, {"key": "k", "text": "还是太高"})
    assert refused.status_code == 409
    assert "2026-05-15" in text_of(refused) and "居民委员会" in text_of(refused)
    desk = signed_in(place, "community_worker")
    paper = send(desk, f"/desk/notices/{notice.pk}/enter/", text="纸质异议", received_on="2026-05-16")
    assert (paper.status_code, set(paper.context["form"].errors)) == (422, {"received_on"})
    Objection.objects.all().delete()


def test_paper_that_came_in_time_is_entered_later_too(place: Community, clock: Any) -> None:
    notice = posted(place)
    clock.move_to("2026-05-18 09:00")
    desk = signed_in(place, "community_worker")
    answer_ = send(desk, f"/desk/notices/{notice.pk}/enter/", text="纸质异议", received_on="2026-05-15", name="王五")
    assert answer_.status_code == 302
    objection = Objection.objects.get()
    assert (objection.on_paper, objection.person.name) == (True, "王五")


def test_a_notice_ends_only_when_its_period_is_over_everything_is_answered_and_the_paper_hung(
    place: Community, clock: Any, concluded: list[Concluded], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notice = posted(place, subject="step:9")
        objection = actions.object_to(actor=place.actor("resident"), notice_id=notice.pk, text="费用太高")
        clock.move_to("2026-05-18 09:00")
        end_notices()
        with pytest.raises(WrongState) as refused:
            actions.end_notice(actor=SYSTEM, notice_id=notice.pk)
        assert "1条异议" in str(refused.value) and "张贴" in str(refused.value)
        assert works_for("step:9")[0].outcome is None
        PublicNotice.objects.update(last_day="2026-05-18")
        proved(place, notice)
        PublicNotice.objects.update(last_day="2026-05-15")
        assert not concluded
        actions.answer_objection(actor=SYSTEM, objection_id=objection.pk, answer=answer())
    notice.refresh_from_db()
    assert notice.state == "ended"
    assert concluded == [Concluded("step:9", f"notice:{notice.pk}", Outcome.DONE)]
    work = works_for("step:9")[0]
    assert (work.purpose, work.outcome) == (Purpose.DISCLOSE, Outcome.DONE)
    assert (work.facts["objections"], work.facts["proofs"], work.facts["version"]) == (1, 1, 1)
    assert "认为收费偏高" in text_of(Client().get(f"/public/notices/{notice.number}/"))


@pytest.mark.parametrize("finding", ["upheld", "taken_down"])
def test_what_an_early_end_means_to_the_matter_is_announced_once(
    place: Community, concluded: list[Concluded], django_capture_on_commit_callbacks: Any, finding: str
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notice = posted(place, subject="step:9")
        first, second = (
            actions.object_to(actor=place.actor(name), notice_id=notice.pk, text="费用太高")
            for name in ("resident", "neighbour")
        )
        if finding == "upheld":
            actions.answer_objection(actor=SYSTEM, objection_id=first.pk, answer=answer("upheld"))
        else:
            actions.take_notice_down(actor=SYSTEM, notice_id=notice.pk, reason="内容有误")
            actions.answer_objection(actor=SYSTEM, objection_id=first.pk, answer=answer())
        actions.answer_objection(actor=SYSTEM, objection_id=second.pk, answer=answer("upheld"))
    notice.refresh_from_db()
    assert notice.state == finding
    outcome = Outcome.UPHELD if finding == "upheld" else Outcome.FAILED
    assert concluded == [Concluded("step:9", f"notice:{notice.pk}", outcome)]
    page = text_of(Client().get(f"/public/notices/{notice.number}/"))
    assert ("内容有误" in page, TITLE in page) == ((False, True) if finding == "upheld" else (True, False))


def test_as_corrected_is_answered_only_what_a_later_version_corrects(place: Community) -> None:
    notice = posted(place)
    objection = actions.object_to(actor=place.actor("resident"), notice_id=notice.pk, text="数字写错")
    with pytest.raises(Invalid):
        actions.answer_objection(actor=SYSTEM, objection_id=objection.pk, answer=answer("corrected"))
    actions.change_notice(actor=SYSTEM, notice_id=notice.pk, look=look(text="停车费每月150元。"), reason="数字写错")
    actions.answer_objection(actor=SYSTEM, objection_id=objection.pk, answer=answer("corrected"))
    with pytest.raises(WrongState):
        actions.answer_objection(actor=SYSTEM, objection_id=objection.pk, answer=answer())
    told = Notice.objects.filter(person_id=place.persons["resident"].pk)
    assert any("有答复" in row.text for row in told)


def test_an_answer_tells_nothing_of_who_objected(place: Community) -> None:
    notice = posted(place)
    name = place.persons["resident"].name
    objection = actions.object_to(actor=place.actor("resident"), notice_id=notice.pk, text=f"我是{name}，费用太高")
    desk = signed_in(place, "community_worker")
    path = f"/desk/notices/objections/{objection.pk}/"
    assert name not in desk.get(path).context["form"].initial["summary"]
    words = {"finding": "dismissed", "summary": f"{name}认为费用高", "answer": "按成本测算", "read": "on"}
    refused = send(desk, path, **words)
    assert (refused.status_code, set(refused.context["form"].errors)) == (422, {"summary"})
    assert send(desk, path, **words | {"summary": "认为费用高"}).status_code == 302
    assert name not in text_of(Client().get(f"/public/notices/{notice.number}/"))
    assert list(own_data.objections_of(place.persons["resident"].pk))


def test_nobody_answers_their_own_objection_and_only_its_maker_takes_it_back(place: Community) -> None:
    notice, worker = posted(place), place.actor("community_worker")
    own = actions.object_to(actor=worker, notice_id=notice.pk, text="不同意")
    with pytest.raises(NotAllowed):
        actions.answer_objection(actor=worker, objection_id=own.pk, answer=answer())
    for name in ("resident", "community_secretary"):
        with pytest.raises(NotAllowed):
            actions.take_objection_back(actor=place.actor(name), objection_id=own.pk)
    actions.take_objection_back(actor=worker, objection_id=own.pk)
    paper = actions.enter_objection(
        actor=worker, notice_id=notice.pk, text="纸质", received_on=today(), objector=Objector()
    )
    assert paper.person is None
    actions.take_objection_back(actor=place.actor("community_secretary"), objection_id=paper.pk)


def test_one_person_cannot_flood_a_notice(place: Community) -> None:
    notice = posted(place)
    given = {"actor": place.actor("resident"), "notice_id": notice.pk}
    for number in range(5):
        actions.object_to(**given, text=f"理由{number}", door=Door(key=f"k{number}"))
    assert actions.object_to(**given, text="理由4", door=Door(key="k4")).number == 5
    with pytest.raises(WrongState):
        actions.object_to(**given, text="第六条")
    assert Objection.objects.count() == 5


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"place_code": f"{COMMUNITY}0003"}, "place"),
        ({"spot": " "}, "spot"),
        ({"spot": "3单元301门口"}, "spot"),
        ({"on": "2026-05-07"}, "on"),
        ({"on": "2026-05-09"}, "on"),
    ],
)
def test_a_proof_lies_within_place_and_period(place: Community, wrong: Any, field: str) -> None:
    notice = posted(place)
    facts = {"place_code": place.buildings[0].code, "spot": "单元门口", "on": today(), "photo": a_photo()} | wrong
    if isinstance(facts["on"], str):
        facts["on"] = today().fromisoformat(facts["on"])
    with pytest.raises(Invalid) as refused:
        actions.prove_posting(actor=SYSTEM, notice_id=notice.pk, proof=Proof(**facts))
    assert set(refused.value.fields) == {field}


def test_a_new_version_needs_its_own_proof(place: Community) -> None:
    notice = proved(place, posted(place))
    desk = signed_in(place, "community_worker")
    assert "单元门口" in text_of(desk.get(f"/desk/notices/{notice.pk}/"))
    actions.change_notice(actor=SYSTEM, notice_id=notice.pk, look=look(text="停车费每月150元。"), reason="写错了")
    page = desk.get(f"/desk/notices/{notice.pk}/")
    assert not any(row.posting for row in page.context["coverage"])


def test_a_notice_about_a_matter_is_posted_by_who_works_on_it_and_its_followers_hear(
    place: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    followers = {place.persons["neighbour"].pk}

    @describes("oak")
    def oak(actor: Any, row_id: int) -> Matter:
        may = actor.is_system or actor.person_id == place.persons["community_worker"].pk
        return Matter(f"oak:{row_id}", "老橡树", "要不要砍", COMMUNITY, "/oaks/7/", may, lambda: followers)

    page = signed_in(place, "community_worker").get("/desk/notices/new/?for=oak:7")
    assert page.context["form"].initial["title"] == "老橡树"
    assert [way.path for way in ways_to(Purpose.DISCLOSE)] == ["/desk/notices/new/"]
    assert signed_in(place, "community_worker").get("/desk/notices/new/?for=elm:7").status_code == 404
    new = actions.NewNotice("decision", TITLE, TEXT, COMMUNITY, place.bodies["residents_committee"], subject="oak:7")
    with pytest.raises(NotAllowed):
        actions.draft_notice(actor=place.actor("community_secretary"), new=new)
    worker = place.actor("community_worker")
    notice = actions.draft_notice(actor=worker, new=new)
    assert not works_for("oak:7")
    actions.post_notice(actor=worker, notice_id=notice.pk, look=look())
    assert Notice.objects.filter(person_id__in=followers, text__contains=TITLE).exists()
    assert works_for("oak:7")[0].url == f"/public/notices/{notice.number}/"


def test_every_step_leaves_its_line_in_history_and_trail(place: Community) -> None:
    notice = posted(place)
    actions.object_to(actor=place.actor("resident"), notice_id=notice.pk, text="不同意")
    actions.take_notice_down(actor=SYSTEM, notice_id=notice.pk, reason="内容有误")
    verbs = list(NoticeStep.objects.order_by("number").values_list("verb", flat=True))
    assert verbs == ["draft", "post", "object", "take_down"]
    trail = AuditEntry.objects.filter(subject_kind="disclosure.publicnotice").order_by("pk")
    assert [entry.verb for entry in trail] == [f"disclosure.{verb}_notice" for verb in verbs]


def test_a_dropped_draft_keeps_no_words(place: Community) -> None:
    notice = drafted(place)
    actions.drop_notice(actor=SYSTEM, notice_id=notice.pk)
    assert Edition.objects.get().text == ""


@pytest.mark.django_db(transaction=True)
def test_two_who_post_at_the_same_moment_post_once(transactional_db: None) -> None:
    place = make_community()
    notice = drafted(place)
    post = {"actor": SYSTEM, "notice_id": notice.pk, "look": look(), "door": Door(seen="1")}
    done = at_once(lambda: actions.post_notice(**post), lambda: actions.post_notice(**post))
    assert sorted(type(result).__name__ for result in done) == ["PublicNotice", "Stale"]
    assert Edition.objects.count() == 1


def test_pages_keep_to_their_readers_and_their_queries(place: Community, query_budget: Any) -> None:
    notice = proved(place, posted(place))
    objection = actions.object_to(actor=place.actor("resident"), notice_id=notice.pk, text="不同意")
    desk, resident = signed_in(place, "community_worker"), signed_in(place, "resident")
    for name, client, path in (
        ("board", resident, "/public/notices/"),
        ("notice", resident, f"/public/notices/{notice.number}/"),
        ("sheet", resident, f"/public/notices/{notice.number}/sheet/"),
        ("desk", desk, "/desk/notices/"),
        ("desk-notice", desk, f"/desk/notices/{notice.pk}/"),
        ("desk-answer", desk, f"/desk/notices/objections/{objection.pk}/"),
    ):
        assert client.get(path).status_code == 200, path
        with query_budget(f"notices/{name}"):
            client.get(path)
    for path in ("/desk/notices/", f"/desk/notices/{notice.pk}/", f"/desk/notices/objections/{objection.pk}/",
                 "/field/notices/"):  # fmt: skip
        assert resident.get(path).status_code == 403, path
    head = signed_in(place, "neighbour_head")
    assert TITLE in text_of(head.get("/field/notices/"))
    proof = notice.editions.get().postings.get()
    assert fetch(desk, f"/desk/notices/proofs/{proof.pk}")[0] == 200
    assert resident.get(f"/desk/notices/proofs/{proof.pk}").status_code == 403
    assert TITLE.encode() in fetch(desk, "/desk/notices/export.csv")[1]
    assert fetch(desk, "/desk/notices/export.xlsx")[0] == 200
