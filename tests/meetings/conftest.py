"""What tests of meetings share: a place on a working morning."""

from typing import Any

import pytest

from tests.support.community import Community, make_community


@pytest.fixture
def place(clock: Any, district: Any) -> Community:
    """The small place."""
    return make_community()
