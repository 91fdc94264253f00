"""What tests of Open311 begin with: the small community and clients of its people."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client

from jinlin.people.actions import create_token
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from tests.support.community import Community, make_community

BASE = "/open311/v2"
LAMP, COVER = "C10102", "C10101"


@dataclass
class Caller:
    """Calls the service with a key; without one it is nobody."""

    key: str = ""
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def get(self, path: str, **query: Any) -> HttpResponse:
        """Read; the key goes along as an argument."""
        return self.client.get(BASE + path, query | ({"api_key": self.key} if self.key else {}))

    def rows(self, path: str, **query: Any) -> Any:
        """Read JSON."""
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def post(self, path: str = "/requests.json", headers: dict[str, str] | None = None, **values: Any) -> HttpResponse:
        """Send a form."""
        given = values | ({"api_key": self.key} if self.key else {})
        return self.client.post(BASE + path, given, headers=headers or {})

    def create(self, **values: Any) -> str:
        """Create a request about a lamp and return its id."""
        answer = self.post(
            **{"service_code": LAMP, "address_string": "幸福里3号楼前", "description": "路灯不亮"} | values
        )
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()[0]["service_request_id"]


def errors(answer: HttpResponse, status: int) -> list[str]:
    """Return the descriptions of a refusal, in either format, after checking its status and codes."""
    assert answer.status_code == status, answer.content.decode()
    if "json" in answer["Content-Type"]:
        found = json.loads(answer.content)
    else:
        assert answer["Content-Type"] == "text/xml; charset=utf-8"
        found = [{child.tag: child.text for child in error} for error in ElementTree.fromstring(answer.content)]
    assert found and {str(error["code"]) for error in found} == {str(status)}
    return [error["description"] for error in found]


@pytest.fixture
def community(db: None) -> Community:
    """The small place with somebody in every role."""
    return make_community()


@pytest.fixture
def caller(community: Community) -> Callable[[str], Caller]:
    """Give the caller of a role's holder, of the resident or of the neighbour."""
    return lambda name: caller_of(community.actor(name))


def caller_of(actor: Actor) -> Caller:
    """Return a caller that acts for somebody."""
    return Caller(create_token(actor=actor, name="open311", last_day=today())[1])


@pytest.fixture
def nobody(community: Community) -> Caller:
    """A caller without a key."""
    return Caller()
