"""Lets the district of a test work by another of the shipped playbooks."""

from collections.abc import Callable

import pytest

from jinlin.organisations.actions import adopt_playbook
from jinlin.platform.access import SYSTEM
from jinlin.playbooks.loader import load_playbook
from jinlin.playbooks.schema import Playbook
from jinlin.region.districts import current_district

Method = Callable[[str], Playbook]


@pytest.fixture
def method(monkeypatch: pytest.MonkeyPatch) -> Method:
    """Return a function that adopts a playbook by its name, beside what is there already."""

    def adopt(name: str) -> Playbook:
        playbook = load_playbook(name)
        monkeypatch.setattr(current_district(), "playbook", name)
        adopt_playbook(actor=SYSTEM, playbook=playbook)
        return playbook

    return adopt
