"""M031 社区干部“1+1”选培: an assistant and a specialist in each of 12 communities, never the same person."""

from typing import Any

import pytest

from jinlin.organisations.models import Body
from jinlin.platform.errors import Invalid
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.methods import work_by
from tests.support.posts import appointed, desk_of, new_body, new_communities, new_persons

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M031")]

POSTS = ("secretary_assistant", "organisation_specialist")


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "hongrun")
    return make_community()


def test_23_of_24_posts_leave_one_vacancy_with_its_community(place: Community) -> None:
    others = [new_body("community_committee", place_code=community.code) for community in new_communities(11)]
    committees = [Body.objects.get(kind="community_committee", place_code=COMMUNITY), *others]
    wanted = [(committee, key) for committee in committees for key in POSTS][:-1]
    for (committee, key), person in zip(wanted, new_persons(23), strict=True):
        appointed([person], committee, key)
    page = desk_of(place).get("/desk/posts/vacancies/")
    found = [(one.post.key, community) for one, community in page.context["vacancies"] if one.post.key in POSTS]
    assert found == [("organisation_specialist", f"地点{others[-1].place_code[-4:]}")]
    assert found[0][1] in page.content.decode()


def test_one_person_does_not_hold_both_posts_of_a_community(place: Community) -> None:
    committee, [person] = place.bodies["community_committee"], new_persons(1)
    appointed([person], committee, POSTS[0])
    with pytest.raises(Invalid):
        appointed([person], committee, POSTS[1])
    elsewhere = new_body("community_committee", place_code=new_communities(1)[0].code)
    assert appointed([person], elsewhere, POSTS[1])
