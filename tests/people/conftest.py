"""The small community, and browsers of its people."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from jinlin.platform.models import OutboxMessage
from tests.support.community import Community, make_community


@pytest.fixture
def place(db: None) -> Community:
    """The small community of the tests."""
    return make_community()


@pytest.fixture
def browser_of(place: Community) -> Callable[[str], Client]:
    """Open a browser in which the named person is signed in: `browser_of("resident")`."""

    def opened(name: str) -> Client:
        client = Client()
        client.force_login(place.account(name))
        return client

    return opened


def newest_code() -> str:
    """Return the digits of the newest message in the outbox."""
    return re.search(r"\d{6}", OutboxMessage.objects.latest("pk").body)[0]


def text_of(response: Any) -> str:
    """Return a page's text."""
    return response.content.decode()
