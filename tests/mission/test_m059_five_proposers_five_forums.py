"""M059 “五提五问”: five kinds of proposer and five forums are 25 routes, and every proposal ends in an answer."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from jinlin.deliberation import rules
from jinlin.deliberation.models import Proposal
from jinlin.organisations.actions import NewAppointment, appoint
from jinlin.organisations.models import Body
from jinlin.platform import works
from jinlin.platform.access import SYSTEM
from jinlin.platform.works import Outcome, Purpose, Work
from jinlin.playbooks.here import current_playbook
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import send, signed_in, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M059")]


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    return make_community()


def propose(client: Client, proposer: str, title: str, body: Body | None = None) -> Any:
    return send(
        client,
        "/proposals/new/",
        proposer=proposer,
        title=title,
        text="",
        place=COMMUNITY,
        body=body.pk if body else "",
    )


def a_firm_speaks(place: Community) -> Body:
    """Let the neighbour act for a property firm of the community, which is a resident unit."""
    firm = place.bodies["property_firm"]
    appoint(
        actor=SYSTEM,
        new=NewAppointment(
            person=place.persons["neighbour"], body=firm, key="property_manager", term_from=date(2026, 1, 1)
        ),
    )
    return firm


def test_m059_one_proposal_for_each_pair_fills_25_cells_with_1(place: Community) -> None:
    desk, resident = signed_in(place, "community_worker"), signed_in(place, "resident")
    proposers, forums = [row.key for row in current_playbook().proposer], [row.key for row in rules.forums()]
    assert (len(proposers), len(forums)) == (5, 5)
    firm, station = a_firm_speaks(place), place.bodies["residents_committee"]
    speaking = {"unit": (signed_in(place, "neighbour"), firm), "committees": (signed_in(place, "grid_member"), station)}
    for proposer in proposers:
        client, body = speaking.get(proposer, (resident, None))
        for forum in forums:
            answer = propose(client, proposer, f"{proposer}问{forum}", body)
            assert answer.status_code == 302, text_of(answer)
            made = Proposal.objects.latest("pk")
            answer = send(desk, f"/desk/proposals/{made.pk}/route/", forums=[forum], reason="与该平台职责相符")
            assert answer.status_code == 302, text_of(answer)
    table = desk.get("/desk/proposals/").context["table"]
    cells = [count for _key, _name, counts in table.rows for count, _forum in counts]
    assert cells == [1] * 25
    one = desk.get(f"/desk/proposals/?proposer=unit&forum={forums[2]}")
    assert [row.title for row, _proposer, _due in one.context["proposals"]] == [f"unit问{forums[2]}"]


def test_m059_a_sixth_proposer_and_a_sixth_forum_are_refused(place: Community) -> None:
    resident, desk = signed_in(place, "resident"), signed_in(place, "community_worker")
    assert propose(resident, "tourist", "建停车场").status_code == 422
    assert propose(resident, "", "建停车场").status_code == 422
    assert not Proposal.objects.exists()
    propose(resident, "resident", "建停车场")
    made = Proposal.objects.get()
    answer = send(desk, f"/desk/proposals/{made.pk}/route/", forums=["tea_party"], reason="大家爱喝茶")
    assert answer.status_code == 422
    assert (
        send(desk, f"/desk/proposals/{made.pk}/route/", forums=["deliberation_meeting"], reason="").status_code == 422
    )
    assert not made.routes.exists()


def test_m059_nobody_speaks_for_a_unit_that_is_not_theirs(place: Community) -> None:
    resident = signed_in(place, "resident")
    assert propose(resident, "unit", "建停车场", place.bodies["property_firm"]).status_code == 422
    assert not Proposal.objects.exists()


def test_m059_a_conclusion_rests_on_minutes_and_every_proposal_ends_in_an_answer(
    place: Community, monkeypatch: Any
) -> None:
    resident, desk = signed_in(place, "resident"), signed_in(place, "community_worker")
    propose(resident, "resident", "建停车场")
    made = Proposal.objects.get()
    assert (
        send(desk, f"/desk/proposals/{made.pk}/route/", forums=["deliberation_meeting"], reason="多方有关").status_code
        == 302
    )
    answer = send(desk, f"/desk/proposals/{made.pk}/answer/", answer="明年建", becomes="", body="")
    assert answer.status_code == 409
    assert "会议纪要" in text_of(answer)
    began = datetime(2026, 5, 7, tzinfo=UTC)
    talk = Work(f"proposal:{made.pk}", Purpose.DISCUSS, "议事协商会", "/meetings/1/", began, began, Outcome.DONE)
    monkeypatch.setattr(works, "_tellers", [lambda subject: [talk] if subject == talk.subject else []])
    assert send(desk, f"/desk/proposals/{made.pk}/answer/", answer="明年建", becomes="", body="").status_code == 302
    page = text_of(Client().get(f"/proposals/{made.pk}/"))
    for words in ("群众", "议事协商会", "多方有关", "明年建", "已答复"):
        assert words in page
