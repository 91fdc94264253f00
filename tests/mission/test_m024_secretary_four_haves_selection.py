"""M024 “四有”标准选任小区书记: reasons in words under all four headings, no marks, and the candidate reads them."""

from typing import Any

import pytest

from jinlin.organisations.actions import NewFiling, answer_filing, file_matter
from jinlin.organisations.models import Body, Filing
from jinlin.platform.access import SYSTEM
from jinlin.platform.errors import Invalid, NotAllowed
from tests.support.community import SUBDISTRICT, Community, make_community
from tests.support.methods import work_by
from tests.support.posts import client_of, new_body

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M024")]


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "ningde")
    return make_community()


def candidate(place: Community, **words: str) -> NewFiling:
    """A choice of the resident as secretary of the first estate's branch."""
    branch = new_body("estate_branch", zone=place.estates[0])
    committee = Body.objects.get(kind="community_committee")
    return NewFiling(
        "secretary",
        "幸福里小区党支部书记人选",
        committee,
        words,
        subject=branch,
        person=place.persons["resident"],
        post="estate_secretary",
    )


@pytest.fixture
def headings() -> list[str]:
    from jinlin.playbooks.loader import load_playbook

    [kind] = [row for row in load_playbook("ningde").filing if row.key == "secretary"]
    return [heading.key for heading in kind.headings]


def test_three_of_four_headings_are_refused_naming_the_fourth(place: Community, headings: list[str]) -> None:
    new_body("subdistrict_committee", place_code=SUBDISTRICT)
    assert len(headings) == 4
    three = dict.fromkeys(headings[:3], "退休后连续三年带头值守，邻里信服。")
    with pytest.raises(Invalid) as refused:
        file_matter(actor=SYSTEM, new=candidate(place, **three))
    assert set(refused.value.fields) == {headings[3]}
    with pytest.raises(Invalid) as marked:
        file_matter(actor=SYSTEM, new=candidate(place, **three, **{headings[3]: "95分"}))
    assert set(marked.value.fields) == {headings[3]}
    assert not Filing.objects.exists()


def test_the_candidate_sees_the_reasons_on_their_own_page_and_a_neighbour_does_not(
    place: Community, headings: list[str]
) -> None:
    office = new_body("subdistrict_committee", place_code=SUBDISTRICT)
    words = {key: f"理由{number}：有具体事例" for number, key in enumerate(headings)}
    filing = file_matter(actor=SYSTEM, new=candidate(place, **words))
    answer_filing(actor=SYSTEM, filing_id=filing.pk, body_id=office.pk, verdict="pass")
    filing.refresh_from_db()
    mine = client_of(place.account("resident")).get("/me/posts/").content.decode()
    assert all(text in mine for text in words.values()) and filing.receipt in mine
    others = client_of(place.account("neighbour")).get("/me/posts/").content.decode()
    assert not any(text in others for text in words.values())
    with pytest.raises(NotAllowed):
        file_matter(actor=place.actor("resident"), new=candidate(place, **words))
