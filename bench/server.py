"""Serves the API as `jinlin serve` does, without preparing the database and without a worker: `python -m bench.server PORT`."""

import sys

import django

if __name__ == "__main__":
    django.setup()
    from jinlin.cli.serving import web_server  # needs Django's apps

    web_server("127.0.0.1", int(sys.argv[1]), workers=1).serve()
