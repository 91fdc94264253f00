"""M017 街道“五项权力”与职责回头看: cancelled kinds of task cannot be given to a subdistrict; the look-back has 2 × 5 answers."""

from collections.abc import Callable

import pytest

from jinlin.organisations.models import Body, Task
from jinlin.organisations.queries.sheets import answers_on
from jinlin.platform.dates import today
from jinlin.platform.models import AuditEntry
from jinlin.territory.models import Place
from tests.people.conftest import text_of
from tests.support.bodies import FOUNDED, at_desk, seat
from tests.support.community import COMMUNITY, Community, make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M017")]


@pytest.fixture
def place(method: Callable) -> Community:
    place = make_community()
    code = f"{COMMUNITY[:6]}002"
    Place.objects.create(code=code, level=9, name="红润街道", address="红润街道", search="", valid_from=FOUNDED)
    method("hongrun")
    return place


@pytest.mark.parametrize("kind", ["tax_help", "investment"])
def test_a_cancelled_task_is_refused_and_logged(place: Community, kind: str) -> None:
    city, office = Body.objects.get(kind="city_committee"), Body.objects.filter(kind="subdistrict_office").first()
    seat(place, "district_officer", city, "member")
    officer = at_desk(place, "district_officer")
    given = {"kind": kind, "title": "完成指标", "bodies": [office.pk], "due_on": "2027-01-31"}
    answer = officer.post(f"/desk/bodies/{city.pk}/tasks/new/", given)
    assert answer.status_code == 403 and "不得向" in text_of(answer)
    assert not Task.objects.exists()
    logged = AuditEntry.objects.get(verb="organisations.refuse_task")
    assert logged.subject_id == str(office.pk) and logged.detail == {"kind": kind}


def test_the_look_back_gives_an_answer_for_each_of_two_subdistricts_and_five_powers(
    place: Community, method: Callable
) -> None:
    playbook, officer = method("hongrun"), at_desk(place, "district_officer")
    offices = list(Body.objects.filter(kind="subdistrict_office"))
    answers = answers_on(playbook, "powers_review", offices, today())
    assert len(offices) == 2 and len(answers) == 2 * 5 and not any(answer.entry for answer in answers)
    for answer in answers:
        url = f"/desk/sheets/powers_review/{answer.body.pk}/{answer.item}/"
        sent = {"item": answer.item, "value": "yes", "holds_from": today(), "evidence": "回头看记录"}
        assert officer.post(url, sent).status_code == 302
    answers = answers_on(playbook, "powers_review", offices, today())
    assert sum(answer.entry is not None for answer in answers) == 10
    sixth = f"/desk/sheets/powers_review/{offices[0].pk}/five_powers_6/"
    assert officer.post(sixth, {"item": "five_powers_6", "value": "yes", "holds_from": today()}).status_code == 404
