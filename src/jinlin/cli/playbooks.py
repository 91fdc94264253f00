"""Commands about playbooks."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from jinlin.cli.speech import answer, say, told_plainly
from jinlin.playbooks.loader import check

app = typer.Typer(help="Work methods as data.", no_args_is_help=True)


@app.callback()
def playbooks() -> None:
    """Work methods as data."""


@app.command("check")
def check_file(file: Path, as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False) -> None:
    """Explain every mistake of a playbook, with its file, line and a remedy; exit code 2 when there is one."""
    with told_plainly():
        findings = check(file)
    if as_json:
        answer({"ok": not findings, "findings": [asdict(found) for found in findings]}, as_json=True)
    for found in () if as_json else findings:
        say(escape(str(found)))
    if findings:
        raise typer.Exit(2)
    if not as_json:
        say(f"{file.name}: nothing is wrong with this playbook.")
