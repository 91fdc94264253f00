"""The field door's pages."""

import pytest
from django.test import Client

from jinlin.requests.models import Request
from tests.support.community import Community, make_community


@pytest.fixture
def community(db: None) -> Community:
    return make_community()


@pytest.fixture
def head(client: Client, community: Community) -> Client:
    client.force_login(community.account("neighbour_head"))
    return client


@pytest.mark.parametrize("page", ["", "register", "entered", "report", "report/other", "report/matter", "report/opinion"])
def test_every_page_opens_for_a_neighbour_head(head: Client, page: str) -> None:
    assert head.get(f"/field/{page}").status_code == 200
