"""Commands about playbooks."""

from pathlib import Path
from typing import Annotated

import typer

from jinlin.cli.speech import answer, told_plainly
from jinlin.playbooks.loader import check

app = typer.Typer(help="Work methods as data.", no_args_is_help=True)


@app.callback()
def playbooks() -> None:
    """Work methods as data."""


@app.command("check")
def check_file(file: Path, as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False) -> None:
    """Explain every mistake of a playbook, with its line and a remedy."""
    with told_plainly():
        findings = check(file)
    rows = [{"line": found.line, "what": found.what, "remedy": found.remedy} for found in findings]
    answer({"ok": not rows, "findings": rows}, as_json=as_json)
