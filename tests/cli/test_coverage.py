"""`jinlin territory coverage` as a shell meets it: shares and choices as JSON, or one sentence with file, line and column."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from typer.testing import CliRunner, Result

from jinlin.cli.territory import app
from tests.support.tables import csv_file

# A road 0 - 800 - 1600 - 2400 - 4000 metres from the site at its beginning, and an island.
NODES = (("id", "x", "y"), *((f"n{k}", x, 0) for k, x in enumerate((0, 800, 1600, 2400, 4000))), ("island", 0, 9))
EDGES = (("a", "b", "metres"), ("n0", "n1", 800), ("n1", "n2", 800), ("n2", "n3", 800), ("n3", "n4", 1600.5))
SITES = (("id", "node"), ("服务站", "n0"))
DEMAND = (("id", "node", "households"), ("d1", "n1", 60), ("d2", "n3", 35), ("d3", "n4", 4), ("d4", "island", 1))
CANDIDATES = (("id", "node"), ("c3", "n3"), ("c4", "n4"), ("c2", "n2"))
FILES = {"nodes": NODES, "edges": EDGES, "sites": SITES, "demand": DEMAND, "candidates": CANDIDATES}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    return {name: csv_file(tmp_path / f"{name}.csv", *rows) for name, rows in FILES.items()}


def run(files: dict[str, Path], *words: object) -> Result:
    options = [part for name, path in files.items() for part in (f"--{name}", str(path))]
    return CliRunner().invoke(app, ["coverage", *options, *map(str, words)])


def found(files: dict[str, Path], *words: object) -> dict:
    result = run(files, *words, "--json")
    assert result.exit_code == 0, result.stderr
    [line] = result.stdout.splitlines()
    outcome = json.loads(line)
    assert outcome.pop("cpu_s") >= 0
    assert outcome.pop("load_s") >= 0
    return outcome


def test_exactly_ten_minutes_count_as_within(files: dict[str, Path]):
    assert found(files, "--minutes", "10,30") == {
        "circles": [
            {"minutes": 10, "share": 0.6, "households": 60},
            {"minutes": 30, "share": 0.95, "households": 95},
        ],
        "chosen": [],
        "proved": True,
        "bound": 60,
        "covered": 60,
        "households": 100,
        "unreachable": ["d4"],
    }


def test_the_pace_is_a_choice(files: dict[str, Path]):
    shares = [
        circle["share"] for circle in found(files, "--minutes", "10,30", "--metres-per-minute", "79.9")["circles"]
    ]
    assert shares == [0, 0.6]
    assert found(files, "--minutes", "2.5", "--metres-per-minute", "320")["circles"][0]["minutes"] == 2.5


def test_where_one_more_site_helps_most(files: dict[str, Path]):
    outcome = found(files, "--minutes", "10,30", "--add", 1)
    assert (outcome["chosen"], outcome["proved"], outcome["bound"], outcome["covered"]) == (["c3"], True, 95, 95)
    assert [circle["share"] for circle in outcome["circles"]] == [0.6, 0.95]
    assert [circle["share"] for circle in outcome["circles_with_added"]] == [0.95, 0.99]


def test_more_sites_than_help_are_not_chosen(files: dict[str, Path]):
    outcome = found(files, "--minutes", "10", "--add", 3)
    assert outcome["chosen"] == ["c3", "c4"]
    assert outcome["covered"] == outcome["bound"] == 99


def test_the_shortest_walks_are_another_aim(files: dict[str, Path]):
    outcome = found(files, "--add", 1, "--aim", "walks")
    assert outcome["chosen"] == ["c3"]
    assert outcome["household_metres"] == pytest.approx(60 * 800 + 4 * 1600.5)
    assert outcome["bound"] <= outcome["household_metres"]
    assert outcome["proved"] == (outcome["bound"] == outcome["household_metres"])


def test_a_person_is_told_what_no_path_reaches(files: dict[str, Path]):
    result = run(files)
    assert result.exit_code == 0
    assert "No path leads from a site to 1 places of demand" in result.stderr


def test_the_other_spelling_and_no_site_yet(files: dict[str, Path]):
    csv_file(
        files["nodes"],
        ("node", "lat", "lon"),
        *((f"n{k}", 31.96, 121.07 + k / 100) for k in range(5)),
        ("island", 32, 121),
    )
    csv_file(files["edges"], ("u", "v", "length"), *EDGES[1:])
    csv_file(files["sites"], SITES[0])
    outcome = found(files, "--minutes", "10", "--add", 1)
    assert outcome["circles"][0]["share"] == 0
    assert outcome["chosen"] == ["c2"]


@pytest.mark.parametrize(
    ("name", "line", "row", "words"),
    [
        ("edges", 3, ("n1", "n9", 800), "edges.csv, line 3, column b: {nodes} does not have “n9”. Add it there"),
        ("edges", 3, ("n1", "n2", -1), "edges.csv, line 3, column metres: A way cannot be -1 metres long. Write 0 or"),
        ("edges", 3, ("n1", "n2", "far"), "edges.csv, line 3, column metres: “far” is no number. Write the length"),
        ("edges", 3, ("n1", "n2", "nan"), "edges.csv, line 3, column metres: “nan” is no number."),
        ("edges", 1, ("a", "b", "highway"), "edges.csv: The header row lacks “metres”."),
        ("nodes", 3, ("n0", 1, 1), "nodes.csv, line 3, column id: “n0” stands in line 2 already. Keep one"),
        ("nodes", 3, ("n1", "", 1), "nodes.csv, line 3, column x: This cell is empty. Fill it in."),
        ("nodes", 1, ("node", "lat", "lon"), "nodes.csv, line 3, column lat: 800 is no latitude. Exchange the headers"),
        ("sites", 2, ("服务站", "n9"), "sites.csv, line 2, column node: {nodes} does not have “n9”."),
        (
            "sites",
            2,
            ("服务站", "island"),
            "sites.csv, line 2, column node: No way leads to “island”. Choose the nearest",
        ),
        ("candidates", 3, ("c3", "n4"), "candidates.csv, line 3, column id: “c3” stands in line 2 already."),
        ("demand", 3, ("d1", "n3", 35), "demand.csv, line 3, column id: “d1” stands in line 2 already."),
        ("demand", 3, ("d2", "n3", -3), "demand.csv, line 3, column households: -3 is less than 0. Write how many"),
        ("demand", 3, ("d2", "n3", 10**12), "column households: 1000000000000 is more than 10000000."),
        ("demand", 3, ("d2", "n9", 35), "demand.csv, line 3, column node: {nodes} does not have “n9”."),
    ],
)
def test_bad_input_is_told_in_one_sentence(
    files: dict[str, Path], name: str, line: int, row: tuple[object, ...], words: str
):
    rows = list(FILES[name])
    rows[line - 1] = row
    csv_file(files[name], *rows)
    result = run(files, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    [sentence] = result.stderr.strip().splitlines()
    assert words.format(**files) in sentence


def test_latitudes_and_longitudes_that_are_swapped_within_their_range(files: dict[str, Path]):
    csv_file(files["nodes"], ("node", "lat", "lon"), *((f"n{k}", 87.6, 43.8) for k in range(5)), ("island", 87.6, 43.8))
    assert "line 2, column lat: The place 87.6, 43.8 lies in China only with the two exchanged." in run(files).stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--minutes", "10,0"), "--minutes: “0” is no number above 0"),
        (("--minutes", "ten"), "--minutes: “ten” is no number"),
        (("--minutes", "1e400"), "--minutes: “1e400” is no number above 0 and up to 100000"),
        (("--metres-per-minute", "0"), "--metres-per-minute: “0” is no number above 0"),
    ],
)
def test_bad_options_are_told(files: dict[str, Path], words: tuple[str, ...], sentence: str):
    result = run(files, *words)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_candidates_and_households_are_needed(files: dict[str, Path]):
    csv_file(files["demand"], DEMAND[0], ("d1", "n1", 0))
    assert "demand.csv: no household lives anywhere." in run(files).stderr
    del files["candidates"]
    assert "Say with --candidates FILE" in run(files, "--add", 1).stderr


@pytest.mark.parametrize("place", ["beijing_tsinghua_wudaokou", "nantong"])
def test_real_streets_as_they_lie_there(shared_data: Path, tmp_path: Path, place: str):
    folder = shared_data / "osm_china" / place
    with (folder / "walk_nodes.csv").open(encoding="utf-8") as file:
        nodes = [row["node"] for row in csv.DictReader(file)]
    with (folder / "walk_edges.csv").open(encoding="utf-8") as file:
        edges = [(row["a"], row["b"], float(row["metres"])) for row in csv.DictReader(file)]
    sites = nodes[:: len(nodes) // 4]
    outcome = found(
        {
            "nodes": folder / "walk_nodes.csv",
            "edges": folder / "walk_edges.csv",
            "sites": csv_file(tmp_path / "sites.csv", ("id", "node"), *enumerate(sites)),
            "demand": csv_file(tmp_path / "demand.csv", DEMAND[0], *((k, node, 1) for k, node in enumerate(nodes))),
        }
    )
    metres = nearest_metres(nodes, edges, sites)
    shares = [circle["households"] for circle in outcome["circles"]]
    assert shares == [(metres <= 800.0005).sum(), (metres <= 2400.0005).sum()]
    assert len(outcome["unreachable"]) == np.isinf(metres).sum()


def nearest_metres(nodes: list[str], edges: list[tuple[str, str, float]], sites: list[str]) -> np.ndarray:
    """Return the distances as scipy has them, the shortest of parallel edges and of no length being a tenth of a millimetre."""
    number = {node: place for place, node in enumerate(nodes)}
    shortest: dict[tuple[int, int], float] = {}
    for a, b, metres in edges:
        for pair in ((number[a], number[b]), (number[b], number[a])):
            shortest[pair] = min(shortest.get(pair, np.inf), max(metres, 0.0001))
    rows, columns = zip(*shortest, strict=True)
    graph = csr_array((list(shortest.values()), (rows, columns)), shape=(len(nodes), len(nodes)))
    return dijkstra(graph, indices=[number[site] for site in sites], min_only=True)
