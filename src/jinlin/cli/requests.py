"""Commands about requests: import, report."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from jinlin.cli.places import in_the_district
from jinlin.cli.speech import answer, progress, refuse, told_plainly
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.spreadsheets import mapping_from
from jinlin.playbooks.loader import load_playbook
from jinlin.requests.actions import import_requests
from jinlin.requests.models import Request
from jinlin.requests.report import raised_between, report

app = typer.Typer(help="Requests of residents.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
District = Annotated[str, typer.Option(help="Code of the district, where there are several.")]
MOST_SHOWN = 20


@app.command("import")
def import_file(
    file: Path,
    map_: Annotated[list[str], typer.Option("--map", help="column=field, for headers that do not map themselves.")] = [],  # noqa: B006
    source: Annotated[str, typer.Option(help="Whose outside numbers these are; the file's name otherwise.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Find the same, write nothing.")] = False,
    district: District = "",
    as_json: Json = False,
) -> None:
    """Import requests from CSV, CSV.gz or XLSX: all rows or none, and none of them twice."""
    with told_plainly(), in_the_district(district), progress("rows") as advance:
        outcome = import_requests(
            actor=SYSTEM, path=file, mapping=mapping_from(map_), source=source, dry_run=dry_run, advance=advance
        )
    rejected = [finding.as_dict() for finding in outcome.rejected]
    counts = {"rows": outcome.rows, "imported": outcome.imported, "repeated": outcome.repeated}
    answer(counts | {"rejected": rejected if as_json else len(rejected)}, as_json=as_json)
    if rejected:
        first = "; ".join(f"row {row['row']}, {row['column']}: {row['why']}" for row in rejected[:MOST_SHOWN])
        refuse(f"Nothing was imported, because {len(rejected)} findings have to be mended first: {first}")


@app.command("report")
def print_report(
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    source: Annotated[str, typer.Option(help="Only what was imported from this source.")] = "",
    district: District = "",
    as_json: Json = False,
) -> None:
    """Count requests by state, channel and kind; days to reply, transfers and the three rates."""
    with told_plainly(), in_the_district(district) as here:
        rows = raised_between(Request.objects.all(), first and first.date(), last and last.date())
        rows = rows.filter(external_source=source) if source else rows
        scheme = load_playbook(here.playbook).rating_on(today())
        answer(report(rows, scheme), as_json=as_json)
