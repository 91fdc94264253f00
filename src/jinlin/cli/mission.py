"""`jinlin mission`: which mechanisms of the mission hold, by the last run of their checks or by a run now."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.console import Console
from rich.table import Table

from jinlin.assessment.mechanisms import mechanisms

ROOT = Path(__file__).resolve().parents[3]
CHECKS = ROOT / "tests" / "mission"


def mission(
    run: Annotated[bool, typer.Option("--run", help="Run the checks now instead of reading the last run.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Say which of the mission's mechanisms hold, which fail and which have no check yet."""
    if run:
        _run_checks()
    outcomes = _last_outcomes()
    found = {state: [m.id for m in mechanisms() if outcomes.get(m.id, "missing") == state] for state in _STATES}
    if as_json:
        typer.echo(json.dumps({"total": len(mechanisms()), **found}))
    else:
        _print_table(found)


_STATES = {"holds": "green", "fails": "red", "missing": "dim"}


def _last_outcomes() -> dict[str, str]:
    """Return {mechanism id: "holds" or "fails"} as the tests recorded it; empty when they never ran."""
    record = settings.JINLIN_HOME / "mission.json"
    return json.loads(record.read_text(encoding="utf-8"))["outcomes"] if record.exists() else {}


def _run_checks() -> None:
    if not CHECKS.is_dir():
        typer.echo("The checks are part of the source tree and are not installed here.", err=True)
        raise typer.Exit(2)
    command = [sys.executable, "-m", "pytest", "-q", "--ds", "tests.settings", str(CHECKS)]
    # What the checks print is for people; the answer itself comes from their record.
    subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False)  # noqa: S603  our own tests


def _print_table(found: dict[str, list[str]]) -> None:
    console = Console()
    names = {m.id: m for m in mechanisms()}
    table = Table("", "", "", "")
    for state in ("holds", "fails"):
        for name in found[state]:
            table.add_row(name, names[name].name, names[name].key, state, style=_STATES[state])
    if table.row_count:
        console.print(table)
    counts = ", ".join(f"{len(ids)} {state}" for state, ids in found.items())
    console.print(f"{len(names)} mechanisms: {counts}")
