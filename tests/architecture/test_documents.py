"""What can be set, run or called is named in the documents."""

import re

import typer
from typer.main import get_command

from jinlin.cli.app import app
from tests.architecture.source import PACKAGE, ROOT

DOCS = ROOT / "docs"
SETTINGS = DOCS / "operators" / "settings.md"
COMMANDS = DOCS / "operators" / "commands.md"


def command_names(command: object, prefix: str = "jinlin") -> list[str]:
    """Return every command of the command line with its path, such as `jinlin requests import`."""
    inner = getattr(command, "commands", None)
    if not inner:
        return [prefix]
    return [name for key, each in inner.items() for name in command_names(each, f"{prefix} {key}")]


def test_every_variable_is_in_the_settings_page():
    used = set()
    for path in PACKAGE.rglob("*.py"):
        used |= set(re.findall(r"[\"'](JINLIN_[A-Z_]+|DATABASE_URL)[\"']", path.read_text(encoding="utf-8")))
    text = SETTINGS.read_text(encoding="utf-8")
    missing = sorted(name for name in used if f"`{name}`" not in text)
    assert used
    assert not missing, f"{SETTINGS.relative_to(ROOT)} does not name {missing}"


def test_every_command_is_in_the_commands_page():
    text = COMMANDS.read_text(encoding="utf-8")
    names = command_names(get_command(app))
    missing = [name for name in names if f"`{name}" not in text]
    assert "jinlin mission" in names
    assert not missing, f"{COMMANDS.relative_to(ROOT)} does not name {missing}"


def test_every_command_says_what_it_does():
    silent = [info.name for info in app.registered_commands if not (info.help or info.callback.__doc__)]
    assert isinstance(app, typer.Typer)
    assert not silent


def test_every_target_of_the_makefile_is_explained():
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = (DOCS / "developers" / "testing.md").read_text(encoding="utf-8") + (ROOT / "CONTRIBUTING.md").read_text(
        encoding="utf-8"
    )
    missing = [name for name in targets if name != "help" and f"make {name}" not in text]
    assert not missing, f"Neither CONTRIBUTING.md nor testing.md says what these do: {missing}"


def test_every_algorithm_page_is_about_something_that_exists():
    pages = {path.stem for path in (DOCS / "algorithms").glob("*.md")} - {"README"}
    parts = {path.stem for path in (PACKAGE / "algorithms").iterdir()}
    assert pages <= parts, f"No algorithm of this name: {pages - parts}"


def test_every_link_in_the_documents_leads_somewhere():
    broken = []
    for path in [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "requirements").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (path.parent / target).exists():
                broken.append(f"{path.relative_to(ROOT)}: {target}")
    assert not broken, "\n".join(broken)
