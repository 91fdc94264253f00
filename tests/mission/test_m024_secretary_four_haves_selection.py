"""M024 “四有”标准选任小区书记: reasons in words under all four headings, no marks, and the candidate reads them."""

from collections.abc import Callable

import pytest

from jinlin.organisations.models import Body, Filing
from jinlin.platform.models import AuditEntry
from tests.people.conftest import text_of
from tests.support.bodies import at_desk, found
from tests.support.community import Community, make_community
from tests.support.filings import answer_at_desk, file_at_desk, officer_of

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M024")]
HEADINGS = {"public_spirit": "有公心", "warmth": "有热心", "ability": "有能力", "standing": "有威望"}
REASON = "退休后连续三年带头值守，邻里信服。"


@pytest.fixture
def place(clock: object, method: Callable) -> Community:
    place = make_community()
    method("ningde")
    found("estate_branch", "幸福里小区党支部", zone=place.estates[0])
    return place


def choice(place: Community, **words: str) -> dict[str, object]:
    """The form of the choice of the resident as secretary of the first estate's branch."""
    branch = Body.objects.get(name="幸福里小区党支部")
    about = {"phone": place.persons["resident"].phone, "post": "estate_secretary", "subject": branch.pk}
    return {**about, **{f"words-{key}": text for key, text in words.items()}}


def test_three_of_four_headings_are_refused_naming_the_fourth(place: Community) -> None:
    secretary, committee = at_desk(place, "community_secretary"), Body.objects.get(kind="community_committee")
    form = secretary.get(f"/desk/bodies/{committee.pk}/filings/secretary/").context["form"]
    assert [form[f"words-{key}"].label for key in HEADINGS] == list(HEADINGS.values())
    for missing, name in HEADINGS.items():
        for wrong in ("", " ", "95分", "9/10"):
            words = {**dict.fromkeys(HEADINGS, REASON), missing: wrong}
            refused = file_at_desk(secretary, committee, "secretary", **choice(place, **words))
            assert refused.status_code == 422 and set(refused.context["form"].errors) == {f"words-{missing}"}
            assert name in str(refused.context["form"].errors)
    assert not Filing.objects.exists()


def test_a_choice_names_somebody_a_post_and_a_body_of_the_own_area(place: Community) -> None:
    secretary, committee = at_desk(place, "community_secretary"), Body.objects.get(kind="community_committee")
    elsewhere = Body.objects.create(kind="estate_branch", name="外区党支部", place_code="530199001002")
    good = choice(place, **dict.fromkeys(HEADINGS, REASON))
    for name, wrong in (("phone", ""), ("phone", "123"), ("post", "building_head"), ("subject", elsewhere.pk)):
        refused = file_at_desk(secretary, committee, "secretary", **{**good, name: wrong})
        assert refused.status_code == 422 and name in refused.context["form"].errors, name
    unknown = file_at_desk(secretary, committee, "secretary", **{**good, "phone": "13812345678"})
    assert unknown.status_code == 422 and set(unknown.context["form"].errors) == {"name"}
    assert file_at_desk(secretary, committee, "secretary", **good).status_code == 302
    listed = text_of(secretary.get("/desk/filings/"))
    assert "小区党支部书记：幸福里小区党支部" in listed and "测试0" not in listed and REASON not in listed


def test_the_candidate_sees_the_reasons_on_their_own_page_and_a_neighbour_does_not(place: Community) -> None:
    secretary, committee = at_desk(place, "community_secretary"), Body.objects.get(kind="community_committee")
    office = Body.objects.get(kind="subdistrict_committee")
    words = {key: f"理由{number}：有具体事例" for number, key in enumerate(HEADINGS)}
    filed = file_at_desk(secretary, committee, "secretary", **choice(place, **words))
    filing = Filing.objects.get()
    assert filed["Location"] == f"/desk/filings/{filing.pk}/"
    assert answer_at_desk(officer_of(place, office), filing, office, "pass").status_code == 302
    mine = text_of(at_desk(place, "resident").get("/me/posts/"))
    assert all(text in mine for text in words.values()) and filing.receipt in mine
    assert not any(text in text_of(at_desk(place, "neighbour").get("/me/posts/")) for text in words.values())
    for name in ("community_worker", "property_manager", "administrator", "auditor", "district_officer"):
        assert at_desk(place, name).get(filed["Location"]).status_code in {403, 404}, name
    reads = AuditEntry.objects.filter(verb="organisations.open_filing", kind="read")
    before = reads.count()
    assert words["warmth"] in text_of(secretary.get(filed["Location"]))
    assert reads.count() == before + 1 and set(reads.values_list("person_id", flat=True)) == {
        place.persons["resident"].pk
    }
