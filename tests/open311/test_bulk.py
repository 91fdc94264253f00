"""The bulk format out by a command and in by the import: numbers, times, states and words come back as they went."""

import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jinlin.cli.requests import app
from jinlin.open311.bulk import HEADERS
from jinlin.requests.actions import decline_request
from jinlin.requests.models import Channel, Request
from tests.open311.conftest import LAMP
from tests.support.tables import csv_file


def run(*words, code: int = 0) -> dict:
    result = CliRunner().invoke(app, [*map(str, words), "--json"])
    assert result.exit_code == code, result.stderr
    return json.loads(result.stdout) if result.stdout else {}


@pytest.fixture
def closed(caller, community) -> Request:
    """A request that was declined with a reason, and told with a telephone number."""
    number = caller("resident").create(description="路灯不亮，找13812345678", lat="25.05", long="102.711")
    found = Request.objects.get(number=number)
    return decline_request(actor=community.actor("community_worker"), request_id=found.pk, reason="已由供电局处理")


def test_out_and_in_again(closed, tmp_path: Path):
    file = tmp_path / "bulk.csv"
    assert run("bulk", "--out", file) == {"rows": 1, "out": str(file)}
    raw = file.read_bytes()
    assert raw.startswith(b"service_request_id,") and b"13812345678" not in raw
    (row,) = csv.DictReader(raw.decode().splitlines())
    assert tuple(row) == HEADERS
    assert (row["status_description"], row["status_notes"]) == ("closed", "已由供电局处理")
    assert row["closed_date"] and (float(row["lat"]), float(row["long"])) == (25.05, 102.711)

    assert run("import", file, "--source", "elsewhere")["imported"] == 1
    assert run("import", file, "--source", "elsewhere")["repeated"] == 1
    taken = Request.objects.get(external_source="elsewhere")
    assert (taken.external_id, taken.state, taken.category) == (closed.number, "closed", LAMP)
    assert taken.raised_at == closed.received_at.replace(microsecond=0) and (taken.latitude, taken.longitude) == (
        25.05,
        102.711,
    )
    assert taken.steps.get().note == "已由供电局处理"


def test_the_formats_own_words_are_known_and_a_row_without_words_is_named_by_its_service(community, tmp_path: Path):
    row = {
        "service_request_id": "638344", "requested_datetime": "2010-04-14T06:37:38-08:00",
        "updated_datetime": "2010-04-14T06:37:38-08:00", "status_description": "Processing", "source": "Phone",
        "service_name": "Sidewalk and Curb Issues", "address": "8TH AVE and JUDAH ST", "lat": "", "long": "",
    }  # fmt: skip
    file = csv_file(tmp_path / "city.csv", row, row.values())
    assert run("import", file)["imported"] == 1
    taken = Request.objects.get()
    assert (taken.state, taken.channel, taken.text) == ("in_progress", Channel.PHONE, "Sidewalk and Curb Issues")
    assert taken.raised_at.isoformat() == "2010-04-14T14:37:38+00:00"
    assert taken.labels["category"] == "Sidewalk and Curb Issues"


def test_a_name_that_is_no_csv_is_refused(community, tmp_path: Path):
    assert run("bulk", "--out", tmp_path / "bulk.xlsx", code=2) == {}
    file = tmp_path / "none.csv"
    assert run("bulk", "--out", file, "--to", "2001-01-01")["rows"] == 0
