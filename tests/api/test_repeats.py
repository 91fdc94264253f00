"""A send with a key is done once, however often it arrives, and also when it arrives twice at the same moment."""

import pytest
from django.test import Client

from jinlin.platform.models import AuditEntry
from jinlin.requests.models import Request, Step
from tests.api.programs import WORDS, Program, program_of, refusal
from tests.support.community import make_community
from tests.support.threads import at_once


def test_the_same_send_again_gets_the_same_receipt(program):
    resident = program("resident")
    first, second = resident.raise_request("k1"), resident.raise_request("k1")
    assert first == second
    assert Request.objects.count() == 1 and AuditEntry.objects.filter(verb="requests.receive").count() == 1


def test_the_same_key_of_another_sender_is_another_send(program):
    program("resident").raise_request("k1")
    program("neighbour").raise_request("k1")
    assert Request.objects.count() == 2


def test_a_key_with_other_contents_is_refused(program):
    resident = program("resident")
    resident.raise_request("k1")
    refusal(resident.post("/requests", {"text": "另一件事"}, "k1"), 409, "key_reused")
    assert Request.objects.count() == 1


def test_a_key_of_another_step_is_refused(program):
    resident = program("resident")
    request_id = resident.raise_request()["id"]
    assert resident.post(f"/requests/{request_id}/add", {"note": "补充"}, "k2").status_code == 200
    refusal(resident.post(f"/requests/{request_id}/withdraw", {"reason": ""}, "k2"), 409, "key_reused")


def test_a_repeated_step_is_no_error_although_the_state_has_moved_on(program):
    worker = program("community_worker")
    request_id = program("resident").raise_request()["id"]
    answers = [worker.post(f"/requests/{request_id}/accept", {"version": 1}, "k3") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert {answer.json()["version"] for answer in answers} == {2}
    assert Step.objects.filter(request_id=request_id, verb="accept").count() == 1


def test_without_a_key_each_send_counts(program):
    resident = program("resident")
    assert resident.raise_request()["number"] != resident.raise_request()["number"]


def test_too_long_a_key_is_refused(program):
    refusal(program("resident").post("/requests", {"text": WORDS}, "k" * 101), 422, "invalid")


@pytest.mark.django_db(transaction=True)
def test_two_sends_at_the_same_moment_make_one_request():
    token = program_of(make_community().actor("resident")).token
    sends = [lambda: Program(token, Client()).post("/requests", {"text": WORDS}, "k") for _ in range(4)]
    answers = at_once(*sends)
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.content for answer in answers}) == 1
    assert Request.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_officers_on_one_row_at_the_same_moment_take_one_step():
    community = make_community()
    request_id = program_of(community.actor("resident")).raise_request()["id"]
    tokens = [program_of(community.actor(name)).token for name in ("community_worker", "community_secretary")]
    path = f"/requests/{request_id}/accept"
    answers = at_once(*(lambda token=token: Program(token, Client()).post(path, {"version": 1}) for token in tokens))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert Step.objects.filter(request_id=request_id, verb="accept").count() == 1
