"""One call: signed, to the end in seconds, following nothing, reading hardly anything."""

import json
import time
from base64 import b64decode
from datetime import UTC, datetime

import pytest

from jinlin.webhooks import calling
from jinlin.webhooks.addresses import Target
from jinlin.webhooks.calling import call
from jinlin.webhooks.signing import new_secret, signature, signed_headers
from tests.webhooks.receiver import receiver


@pytest.fixture
def server(settings, monkeypatch):
    """A receiver that may be called, with little patience for it."""
    settings.JINLIN_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    monkeypatch.setattr(calling, "SECONDS_EACH", 0.4)
    monkeypatch.setattr(calling, "SECONDS_ALL", 0.8)
    with receiver() as made:
        yield made


def test_a_call_arrives_with_body_and_headers(server):
    outcome = call(server.url("/ok?x=1"), b'{"a":1}', {"webhook-id": "step-1"})
    assert outcome.is_good and outcome.status == 204
    (came,) = server.calls
    assert (came.path, json.loads(came.body), came.headers["webhook-id"]) == ("/ok?x=1", {"a": 1}, "step-1")
    assert came.headers["host"] == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize(("path", "status"), [("/fails", 500), ("/elsewhere", 302)])
def test_errors_and_redirects_are_findings_and_nothing_is_followed(server, path, status):
    outcome = call(server.url(path), b"{}", {})
    assert (outcome.is_good, outcome.status) == (False, status)
    assert str(status) in outcome.finding
    assert [came.path for came in server.calls] == [path]


@pytest.mark.parametrize("path", ["/hangs", "/drips"])
def test_who_hangs_or_drips_is_left_after_a_while(server, path):
    begun = time.process_time()
    outcome = call(server.url(path), b"{}", {})
    assert not outcome.is_good and outcome.status is None
    assert outcome.took_ms < 1_500
    assert time.process_time() - begun < 0.5


def test_a_flood_is_not_read(server):
    assert call(server.url("/floods"), b"{}", {}).status == 200


def test_nobody_there_is_a_finding(server):
    port = server.port
    server.port = 1
    assert "Refused" in call(server.url("/ok"), b"{}", {}).finding
    server.port = port


def test_the_call_goes_to_the_checked_address_whatever_the_name_leads_to_later(server, monkeypatch):
    pinned = Target("http", "rebound.example", server.port, "/ok", "127.0.0.1")
    monkeypatch.setattr(calling, "target_of", lambda url: pinned)
    assert call("http://rebound.example/ok", b"{}", {}).is_good
    assert server.calls[0].headers["host"] == f"rebound.example:{server.port}"


def test_signatures_are_those_of_the_standard():
    """The example of the Standard Webhooks specification's reference libraries."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    found = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body)
    assert found == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_secrets_are_long_and_never_the_same():
    first, second = new_secret(), new_secret()
    assert first != second and len(b64decode(first.removeprefix("whsec_"))) == 32
    at = datetime(2026, 5, 8, 1, 0, tzinfo=UTC)
    headers = signed_headers(first, "step-7", at, b"{}")
    assert headers["webhook-timestamp"] == str(int(at.timestamp()))
    assert headers["webhook-signature"] == "v1," + signature(first, "step-7", headers["webhook-timestamp"], b"{}")
    assert signed_headers(second, "step-7", at, b"{}")["webhook-signature"] != headers["webhook-signature"]
