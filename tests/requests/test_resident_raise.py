"""Raising a request on the resident's page."""

import pytest
from django.test import Client

from jinlin.requests.models import Request
from tests.support.community import Community, make_community


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


def test_anybody_raises_and_gets_a_receipt(client: Client, community: Community) -> None:
    client.get("/")
    page = client.get("/raise")
    assert page.status_code == 200
    key = page.context["form"]["key"].value()
    answer = client.post("/raise", {"key": key, "text": "路灯坏了三天"})
    assert answer.status_code == 302, answer.content.decode()
    made = Request.objects.get()
    receipt = client.get(answer["Location"])
    assert made.number in receipt.content.decode()
    assert client.get(f"/my/requests/{made.pk}").status_code == 200
