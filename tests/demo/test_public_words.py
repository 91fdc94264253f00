"""What the demo makes public: a notice in its period, one that has ended, a covenant with a new version to comment on."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from jinlin.conventions.models import Convention
from jinlin.conventions.queries import in_force, under_way
from jinlin.demo.public_words import make_public
from jinlin.demo.scene import Scene
from jinlin.disclosure.models import PublicNotice
from tests.support.community import make_community

pytestmark = pytest.mark.django_db


def test_the_demo_shows_notices_and_a_covenant_as_they_come_about(clock: Any, district: Any) -> None:
    clock.move_to("2026-11-20 09:00")
    place = make_community()
    estate = place.estates[0]
    scene = SimpleNamespace(
        bodies=lambda kind: [place.bodies[kind]],
        zones=lambda kind: [estate],
        buildings_of=lambda kind: {estate.pk: [building.code for building in place.buildings[:2]]},
    )
    make_public(cast(Scene, scene))
    states = {row.state: row for row in PublicNotice.objects.all()}
    assert set(states) == {"posted", "ended"}
    assert (states["posted"].edition, states["posted"].objections.count()) == (2, 1)
    convention = Convention.objects.get()
    current, draft = in_force(convention), under_way(convention)
    assert current is not None and draft is not None
    assert (current.number, draft.number, draft.state) == (1, 2, "comments")
