"""Commands about requests: import, report, answers, bulk; those about triage are in a module of their own."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.db.models import QuerySet

from jinlin.algorithms.place_codes import InvalidPlaceCode
from jinlin.cli import topics, triage
from jinlin.cli.places import in_the_district
from jinlin.cli.speech import answer, progress, refuse, told_plainly
from jinlin.open311.arguments import Wanted
from jinlin.open311.bulk import PORTION, bulk_lines
from jinlin.open311.records import Reader
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import LOCAL, today
from jinlin.platform.spreadsheets import mapping_from
from jinlin.playbooks.loader import load_playbook
from jinlin.playbooks.schema import Playbook
from jinlin.requests.actions import import_requests, load_categories, replace_categories, retire_category
from jinlin.requests.answers import layout_of_file, own_layout, write_answers
from jinlin.requests.models import Request
from jinlin.requests.queries.clocks import as_rows, replayed, rule_named
from jinlin.requests.report import GROUPINGS, Schemes, raised_between, report, within, year_on_year

app = typer.Typer(help="Requests of residents.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]
District = Annotated[str, typer.Option(help="Code of the district, where there are several.")]
MOST_SHOWN = 20
EARLIEST = date(1950, 1, 1)


@app.command("import")
def import_file(
    file: Path,
    map_: Annotated[
        list[str], typer.Option("--map", help="column=field, for headers that do not map themselves.")
    ] = [],  # noqa: B006
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


@app.command("clocks")
def print_clocks(
    number: str,
    rule: Annotated[
        str, typer.Option(help="A work method, or limits such as final=10:working_days,sign=2:natural_hours.")
    ] = "",
    district: District = "",
    as_json: Json = False,
) -> None:
    """Replay the clocks of one request from its history, under the place's own rule or under another one."""
    with told_plainly(), in_the_district(district):
        found = Request.objects.filter(number=number).first()
        if found is None:
            refuse(f"There is no request with the number {number}; numbers look like 20260508-0001.")
        rows = as_rows(replayed(found, rule_named(rule)))
    answer({"number": number, "rule": rule or "own", "clocks": rows if as_json else len(rows)}, as_json=as_json)
    if not as_json:
        for row in rows:
            typer.echo(f"{row['milestone']}: {row['started_at']} – {row['due_at']}, in time: {row['in_time']}")


@app.command("report")
def print_report(
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    year: Annotated[
        int | None, typer.Option(min=1950, max=2200, help="This year, compared with the year before.")
    ] = None,
    place: Annotated[str, typer.Option(help="Only what lies in the place of this code.")] = "",
    source: Annotated[str, typer.Option(help="Only what was imported from this source.")] = "",
    scheme: Annotated[
        str, typer.Option(help="Version of the rating scheme to judge all under; else that of each day.")
    ] = "",
    by: Annotated[str, typer.Option(help=f"Rates side by side: {', '.join(GROUPINGS)}.")] = "",
    district: District = "",
    as_json: Json = False,
) -> None:
    """Count requests by state, channel and kind; days to reply, transfers, the three rates and those of city management."""
    if year and (first or last):
        refuse("Give either --year, or --from and --to.")
    with told_plainly(), in_the_district(district) as here:
        everything = _within(place)
        rows = everything.filter(external_source=source) if source else everything
        rows = raised_between(rows, *(_days_of(year) if year else (first and first.date(), last and last.date())))
        figures = report(rows, _schemes(load_playbook(here.playbook), scheme), by=_grouping(by))
        compared = year_on_year(everything, year, source=source) if year else {}
        answer(figures | compared, as_json=as_json)


def _schemes(playbook: Playbook, wanted: str) -> Schemes:
    known = [str(row.version) for row in playbook.rating]
    if wanted and wanted not in known:
        refuse(f"There is no rating scheme {wanted}. Known: {', '.join(known)}.")
    return Schemes.of(playbook.rating, int(wanted) if wanted else None)


def _grouping(wanted: str) -> str:
    if wanted and wanted not in GROUPINGS:
        refuse(f"Rates are put side by side by {', '.join(GROUPINGS)}, not by {wanted}.")
    return wanted


def _days_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _within(place: str) -> QuerySet[Request]:
    try:
        return within(Request.objects.all(), place) if place else Request.objects.all()
    except InvalidPlaceCode as error:
        refuse(str(error))


@app.command("answers")
def write_answer_file(
    source: Annotated[str, typer.Option(help="The system that handed the requests over, as named at the import.")],
    out: Annotated[Path, typer.Option(help="File to write, ending in .csv or .xlsx.")],
    layout: Annotated[
        Path | None,
        typer.Option(help="A file of that system whose headers, and rows if it has any, are to be filled in."),
    ] = None,
    map_: Annotated[
        list[str], typer.Option("--map", help="column=field, for headers of the layout that do not map themselves.")
    ] = [],  # noqa: B006
    district: District = "",
    as_json: Json = False,
) -> None:
    """Write states, answers and call-backs of what another system handed over, under its numbers and in its layout."""
    kind = out.suffix.removeprefix(".").lower()
    if kind not in {"csv", "xlsx"}:
        refuse(f"{out}: the name has to end in .csv or .xlsx.")
    with told_plainly(), in_the_district(district):
        rows = Request.objects.filter(external_source=source)
        if not rows.exists():
            known = Request.objects.exclude(external_source="").order_by().values_list("external_source", flat=True)
            refuse(f"Nothing came from “{source}”. Known: {', '.join(sorted(set(known.distinct()))) or 'none yet'}.")
        filled = layout_of_file(layout, mapping_from(map_)) if layout else own_layout()
        with out.open("wb") as target:
            written = write_answers(target, rows, kind, filled)
        answer(asdict(written) | {"out": str(out)}, as_json=as_json)


@app.command("load-categories")
def load_category_tree(
    file: Path,
    replace: Annotated[
        bool, typer.Option("--replace", help="Close every category that the file does not name.")
    ] = False,
    district: District = "",
    as_json: Json = False,
) -> None:
    """Load a place's own category tree: columns level1, level2, level3 (一级分类 …), and keywords if there are any."""
    load = replace_categories if replace else load_categories
    with told_plainly(), in_the_district(district):
        answer(load(actor=SYSTEM, path=file)._asdict(), as_json=as_json)


@app.command("retire-category")
def retire(
    code: str,
    into: Annotated[str, typer.Option(help="Code of the category into which open requests move.")] = "",
    district: District = "",
    as_json: Json = False,
) -> None:
    """Take a category and all below it out of use; refused while open requests have it, unless it is said where they move."""
    with told_plainly(), in_the_district(district):
        answer({"moved": retire_category(actor=SYSTEM, code=code, into=into)}, as_json=as_json)


@app.command("bulk")
def write_bulk(
    out: Annotated[Path, typer.Option(help="File to write, ending in .csv.")],
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")] = None,
    district: District = "",
    as_json: Json = False,
) -> None:
    """Write requests as the CSV of the GeoReport bulk format, without what tells who somebody is."""
    if out.suffix.lower() != ".csv":
        refuse(f"{out}: the name has to end in .csv.")
    start = datetime.combine(first.date() if first else EARLIEST, time(), LOCAL)
    end = datetime.combine((last.date() if last else today()) + timedelta(days=1), time(), LOCAL)
    with told_plainly(), in_the_district(district), progress("rows") as advance:
        reader = Reader(SYSTEM, lambda path: f"{settings.JINLIN_BASE_URL}{path}")
        lines = bulk_lines(reader.every(Wanted(start, end), PORTION))
        with out.open("wb") as target:
            rows = sum(1 for line in lines if target.write(line) and advance() is None) - 1
        answer({"rows": rows, "out": str(out)}, as_json=as_json)


app.command("topics")(topics.find_topics_of_file)
app.command("train-triage")(triage.train_triage)
app.command("evaluate-triage")(triage.evaluate_triage)
app.command("doubtful-labels")(triage.doubtful_labels)
app.command("learn-triage")(triage.learn)
