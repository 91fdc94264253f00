"""`jinlin territory divide`: communities into grids, from files alone."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from jinlin.cli.columns import Columns, read_columns, seconds_since, write_rows
from jinlin.cli.speech import answer, progress, refuse

if TYPE_CHECKING:
    from jinlin.algorithms.gridding import Assessment, CannotDivide, City

HOUSEHOLDS_REMEDY = "Write how many households live in the building, 0 or more."
GRIDS_REMEDY = "Write how many grids the community is to have, 1 or more."
METRES_REMEDY = "Write metres in digits."
SQUARE_METRES_REMEDY = "Write square metres in digits."


class Wish(StrEnum):
    """What the division is to heed most."""

    KEEP = "keep"
    BALANCE = "balance"


def divide_city(
    buildings: Annotated[
        Path, typer.Argument(help="Columns building, community, estate, households, x, y; area, perimeter of the cell.")
    ],
    adjacency: Annotated[Path, typer.Argument(help="Columns a, b, shared_length, crosses_major_road (0 or 1).")],
    out: Annotated[Path, typer.Option(help="Write building, grid_code to this CSV file.")],
    households: Annotated[int, typer.Option(min=1, help="How many households a grid should have.")] = 150,
    mode: Annotated[
        Wish, typer.Option(help="keep leaves estates whole where it can, balance makes grids equal.")
    ] = Wish.KEEP,
    seed: Annotated[int, typer.Option(help="The same seed gives the same plan.")] = 0,
    grids: Annotated[
        Path | None, typer.Option(help="Columns community, grids; other communities have households / target, rounded.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Divide communities into grids of about equal households, none of which is split or torn apart."""
    # Numba takes a second to load, which no other command shall wait for.
    from jinlin.algorithms.gridding import CannotDivide, assess, divide, warm_up

    if not out.absolute().parent.is_dir():
        refuse(f"{out.parent}: there is no such folder. Make it, or name another one with --out.")
    start = process_time()
    files = _read(buildings, adjacency, grids)
    wanted = _wanted(files)
    try:
        city = _city(files)
        load_s = seconds_since(start)
        with progress("dividing"):
            warm_up()
            start = process_time()
            plan = divide(city, target=households, grids=wanted, mode=mode.value, seed=seed)
            figures = assess(city, plan.codes, target=households)
            cpu_s = seconds_since(start)
    except CannotDivide as error:
        _blame(files, error)
    write_rows(out, ("building", "grid_code"), zip(files["buildings"].cells["building"], plan.codes, strict=True))
    answer(_figures(figures) | {"load_s": load_s, "cpu_s": cpu_s}, as_json=as_json)


def _read(buildings: Path, adjacency: Path, grids: Path | None) -> dict[str, Columns]:
    """Return the files by the names that `gridding.Table` gives them."""
    needed = ("building", "community", "households", "x", "y")
    files = {
        "buildings": read_columns(buildings, dict.fromkeys(needed, ()), optional=("estate", "area", "perimeter")),
        "borders": read_columns(adjacency, dict.fromkeys(("a", "b", "shared_length", "crosses_major_road"), ())),
    }
    headers = files["buildings"].headers
    if "estate" not in headers:
        refuse(f"{buildings}: The header row lacks “estate”. Add that column; its cells may be empty.")
    if ("area" in headers) != ("perimeter" in headers):
        refuse(f"{buildings}: The columns area and perimeter belong together. Add the other one, or leave both out.")
    if grids is not None:
        files["grids"] = read_columns(grids, dict.fromkeys(("community", "grids"), ()))
    return files


def _wanted(files: dict[str, Columns]) -> dict[str, int]:
    if "grids" not in files:
        return {}
    communities = files["grids"].ids("community")
    numbers = files["grids"].whole_numbers("grids", least=1, remedy=GRIDS_REMEDY)
    return dict(zip(communities, numbers.tolist(), strict=True))


def _city(files: dict[str, Columns]) -> City:
    """Return the city of the files; raises CannotDivide."""
    from jinlin.algorithms.gridding import make_city

    buildings, borders = files["buildings"], files["borders"]
    names = {name: buildings.cells[name] for name in ("building", "community", "estate")}
    cells: dict[str, Any] = {}
    if "area" in buildings.headers:
        cells["area"] = buildings.numbers("area", SQUARE_METRES_REMEDY)
        cells["perimeter"] = buildings.numbers("perimeter", METRES_REMEDY)
    return make_city(
        **names,
        households=buildings.whole_numbers("households", least=0, remedy=HOUSEHOLDS_REMEDY),
        x=buildings.numbers("x", METRES_REMEDY),
        y=buildings.numbers("y", METRES_REMEDY),
        **cells,
        a=borders.cells["a"],
        b=borders.cells["b"],
        shared_length=borders.numbers("shared_length", METRES_REMEDY),
        crosses_major_road=borders.yes_or_no("crosses_major_road"),
    )


def _blame(files: dict[str, Columns], error: CannotDivide) -> NoReturn:
    file = files.get(error.table, files["buildings"])
    if error.row is None or error.column not in file.headers:
        refuse(f"{file.path}: {error}")
    file.blame(error.row, error.column, str(error))


def _figures(found: Assessment) -> dict[str, Any]:
    figures = {
        name: getattr(found, name)
        for name in (
            "grids",
            "mean_deviation",
            "max_deviation",
            "within_10",
            "within_20",
            "extra_estate_pieces",
            "grids_over_major_road",
            "compactness",
        )
    }
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()}
