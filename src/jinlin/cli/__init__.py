"""The `jinlin` command line."""

import os

import django


def main() -> None:
    """Run the command that the arguments name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinlin.settings")
    django.setup()
    from jinlin.cli.app import app  # the commands need Django's apps, which only now are ready

    app()
