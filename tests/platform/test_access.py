"""Scopes: the filter for lists finds exactly the rows that the question about one row says yes to."""

from itertools import combinations

import pytest

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Body
from jinlin.organisations.rules import bodies_kept_by
from jinlin.people.views.trail import entries
from jinlin.platform.access import Actor, Grant, Role, in_scope
from jinlin.platform.models import AuditEntry
from jinlin.territory.models import Place
from tests.support.community import COMMUNITY, Community, make_community

COLUMNS = ("grid_id", "estate_id", "neighbours_id")


@pytest.fixture
def place(db: None) -> Community:
    return make_community()


def grants_in(place: Community) -> list[Grant]:
    zones = [None, *place.grids, *place.estates]
    codes = [COMMUNITY[: Level.DISTRICT], COMMUNITY, place.buildings[0].code, "110101001001"]
    return [Grant(Role.COMMUNITY_WORKER, 1, code, zone.pk if zone else None) for code in codes for zone in zones]


def test_a_list_holds_what_a_grant_covers(place: Community) -> None:
    rows = list(Place.objects.all())
    for grant in grants_in(place):
        for named in [named for count in range(4) for named in combinations(COLUMNS, count)]:
            found = set(Place.objects.filter(in_scope([grant], place="code", zones=named)))
            covered = {row for row in rows if grant.covers(row.code, [getattr(row, column) for column in named])}
            assert found == covered, (grant, named)


def test_several_grants_give_what_each_gives(place: Community) -> None:
    grants = grants_in(place)
    found = set(Place.objects.filter(in_scope(grants[1:4], place="code", zones=COLUMNS)))
    one_by_one = [set(Place.objects.filter(in_scope([grant], place="code", zones=COLUMNS))) for grant in grants[1:4]]
    assert found == set.union(*one_by_one)
    assert not Place.objects.filter(in_scope([], place="code", zones=COLUMNS)).exists()


def test_a_post_for_a_zone_opens_no_list_of_the_whole_place(place: Community) -> None:
    """A secretary of one estate keeps no bodies, and an auditor of one estate reads no trail, of the community."""
    for role, rows in ((Role.COMMUNITY_SECRETARY, bodies_kept_by), (Role.AUDITOR, entries)):
        in_zone = Actor(1, 1, (Grant(role, 1, COMMUNITY, place.estates[0].pk),))
        whole = Actor(1, 1, (Grant(role, 1, COMMUNITY),))
        assert not rows(in_zone).exists()
        assert rows(whole).exists()
    assert Body.objects.exists() and AuditEntry.objects.exists()
