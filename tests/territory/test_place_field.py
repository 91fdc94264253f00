"""The place field: every way to a place without scripts, what is refused, and the small answers for scripts."""

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client
from django.utils.translation import override

from jinlin.platform.access import NOBODY
from jinlin.territory.forms import ChosenPlace, PicksPlaces, PlaceField
from tests.support.community import COMMUNITY, make_community

pytestmark = pytest.mark.django_db


class RaiseForm(PicksPlaces, forms.Form):
    text = forms.CharField()
    place = PlaceField(required=False)


@pytest.fixture
def community():
    with override("en"):
        yield make_community()


def sent(actor=NOBODY, **data):
    form = RaiseForm(QueryDict(mutable=True) | {"text": "灯坏了"} if not data else _query({"text": "灯坏了", **data}))
    form.fields["place"].use(actor)
    return form


def _query(data):
    query = QueryDict(mutable=True)
    for name, value in data.items():
        query.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return query


def chosen(actor=NOBODY, **data):
    form = sent(actor, **data)
    assert form.is_valid(), form.errors
    return form.cleaned_data["place"]


def test_a_form_without_a_place_is_whole(community):
    assert chosen(place="") == ChosenPlace() and not chosen(place="")


def test_a_place_by_code_by_estate_and_by_words(community):
    building = f"{COMMUNITY}0002"
    assert chosen(place=building) == ChosenPlace(building)
    assert chosen(place=f"z{community.estates[0].pk}") == ChosenPlace(COMMUNITY, "幸福里")
    assert chosen(place__words="  桥头第二盏灯 ") == ChosenPlace(words="桥头第二盏灯")
    assert chosen(place=building, place__words="门口") == ChosenPlace(building, "门口")
    assert chosen(place__search="哪儿也不是") == ChosenPlace(words="哪儿也不是")


def test_a_row_of_the_list_counts_even_without_its_button(community):
    building = f"{COMMUNITY}0002"
    assert chosen(place=COMMUNITY, place__was=COMMUNITY, place__pick=building).code == building
    assert chosen(place=f"{COMMUNITY}0001", place__was=COMMUNITY, place__pick=building).code == f"{COMMUNITY}0001"


def test_a_choice_on_the_map_is_newer_than_the_one_before(community):
    place = chosen(
        place=[f"{COMMUNITY}0001", f"{COMMUNITY}0002"],
        place__was=f"{COMMUNITY}0001",
        longitude="102.711",
        latitude="25.05",
        accuracy_m="15",
    )
    assert place == ChosenPlace(f"{COMMUNITY}0002", "", 102.711, 25.05, 15)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"place": "999999"}, "no such place"),
        ({"place": "5301990010010001010199999"}, "no such place"),
        ({"place": "<script>"}, "no such place"),
        ({"longitude": "102.9", "latitude": "25.05"}, "outside the district"),
        ({"longitude": "25.05", "latitude": "102.7"}, "swapped"),
        ({"longitude": "nan", "latitude": "25.05"}, "no point"),
        ({"longitude": "x", "latitude": "25.05"}, "not understood"),
        ({"place-words": "远" * 201}, "200 characters"),
    ],
)
def test_what_cannot_be_a_place_is_refused(community, data, words):
    form = sent(**data)
    assert not form.is_valid() and words in form.errors["place"][0]


def test_a_deleted_place_and_a_home_of_others_are_refused(community):
    home = community.homes[0]
    assert not sent(place=home.code).is_valid()
    assert chosen(community.actor("community_worker"), place=home.code).code == home.code
    community.buildings[0].valid_to = "2026-01-01"
    community.buildings[0].save()
    assert "no such place here any more" in sent(place=community.buildings[0].code).errors["place"][0]


def test_a_required_field_asks_for_a_place(community):
    form = sent(place="")
    form.fields["place"].required = True
    assert "Say where it is" in form.errors["place"][0]


def step(**data):
    """Return the HTML of the form after a step, which is neither valid nor wrong."""
    form = sent(**data)
    assert form.is_picking and not form.is_valid() and not form.errors
    return str(form["place"])


def test_the_way_by_buttons_keeps_everything_and_reads_back(community):
    html = step(place__do="find", place__search="幸福里2号", text="")
    assert "幸福里2号楼" in html and 'value="幸福里2号"' in html

    estate = f"z{community.estates[0].pk}"
    html = step(place__do="next", place__pick=estate)
    assert (
        "<legend>Chosen</legend>" in html
        and "checked> <span>幸福里</span>" in html
        and f'name="place-at" value="{estate}"' in html
    )
    html = step(place__do="next", place=estate, place__was=estate, place__at=estate, place__pick=f"{COMMUNITY}0002")
    assert "checked> <span>幸福里2号楼</span>" in html and "1单元" in html
    html = step(place__do="back", place=f"{COMMUNITY}0002", place__back=estate)
    assert (
        "<legend>Chosen</legend>" in html
        and "checked> <span>幸福里</span>" in html
        and "checked> <span>幸福里2号楼" not in html
    )


def test_offered_places_stand_first(community):
    form = RaiseForm()
    form.fields["place"].use(community.actor("resident"), offered=[community.buildings[2].code, "999999"])
    assert "安宁苑3号楼" in str(form["place"])


def test_what_is_entered_is_escaped(community):
    html = step(place__do="find", place__search='"><script>x</script>')
    assert "<script>x" not in html


def test_the_picker_answers_a_step(community, client):
    answer = client.post("/places/picker?name=place", {"place-do": "find", "place-search": "3号楼"})
    assert answer.status_code == 200 and "安宁苑3号楼" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert Client(enforce_csrf_checks=True).post("/places/picker").status_code == 403


def test_near_search_children_and_boundaries(community, client):
    near = client.get("/places/near", {"longitude": "102.7111", "latitude": "25.05"}).json()["places"]
    assert near[0] == {"code": f"{COMMUNITY}0001", "name": "幸福里1号楼", "metres": 10}
    outside = client.get("/places/near", {"longitude": "102.9", "latitude": "25.05"})
    assert outside.status_code == 422 and outside.json()["places"] == [] and outside.json()["why"]
    assert client.get("/places/near", {"longitude": "x"}).status_code == 422

    found = client.get("/places/search", {"q": "幸福里2号"}).json()["places"]
    assert found[0]["code"] == f"{COMMUNITY}0002"
    rows = client.get("/places/children").json()["rows"]
    assert [row["name"] for row in rows] == ["幸福里", "安宁苑"]
    assert client.get("/places/children", {"of": "999999"}).status_code == 404

    features = client.get("/places/boundaries.geojson").json()["features"]
    assert [feature["properties"]["name"] for feature in features] == ["示范区", "虹山街道", "虹山社区"]


def test_homes_are_no_public_answer(community, client):
    entrance = f"{COMMUNITY}000101"
    assert client.get("/places/children", {"of": entrance}).json()["rows"] == []
    assert client.get("/places/search", {"q": "幸福里1号楼1单元101"}).json()["places"][0]["code"] == entrance
    client.force_login(community.account("community_worker"))
    assert len(client.get("/places/children", {"of": entrance}).json()["rows"]) == 4
