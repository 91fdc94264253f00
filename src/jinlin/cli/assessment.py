"""`jinlin assessment`: what a place reports, computed from its records."""

from datetime import datetime
from typing import Annotated

import typer
from django.db import DatabaseError

from jinlin.assessment.indicators import Look, measured_here
from jinlin.cli.demo import begin_again_with
from jinlin.cli.places import in_the_district
from jinlin.cli.speech import answer, refuse
from jinlin.demo.build import is_built
from jinlin.demo.profiles import PROFILES
from jinlin.platform.dates import today
from jinlin.playbooks.here import current_playbook
from jinlin.region.districts import in_district
from jinlin.region.models import District

app = typer.Typer(help="What a place reports.", no_args_is_help=True)


@app.callback()
def assessment() -> None:
    """Keep `indicators` a command of its own."""


@app.command()
def indicators(
    profile: Annotated[str, typer.Option(help="Which demo place; else the place of DATABASE_URL.")] = "",
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="As of this day; today otherwise.")] = None,
    district: Annotated[str, typer.Option(help="Code of the district, where there are several.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Compute the place's indicators, each with its unit, its formula and the number of records behind it."""
    if profile:
        if profile not in PROFILES:
            refuse(f"There is no profile {profile!r}; known: {', '.join(PROFILES)}.")
        begin_again_with(JINLIN_PROFILE=profile)
        district = _built(profile)
    day = on.date() if on else today()
    with in_the_district(district):
        measured = measured_here(current_playbook(), Look(day))
    found = {one.indicator.id: one.as_dict() for one in measured}
    if as_json:
        answer({"profile": profile, "on": day, "indicators": found}, as_json=True)
    else:
        answer({id: _in_words(one) for id, one in found.items()}, as_json=False)


def _built(profile: str) -> str:
    """Return the code of the profile's district; ends with a clear sentence where it is not built."""
    code = PROFILES[profile].place().code
    if not _is_there(code):
        refuse(f"The profile {profile!r} is not built yet; run `jinlin demo --profile {profile} --no-serve`.")
    return code


def _is_there(code: str) -> bool:
    try:
        known = District.objects.filter(code=code).first()
        if known is None:
            return False
        with in_district(known):
            return is_built()
    except DatabaseError:
        return False


def _in_words(one: dict[str, object]) -> str:
    more = "more than " if one["bound"] == ">" else ""
    return f"{one['name']}: {more}{one['value']} {one['unit']} ({one['rows']} records)"
