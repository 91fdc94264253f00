"""Conventions: who takes which step, what a draft must hold, comments, votes that decide, and breaches that name nobody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from jinlin.conventions import actions, own_data, queries
from jinlin.conventions.actions import ClauseWords, Reply
from jinlin.conventions.models import Acknowledgement, Comment, Edition, EditionStep, Reminder
from jinlin.conventions.recurring import settle
from jinlin.conventions.rules import PaperVote, passes
from jinlin.conventions.states import EDITIONS, EditionState, EditionVerb
from jinlin.platform import works
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from jinlin.platform.sends import Door
from jinlin.platform.works import Concluded, Outcome, Purpose, Work, matter_of
from jinlin.playbooks.schema import ConventionKind
from tests.conventions.cases import LEADING, TEXT, VOTE, adopted, drafted, opened, put
from tests.disclosure.notice_cases import a_photo
from tests.support.community import Community, make_community
from tests.support.pages import send, signed_in, text_of, upload

pytestmark = pytest.mark.django_db
DESK = {"community_worker", "community_secretary", "subdistrict_officer", "district_officer", "grid_member"}


@pytest.fixture
def place(clock: Any, district: Any, method: Any) -> Community:
    made = make_community()
    method("ningde")
    return made


@contextmanager
def ballot(edition: Edition, outcome: Outcome | None, **more: Any) -> Iterator[None]:
    """Let another app have held a vote on the version."""

    def tell(subject: str) -> list[Work]:
        facts = {"begun_at": now(), "concluded_at": now(), "outcome": outcome} | more
        asked = subject == queries.subject_of(edition)
        return [Work(subject, Purpose.DECIDE, "表决", "/ballots/4/", **facts)] if asked else []

    works._tellers.append(tell)
    try:
        yield
    finally:
        works._tellers.remove(tell)


def steps(place: Community) -> dict[EditionVerb, Callable[..., Any]]:
    later = today() + timedelta(days=20)
    return {
        EditionVerb.WRITE: lambda **given: actions.write_clause(clause=ClauseWords("爱护绿化。"), **given),
        EditionVerb.OPEN: lambda **given: actions.open_for_comments(until=later, **given),
        EditionVerb.REVISE: lambda **given: actions.revise_edition(words="意见较多", **given),
        EditionVerb.PUT: lambda **given: actions.put_to_vote(from_day=later, **given),
        EditionVerb.PAPER: lambda **given: actions.record_paper_vote(on=today(), vote=VOTE, minutes=a_photo(), **given),
        EditionVerb.DROP: lambda **given: actions.drop_edition(words="另行起草", **given),
    }


@pytest.mark.parametrize("state", EditionState.values)
def test_only_who_may_takes_a_step_and_only_where_the_table_leads_on(place: Community, state: str) -> None:
    edition = drafted(place)
    before = {"state": state, "version": 1, "put_at": now(), "comments_until": today() - timedelta(days=1),
              "from_day": today() + timedelta(days=5), "adopted_at": None, "in_force_from": None, "minutes": None,
              "voted_on": None}  # fmt: skip
    for verb, name in product(steps(place), place.persons):
        EditionStep.objects.filter(number__gt=1).delete()
        Edition.objects.update(**before)
        try:
            steps(place)[verb](actor=place.actor(name), edition_id=edition.pk)
            took = True
        except (NotAllowed, WrongState, NotFound):
            took = False
        assert took == (state in EDITIONS.sources(verb) and name in DESK), f"{name} {verb} {state}"


def test_a_text_is_taken_apart_and_what_is_required_is_found_in_it(place: Community) -> None:
    edition = drafted(place)
    clauses = list(edition.clauses.values_list("text", "required"))
    assert clauses[0] == (LEADING, "leadership")
    assert [required for _text, required in clauses] == ["leadership", "use", "common_interest", "duties", "liability"]


def test_a_clause_that_only_bears_the_name_does_not_count(place: Community, clock: Any) -> None:
    edition = drafted(place, TEXT.replace("小区党支部领导", "大家商量"))
    key = edition.clauses.first().key
    actions.write_clause(actor=SYSTEM, edition_id=edition.pk, clause=ClauseWords("大家商量。", key, "leadership"))
    with pytest.raises(WrongState) as refused:
        put(clock, edition)
    assert "党支部" in str(refused.value)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "rumour"}, "kind"),
        ({"text": ""}, "text"),
        ({"text": "长" * 60_001}, "text"),
        ({"text": "长" * 3_001}, "text"),
    ],
)
def test_a_draft_that_cannot_be_is_refused(place: Community, wrong: Any, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        drafted(place, **{"text": TEXT} | wrong)
    assert set(refused.value.fields) == {field}
    assert not Edition.objects.exists()


def test_one_version_is_under_way_at_a_time_and_two_officers_do_not_overwrite_each_other(place: Community) -> None:
    edition = drafted(place)
    with pytest.raises(WrongState):
        drafted(place)
    write = {"actor": SYSTEM, "edition_id": edition.pk, "door": Door(seen="1")}
    actions.write_clause(**write, clause=ClauseWords("爱护绿化。"))
    with pytest.raises(Stale):
        actions.write_clause(**write, clause=ClauseWords("爱护车棚。"))


def test_personal_data_keeps_a_draft_from_being_opened(place: Community) -> None:
    edition = drafted(place, TEXT + "\n第六条 联系人：张三丰13912345678")
    with pytest.raises(Invalid):
        opened(edition)


def test_residents_comment_in_time_and_every_comment_is_answered_before_the_vote(place: Community, clock: Any) -> None:
    edition = opened(drafted(place))
    resident = place.actor("resident")
    given = {"edition_id": edition.pk, "text": "罚款太重"}
    comment = actions.comment_on(actor=resident, **given, door=Door(key="k"))
    assert actions.comment_on(actor=resident, **given, door=Door(key="k")) == comment
    with pytest.raises(NotAllowed):
        actions.comment_on(actor=place.actor("auditor"), **given)
    clock.forward(days=8)
    with pytest.raises(WrongState):
        actions.comment_on(actor=resident, **given)
    ahead = {"actor": SYSTEM, "edition_id": edition.pk, "from_day": today() + timedelta(days=5)}
    with pytest.raises(WrongState) as refused:
        actions.put_to_vote(**ahead)
    assert "答复" in str(refused.value)
    name = place.persons["resident"].name
    with pytest.raises(Invalid):
        actions.answer_comment(actor=SYSTEM, comment_id=comment.pk, reply=Reply(f"{name}说太重", "已改", read=True))
    actions.answer_comment(actor=SYSTEM, comment_id=comment.pk, reply=Reply("认为太重", "已改为提醒", read=True))
    with pytest.raises(Invalid):
        actions.put_to_vote(**ahead | {"from_day": today()})
    assert actions.put_to_vote(**ahead).state == "voting"
    assert "已改为提醒" in text_of(Client().get(f"/conventions/versions/{edition.pk}/"))
    assert len(list(own_data.comments_of(place.persons["resident"].pk))) == 1


def test_nothing_comes_into_force_without_a_vote(place: Community, clock: Any) -> None:
    edition = put(clock, drafted(place))
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(state="adopted", adopted_at=now(), in_force_from=today())
    settle()
    edition.refresh_from_db()
    assert edition.state == "voting"


@pytest.mark.parametrize(
    ("outcome", "state"), [(Outcome.PASSED, "adopted"), (Outcome.FAILED, "rejected"), (None, "voting")]
)
def test_the_vote_held_by_another_app_decides(place: Community, clock: Any, outcome: Any, state: str) -> None:
    edition = put(clock, drafted(place))
    with ballot(edition, outcome):
        for reaction in works_reactions():
            reaction(Concluded(queries.subject_of(edition), "ballot:4", outcome or Outcome.DONE))
        settle()
        if state == "voting":
            with pytest.raises(WrongState) as refused:
                actions.record_paper_vote(actor=SYSTEM, edition_id=edition.pk, on=today(), vote=VOTE, minutes=a_photo())
            assert "表决" in str(refused.value)
    edition.refresh_from_db()
    assert edition.state == state
    if state == "adopted":
        assert (edition.work, edition.in_force_from) == ("/ballots/4/", edition.from_day)


def works_reactions() -> list[Callable[[Concluded], None]]:
    from jinlin.conventions.reactions import decide

    return [decide]


def test_a_vote_from_before_it_was_put_to_the_vote_decides_nothing(place: Community, clock: Any) -> None:
    edition = put(clock, drafted(place))
    with ballot(edition, Outcome.PASSED, begun_at=edition.put_at - timedelta(days=1)):
        settle()
    edition.refresh_from_db()
    assert edition.state == "voting"


def test_a_vote_that_ends_after_the_planned_day_lets_it_hold_from_its_own_day(place: Community, clock: Any) -> None:
    edition = put(clock, drafted(place), today() + timedelta(days=10))
    clock.forward(days=30)
    with ballot(edition, Outcome.PASSED):
        settle()
    edition.refresh_from_db()
    assert edition.in_force_from == today()


@pytest.mark.parametrize(
    ("vote", "adopted_"),
    [
        (PaperVote(3, 2, 2, 30, 20, 11), True),
        (PaperVote(3, 2, 1, 30, 20, 11), False),
        (PaperVote(3, 2, 2, 30, 20, 10), False),
        (PaperVote(100, 66, 66, 30, 20, 20), False),
        (PaperVote(100, 67, 34, 100, 66, 66), False),
        (PaperVote(100, 67, 34, 100, 67, 34), True),
    ],
)
def test_a_vote_on_paper_passes_exactly_at_its_bars(vote: PaperVote, adopted_: bool) -> None:
    kind = ConventionKind(key="covenant", name="规约", name_en="Covenant", by_area=True)
    assert passes(kind, vote) == adopted_


@pytest.mark.parametrize("wrong", [{"took_part": 101}, {"agreed": 81}, {"entitled": 0}, {"area_agreed": 700_000}])
def test_figures_that_do_not_fit_each_other_are_refused(place: Community, clock: Any, wrong: Any) -> None:
    edition = put(clock, drafted(place))
    vote = PaperVote(**{**vars(VOTE), **wrong})
    with pytest.raises(Invalid):
        actions.record_paper_vote(actor=SYSTEM, edition_id=edition.pk, on=today(), vote=vote, minutes=a_photo())


def test_clauses_keep_their_keys_and_what_changed_stands_side_by_side(place: Community, clock: Any) -> None:
    first = adopted(clock, drafted(place))
    clock.forward(days=20)
    new = (
        TEXT.replace("按时交费", "按时足额交费").replace("第三条 公共收益归全体业主共有。\n", "")
        + "\n第六条 爱护绿化。"
    )
    second = drafted(place, new, note="补充绿化")
    rows = {row["key"]: row for row in queries.side_by_side(second)}
    keys = list(first.clauses.values_list("key", flat=True))
    changes = {keys.index(key) + 1 if key in keys else "new": row["change"] for key, row in rows.items()}
    assert changes == {1: "kept", 2: "kept", 4: "changed", 5: "kept", "new": "added", 3: "removed"}
    from_scratch = queries.side_by_side(first)
    assert [row["number"] for row in from_scratch] == [1, 2, 3, 4, 5]


def test_a_household_takes_note_once_and_only_the_count_is_told(place: Community, clock: Any) -> None:
    edition = adopted(clock, drafted(place))
    for _again in range(2):
        actions.acknowledge(actor=place.actor("resident"), edition_id=edition.pk)
    with pytest.raises(NotAllowed):
        actions.acknowledge(actor=place.actor("auditor"), edition_id=edition.pk)
    assert Acknowledgement.objects.count() == 1
    page = text_of(Client().get(f"/conventions/versions/{edition.pk}/"))
    assert "8户中1户已知晓" in page and place.persons["resident"].name not in page


@pytest.mark.parametrize("words", ["3号楼2单元301占用楼道", "业主：张三丰占用楼道", "车牌云A12345占道", " "])
def test_a_breach_is_recalled_to_everybody_and_names_nobody(place: Community, clock: Any, words: str) -> None:
    edition = adopted(clock, drafted(place))
    clock.forward(days=20)
    key = edition.clauses.first().key
    with pytest.raises(Invalid):
        actions.remind(actor=SYSTEM, convention_id=edition.convention_id, clause=key, words=words)
    actions.remind(actor=SYSTEM, convention_id=edition.convention_id, clause=key, words="请不要在楼道堆物")
    assert "请不要在楼道堆物" in text_of(Client().get(f"/conventions/{edition.convention_id}/"))
    assert {field.name for field in Reminder._meta.get_fields()} == {
        "id", "convention", "clause", "words", "at", "actor_id",
    }, "nothing about a person or a home is kept"  # fmt: skip


def test_others_work_on_a_version_once_its_words_no_longer_change(place: Community, clock: Any) -> None:
    edition = drafted(place)
    resident, worker = place.actor("resident"), place.actor("community_worker")
    subject = queries.subject_of(edition)
    with pytest.raises(NotFound):
        matter_of(resident, subject)
    assert not matter_of(worker, subject).may_work
    put(clock, edition)
    assert matter_of(worker, subject).may_work and not matter_of(resident, subject).may_work
    assert "管理规约" in matter_of(worker, subject).title


def test_pages_keep_to_their_readers_and_their_queries(
    place: Community, clock: Any, query_budget: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # How many apps can have worked for a version is not what this page is held to.
    monkeypatch.setattr(works, "_tellers", [])
    edition = opened(drafted(place))
    desk, resident = signed_in(place, "community_worker"), signed_in(place, "resident")
    comment = f"/conventions/versions/{edition.pk}/comment/"
    assert send(resident, comment, text="罚款太重").status_code == 302
    asked = Comment.objects.get()
    for name, client, path in (
        ("list", resident, "/conventions/"),
        ("one", resident, f"/conventions/{edition.convention_id}/"),
        ("version", resident, f"/conventions/versions/{edition.pk}/"),
        ("desk", desk, "/desk/conventions/"),
        ("desk-version", desk, f"/desk/conventions/versions/{edition.pk}/"),
        ("desk-answer", desk, f"/desk/conventions/comments/{asked.pk}/"),
    ):
        assert client.get(path).status_code == 200, path
        with query_budget(f"conventions/{name}"):
            client.get(path)
    assert resident.get("/desk/conventions/").status_code == 403
    answered = send(desk, f"/desk/conventions/comments/{asked.pk}/", summary="认为太重", answer="改为提醒", read="on")
    assert answered.status_code == 302
    clock.forward(days=8)
    voted = send(desk, f"/desk/conventions/versions/{edition.pk}/vote/", from_day="2026-06-01")
    assert voted.status_code == 302
    paper = send(
        desk, f"/desk/conventions/versions/{edition.pk}/paper/", on=str(today()), **vars(VOTE), minutes=upload()
    )
    assert paper.status_code == 302
    edition.refresh_from_db()
    assert edition.state == "adopted"
