"""`jinlin demo`: builds a demo place where there is none yet, and serves it."""

import os
import sys
import time
from typing import Annotated

import typer
from django.db import connection, transaction

from jinlin.cli.serving import Port, prepare, serve
from jinlin.cli.speech import answer, people, refuse, say
from jinlin.demo.accounts import ACCOUNTS, PASSWORD
from jinlin.demo.build import build, found_district, is_built
from jinlin.demo.profiles import PROFILES, Profile
from jinlin.platform.worker import run_waiting
from jinlin.region.districts import in_district

DOORS = (("Resident", "/"), ("Field", "/field/"), ("Desk", "/desk/"), ("Cockpit", "/cockpit/"))


def demo(
    profile: Annotated[str, typer.Option(help="Which place to show.")] = "hongshan",
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Build only.")] = False,
    database: Annotated[str, typer.Option(help="Database URL; one SQLite file per profile otherwise.")] = "",
    port: Port = 8000,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Build a demo place (once) and serve it; safe to run again."""
    if profile not in PROFILES:
        refuse(f"There is no profile {profile!r}; known: {', '.join(PROFILES)}.")
    begin_again_with(JINLIN_PROFILE=profile, JINLIN_DEMO="1", **({"DATABASE_URL": database} if database else {}))
    started = time.process_time()
    prepare()
    with in_district(found_district(PROFILES[profile])):
        if not is_built():
            _build(PROFILES[profile])
        outcome = {"profile": profile, "cpu_s": round(time.process_time() - started, 2), "rows": _rows()}
    answer(outcome, as_json=as_json) if as_json or no_serve else None
    if not no_serve:
        _welcome(port)
        serve(port=port)


def begin_again_with(**wanted: str) -> None:
    """Start this command anew when the settings, which are read once at start, were read without `wanted`."""
    if any(os.environ.get(name) != value for name, value in wanted.items()):
        os.environ.update(wanted)
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "jinlin", *sys.argv[1:]])  # noqa: S606 - ourselves


def _build(profile: Profile) -> None:
    with people.status("building the demo") as status, transaction.atomic():
        build(profile, lambda words: status.update(f"building the demo: {words}"))
    with people.status("background work"):
        run_waiting()


def _rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        counts = {}
        for table in sorted(
            name for name in tables if not name.startswith(("sqlite_", "django_")) and "_words" not in name
        ):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            counts[table] = cursor.fetchone()[0]
    return counts


def _welcome(port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    for name, path in DOORS:
        say(f"[bold]{name}[/bold]  {base}{path}")
    say(f"Accounts, all with the password [bold]{PASSWORD}[/bold] (one-time codes: {base}/demo/outbox):")
    for account in ACCOUNTS:
        say(f"  {account.username}  {account.part}  {base}{account.door}")
