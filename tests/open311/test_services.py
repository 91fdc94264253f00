"""Discovery, services and their definitions."""

from xml.etree import ElementTree

from jinlin.requests.models import Category
from tests.open311.conftest import COVER, LAMP, errors


def test_discovery_leads_to_the_service_in_both_formats(nobody):
    found = nobody.client.get("/open311/discovery.json").json()
    (endpoint,) = found["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"] == "http://testserver/open311/v2"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    assert "http://testserver/me/keys/" in found["key_service"]
    tree = ElementTree.fromstring(nobody.client.get("/open311/discovery.xml").content)
    assert tree.tag == "discovery"
    assert [each.text for each in tree.findall("endpoints/endpoint/formats/format")] == endpoint["formats"]


def test_services_are_the_narrowest_categories_in_use(nobody):
    rows = {row["service_code"]: row for row in nobody.rows("/services.json")}
    assert "C1" not in rows and "C101" not in rows
    assert rows[LAMP]["service_name"] == "路灯"
    assert rows[LAMP]["group"] == "公用设施"
    assert rows[LAMP]["type"] == "realtime"
    assert rows[LAMP]["metadata"] is True
    assert rows["E10106"]["metadata"] is False


def test_services_speak_the_language_that_is_asked_for(nobody):
    answer = nobody.client.get("/open311/v2/services.json", headers={"Accept-Language": "en"})
    assert "Street lamps" in {row["service_name"] for row in answer.json()}


def test_the_definition_names_questions_and_their_answers(nobody):
    found = nobody.rows(f"/services/{COVER}.json")
    (question,) = found["attributes"]
    assert (question["code"], question["datatype"], question["required"]) == ("damage", "singlevaluelist", True)
    assert [value["key"] for value in question["values"]] == ["missing", "broken", "loose"]
    tree = ElementTree.fromstring(nobody.get(f"/services/{COVER}.xml").content)
    assert tree.findtext("attributes/attribute/required") == "true"
    assert [each.text for each in tree.findall("attributes/attribute/values/value/name")] == ["缺失", "破损", "松动"]


def test_a_service_that_is_unknown_or_has_ended_is_404(nobody):
    errors(nobody.get("/services/Z9.xml"), 404)
    Category.objects.filter(code=LAMP).update(active=False)
    (why,) = errors(nobody.get(f"/services/{LAMP}.json"), 404)
    assert LAMP in why


def test_another_jurisdiction_is_404_and_an_empty_one_is_none(nobody):
    assert nobody.get("/services.xml", jurisdiction_id="").status_code == 200
    assert nobody.get("/services.xml", jurisdiction_id="530199").status_code == 200
    assert nobody.get("/services.xml", jurisdiction_id="testserver").status_code == 200
    (why,) = errors(nobody.get("/services.xml", jurisdiction_id="city.gov"), 404)
    assert "city.gov" in why


def test_a_format_or_address_that_is_not_there_is_told_in_xml(nobody):
    errors(nobody.get("/services.yaml"), 404)
    errors(nobody.get("/somewhere"), 404)
    answer = nobody.post("/services.json")
    errors(answer, 405)
    assert answer["Allow"] == "GET"
