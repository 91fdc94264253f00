"""Households: cards, claims, moving out; who sees them, and what is refused."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from jinlin.organisations.models import Appointment
from jinlin.people import rules
from jinlin.people.actions import (
    claim_home,
    confirm_claim,
    end_residence,
    find_by_phone,
    issue_card,
    join_household,
    open_contact,
    refuse_claim,
)
from jinlin.people.models import Household, HouseholdCard, Residence, ResidenceClaim
from jinlin.people.queries import current_residences, home_behind, roll_page
from jinlin.platform.access import Role
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, TooMany, WrongState
from jinlin.platform.models import AuditEntry, Notice
from jinlin.territory.models import Place
from tests.people.conftest import text_of
from tests.support.community import COMMUNITY, POSTS, Community

ROLES = [*POSTS]
KEEPERS = {Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER}
MASKED = {Role.GRID_MEMBER, Role.NEIGHBOUR_HEAD}
WORKER = "community_worker"


def card_for(place: Community, home: int = 0, uses: int = 1) -> str:
    return issue_card(actor=place.actor(WORKER), home_code=place.homes[home].code, uses=uses)[1]


def lives_at(place: Community, name: str) -> list[str]:
    return [row.household.home_code for row in current_residences(place.persons[name])]


# --- cards ---


@pytest.mark.parametrize("change", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_card_lets_one_account_in_however_its_code_is_written(place: Community, change: Callable[[str], str]) -> None:
    code = card_for(place)
    made = join_household(actor=place.actor("neighbour"), code=change(code), role="tenant")
    assert made.proof == Residence.Proof.CARD and made.household.home_code == place.homes[0].code
    told = Notice.objects.get()
    assert told.person_id == place.persons["resident"].pk
    with pytest.raises(Invalid) as refused:
        join_household(actor=place.actor("grid_member"), code=code, role="resident")
    assert "已用过" in str(refused.value.fields["code"])


def test_a_card_may_serve_several(place: Community) -> None:
    code = card_for(place, uses=2)
    for name in ("neighbour", "grid_member"):
        join_household(actor=place.actor(name), code=code, role="resident")
    with pytest.raises(Invalid):
        join_household(actor=place.actor("auditor"), code=code, role="resident")


def test_a_new_card_ends_the_one_before(place: Community) -> None:
    old = card_for(place)
    card_for(place)
    with pytest.raises(Invalid):
        join_household(actor=place.actor("neighbour"), code=old, role="resident")


def test_an_expired_card_says_so(place: Community, clock: object) -> None:
    code = card_for(place)
    clock.forward(days=31)
    with pytest.raises(Invalid) as refused:
        join_household(actor=place.actor("neighbour"), code=code, role="resident")
    assert "过期" in str(refused.value.fields["code"])


def test_a_card_of_a_home_that_is_no_more_says_so(place: Community) -> None:
    code = card_for(place)
    Place.objects.filter(code=place.homes[0].code).update(valid_to=date(2021, 1, 1))
    with pytest.raises(Invalid):
        join_household(actor=place.actor("neighbour"), code=code, role="resident")
    assert HouseholdCard.objects.get(uses_left=1)


def test_five_wrong_codes_close_the_door_for_an_hour_to_the_right_one_too(place: Community, clock: object) -> None:
    code = card_for(place)
    for _ in range(5):
        with pytest.raises(Invalid):
            join_household(actor=place.actor("neighbour"), code="AAAA-BBBB-CCCC", role="resident")
    with pytest.raises(TooMany):
        join_household(actor=place.actor("neighbour"), code=code, role="resident")
    clock.forward(hours=1)
    assert join_household(actor=place.actor("neighbour"), code=code, role="resident")


def test_one_who_lives_there_uses_up_no_card(place: Community) -> None:
    code = card_for(place)
    with pytest.raises(Invalid):
        join_household(actor=place.actor("resident"), code=code, role="resident")
    assert HouseholdCard.objects.get().uses_left == 1


def test_the_code_is_kept_nowhere(place: Community) -> None:
    code = card_for(place)
    assert code.replace("-", "") not in str(list(HouseholdCard.objects.values())) + str(
        list(AuditEntry.objects.values())
    )


def refusal(act: Callable[..., object], **arguments: object) -> type[Exception] | None:
    """Return the class of the error with which an action refuses, or None."""
    try:
        act(**arguments)
    except (NotAllowed, NotFound) as error:
        return type(error)
    return None


def test_who_issues_cards(place: Community) -> None:
    code = place.homes[0].code
    found = {role: refusal(issue_card, actor=place.actor(role), home_code=code) for role in ROLES}
    assert found == {role: None if role in KEEPERS else NotAllowed if role in MASKED else NotFound for role in ROLES}


# --- claims ---


def test_a_claim_is_confirmed_at_the_desk(place: Community) -> None:
    claim = claim_home(actor=place.actor("neighbour"), home_code=place.homes[1].code, role="owner")
    made = confirm_claim(actor=place.actor(WORKER), claim_id=claim.pk)
    assert made.proof == Residence.Proof.DESK and made.role == "owner"
    assert place.homes[1].code in lives_at(place, "neighbour")
    with pytest.raises(WrongState):
        refuse_claim(actor=place.actor(WORKER), claim_id=claim.pk, reason="太晚了")


def test_a_claim_is_refused_with_a_reason_that_its_author_reads(place: Community) -> None:
    claim = claim_home(actor=place.actor("neighbour"), home_code=place.homes[1].code, role="owner")
    with pytest.raises(Invalid):
        refuse_claim(actor=place.actor(WORKER), claim_id=claim.pk, reason="  ")
    refuse_claim(actor=place.actor(WORKER), claim_id=claim.pk, reason="名册上不是您")
    assert "名册上不是您" in Notice.objects.get(person_id=place.persons["neighbour"].pk).text
    assert claim_home(actor=place.actor("neighbour"), home_code=place.homes[1].code, role="owner")


def test_two_claims_for_one_home_are_decided_apart(place: Community, browser_of: Callable[[str], Client]) -> None:
    first = claim_home(actor=place.actor("neighbour"), home_code=place.homes[1].code, role="owner")
    second = claim_home(actor=place.actor("grid_member"), home_code=place.homes[1].code, role="owner")
    confirm_claim(actor=place.actor(WORKER), claim_id=first.pk)
    page = text_of(browser_of(WORKER).get("/desk/claims/"))
    assert "现住" in page and "测*" in page
    refuse_claim(actor=place.actor(WORKER), claim_id=second.pk, reason="已有业主")
    assert Residence.objects.filter(household__home_code=place.homes[1].code).count() == 1


@pytest.mark.parametrize("which", ["twice", "own", "building", "nowhere", "ended", "rubbish"])
def test_claims_that_cannot_be(place: Community, which: str) -> None:
    codes = {
        "twice": place.homes[1].code,
        "own": place.homes[0].code,
        "building": place.buildings[0].code,
        "nowhere": f"{COMMUNITY}9999019901",
        "ended": place.homes[2].code,
        "rubbish": "'; --",
    }
    Place.objects.filter(code=place.homes[2].code).update(valid_to=date(2021, 1, 1))
    resident = place.actor("resident")
    if which == "twice":
        claim_home(actor=resident, home_code=codes[which], role="owner")
    with pytest.raises(Invalid):
        claim_home(actor=resident, home_code=codes[which], role="owner")


def test_a_home_that_ended_while_the_claim_waited_can_only_be_refused(place: Community) -> None:
    claim = claim_home(actor=place.actor("neighbour"), home_code=place.homes[1].code, role="owner")
    Place.objects.filter(code=place.homes[1].code).update(valid_to=date(2021, 1, 1))
    with pytest.raises(Invalid):
        confirm_claim(actor=place.actor(WORKER), claim_id=claim.pk)
    refuse_claim(actor=place.actor(WORKER), claim_id=claim.pk, reason="已拆除")


def test_nobody_confirms_their_own_claim(place: Community) -> None:
    claim = claim_home(actor=place.actor(WORKER), home_code=place.homes[1].code, role="owner")
    with pytest.raises(NotFound):
        confirm_claim(actor=place.actor(WORKER), claim_id=claim.pk)
    assert confirm_claim(actor=place.actor("community_secretary"), claim_id=claim.pk)


def test_who_decides_claims(place: Community) -> None:
    found = {}
    for role in ROLES:
        claim = claim_home(actor=place.actor("neighbour"), home_code=place.homes[1].code, role="owner")
        found[role] = refusal(confirm_claim, actor=place.actor(role), claim_id=claim.pk)
        ResidenceClaim.objects.all().delete()
        Residence.objects.filter(household__home_code=place.homes[1].code).delete()
    assert found == {role: None if role in KEEPERS else NotFound for role in ROLES}


@pytest.mark.parametrize(
    ("door", "found"),
    [("101", True), ("１０１", True), ("101室", True), (" 101号 ", True), ("999", False), ("", False)],
)
def test_a_home_is_found_by_entrance_and_door(place: Community, door: str, found: bool) -> None:
    entrance = place.homes[0].code[:18]
    assert home_behind(entrance, door) == (place.homes[0].code if found else "")


def test_a_door_number_that_stands_twice_below_a_place_finds_nothing(place: Community) -> None:
    assert home_behind(COMMUNITY, "101") == ""


# --- moving out ---


def test_one_leaves_ones_household(place: Community, browser_of: Callable[[str], Client]) -> None:
    residence = current_residences(place.persons["resident"]).get()
    assert "退出这一户" in text_of(browser_of("resident").get(f"/me/leave/{residence.pk}/"))
    browser_of("resident").post(f"/me/leave/{residence.pk}/")
    assert lives_at(place, "resident") == []


def test_who_writes_that_somebody_moved_out(place: Community) -> None:
    residence = current_residences(place.persons["resident"]).get()
    found = {}
    for name in ["neighbour", *ROLES]:
        found[name] = refusal(end_residence, actor=place.actor(name), residence_id=residence.pk)
        Residence.objects.filter(pk=residence.pk).update(valid_to=None)
    expected = {role: None if role in KEEPERS else NotAllowed if role in MASKED else NotFound for role in ROLES}
    assert found == {"neighbour": NotFound, **expected}


# --- who sees what ---


def test_who_sees_which_households(place: Community) -> None:
    everywhere = {home.code for home in place.homes}
    expected = {
        "resident": {place.homes[0].code},
        **dict.fromkeys(KEEPERS, everywhere),
        "grid_member": {home.code for home in place.homes[:8]},
        "neighbour_head": {home.code for home in place.homes[:4]},
    }
    for name in ["resident", *ROLES]:
        seen = set(rules.visible_to(place.actor(name)).values_list("home_code", flat=True))
        assert seen == expected.get(name, set()), name
    assert Household.objects.count() == len(everywhere)


def test_who_opens_the_roll_and_names_stay_masked(place: Community, browser_of: Callable[[str], Client]) -> None:
    for role in ROLES:
        answer = browser_of(role).get("/desk/roll/")
        if role not in KEEPERS | MASKED:
            assert answer.status_code == 403, role
            continue
        page = text_of(answer)
        assert "幸福里1号楼1单元101" in page and "测*" in page and "测试0" not in page, role
        assert ("安宁苑3号楼" in page) == (role in KEEPERS), role


def test_who_opens_a_contact_and_that_it_leaves_a_line(place: Community) -> None:
    person = place.persons["resident"]
    found = {role: refusal(open_contact, actor=place.actor(role), person_id=person.pk) for role in ROLES}
    assert found == {role: None if role in KEEPERS else NotAllowed if role in MASKED else NotFound for role in ROLES}
    lines = AuditEntry.objects.filter(kind=AuditEntry.Kind.READ)
    assert {line.actor_id for line in lines} == {place.account(role).pk for role in KEEPERS}
    assert all(line.person_id == person.pk and line.place_code == place.homes[0].code for line in lines)


def test_a_contact_is_opened_by_sending_a_form_only(place: Community, browser_of: Callable[[str], Client]) -> None:
    path = f"/desk/roll/person/{place.persons['resident'].pk}/"
    assert browser_of(WORKER).get(path).status_code == 405
    page = text_of(browser_of(WORKER).post(path))
    assert "测试0" in page and "19900000000" in page


def test_the_roll_is_searched_by_address(place: Community) -> None:
    actor = place.actor(WORKER)
    assert {home.place.code for home in roll_page(actor, "1号楼")} >= {home.code for home in place.homes[:4]}
    assert roll_page(actor, "没有的地方") == roll_page(actor, "19900000000") == []


def lines_of_search() -> list[tuple[int | None, str]]:
    rows = AuditEntry.objects.filter(kind="read", verb="people.find_by_phone").order_by("pk")
    return list(rows.values_list("person_id", "place_code"))


def test_a_search_by_whole_number_leaves_a_line_that_its_owner_sees(
    place: Community, browser_of: Callable[[str], Client]
) -> None:
    resident, home = place.persons["resident"], place.homes[0]
    page = browser_of(WORKER).get("/desk/roll/", {"q": "19900000000"})
    assert [row.place.code for row in page.context["homes"]] == [home.code]
    assert lines_of_search() == [(resident.pk, home.code)]
    assert "电话号码查找" in text_of(browser_of("resident").get("/me/looks/"))


def test_a_search_finds_in_ones_own_homes_only_and_a_vain_one_leaves_a_line_too(place: Community) -> None:
    head = place.actor("neighbour_head")
    Appointment.objects.filter(role="neighbour_head").update(place_code=place.buildings[1].code)
    elsewhere = place.actor("neighbour_head")
    assert [home.place.code for home in find_by_phone(actor=head, phone="19900000000")] == [place.homes[0].code]
    assert find_by_phone(actor=elsewhere, phone="19900000000") == []
    assert lines_of_search() == [(place.persons["resident"].pk, place.homes[0].code), (None, "")]


def test_a_search_does_not_find_an_owner_who_lives_elsewhere(place: Community) -> None:
    Residence.objects.filter(person=place.persons["resident"]).update(role="landlord")
    assert find_by_phone(actor=place.actor(WORKER), phone="19900000000") == []


def test_the_roll_turns_its_pages_by_code(place: Community, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jinlin.people.queries.roll.ROLL_PAGE", 5)
    first = roll_page(place.actor(WORKER))
    second = roll_page(place.actor(WORKER), after=first[4].place.code)
    assert len(first) == 6 and second[0].place.code == first[5].place.code


def test_the_rolls_page_costs_the_same_for_any_number_of_homes(
    place: Community, browser_of: Callable[[str], Client], query_budget: Callable
) -> None:
    client = browser_of(WORKER)
    client.get("/desk/roll/")
    with query_budget("people/roll"):
        client.get("/desk/roll/")


def test_a_card_is_shown_once_to_print(place: Community, browser_of: Callable[[str], Client]) -> None:
    client = browser_of(WORKER)
    page = text_of(client.post(f"/desk/roll/{place.homes[0].code}/", {"uses": "2"}))
    assert "http://testserver/me/join/" in page
    assert "待使用" in text_of(client.get("/desk/roll/"))


@pytest.mark.parametrize("path", ["/me/", "/me/join/", "/me/claim/", "/desk/roll/", "/desk/claims/", "/desk/audit/"])
def test_nobody_sees_anything_without_signing_in(place: Community, client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/accounts/login/?next=")


def test_claiming_through_the_page(place: Community, browser_of: Callable[[str], Client]) -> None:
    client, entrance = browser_of("neighbour"), place.homes[1].code[:18]
    form = {"place": entrance, "door": "201", "role": "tenant"}
    assert client.post("/me/claim/", form)["Location"] == "/me/"
    assert "等待社区核对" in text_of(client.get("/me/"))
    answer = client.post("/me/claim/", {**form, "door": "999"})
    assert answer.status_code == 422 and "没有这一户" in text_of(answer)
