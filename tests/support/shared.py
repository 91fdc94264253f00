"""Finds the real data of others that lies beside the project and is never copied into it."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def shared_folder() -> Path | None:
    """Return the folder of real data: `JINLIN_SHARED`, else `../shared` beside the project; None without one."""
    folder = Path(os.environ.get("JINLIN_SHARED") or ROOT.parent / "shared")
    return folder / "data" if (folder / "data").is_dir() else None


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real data; a test that asks for it is skipped where there is none."""
    folder = shared_folder()
    assert folder, "the test should have been skipped"
    return folder
