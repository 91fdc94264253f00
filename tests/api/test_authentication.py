"""Who may call the API: the holder of a token, a signed-in session, nobody where that is enough."""

from datetime import timedelta

import pytest
from django.test import Client

from jinlin.api.authentication import actor_of_token
from jinlin.organisations.models import Appointment
from jinlin.people.models import ApiToken
from jinlin.platform.dates import now, today
from tests.api.programs import WORDS, Program, program_of, refusal
from tests.support.community import POSTS


@pytest.mark.parametrize("name", ["resident", *map(str, POSTS)])
def test_a_token_acts_with_the_rights_of_its_account(community, name):
    actor = community.actor(name)
    assert actor_of_token(program_of(actor).token) == actor


def test_rights_end_with_the_term_of_a_post(community):
    actor = community.actor("community_worker")
    program = program_of(actor)
    Appointment.objects.filter(person_id=actor.person_id).update(term_to=today() - timedelta(days=1))
    assert program.get("/me").json()["posts"] == []


def test_rights_end_with_the_body(community):
    program = program_of(community.actor("property_manager"))
    assert len(program.get("/me").json()["posts"]) == 1
    community.bodies["property_firm"].__class__.objects.filter(kind="property_firm").update(active=False)
    assert program.get("/me").json()["posts"] == []


def test_me_names_the_posts(program):
    (post,) = program("grid_member").get("/me").json()["posts"]
    assert post["role"] == "grid_member"
    assert post["place"] and post["zone_id"].isdigit() and post["body_id"].isdigit()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_token_is_refused_even_where_nobody_is_enough(community, method):
    wrong = Program("jinlin_wrong")
    answer = wrong.get("/requests") if method == "get" else wrong.post("/requests", {"text": WORDS})
    refusal(answer, 401, "not_signed_in")


def test_an_expired_token_is_refused(program):
    resident = program("resident")
    ApiToken.objects.update(expires_at=now() - timedelta(seconds=1))
    refusal(resident.get("/me"), 401, "not_signed_in")


def test_the_token_of_a_closed_account_is_refused(community, program):
    resident = program("resident")
    account = community.account("resident")
    account.is_active = False
    account.save(update_fields=["is_active"])
    refusal(resident.get("/me"), 401, "not_signed_in")


@pytest.mark.parametrize("path", ["/requests", "/requests/1", "/me", "/report", "/requests/1/photos/1"])
def test_nobody_reads_what_needs_a_person(nobody, path):
    refusal(nobody.get(path), 401, "not_signed_in")


def test_nobody_takes_no_step(nobody):
    refusal(nobody.post("/requests/1/accept", {}), 401, "not_signed_in")


def test_a_session_reads_and_sends_with_its_protection_token(community):
    client = Client(enforce_csrf_checks=True)
    client.force_login(community.account("resident"))
    assert Program(client=client).get("/me").status_code == 200
    refusal(Program(client=client).post("/requests", {"text": WORDS}), 403, "csrf")
    token = client.get("/raise").cookies["csrftoken"].value
    headers = {"X-CSRFToken": token}
    answer = client.post("/api/v1/requests", {"text": WORDS}, "application/json", headers=headers)
    assert answer.status_code == 201


def test_a_token_needs_no_protection_token(community):
    client = Client(enforce_csrf_checks=True)
    program = program_of(community.actor("resident"))
    program.client = client
    assert program.raise_request()["number"]
