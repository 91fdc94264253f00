"""Rounds and sessions: who plans, goes along and says no, what cannot be planned, and how they end."""

import io
from datetime import date
from typing import Any

import openpyxl
import pytest

from jinlin.outreach import actions, queries
from jinlin.outreach.actions import NewRound, Teller
from jinlin.outreach.models import NoVisits, Round, Visit
from jinlin.outreach.states import VISITS, VisitState
from jinlin.people.models import Household
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, WrongState
from jinlin.platform.models import Notice
from jinlin.territory.models import Place
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import fetch, signed_in, text_of

pytestmark = pytest.mark.django_db
SATURDAY = date(2026, 5, 9)
DESK = {"community_worker", "community_secretary", "subdistrict_officer", "district_officer"}


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    return make_community()


def new_round(place: Community, **more: Any) -> NewRound:
    about = {"kind": "homes", "title": "走访", "body": place.bodies["property_firm"], "place_code": COMMUNITY,
             "on": SATURDAY, "zone": place.estates[1]}  # fmt: skip
    return NewRound(**about | more)


@pytest.fixture
def made(place: Community) -> Round:
    """A round of the second estate's homes, by its property firm."""
    return actions.plan_round(actor=place.actor("community_worker"), new=new_round(place))


def test_the_community_and_the_team_itself_plan(place: Community) -> None:
    for name in place.persons:
        try:
            actions.plan_round(actor=place.actor(name), new=new_round(place))
            took = True
        except NotAllowed:
            took = False
        assert took == (name in DESK | {"property_manager"}), name


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "parade"}, "kind"),
        ({"title": ""}, "title"),
        ({"title": "找张三13912345678"}, "title"),
        ({"zone": None}, "zone"),
        ({"on": date(2026, 5, 7)}, "on"),
        ({"place_code": "530199009009"}, "place"),
        ({"kind": "courtyard", "spot": ""}, "spot"),
    ],
)
def test_what_cannot_be_planned_says_why(place: Community, wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        actions.plan_round(actor=SYSTEM, new=new_round(place, **wrong))
    assert set(refused.value.fields) == {field}
    assert not Round.objects.exists()


def test_those_who_go_along_log_and_nobody_else(place: Community, made: Round, clock: Any) -> None:
    clock.move_to("2026-05-09 10:00")
    visit = made.visits.first()
    for name in place.persons:
        try:
            actions.log_visit(actor=place.actor(name), visit_id=visit.pk, marks=["enter"])
            took = True
        except NotAllowed:
            took = False
        assert took == (name in {"community_worker", "community_secretary", "property_manager"}), name


def test_who_works_outside_writes_down_their_own_homes_only(place: Community, made: Round, clock: Any) -> None:
    worker = place.actor("community_worker")
    own = actions.plan_round(actor=worker, new=new_round(place, zone=place.estates[0]))
    clock.move_to("2026-05-09 10:00")
    there = {"neighbour_head": place.buildings[0].code, "grid_member": ""}
    for name, building in there.items():
        visit = own.visits.filter(home_code__startswith=building).first()
        assert actions.log_visit(actor=place.actor(name), visit_id=visit.pk, marks=["enter"]).marks == ["enter"]
        with pytest.raises(NotAllowed):
            actions.log_visit(actor=place.actor(name), visit_id=made.visits.first().pk, marks=["enter"])


def test_a_visit_is_its_steps_and_can_be_logged_again(place: Community, made: Round, clock: Any) -> None:
    clock.move_to("2026-05-09 10:00")
    worker, visit = place.actor("community_worker"), made.visits.first()
    for marks in ([], ["sing"]):
        with pytest.raises(Invalid):
            actions.log_visit(actor=worker, visit_id=visit.pk, marks=marks)
    actions.miss_visit(actor=worker, visit_id=visit.pk)
    after = actions.log_visit(actor=worker, visit_id=visit.pk, marks=["warm", "enter"])
    assert (after.state, after.marks) == ("made", ["enter", "warm"])
    assert set(VISITS.states) == set(VisitState)


def test_saying_no_for_good_declines_what_is_planned_and_saying_yes_again_does_not_bring_it_back(
    place: Community, made: Round
) -> None:
    del made
    first = actions.plan_round(actor=place.actor("community_worker"), new=new_round(place, zone=place.estates[0]))
    resident, home = place.actor("resident"), place.homes[0].code
    actions.set_no_visits(actor=resident, home_code=home, wanted=True)
    actions.set_no_visits(actor=resident, home_code=home, wanted=True)
    assert NoVisits.objects.count() == 1
    assert first.visits.get(home_code=home).state == "declined"
    actions.set_no_visits(actor=resident, home_code=home, wanted=False)
    assert first.visits.get(home_code=home).state == "declined"
    assert not NoVisits.objects.exists()
    with pytest.raises(NotFound):
        actions.set_no_visits(actor=resident, home_code="nowhere", wanted=True)


def test_a_zone_without_a_willing_home_makes_no_round(place: Community) -> None:
    for household in Household.objects.all():
        NoVisits.objects.create(household=household, since=now())
    with pytest.raises(Invalid):
        actions.plan_round(actor=place.actor("community_worker"), new=new_round(place))


def test_a_round_is_closed_after_its_day_with_thanks_or_called_off_before(
    place: Community, clock: Any, made: Round
) -> None:
    worker = place.actor("community_worker")
    with pytest.raises(WrongState):
        actions.close_round(actor=worker, round_id=made.pk)
    own = actions.plan_round(actor=worker, new=new_round(place, zone=place.estates[0]))
    actions.cancel_round(actor=worker, round_id=own.pk)
    assert "取消" in Notice.objects.filter(person_id=place.persons["resident"].pk).latest("pk").text
    again = actions.plan_round(actor=worker, new=new_round(place, zone=place.estates[0]))
    clock.move_to("2026-05-10 10:00")
    actions.log_visit(actor=worker, visit_id=again.visits.get(home_code=place.homes[0].code).pk, marks=["enter"])
    actions.close_round(actor=worker, round_id=again.pk)
    assert "感谢" in Notice.objects.filter(person_id=place.persons["resident"].pk).latest("pk").text
    for call in (actions.close_round, actions.cancel_round):
        with pytest.raises(WrongState):
            call(actor=worker, round_id=again.pk)
    with pytest.raises(WrongState):
        actions.log_visit(actor=worker, visit_id=again.visits.first().pk, marks=["enter"])


def test_a_wish_needs_consent_and_an_issue_stays_in_its_community(place: Community, made: Round, clock: Any) -> None:
    clock.move_to("2026-05-09 10:00")
    worker = place.actor("community_worker")
    with pytest.raises(Invalid):
        actions.note_wish(actor=worker, round_id=made.pk, title="收音机", teller=Teller("戏迷", "张奶奶"))
    with pytest.raises(Invalid):
        actions.note_issue(actor=worker, round_id=made.pk, words="漏水", list_id=999_999)
    with pytest.raises(Invalid):
        actions.note_issue(actor=worker, round_id=made.pk, words="漏水", visit_id=999_999)
    assert not made.findings.exists()


def test_the_share_of_no_homes_is_none_and_the_sheet_tells_of_no_home(place: Community, made: Round) -> None:
    assert queries.coverage(0, 0) is None
    desk = signed_in(place, "community_worker")
    _status, contents, _answer = fetch(desk, "/desk/outreach/export.xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(contents)).active.values)
    assert rows[1][1] == "走访" and rows[1][9] == 8
    assert place.homes[8].code not in str(rows)
    assert Visit.objects.count() == 8


@pytest.mark.parametrize("path", ["/desk/outreach/", "/desk/outreach/{}/", "/outreach/"])
def test_pages_keep_to_their_number_of_queries(place: Community, made: Round, query_budget: Any, path: str) -> None:
    client = signed_in(place, "community_worker")
    client.get(path.format(made.pk))
    with query_budget(path.strip("/").replace("{}", "one")):
        client.get(path.format(made.pk))


def test_pages_are_for_those_whose_they_are(place: Community, made: Round) -> None:
    resident, auditor = signed_in(place, "resident"), signed_in(place, "auditor")
    assert resident.get("/desk/outreach/").status_code == 403
    assert resident.post(f"/outreach/visits/{made.visits.first().pk}/decline/").status_code == 403
    assert auditor.get(f"/desk/outreach/{made.pk}/").status_code == 200
    assert auditor.post(f"/desk/outreach/{made.pk}/cancel/").status_code == 403
    assert "走访" in text_of(signed_in(place, "grid_member").get("/desk/outreach/"))
    assert signed_in(place, "community_worker").get("/desk/outreach/999999/").status_code == 404


def test_which_homes_are_visited_is_seen_by_those_who_go_along_and_their_number_by_who_audits(
    place: Community, made: Round
) -> None:
    path = f"/desk/outreach/{made.pk}/"
    assert len(signed_in(place, "property_manager").get(path).context["visits"]) == made.visits.count() > 0
    seen = signed_in(place, "auditor").get(path)
    assert (seen.context["visits"], seen.context["round"].willing) == ([], made.visits.count())
    assert signed_in(place, "auditor").get(f"/desk/outreach/visits/{made.visits.first().pk}/").status_code == 404


def test_above_the_community_only_numbers_are_seen_and_small_ones_are_covered(
    place: Community, made: Round, clock: Any
) -> None:
    path, officer = f"/desk/outreach/{made.pk}/", place.actor("subdistrict_officer")
    clock.move_to(f"{made.on} 15:00")
    first = made.visits.first()
    actions.log_visit(actor=place.actor("community_worker"), visit_id=first.pk, marks=["enter"])
    street = signed_in(place, "subdistrict_officer")
    page = street.get(path)
    assert page.context["visits"] == [] and "1/8" not in text_of(street.get("/desk/outreach/"))
    assert "较少，不显示" in text_of(page) and "较少，不显示" in text_of(street.get("/desk/outreach/"))
    assert street.get(f"/desk/outreach/visits/{first.pk}/").status_code == 404
    with pytest.raises(NotAllowed):
        actions.log_visit(actor=officer, visit_id=first.pk, marks=["enter"])
    _status, contents, _answer = fetch(street, "/desk/outreach/export.xlsx")
    assert list(openpyxl.load_workbook(io.BytesIO(contents)).active.values)[1][9:11] == (8, None)
    assert "1/8" in text_of(signed_in(place, "community_worker").get("/desk/outreach/"))


@pytest.mark.parametrize("estate", [0, 1])
def test_a_grid_member_sees_the_homes_of_their_own_grid_only(place: Community, estate: int) -> None:
    made = actions.plan_round(actor=place.actor("community_worker"), new=new_round(place, zone=place.estates[estate]))
    own = {grant.zone_id for grant in place.actor("grid_member").grants}
    page = signed_in(place, "grid_member").get(f"/desk/outreach/{made.pk}/")
    grids = dict(Place.objects.filter(code__in=made.visits.values("home_code")).values_list("code", "grid_id"))
    seen = {visit.home_code for visit, _address, _marks in page.context["visits"]}
    assert seen == {code for code in grids if grids[code] in own}
    assert bool(seen) == (estate == 0)
