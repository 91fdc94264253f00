"""The commands on places: what they print, and that they end with an error when nothing was written."""

import io
import json

import openpyxl
import pytest
from typer.testing import CliRunner

from jinlin.cli.territory import app
from jinlin.region.models import Division
from jinlin.territory.models import Place
from tests.support.community import COMMUNITY, make_community

pytestmark = pytest.mark.django_db(transaction=True)
HOMES = f"社区代码,小区,楼栋,单元,房号\n{COMMUNITY},紫藤苑,5,1,501\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make_community()

    def call(*arguments: str, files: dict[str, str] | None = None):
        for name, text in (files or {}).items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        result = CliRunner().invoke(app, list(arguments))
        return result.exit_code, result.stdout, result.stderr

    return call


def test_divisions_are_loaded_and_adopted(run):
    files = {"areas.csv": "code,name\n430202,荷塘区\n", "streets.csv": "code,name\n430202001,月塘街道\n"}
    code, out, _err = run("load-divisions", "areas.csv", "streets.csv", "--adopt", "430202", "--json", files=files)
    report = json.loads(out)
    assert (code, report["added"], report["adopted"], len(report["unknown_parents"])) == (0, 2, 2, 1)
    assert Division.objects.count() == 2 and Place.objects.filter(code="430202001").exists()


def test_homes_are_imported_once(run):
    code, out, _err = run("import-homes", "homes.csv", "--json", files={"homes.csv": HOMES})
    assert (code, json.loads(out)["imported"], json.loads(out)["households"]) == (0, 1, 1)
    assert json.loads(run("import-homes", "homes.csv", "--json")[1])["repeated"] == 1


def test_a_dry_run_writes_nothing(run):
    code, out, _err = run("import-homes", "homes.csv", "--dry-run", "--json", files={"homes.csv": HOMES})
    assert (code, json.loads(out)["imported"], json.loads(out)["dry_run"]) == (0, 1, True)
    assert not Place.objects.filter(address__startswith="紫藤苑").exists()


def test_findings_end_with_an_error_and_can_be_written_to_a_file(run, tmp_path):
    bad = HOMES + f"{COMMUNITY},紫藤苑,,1,502\n"
    code, out, _err = run("import-homes", "homes.csv", "--json", "--findings", "out.xlsx", files={"homes.csv": bad})
    assert code == 2 and json.loads(out)["rejected"][0]["row"] == 3
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").active["A2"].value == 3
    code, _out, err = run("import-homes", "homes.csv")
    assert (
        code == 2 and "Nothing was written" in err and not Place.objects.filter(address__startswith="紫藤苑").exists()
    )


def test_columns_can_be_named_by_hand(run):
    text = HOMES.replace("房号", "门")
    code, out, _err = run("import-homes", "homes.csv", "--map", "门=room", "--json", files={"homes.csv": text})
    assert (code, json.loads(out)["imported"]) == (0, 1)


def test_what_is_no_file_is_one_sentence(run):
    for name, files in (("missing.csv", {}), ("empty.csv", {"empty.csv": ""})):
        code, _out, err = run("import-homes", name, files=files)
        assert code == 2 and "Traceback" not in err and err.strip()


def test_boundaries_come_from_geojson(run):
    ring = [[102.70, 25.04], [102.71, 25.04], [102.71, 25.05], [102.70, 25.05], [102.70, 25.04]]
    feature = {
        "type": "Feature",
        "properties": {"code": COMMUNITY},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    files = {"b.geojson": json.dumps({"type": "FeatureCollection", "features": [feature]})}
    code, out, _err = run("boundaries", "b.geojson", "--json", files=files)
    assert (code, json.loads(out)) == (0, {"rows": 1, "set": 1, "rejected": []})
    assert run("boundaries", "b.geojson", files={"b.geojson": "{"})[0] == 2


def test_the_template_is_written(run, tmp_path):
    assert run("template", "t.xlsx")[0] == 0
    assert len(openpyxl.load_workbook(io.BytesIO((tmp_path / "t.xlsx").read_bytes())).sheetnames) == 2
