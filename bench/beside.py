"""A throw-away environment for a reference that the project's own environment shall not hold."""

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.shared import ROOT


@contextmanager
def environment_with(requirement: str) -> Iterator[Path | None]:
    """Give the Python of a new environment that has the package, or None, after a word, where it cannot be installed."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        done = subprocess.run(
            [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.stdout.write(f"{requirement} could not be installed: {done.stderr.strip().splitlines()[-1:]}\n")
        yield None if done.returncode else python


def run_there(python: Path, script: str, *arguments: object) -> Any:
    """Return the JSON that a script of this folder prints when it runs in another environment, on one thread."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [str(python), str(ROOT / "bench" / script), *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
