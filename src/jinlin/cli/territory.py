"""Commands about places: division codes, the register of homes, boundaries and the template to fill in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from jinlin.algorithms.coordinates import System
from jinlin.cli import divide
from jinlin.cli.coverage import measure_coverage
from jinlin.cli.places import in_the_district
from jinlin.cli.speech import answer, progress, refuse, say, told_plainly
from jinlin.platform.access import SYSTEM
from jinlin.platform.spreadsheets import Finding, findings_workbook, mapping_from, template_workbook
from jinlin.territory import actions
from jinlin.territory.imports import HOME_COLUMNS, read_divisions, read_homes

app = typer.Typer(help="Places: divisions, estates, buildings, homes, boundaries.", no_args_is_help=True)
app.command("coverage")(measure_coverage)
Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
District = Annotated[str, typer.Option(help="Code of the district, where there are several.")]
MOST_SHOWN = 20


@app.callback()
def territory() -> None:
    """Places: divisions, estates, buildings, homes, boundaries."""


@app.command("load-divisions")
def load_divisions(
    files: Annotated[list[Path], typer.Argument(help="CSV, CSV.gz or XLSX with the columns code and name.")],
    adopt: Annotated[str, typer.Option(help="Make the places of the district of this code as well.")] = "",
    district: District = "",
    as_json: Json = False,
) -> None:
    """Load an operator's table of division codes; loading it again brings names up to date."""
    with told_plainly(), in_the_district(district):
        report = actions.load_divisions(actor=SYSTEM, lines=read_divisions(files))
        adopted = actions.adopt_divisions(actor=SYSTEM, district_code=adopt) if adopt and not report.findings else None
    counts = report.as_dict()
    for name in () if as_json else ("rejected", "unknown_parents"):
        counts[name] = len(counts[name])  # type: ignore[arg-type]  a list of findings
    answer(counts | ({"adopted": adopted.added, "renamed": adopted.changed} if adopted else {}), as_json=as_json)
    _end_with(report.findings, as_json=as_json)


@app.command("import-homes")
def import_homes(
    file: Annotated[Path, typer.Argument(help="CSV, CSV.gz, XLSX, XLS or ODS; `template` writes one to fill in.")],
    map_: Annotated[
        list[str], typer.Option("--map", help="column=field, for headers that do not map themselves.")
    ] = [],  # noqa: B006
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Find the same, write nothing.")] = False,
    findings: Annotated[Path | None, typer.Option(help="Write the findings to this .xlsx file.")] = None,
    district: District = "",
    as_json: Json = False,
) -> None:
    """Import estates, buildings, entrances, homes and households: all rows or none, and none of them twice."""
    with told_plainly(), in_the_district(district):
        with progress("rows read") as advance:
            lines = read_homes(file, mapping=mapping_from(map_), progress=advance)
        with progress("places written") as advance:
            report = actions.import_homes(actor=SYSTEM, lines=lines, trial=dry_run, progress=advance)
        if findings is not None:
            findings_workbook(findings, report.findings)
    counts = report.as_dict()
    answer(counts if as_json else counts | {"rejected": report.rejected}, as_json=as_json)
    _end_with(report.findings, as_json=as_json)


@app.command("boundaries")
def set_boundaries(
    file: Annotated[Path, typer.Argument(help="GeoJSON whose features have the property `code`.")],
    system: Annotated[System, typer.Option(help="The system that its coordinates are in.")] = System.WGS84,
    district: District = "",
    as_json: Json = False,
) -> None:
    """Set the boundaries of places from GeoJSON: all features or none."""
    with told_plainly(), in_the_district(district):
        document = actions.read_geojson(file.read_bytes())
        report = actions.set_boundaries(actor=SYSTEM, document=document, system=system)
    counts = report.as_dict()
    answer(counts if as_json else counts | {"rejected": len(report.findings)}, as_json=as_json)
    _end_with(report.findings, as_json=as_json)


@app.command("template")
def write_template(file: Annotated[Path, typer.Argument(help="The .xlsx file to write.")]) -> None:
    """Write the spreadsheet to fill in with buildings and homes, with an explanation of its columns."""
    with told_plainly():
        template_workbook(file, HOME_COLUMNS)
    say(f"{file} is written; its second sheet explains the columns.")


app.command("divide")(divide.divide_city)


def _end_with(findings: Sequence[Finding], *, as_json: bool) -> None:
    """End with exit code 2 when there are findings; a person sees the first of them."""
    if not findings:
        return
    if as_json:
        raise typer.Exit(2)
    first = "\n".join(f"row {found.row}, {found.column}: {found.why}" for found in findings[:MOST_SHOWN])
    refuse(f"Nothing was written, because {len(findings)} findings have to be mended first:\n{first}")
