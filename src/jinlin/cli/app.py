"""The tree of commands."""

import sys

import typer
from django.core.management import execute_from_command_line

from jinlin.cli import assessment, deliberation, demo, playbooks, requests, serving, territory, volunteering
from jinlin.cli.mission import mission

app = typer.Typer(
    help="Jinlin 近邻: the platform on which a neighbourhood governs itself.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
app.add_typer(assessment.app, name="assessment")
app.add_typer(deliberation.app, name="deliberation")
app.add_typer(playbooks.app, name="playbooks")
app.add_typer(requests.app, name="requests")
app.add_typer(territory.app, name="territory")
app.add_typer(volunteering.app, name="volunteering")
app.command()(demo.demo)
app.command()(serving.serve)
app.command()(serving.worker)
app.command()(serving.prepare)
app.command()(mission)


@app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True}, add_help_option=False)
def manage(context: typer.Context) -> None:
    """Run one of Django's own commands, such as [bold]jinlin manage migrate[/bold]."""
    execute_from_command_line([sys.argv[0], *context.args])
