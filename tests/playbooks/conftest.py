"""What the tests of playbooks share: findings in English, and a playbook with one text exchanged for another."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.utils import translation

from jinlin.playbooks.loader import FOLDER, Finding, check

Edited = Callable[..., list[Finding]]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Let findings speak the language in which the tests are written."""
    with translation.override("en"):
        yield


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """Checks a playbook with one text exchanged for another, in its own file or in one that it takes in."""
    for folder in ("", "shared"):
        (tmp_path / folder).mkdir(exist_ok=True)
        for path in (FOLDER / folder).glob("*.toml"):
            (tmp_path / folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")

    def check_with(old: str, new: str, profile: str = "hongshan") -> list[Finding]:
        files = [tmp_path / f"{profile}.toml", *sorted((tmp_path / "shared").glob("*.toml"))]
        path = next(path for path in files if old in path.read_text(encoding="utf-8"))
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        return check(tmp_path / f"{profile}.toml")

    return check_with
