"""What tests of the API begin with: the small community and programs of its people."""

from collections.abc import Callable

import pytest

from tests.api.programs import Program, program_of
from tests.support.community import Community, make_community


@pytest.fixture
def community(db: None) -> Community:
    """The small place with somebody in every role."""
    return make_community()


@pytest.fixture
def program(community: Community) -> Callable[[str], Program]:
    """Give the program of a role's holder, of the resident or of the neighbour."""
    return lambda name: program_of(community.actor(name))


@pytest.fixture
def nobody(community: Community) -> Program:
    """A program without a token."""
    return Program()
