"""The tests' community, and bodies and persons in it, for tests about posts."""

import pytest

from tests.support import posts
from tests.support.community import Community, make_community
from tests.support.posts import NewBody, NewPersons

__all__ = ["NewBody"]


@pytest.fixture
def place(clock: object, db: None) -> Community:
    """The tests' community on the tests' day."""
    return make_community()


@pytest.fixture
def new_body(place: Community) -> NewBody:
    """Make a body of a kind in the community or in a zone of it."""
    return posts.new_body


@pytest.fixture
def persons(place: Community) -> NewPersons:
    """Make so many persons without accounts."""
    return posts.new_persons
