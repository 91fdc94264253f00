"""Conversations: who takes which step, what can be said, votes that nobody can look up, groups as they emerge, slips."""

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jinlin.algorithms.chinese_text.insults import find_insult
from jinlin.opinions import actions, queries, rules
from jinlin.opinions.actions import Ballot, Slip
from jinlin.opinions.actions.finding import find_stale_anew, look_anew
from jinlin.opinions.keeping import from_json
from jinlin.opinions.models import Conversation, Participant, Picture, Statement, Vote
from jinlin.opinions.rules import FEWEST
from jinlin.opinions.states import TALKS, StatementState, TalkState, TalkVerb
from jinlin.people.exports import everything_about
from jinlin.people.models import Residence
from jinlin.platform.access import NOBODY
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, NotSignedIn, TooMany, WrongState
from jinlin.platform.events import react_to
from jinlin.platform.models import AuditEntry
from jinlin.platform.sends import Door, RepeatedSend
from jinlin.platform.works import Concluded, Outcome, works_for
from tests.opinions.conftest import SEEDS, camps, new_conversation, people_of
from tests.support.community import COMMUNITY, Community

pytestmark = pytest.mark.django_db

KEEPERS = {"community_worker", "community_secretary", "subdistrict_officer", "district_officer"}
STEPS: dict[TalkVerb, Callable[..., Conversation]] = {
    TalkVerb.OPEN: actions.open_conversation,
    TalkVerb.CLOSE: actions.close_conversation,
    TalkVerb.WITHDRAW: lambda **given: actions.withdraw_conversation(words="题目要改", **given),
}
Made = Callable[..., Conversation]


def first(conversation: Conversation) -> Statement:
    return conversation.statements.order_by("pk").first()


@pytest.mark.parametrize("state", TalkState)
def test_each_step_is_for_those_whose_it_is_and_from_its_states(
    place: Community, conversation_at: Made, state: str
) -> None:
    conversation = conversation_at(state)
    columns = {"state": state, "version": conversation.version, "closed_at": conversation.closed_at}
    for verb, name in product(STEPS, place.persons):
        possible = verb in TALKS.verbs_from(state) and name in KEEPERS
        took = _takes(
            lambda verb=verb, name=name: STEPS[verb](actor=place.actor(name), conversation_id=conversation.pk)
        )
        assert took == possible, f"{name} {verb} {state}"
        if took:
            conversation.steps.filter(number__gt=columns["version"]).delete()
            Conversation.objects.filter(pk=conversation.pk).update(**columns)


@pytest.mark.parametrize("state", TalkState)
def test_who_speaks_and_votes_and_when(place: Community, conversation_at: Made, state: str) -> None:
    conversation = conversation_at(state)
    ballot = Ballot(first(conversation).pk, 1)
    for number, name in enumerate(place.persons):
        possible = state == TalkState.OPEN and name in {"resident", "neighbour"}
        given = {"actor": place.actor(name), "conversation_id": conversation.pk}
        assert _takes(lambda given=given: actions.vote(ballot=ballot, **given)) == possible, name
        said = f"第{number}种办法可以试一试"
        assert _takes(lambda given=given, said=said: actions.say(text=said, **given)) == possible, name
    with pytest.raises(NotSignedIn):
        actions.vote(actor=NOBODY, conversation_id=conversation.pk, ballot=ballot)


def _takes(act: Callable[[], object]) -> bool:
    try:
        act()
    except (NotAllowed, NotFound, WrongState):
        return False
    return True


def test_in_an_estate_only_those_who_live_there_speak(place: Community, conversation_at: Made) -> None:
    here, elsewhere = (
        conversation_at(zone=place.estates[0]),
        conversation_at(zone=place.estates[1], title="安宁苑的车位"),
    )
    resident = place.actor("resident")
    actions.vote(actor=resident, conversation_id=here.pk, ballot=Ballot(first(here).pk, 1))
    with pytest.raises(NotAllowed):
        actions.vote(actor=resident, conversation_id=elsewhere.pk, ballot=Ballot(first(elsewhere).pk, 1))


@pytest.mark.parametrize(
    "text",
    ["好", "好好好好好好", "  短  ", "长" * 141, "找13912345678就行", "我叫王建国，同意修", "外地人都滚出去，不要来这里",
     "第一句话在这里\n第二句话在那里", "这些人都是傻 逼，不用理"],
)  # fmt: skip
def test_what_cannot_stand_is_refused_and_nothing_is_kept(place: Community, conversation_at: Made, text: str) -> None:
    conversation = conversation_at()
    with pytest.raises(Invalid) as refused:
        actions.say(actor=place.actor("resident"), conversation_id=conversation.pk, text=text)
    assert set(refused.value.fields) == {"text"}
    assert conversation.statements.count() == len(SEEDS)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=200))
def test_every_text_gets_an_answer(text: str) -> None:
    fault = rules.fault_of(text)
    assert fault or (5 <= len(text) <= 140 and not find_insult(text))


def test_ordinary_complaints_are_no_insults() -> None:
    assert not any(
        map(find_insult, [*SEEDS, "垃圾没人清，老人出行难", "业主大会应当早开", "电梯坏了没有人管", "租户也该有车位"])
    )


def test_the_same_words_again_are_pointed_to(place: Community, conversation_at: Made) -> None:
    conversation = conversation_at()
    with pytest.raises(Invalid) as refused:
        actions.say(actor=place.actor("resident"), conversation_id=conversation.pk, text="中庭，要多种树！")
    assert "中庭，要多种树！" in str(refused.value.fields["text"])


def test_one_account_cannot_paste_a_thousand(place: Community, conversation_at: Made) -> None:
    conversation, resident = conversation_at(), place.actor("resident")
    with pytest.raises(Invalid):
        actions.say(
            actor=resident, conversation_id=conversation.pk, text="\n".join(f"第{n}条意见是这样" for n in range(1000))
        )
    for number in range(10):
        actions.say(actor=resident, conversation_id=conversation.pk, text=f"第{number}条意见是这样的")
    with pytest.raises(TooMany) as refused:
        actions.say(actor=resident, conversation_id=conversation.pk, text="第十一条意见是这样的")
    assert "10" in str(refused.value)
    assert conversation.statements.exclude(writer="").count() == 10


def test_statements_wait_for_the_check_or_are_looked_at_after(place: Community, conversation_at: Made) -> None:
    resident, worker = place.actor("resident"), place.actor("community_worker")
    before = actions.say(actor=resident, conversation_id=conversation_at().pk, text="路灯应当早一点亮")
    after = conversation_at(checked="after", title="路灯什么时候亮")
    at_once = actions.say(actor=resident, conversation_id=after.pk, text="路灯应当早一点亮")
    assert (before.state, at_once.state) == (StatementState.WAITING, StatementState.SHOWN)
    shown = actions.show(actor=worker, statement_id=before.pk)
    hidden = actions.hide(actor=worker, statement_id=at_once.pk, words="和题目无关")
    assert (shown.state, hidden.state, hidden.looked_at) == ("shown", "hidden", True)
    assert [(line.verb, line.words) for line in hidden.steps.order_by("number")] == [
        ("say", ""),
        ("hide", "和题目无关"),
    ]
    with pytest.raises(NotFound):
        actions.vote(actor=place.actor("neighbour"), conversation_id=after.pk, ballot=Ballot(hidden.pk, 1))
    for name in set(place.persons) - KEEPERS:
        with pytest.raises((NotAllowed, NotFound)):
            actions.hide(actor=place.actor(name), statement_id=shown.pk, words="不要")
    with pytest.raises(Invalid):
        actions.hide(actor=worker, statement_id=shown.pk, words=" ")


def test_no_row_ties_words_or_votes_to_a_person(place: Community, conversation_at: Made) -> None:
    conversation, resident = conversation_at(), place.actor("resident")
    statement = actions.say(actor=resident, conversation_id=conversation.pk, text="路灯应当早一点亮")
    actions.vote(actor=resident, conversation_id=conversation.pk, ballot=Ballot(first(conversation).pk, -1))
    for model in (Statement, Participant, Vote):
        assert not [
            field.name for field in model._meta.get_fields() if "person" in field.name or "account" in field.name
        ]
    row = Participant.objects.get()
    assert str(resident.person_id) not in (row.key, row.voice, statement.writer)
    assert not statement.steps.exclude(actor_id=None).exists()
    lines = AuditEntry.objects.filter(actor_id=resident.account_id, verb__startswith="opinions.")
    assert [(line.verb, line.subject_kind, line.detail) for line in lines] == [
        ("opinions.take_part", "opinions.conversation", {})
    ]
    own = {section.name: section.rows for section in everything_about(resident.person_id)}
    assert len(own["opinion_votes"]) == len(own["opinion_statements"]) == 1
    other = {section.name: section.rows for section in everything_about(place.actor("neighbour").person_id)}
    assert not other.get("opinion_votes") and not other.get("opinion_statements")


def test_two_of_one_household_speak_and_are_counted_as_one_home(place: Community, conversation_at: Made) -> None:
    conversation, (one, two) = conversation_at(), people_of(place, 2)
    Residence.objects.filter(person_id=two.person_id).update(
        household=Residence.objects.get(person_id=one.person_id).household
    )
    for actor in (one, two):
        actions.vote(actor=actor, conversation_id=conversation.pk, ballot=Ballot(first(conversation).pk, 1))
    found = queries.held(conversation)
    assert (found.persons, found.households) == (2, 1)


def test_a_vote_is_changed_not_doubled_and_a_repeat_is_known(place: Community, conversation_at: Made) -> None:
    conversation, resident = conversation_at(), place.actor("resident")
    ballot, door = Ballot(first(conversation).pk, 1), Door(key="once")
    actions.vote(actor=resident, conversation_id=conversation.pk, ballot=ballot, door=door)
    with pytest.raises(RepeatedSend):
        actions.vote(actor=resident, conversation_id=conversation.pk, ballot=ballot, door=door)
    actions.vote(actor=resident, conversation_id=conversation.pk, ballot=Ballot(ballot.statement_id, -1, True))
    vote = Vote.objects.get()
    assert (vote.value, vote.important, first(conversation).seen) == (-1, True, 1)
    with pytest.raises(Invalid):
        actions.vote(actor=resident, conversation_id=conversation.pk, ballot=Ballot(ballot.statement_id, 7))


def test_the_least_seen_comes_first_and_ones_own_never(place: Community, conversation_at: Made) -> None:
    conversation, resident = conversation_at(checked="after"), place.actor("resident")
    own = actions.say(actor=resident, conversation_id=conversation.pk, text="路灯应当早一点亮")
    seen = []
    while (statement := queries.next_statement(conversation, resident.person_id)) is not None:
        seen.append(statement.pk)
        actions.vote(actor=resident, conversation_id=conversation.pk, ballot=Ballot(statement.pk, 0))
    assert len(seen) == len(SEEDS) and own.pk not in seen
    assert queries.next_statement(conversation, place.actor("neighbour").person_id).pk == own.pk
    assert queries.of_voter(conversation, resident.person_id).left == 0


def test_groups_emerge_what_all_share_is_told_and_a_vote_counts_at_once(
    place: Community, conversation_at: Made
) -> None:
    conversation, voters = conversation_at(), people_of(place, 15)
    camps(conversation, voters[:9], 4)
    assert queries.held(conversation).groups == []
    look_anew(conversation.pk)
    assert Picture.objects.get().landscape == {}, "nine are too few"
    camps(conversation, voters, 7)
    find_stale_anew()
    found = queries.held(conversation)
    assert (found.persons, sorted(group.size for group in found.groups)) == (15, [7, 8])
    assert [said.text for said in found.shared] == [SEEDS[-1]]
    assert {said.text for said in found.groups[1].holds} & {SEEDS[0], SEEDS[2]}
    assert all(figure.seen >= FEWEST for row in found.table for figure in row["figures"])
    assert found.table[0]["important"] == 15
    turned = voters[0]
    for statement in conversation.statements.order_by("pk")[:4]:
        before = Vote.objects.get(statement=statement, participant__key=rules.key_of(conversation.pk, turned.person_id))
        actions.vote(actor=turned, conversation_id=conversation.pk, ballot=Ballot(statement.pk, -before.value))
    now = queries.held(conversation)
    assert sorted(group.size for group in now.groups) == [6, 9]
    kept = from_json(Picture.objects.get().landscape)
    look_anew(conversation.pk)
    again = from_json(Picture.objects.get().landscape)
    assert (kept.landscape.counts == again.landscape.counts).all()


def test_a_group_below_five_is_not_told_apart(place: Community, conversation_at: Made) -> None:
    conversation, voters = conversation_at(), people_of(place, 15)
    camps(conversation, voters, 5)
    look_anew(conversation.pk)
    assert len(queries.held(conversation).groups) == 2
    for statement in conversation.statements.order_by("pk")[:4]:
        before = Vote.objects.get(
            statement=statement, participant__key=rules.key_of(conversation.pk, voters[0].person_id)
        )
        actions.vote(actor=voters[0], conversation_id=conversation.pk, ballot=Ballot(statement.pk, -before.value))
    found = queries.held(conversation)
    assert found.groups == []
    assert all(len(row["figures"]) == 1 for row in found.table)


def test_a_slip_counts_once(place: Community, conversation_at: Made) -> None:
    conversation, worker = conversation_at(), place.actor("community_worker")
    slips = [Slip(str(number), [Ballot(first(conversation).pk, 1)]) for number in range(3)]
    given = {"actor": worker, "conversation_id": conversation.pk}
    actions.enter_slips(slips=slips, door=Door(key="batch"), **given)
    with pytest.raises(RepeatedSend):
        actions.enter_slips(slips=slips, door=Door(key="batch"), **given)
    for wrong in (slips[:1], [], [Slip("", slips[0].ballots)], [Slip("9", [])], [slips[0], slips[0]]):
        with pytest.raises(Invalid):
            actions.enter_slips(slips=wrong, **given)
    with pytest.raises((NotAllowed, NotFound)):
        actions.enter_slips(actor=place.actor("auditor"), conversation_id=conversation.pk, slips=[slips[0]])
    found = queries.held(conversation)
    assert (found.persons, found.households, found.slips, found.votes) == (0, 0, 3, 3)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "题"}, "title"),
        ({"title": "请找13912345678商量车位"}, "title"),
        ({"last_day": date(2026, 5, 8)}, "last_day"),
        ({"place_code": "530199009009"}, "place_code"),
        ({"place_code": COMMUNITY[:9]}, "place_code"),
        ({"text": "长" * 1001}, "text"),
    ],
)
def test_a_conversation_that_cannot_be_is_refused(place: Community, wrong: dict, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.make_conversation(actor=place.actor("community_worker"), new=new_conversation(**wrong))
    assert set(refused.value.fields) == {field}


def test_it_opens_with_three_statements_and_closes_by_itself(
    place: Community, clock: object, django_capture_on_commit_callbacks: object
) -> None:
    worker = place.actor("community_worker")
    row = actions.make_conversation(actor=worker, new=new_conversation())
    with pytest.raises(WrongState):
        actions.open_conversation(actor=worker, conversation_id=row.pk)
    Conversation.objects.filter(pk=row.pk).update(subject="matter:7")
    actions.seed(actor=worker, conversation_id=row.pk, texts=SEEDS)
    actions.open_conversation(actor=worker, conversation_id=row.pk)
    heard: list[Concluded] = []
    react_to(Concluded)(heard.append)
    clock.forward(days=14)
    assert actions.close_ended().done == 0
    clock.forward(days=1)
    with django_capture_on_commit_callbacks(execute=True):
        assert actions.close_ended().done == 1
    assert heard == [Concluded("matter:7", f"conversation:{row.pk}", Outcome.DONE)]
    (work,) = works_for("matter:7")
    assert (work.outcome, work.title) == (Outcome.DONE, row.title)


def test_seeds_land_whole_or_not_at_all(place: Community, conversation_at: Made) -> None:
    conversation, worker = conversation_at("draft"), place.actor("community_worker")
    with pytest.raises(Invalid):
        actions.seed(actor=worker, conversation_id=conversation.pk, texts=["楼道要有人打扫", "好"])
    assert conversation.statements.count() == len(SEEDS)
