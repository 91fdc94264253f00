"""A wish from draft to confirmation: what may be wished, who takes which step, and what goes back to the wall."""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from jinlin.people.exports import everything_about
from jinlin.people.models import Mandate, Person
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, JinlinError, NotAllowed, NotFound, Stale, WrongState
from jinlin.platform.models import AuditEntry, Notice
from jinlin.platform.sends import RepeatedSend
from jinlin.wishes import actions, rules
from jinlin.wishes.actions import Door, Wisher
from jinlin.wishes.models import Step, Wish
from jinlin.wishes.states import WISHES, WishState, WishVerb
from jinlin.wishes.views.showing import shown
from tests.support.community import COMMUNITY, Community
from tests.wishes.conftest import new_wish

pytestmark = pytest.mark.django_db

ACTIONS: dict[WishVerb, Callable[..., Wish]] = {
    WishVerb.PUT_UP: actions.put_up,
    WishVerb.RETURN: lambda **given: actions.return_wish(words="请写具体一些", **given),
    WishVerb.RESEND: lambda **given: actions.resend(new=new_wish(), **given),
    WishVerb.CLAIM: actions.claim,
    WishVerb.GIVE_UP: actions.give_up,
    WishVerb.FULFIL: lambda **given: actions.fulfil(words="送到家了", **given),
    WishVerb.CONFIRM: actions.confirm,
    WishVerb.CONTEST: lambda **given: actions.contest(words="没有电池", **given),
    WishVerb.WITHDRAW: actions.withdraw,
}
WHO = {
    WishVerb.PUT_UP: {"community_worker", "community_secretary", "subdistrict_officer", "district_officer"},
    WishVerb.RETURN: {"community_worker", "community_secretary", "subdistrict_officer", "district_officer"},
    WishVerb.RESEND: {"resident"},
    WishVerb.CLAIM: {"neighbour", "grid_member", "neighbour_head", "community_worker", "community_secretary",
                     "property_manager", "subdistrict_officer", "district_officer", "department_officer", "auditor",
                     "administrator"},
    WishVerb.GIVE_UP: {"neighbour"},
    WishVerb.FULFIL: {"neighbour"},
    WishVerb.CONFIRM: {"resident"},
    WishVerb.CONTEST: {"resident"},
    WishVerb.WITHDRAW: {"resident", "community_worker", "community_secretary", "subdistrict_officer",
                        "district_officer"},
}  # fmt: skip


@pytest.mark.parametrize("state", WishState)
def test_each_step_is_for_those_whose_it_is_and_from_its_states(
    place: Community, wish_at: Callable[[str], Wish], state: str
) -> None:
    wish = wish_at(state)
    before = {"state": state, "claimer": wish.claimer, "claimed_at": wish.claimed_at, "result": wish.result}
    for verb, name in product(ACTIONS, place.persons):
        possible = verb in WISHES.verbs_from(state) and name in WHO[verb]
        took = _takes(place.actor(name), verb, wish)
        assert took == possible, f"{name} {verb} {state}"
        if took:
            Step.objects.filter(wish=wish, number=wish.steps.count()).delete()
            Wish.objects.filter(pk=wish.pk).update(**before)


def _takes(actor: Actor, verb: WishVerb, wish: Wish) -> bool:
    try:
        ACTIONS[verb](actor=actor, wish_id=wish.pk)
    except (NotAllowed, NotFound, WrongState):
        return False
    return True


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "想要500元现金"}, "title"),
        ({"text": "转账给我就行"}, "text"),
        ({"title": "请给13912345678打电话"}, "title"),
        ({"text": "身份证号53010219900307281X"}, "text"),
        ({"title": ""}, "title"),
        ({"title": "长" * 61}, "title"),
        ({"nickname": ""}, "nickname"),
        ({"nickname": "测试0"}, "nickname"),
        ({"text": "我是测试0"}, "text"),
        ({"cost_fen": 50_001}, "cost_fen"),
        ({"cost_fen": -1}, "cost_fen"),
        ({"place_code": "530199009009"}, "place_code"),
    ],
)
def test_money_personal_data_and_what_is_too_much_are_refused_with_the_reason(
    place: Community, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        actions.make_wish(actor=place.actor("resident"), new=new_wish(**wrong))
    assert set(refused.value.fields) == {field}
    assert not Wish.objects.exists()


def test_a_fourth_wish_under_way_is_one_too_many(place: Community) -> None:
    resident = place.actor("resident")
    for _number in range(3):
        made = actions.make_wish(actor=resident, new=new_wish())
    with pytest.raises(Invalid):
        actions.make_wish(actor=resident, new=new_wish())
    actions.withdraw(actor=resident, wish_id=made.pk)
    actions.make_wish(actor=resident, new=new_wish())


def test_for_somebody_else_it_takes_a_mandate_or_their_spoken_consent(place: Community) -> None:
    neighbour, resident = place.actor("neighbour"), place.persons["resident"]
    with pytest.raises(NotAllowed):
        actions.make_wish(actor=neighbour, new=new_wish(), for_person_id=resident.pk)
    Mandate.objects.create(principal=resident, agent_id=neighbour.person_id, asked_at=now(), state="granted")
    made = actions.make_wish(actor=neighbour, new=new_wish(), for_person_id=resident.pk)
    assert (made.person, made.consent) == (resident, "mandate")

    head = place.actor("neighbour_head")
    for wrong, field in ((Wisher("张奶奶"), "agrees"), (Wisher("", agrees=True), "name")):
        with pytest.raises(Invalid) as refused:
            actions.enter_wish(actor=head, new=new_wish(), wisher=wrong)
        assert set(refused.value.fields) == {field}
    with pytest.raises(NotAllowed):
        actions.enter_wish(actor=neighbour, new=new_wish(), wisher=Wisher("张奶奶", agrees=True))
    entered = actions.enter_wish(actor=head, new=new_wish(), wisher=Wisher("张奶奶", "13900000001", agrees=True))
    assert (entered.consent, entered.person.name, entered.entered_by_id) == ("spoken", "张奶奶", head.account_id)


def test_whoever_acts_for_the_wisher_does_not_confirm_what_they_fulfilled(
    place: Community, wish_at: Callable[[str], Wish]
) -> None:
    wish, neighbour = wish_at("fulfilled"), place.actor("neighbour")
    Mandate.objects.create(principal=wish.person, agent_id=neighbour.person_id, asked_at=now(), state="granted")
    with pytest.raises(NotAllowed):
        actions.confirm(actor=neighbour, wish_id=wish.pk)


def test_the_word_of_a_wisher_without_a_telephone_is_written_down_by_those_who_took_the_wish(place: Community) -> None:
    head, worker, neighbour = (place.actor(name) for name in ("neighbour_head", "community_worker", "neighbour"))
    wish = actions.enter_wish(actor=head, new=new_wish(), wisher=Wisher("张奶奶", agrees=True))
    actions.put_up(actor=worker, wish_id=wish.pk)
    actions.claim(actor=worker, wish_id=wish.pk)
    actions.fulfil(actor=worker, wish_id=wish.pk, words="送到家了")
    for other in (worker, neighbour):
        with pytest.raises(NotAllowed):
            actions.confirm(actor=other, wish_id=wish.pk)
    assert actions.confirm(actor=head, wish_id=wish.pk, words="老人当面说收到了").state == "confirmed"


def test_wishes_and_claims_of_deleted_accounts_are_let_go(place: Community, wish_at: Callable[[str], Wish]) -> None:
    claimed, open_one = wish_at("claimed"), wish_at("open")
    Person.objects.filter(pk=claimed.claimer_id).update(erased_at=now())
    assert actions.let_go_of_erased().done == 1
    claimed.refresh_from_db()
    assert (claimed.state, claimed.claimer_id) == ("open", None)
    Person.objects.filter(pk=open_one.person_id).update(erased_at=now())
    assert actions.let_go_of_erased().done == 2
    assert set(Wish.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_it_is_checked_within_two_working_days_and_the_number_says_the_day(place: Community) -> None:
    made = actions.make_wish(actor=place.actor("resident"), new=new_wish())
    assert made.number == "W20260508-0001"
    # Friday 8 May, so Monday and Tuesday; Saturday the 9th is a working day that makes up for a holiday.
    assert f"{made.check_by:%F}" in {"2026-05-11", "2026-05-12"}
    assert made.body.active


def test_a_claim_without_a_result_goes_back_to_the_wall_and_both_hear_of_it(
    place: Community, wish_at: Callable[[str], Wish], clock: Any
) -> None:
    wish = wish_at("claimed")
    clock.forward(days=13)
    assert actions.lapse_stale().done == 0
    clock.forward(days=2)
    Notice.objects.all().delete()
    assert actions.lapse_stale().done == 1
    wish.refresh_from_db()
    assert (wish.state, wish.claimer_id) == ("open", None)
    assert set(Notice.objects.values_list("person_id", flat=True)) == {
        wish.person_id,
        place.persons["neighbour"].pk,
    }
    actions.claim(actor=place.actor("grid_member"), wish_id=wish.pk)
    assert actions.lapse_stale().done == 0


def test_a_contested_wish_stays_with_its_claimer_and_its_time_begins_anew(
    place: Community, wish_at: Callable[[str], Wish], clock: Any
) -> None:
    wish = wish_at("fulfilled")
    clock.forward(days=20)
    assert actions.lapse_stale().done == 0, "what waits for the wisher does not lapse"
    after = actions.contest(actor=place.actor("resident"), wish_id=wish.pk, words="没有电池")
    assert (after.state, after.claimer_id, after.result) == ("claimed", place.persons["neighbour"].pk, "")
    assert actions.lapse_stale().done == 0


def test_who_wishes_is_seen_by_the_claimer_and_the_desk_only_and_on_record(
    place: Community, wish_at: Callable[[str], Wish]
) -> None:
    wish = wish_at("claimed")
    for name in place.persons:
        if name in {"neighbour", "community_worker", "community_secretary", "subdistrict_officer", "district_officer"}:
            assert actions.reveal_wisher(actor=place.actor(name), wish_id=wish.pk).name == "测试0"
        else:
            with pytest.raises((NotAllowed, NotFound)):
                actions.reveal_wisher(actor=place.actor(name), wish_id=wish.pk)
    assert AuditEntry.objects.filter(verb="wishes.reveal_wisher", person_id=wish.person_id).count() == 5


def test_the_claimer_no_longer_opens_who_wished_once_it_has_come_true(
    place: Community, wish_at: Callable[[str], Wish]
) -> None:
    wish = wish_at("confirmed")
    with pytest.raises(NotAllowed):
        actions.reveal_wisher(actor=place.actor("neighbour"), wish_id=wish.pk)
    assert actions.reveal_wisher(actor=place.actor("community_worker"), wish_id=wish.pk).name == "测试0"


def test_one_person_leads_three_wishes_at_a_time(place: Community, wish_at: Callable[[str], Wish]) -> None:
    neighbour, worker = place.actor("neighbour"), place.actor("community_worker")
    led = [wish_at("claimed") for _number in range(3)]
    fourth = actions.make_wish(actor=place.actor("grid_member"), new=new_wish())
    actions.put_up(actor=worker, wish_id=fourth.pk)
    with pytest.raises(NotAllowed):
        actions.claim(actor=neighbour, wish_id=fourth.pk)
    actions.give_up(actor=neighbour, wish_id=led[0].pk)
    actions.claim(actor=neighbour, wish_id=fourth.pk)


def test_its_claimer_reads_the_history_from_the_claim_on(place: Community) -> None:
    resident, worker, neighbour = (place.actor(name) for name in ("resident", "community_worker", "neighbour"))
    wish = actions.make_wish(actor=resident, new=new_wish())
    actions.return_wish(actor=worker, wish_id=wish.pk, words="请不要写病情")
    actions.resend(actor=resident, wish_id=wish.pk, new=new_wish())
    actions.put_up(actor=worker, wish_id=wish.pk)
    wish = actions.claim(actor=neighbour, wish_id=wish.pk)
    assert [step.verb for step in shown(neighbour, wish)["history"]] == [WishVerb.CLAIM]
    assert {step.words for step in shown(resident, wish)["history"]} >= {"请不要写病情"}


def test_before_the_check_only_the_wisher_and_the_desk_see_it(place: Community, wish_at: Callable[[str], Wish]) -> None:
    wish = wish_at("draft")
    seen = {name for name in place.persons if rules.visible_to(place.actor(name)).filter(pk=wish.pk).exists()}
    assert seen == {
        "resident", "community_worker", "community_secretary", "subdistrict_officer", "district_officer", "auditor",
    }  # fmt: skip
    assert rules.visible_to(SYSTEM).exists()


def test_a_repeat_is_harmless_and_a_stale_page_is_told(place: Community, wish_at: Callable[[str], Wish]) -> None:
    resident = place.actor("resident")
    first = actions.make_wish(actor=resident, new=new_wish(), door=Door(key="a"))
    assert actions.make_wish(actor=resident, new=new_wish(), door=Door(key="a")) == first
    assert Wish.objects.count() == 1
    with pytest.raises(Stale):
        actions.put_up(actor=place.actor("community_worker"), wish_id=first.pk, door=Door(seen="returned"))
    key = Door(key="b")
    actions.put_up(actor=place.actor("community_worker"), wish_id=first.pk, door=key)
    with pytest.raises(RepeatedSend):
        actions.put_up(actor=place.actor("community_worker"), wish_id=first.pk, door=key)


def test_the_steps_with_words_ask_for_them_and_keep_personal_data_out(
    place: Community, wish_at: Callable[[str], Wish]
) -> None:
    wish, neighbour = wish_at("claimed"), place.actor("neighbour")
    for words in ("", "打了13912345678", "长" * 301):
        with pytest.raises(Invalid) as refused:
            actions.fulfil(actor=neighbour, wish_id=wish.pk, words=words)
        assert set(refused.value.fields) == {"words"}


def test_the_history_counts_its_lines_and_the_export_holds_both_sides(
    place: Community, wish_at: Callable[[str], Wish]
) -> None:
    wish = wish_at("confirmed")
    assert list(wish.steps.order_by("number").values_list("number", "verb")) == [
        (1, "make"), (2, "put_up"), (3, "claim"), (4, "fulfil"), (5, "confirm"),
    ]  # fmt: skip
    own = {section.name: section.rows for section in everything_about(wish.person_id)}
    led = {section.name: section.rows for section in everything_about(wish.claimer_id)}
    assert own["wishes"][0] and not own["claimed_wishes"]
    assert led["claimed_wishes"][0] and not led["wishes"]


def test_an_unknown_wish_is_not_found(place: Community) -> None:
    with pytest.raises(JinlinError):
        actions.claim(actor=place.actor("resident"), wish_id=10**9)
    assert Person.objects.exists() and COMMUNITY
