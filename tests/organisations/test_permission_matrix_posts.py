"""Who may do what with a post: every verb, for everybody who could try, for a post with rights and for one without."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from jinlin.organisations import actions
from jinlin.organisations.actions import NewAppointment
from jinlin.organisations.models import Appointment
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import NotAllowed, NotFound
from tests.organisations.conftest import NewBody
from tests.support.community import Community
from tests.support.methods import post, with_posts, work_by
from tests.support.posts import client_of

OFFICERS = ("community_worker", "community_secretary", "subdistrict_officer", "district_officer")
OTHERS = ("grid_member", "neighbour_head", "property_manager", "department_officer", "auditor", "neighbour")
EVERYBODY = ("administrator", "platform", "holder", *OFFICERS, *OTHERS)
KEEPERS = {"administrator", "platform", *OFFICERS}
GIVERS = {"administrator", "platform"}

MATRIX: dict[str, dict[str, set[str]]] = {
    "accept_post": {"plain": {"holder"}, "with rights": {"holder"}},
    "decline_post": {"plain": {"holder"}, "with rights": {"holder"}},
    "leave_post": {"plain": {"holder"}, "with rights": {"holder"}},
    "show_my_name": {"plain": {"holder"}, "with rights": {"holder"}},
    "withdraw_offer": {"plain": KEEPERS, "with rights": GIVERS},
    "end_appointment": {"plain": KEEPERS, "with rights": GIVERS},
    "recall_holder": {"plain": KEEPERS, "with rights": GIVERS},
    "appoint_deputy": {"plain": KEEPERS, "with rights": GIVERS},
}
ON_OFFERS = {"accept_post", "decline_post", "withdraw_offer"}
KEYS = {"plain": "volunteer", "with rights": "helper"}
POSTS = (
    post("volunteer", "service_station", consent=True),
    post("helper", "service_station", role="grid_member", consent=True),
)

Act = Callable[[Actor, int, Community], object]
ACTS: dict[str, Act] = {
    "accept_post": lambda a, pk, p: actions.accept_post(actor=a, appointment_id=pk),
    "decline_post": lambda a, pk, p: actions.decline_post(actor=a, appointment_id=pk),
    "leave_post": lambda a, pk, p: actions.leave_post(actor=a, appointment_id=pk),
    "show_my_name": lambda a, pk, p: actions.show_my_name(actor=a, appointment_id=pk, listed=True),
    "withdraw_offer": lambda a, pk, p: actions.withdraw_offer(actor=a, appointment_id=pk),
    "end_appointment": lambda a, pk, p: actions.end_appointment(actor=a, appointment_id=pk, last_day=today()),
    "recall_holder": lambda a, pk, p: actions.recall_holder(
        actor=a, appointment_id=pk, last_day=today(), because="调离"
    ),
    "appoint_deputy": lambda a, pk, p: actions.appoint_deputy(
        actor=a, appointment_id=pk, person=p.persons["neighbour_head"], first_day=today(), last_day=today()
    ),
}


@pytest.fixture(autouse=True)
def work_method(monkeypatch: pytest.MonkeyPatch) -> None:
    work_by(monkeypatch, with_posts(*POSTS))


def test_the_table_speaks_of_every_verb() -> None:
    assert set(MATRIX) == set(ACTS)


@pytest.mark.parametrize("kind", KEYS)
@pytest.mark.parametrize("verb", MATRIX)
def test_who_may(place: Community, new_body: NewBody, verb: str, kind: str) -> None:
    new = NewAppointment(place.persons["resident"], place.bodies["service_station"], KEYS[kind], today())
    offer = actions.appoint(actor=SYSTEM, new=new)
    holder = place.actor("resident")
    if verb not in ON_OFFERS:
        actions.accept_post(actor=holder, appointment_id=offer.pk)
    allowed = {name for name in EVERYBODY if succeeds(verb, actor_called(place, name), offer, place)}
    expected = MATRIX[verb][kind]
    # Whoever would stand in does not name themselves.
    assert allowed == (expected - {"neighbour_head"} if verb == "appoint_deputy" else expected)


def actor_called(place: Community, name: str) -> Actor:
    return {"platform": SYSTEM, "holder": place.actor("resident")}.get(name) or place.actor(name)


def succeeds(verb: str, actor: Actor, offer: Appointment, place: Any) -> bool:
    """Try it, and take it back."""
    try:
        with transaction.atomic():
            ACTS[verb](actor, offer.pk, place)
            transaction.set_rollback(True)
    except (NotAllowed, NotFound):
        return False
    return True


PAGES = ("", "vacancies/", "staffing/", "results/", "roster/", "roster/template.xlsx")


@pytest.mark.parametrize("path", PAGES)
def test_who_opens_the_desk_pages(place: Community, path: str) -> None:
    for name in (*OFFICERS, *OTHERS, "administrator", "resident"):
        status = client_of(place.account(name)).get(f"/desk/posts/{path}").status_code
        assert status == (200 if name in KEEPERS else 403), name


BUDGETS = {
    "desk/posts": "/desk/posts/",
    "desk/vacancies": "/desk/posts/vacancies/",
    "desk/staffing": "/desk/posts/staffing/",
    "desk/results": "/desk/posts/results/",
    "me/posts": "/me/posts/",
    "duty/mine": "/duty/",
    "duty/table": "/duty/530199001001/",
}


@pytest.mark.parametrize("name", BUDGETS)
def test_pages_keep_to_their_queries(place: Community, query_budget: Any, name: str) -> None:
    client = client_of(place.account("administrator"))
    client.get(BUDGETS[name])
    with query_budget(name):
        assert client.get(BUDGETS[name]).status_code == 200
