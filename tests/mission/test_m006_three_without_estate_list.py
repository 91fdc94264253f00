"""M006 “三无”小区台账: six facts, two definitions that are kept apart, and removal only with proof."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from jinlin.organisations.queries.sheets import definition_named, listed_on, turns
from jinlin.platform.errors import NotFound
from jinlin.territory.models import Zone
from tests.people.conftest import text_of
from tests.support.bodies import at_desk
from tests.support.community import Community, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M006")]
HONGSHAN, HETANG = "three_without_hongshan", "three_without_hetang"
A, B = (
    ("a_property_service", "a_access_gate", "a_wall"),
    ("b_property_service", "b_person_in_charge", "b_lasting_solution"),
)
ON = date(2026, 3, 1)


@pytest.fixture
def place(clock: object, method: Callable) -> Community:
    clock.move_to("2026-05-08 09:00")
    place = make_community()
    method("hetang")
    return place


def write(client: Client, estate: Zone, item: str, value: str, day: str = "2026-02-01", evidence: str = "") -> int:
    url = f"/desk/sheets/three_without/{estate.pk}/{item}/"
    return client.post(url, {"item": item, "value": value, "holds_from": day, "evidence": evidence}).status_code


def test_with_property_service_it_is_on_neither_list_and_with_three_criteria_on_that_one(
    place: Community, method: Callable
) -> None:
    playbook, worker, estate = method("hetang"), at_desk(place, "community_worker"), place.estates[0]
    answers = (
        dict.fromkeys(A, "no") | dict.fromkeys(B, "no") | {"a_property_service": "yes", "b_property_service": "yes"}
    )
    for item, value in answers.items():
        assert write(worker, estate, item, value) == 302
    first, second = (definition_named(playbook, key) for key in (HONGSHAN, HETANG))
    assert not listed_on(first, ON) and not listed_on(second, ON)
    assert write(worker, estate, "b_property_service", "no", "2026-02-15", "物业撤离通知") == 302
    assert listed_on(second, ON) == {("zone", estate.pk)} and not listed_on(first, ON)
    page = worker.get("/desk/sheets/three_without/")
    assert {row.key: count for row, _words, count in page.context["definitions"]} == {HONGSHAN: 0, HETANG: 1}


def test_an_entry_is_closed_with_evidence_only_and_stays_in_the_history(place: Community, method: Callable) -> None:
    playbook, worker, estate = method("hetang"), at_desk(place, "community_worker"), place.estates[0]
    for item in B:
        write(worker, estate, item, "no")
    assert write(worker, estate, "b_property_service", "yes", "2026-03-02") == 422
    assert listed_on(definition_named(playbook, HETANG), date(2026, 3, 2))
    assert write(worker, estate, "b_property_service", "yes", "2026-03-02", "物业服务合同〔2026〕1号") == 302
    definition = definition_named(playbook, HETANG)
    assert not listed_on(definition, date(2026, 3, 2)) and listed_on(definition, ON)
    history = [(turn.on, turn.entered, turn.evidence) for turn in turns(definition)]
    assert history == [(date(2026, 2, 1), True, ""), (date(2026, 3, 2), False, "物业服务合同〔2026〕1号")]
    public = text_of(at_desk(place, "resident").get(f"/estates/{estate.label}/"))
    assert "不在册" in public and "物业服务合同〔2026〕1号" in public and "有专人" in public


def test_what_cannot_be_written(place: Community, method: Callable) -> None:
    playbook, worker, estate = method("hetang"), at_desk(place, "community_worker"), place.estates[0]
    with pytest.raises(NotFound):
        definition_named(playbook, "three_without_moon")
    assert write(worker, estate, "a_wall", "maybe") == 422
    assert write(worker, estate, "a_wall", "no", "2099-01-01") == 422
    assert write(worker, estate, "a_moat", "no") == 404
    assert write(worker, place.grids[0], "a_wall", "no") == 404
    assert worker.get("/desk/sheets/four_without/").status_code == 404
    assert write(worker, estate, "a_wall", "no") == 302
    assert write(worker, estate, "a_wall", "no", "2026-02-02") == 422  # it stands there already
