"""M005 户籍单元登记: homes and households by address, contact by consent until a day, each look logged, counts unnamed."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jinlin.organisations.models import Appointment
from jinlin.people.actions import forget_expired_contacts
from jinlin.people.models import Household, HouseholdContact, Residence
from jinlin.people.queries import members_of_household
from jinlin.platform.dates import today
from jinlin.platform.models import AuditEntry
from jinlin.territory.models import Place, Zone, ZoneMembership
from tests.support.community import COMMUNITY, Community, make_community
from tests.support.pages import fetch

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M005")]
PHONE = "13812345678"
IDENTITY = "11010519491231002X"


@pytest.fixture
def place() -> Community:
    """The small community; its neighbour head looks after the first building only."""
    made = make_community()
    Appointment.objects.filter(role="neighbour_head").update(place_code=made.buildings[0].code)
    return made


def of(place: Community, who: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(place.account(who))
    return client


def given(place: Community, **more: Any) -> Any:
    home = place.homes[0].code
    form = {"name": "周家", "phone": PHONE, "expires_on": (today() + timedelta(days=30)).isoformat(), "consent": "on"}
    return of(place, "resident").post(
        f"/me/home/{home}/", {name: value for name, value in (form | more).items() if value}
    )


def opened(place: Community, who: str, home: Place) -> Any:
    return of(place, who).post(f"/desk/roll/{home.code}/contact/")


def upload(place: Community, contents: bytes, name: str) -> Any:
    client = of(place, "community_worker")
    answer = client.post("/desk/places/import/", {"file": SimpleUploadedFile(name, contents)})
    client.post(answer["Location"], {"action": "import"})
    return client.get(answer["Location"]).context["notes"]


def test_households_are_counted_and_none_has_to_be_named(place: Community) -> None:
    assert Household.objects.filter(valid_to__isnull=True).count() == len(place.homes) == 16
    assert Residence.objects.count() == 2
    _status, contents, _answer = fetch(
        of(place, "community_worker"), f"/desk/places/register.xlsx?of={COMMUNITY}&as=counts"
    )
    rows = list(openpyxl.load_workbook(io.BytesIO(contents)).active.iter_rows(min_row=2, values_only=True))
    assert [row[-1] for row in rows] == [4, 4, 4, 4]
    names = {person.name for person in place.persons.values() if person.name}
    assert not names & {str(cell) for row in rows for cell in row}


@pytest.mark.parametrize(
    ("entered", "field"),
    [
        ({"room": "101"}, "room"),
        ({"room": "101室"}, "room"),
        ({"building_code": f"{COMMUNITY}0099"}, "building_code"),
        ({"room": ""}, "room"),
    ],
)
def test_a_duplicate_address_and_an_unknown_building_are_refused(
    place: Community, entered: dict[str, str], field: str
) -> None:
    form = {"building_code": place.buildings[0].code, "entrance": "1单元", "room": "901", "floor": ""} | entered
    page = of(place, "community_worker").post("/desk/roll/new/", form)
    assert page.status_code == 422 and field in page.context["form"].errors
    assert Place.objects.filter(level=22).count() == 16


def test_a_new_home_comes_with_a_household_that_names_nobody(place: Community) -> None:
    form = {"building_code": place.buildings[0].code, "entrance": "1单元", "room": "901", "floor": "9"}
    assert of(place, "community_worker").post("/desk/roll/new/", form).status_code == 302
    home = Place.objects.get(level=22, name="901")
    assert Household.objects.get(home_code=home.code).residences.count() == 0


def test_the_neighbour_head_of_another_building_is_not_allowed(place: Community) -> None:
    assert given(place).status_code == 302
    page = opened(place, "neighbour_head", place.homes[0])
    assert page.status_code == 200 and PHONE in page.content.decode()
    Appointment.objects.filter(role="neighbour_head").update(place_code=place.buildings[1].code)
    page = opened(place, "neighbour_head", place.homes[0])
    assert page.status_code == 403 and PHONE not in page.content.decode()
    for who in ("subdistrict_officer", "property_manager", "neighbour"):
        assert opened(place, who, place.homes[0]).status_code == 403


def test_a_neighbour_head_reads_the_homes_of_their_own_area_only(place: Community) -> None:
    given(place)
    area = Zone.objects.create(
        kind="neighbours", label=f"{COMMUNITY}L0001", name="第1片", community_code=COMMUNITY, valid_from=today()
    )
    Appointment.objects.filter(role="neighbour_head").update(place_code=COMMUNITY, zone=area)
    assert opened(place, "neighbour_head", place.homes[0]).status_code == 403
    Place.objects.filter(pk=place.homes[0].pk).update(neighbours=area)
    assert opened(place, "neighbour_head", place.homes[0]).status_code == 200


def test_every_look_is_written_down_and_the_household_sees_it(place: Community) -> None:
    given(place)
    opened(place, "grid_member", place.homes[0])
    entry = AuditEntry.objects.get(kind="read", verb="people.read_household_contact")
    assert entry.person_id == place.persons["resident"].pk and entry.actor_id == place.account("grid_member").pk
    page = of(place, "resident").get(f"/me/home/{place.homes[0].code}/")
    assert len(page.context["looks"]) == 1
    assert of(place, "neighbour").get(f"/me/home/{place.homes[0].code}/").status_code == 404


def test_a_contact_needs_consent_and_a_day(place: Community) -> None:
    assert "consent" in given(place, consent="").context["form"].errors
    far = (today() + timedelta(days=2000)).isoformat()
    assert "expires_on" in given(place, expires_on=far).context["form"].errors
    assert not HouseholdContact.objects.exists()


def test_a_contact_is_emptied_when_its_day_is_over_or_it_is_withdrawn(place: Community, clock: Any) -> None:
    given(place)
    clock.forward(days=31)
    assert opened(place, "grid_member", place.homes[0]).status_code == 404
    assert forget_expired_contacts() == 1
    assert HouseholdContact.objects.get().phone == ""
    given(place, expires_on=(today() + timedelta(days=5)).isoformat())
    of(place, "resident").post(f"/me/home/{place.homes[0].code}/withdraw/")
    assert [contact.phone for contact in HouseholdContact.objects.all()] == ["", ""]


@pytest.mark.parametrize("number", [IDENTITY, "我的证件是１１０１０５１９４９１２３１００２Ｘ"])
def test_an_identity_number_in_a_free_field_is_refused(place: Community, number: str) -> None:
    home = place.homes[0].code
    page = of(place, "resident").post(f"/me/home/{home}/remark/", {"remark": f"户主{number}"})
    assert page.status_code == 422 and "remark" in page.context["form"].errors
    assert "name" in given(place, name=number).context["form"].errors
    member = {"name": number, "role": "owner", "since": today().isoformat()}
    assert of(place, "community_worker").post(f"/desk/roll/{home}/member/", member).status_code == 422


def test_a_household_corrects_its_own_record(place: Community) -> None:
    home = place.homes[0].code
    of(place, "resident").post(f"/me/home/{home}/remark/", {"remark": "面积应为85.5平方米"})
    assert of(place, "community_worker").get(f"/desk/roll/{home}/").context["remark"] == "面积应为85.5平方米"


def test_one_household_ends_and_another_begins_and_its_owner_neither_lives_there_nor_reads_it(place: Community) -> None:
    home, worker = place.homes[0].code, of(place, "community_worker")
    assert of(place, "resident").get(f"/me/home/{home}/").status_code == 200
    given(place)
    tenant = {"name": "租户甲", "role": "tenant", "since": today().isoformat()}
    assert worker.post(f"/desk/roll/{home}/member/", tenant).status_code == 302
    assert worker.post(f"/desk/roll/{home}/change/", {"day": today().isoformat()}).status_code == 302
    ended, begun = Household.objects.filter(home_code=home).order_by("pk")
    assert ended.valid_to == today() and begun.valid_to is None
    assert not ended.residences.filter(valid_to__isnull=True).exists()
    assert list(begun.residences.values_list("role", flat=True)) == ["landlord"]
    assert of(place, "resident").get(f"/me/home/{home}/").status_code == 404
    assert place.actor("resident").person_id not in members_of_household(begun)
    assert not any(contact.phone for contact in HouseholdContact.objects.all())
    future = {"day": (today() + timedelta(days=1)).isoformat()}
    assert worker.post(f"/desk/roll/{home}/change/", future).status_code == 422


def test_the_register_goes_out_and_comes_in_again_without_a_change(place: Community) -> None:
    rows = (
        f"社区代码,小区,楼栋,单元,房号,邻长联系片\n{COMMUNITY},紫藤苑,5,1,501,第1片\n{COMMUNITY},紫藤苑,5,1,502,第2片\n"
    )
    notes = upload(place, rows.encode(), "名册.csv")
    assert (notes["counts"]["imported"], notes["counts"]["neighbour_areas"]) == (2, 2)
    assert ZoneMembership.objects.filter(kind="neighbours").count() == 2
    _status, contents, _answer = fetch(of(place, "community_worker"), f"/desk/places/register.xlsx?of={COMMUNITY}")
    before = list(Place.objects.order_by("pk").values()), list(ZoneMembership.objects.order_by("pk").values())
    counts = upload(place, contents, "register.xlsx")["counts"]
    assert (counts["imported"], counts["changed"], counts["repeated"], counts["rejected"]) == (0, 0, 18, 0)
    after = list(Place.objects.order_by("pk").values()), list(ZoneMembership.objects.order_by("pk").values())
    assert before == after
    moved = rows.replace("502,第2片", "502,第1片")
    assert upload(place, moved.encode(), "again.csv")["counts"]["changed"] == 1
    assert Place.objects.get(name="502").neighbours.name == "第1片"
