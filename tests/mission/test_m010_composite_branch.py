"""M010 兼合式党支部: a joint branch of community, property firm and residents begins once all three sides are there."""

from collections.abc import Callable

import pytest

from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found, seat
from tests.support.community import make_community

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M010")]


def test_the_missing_side_is_named_and_with_all_three_it_begins(method: Callable) -> None:
    place = make_community()
    method("hongshan")
    body = found("composite_branch", "幸福里兼合式党支部", zone=place.estates[0])
    seat(place, "community_worker", body, "composite_member", "community")
    seat(place, "resident", body, "composite_member", "residents")
    worker, url = at_desk(place, "community_worker"), f"/desk/bodies/{body.pk}/begin/"
    refused = worker.post(url, {"founded_on": "2026-05-01"})
    assert refused.status_code == 422 and "还缺：物业" in text_of(refused)
    seat(place, "resident", body, "composite_member", "property")
    assert "还缺：" in text_of(worker.post(url, {"founded_on": "2026-05-01"}))  # one person for two sides
    seat(place, "property_manager", body, "composite_member", "property")
    assert worker.post(url, {"founded_on": "2026-05-01"}).status_code == 302
    body.refresh_from_db()
    assert body.active
    page = text_of(at_desk(place, "neighbour").get(f"/estates/{place.estates[0].label}/"))
    assert "幸福里兼合式党支部" in page
    # Who works for the firm keeps their post there: the side is one more post, not another organisation.
    assert place.persons["property_manager"].appointments.count() == 2
