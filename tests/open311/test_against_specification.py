"""Answers held against the specification's own files: its OpenAPI, its examples, and messages that a client library parses."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema_rs
import pytest
import yaml

from tests.open311.conftest import COVER, LAMP, Caller

FOLDER = "open311"


@pytest.fixture
def specification(shared_data: Path) -> dict[str, Any]:
    """The OpenAPI (Swagger 2.0) of GeoReport v2."""
    return yaml.safe_load((shared_data / FOLDER / "spec" / "georeport_v2-1.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def fixture_tree(shared_data: Path):
    """Parse a message of San Francisco's server as the client library's tests have it."""
    return lambda name: ElementTree.parse(shared_data / FOLDER / "codeforamerica_open311_ruby" / name).getroot()


@pytest.fixture
def resident(caller) -> Caller:
    """The resident's caller, who has raised two requests."""
    resident = caller("resident")
    resident.create(lat="25.05", long="102.711")
    resident.create(description="第二件")
    return resident


CALLS = {
    "/services.{response_format}": "/services.json",
    "/services/{service_code}.{response_format}": f"/services/{COVER}.json",
    "/requests.{response_format}": "/requests.json",
}


@pytest.mark.parametrize("path", CALLS)
def test_json_has_the_shape_of_the_openapi(specification, resident, path):
    shape = specification["paths"][path]["get"]["responses"]["200"]["schema"]
    check(specification, shape, resident.rows(CALLS[path]))


def test_one_request_and_a_created_one_have_the_shape_of_the_openapi(specification, resident):
    number = resident.rows("/requests.json")[0]["service_request_id"]
    paths = specification["paths"]
    one = paths["/request/{service_request_id}.{response_format}"]["get"]["responses"]["200"]["schema"]
    check(specification, one, resident.rows(f"/request/{number}.json"))
    created = paths["/requests.{response_format}"]["post"]["responses"]["200"]["schema"]
    check(specification, created, resident.post(service_code=LAMP, address_string="幸福里").json())
    token = paths["/tokens/{token_id}.{response_format}"]["get"]["responses"]["200"]["schema"]
    sent = resident.post(headers={"Prefer": "respond-async"}, service_code=LAMP, address_string="安宁苑").json()
    check(specification, token, resident.rows(f"/tokens/{sent[0]['token']}.json")[0])


def check(specification: dict[str, Any], shape: dict[str, Any], contents: Any) -> None:
    """Hold contents to a shape of the description, with its definitions."""
    jsonschema_rs.Draft4Validator(shape | {"definitions": specification["definitions"]}).validate(contents)


def shape_of(element: ElementTree.Element) -> set[str]:
    """Return the paths of all elements below an element."""
    found = set()
    for child in element:
        found |= {child.tag} | {f"{child.tag}/{inner}" for inner in shape_of(child)}
    return found


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("services.xml", "/services.xml"),
        ("service_requests.xml", "/requests.xml"),
        ("get_service_request.xml", "/requests.xml?per_page=1"),
    ],
)
def test_xml_has_the_elements_that_a_client_library_reads(fixture_tree, resident, name, path):
    theirs, ours = fixture_tree(name), ElementTree.fromstring(resident.get(path).content)
    assert theirs.tag == ours.tag
    assert shape_of(theirs) == shape_of(ours)


def test_errors_lists_and_tokens_have_the_elements_that_a_client_library_reads(fixture_tree, resident, nobody):
    missing = ElementTree.fromstring(nobody.get("/requests/not-an-id.xml").content)
    assert shape_of(missing) == shape_of(fixture_tree("get_service_request_not_found.xml"))
    none = ElementTree.fromstring(nobody.get("/requests.xml").content)
    assert (none.tag, len(none)) == (fixture_tree("service_requests_empty.xml").tag, 0)
    made = resident.post("/requests.xml", service_code=LAMP, address_string="幸福里")
    assert shape_of(ElementTree.fromstring(made.content)) == shape_of(fixture_tree("post_service_request.xml"))


def test_every_sample_address_of_the_text_is_served(shared_data, resident):
    text = (shared_data / FOLDER / "spec" / "georeport_v2.md").read_text(encoding="utf-8")
    samples = {re.sub(r"\?.*", "", found) for found in re.findall(r"https://api\.city\.gov/dev/v2(/\S+)", text)}
    numbers = {"033": COVER, "123456": resident.rows("/requests.json")[0]["service_request_id"]}
    sent = resident.post(headers={"Prefer": "respond-async"}, service_code=LAMP, address_string="安宁苑").json()
    assert len(samples) >= 5
    for sample in samples:
        path = re.sub(r"\b(033|123456)\b", lambda found: numbers[found[0]], sample)
        path = f"/tokens/{sent[0]['token']}.xml" if sample.startswith("/tokens") else path
        assert resident.get(path).status_code == 200, sample
