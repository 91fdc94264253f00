"""Keeps the record of which mechanisms of the mission hold, by the tests that carry their ids."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from jinlin.assessment.mechanisms import mechanisms

FOLDER = Path(__file__).resolve().parent.parent / "mission"
MARK = "mechanism"


def mark_items(items: list[pytest.Item]) -> None:
    """Note on each test which mechanisms it checks.

    Raises pytest.UsageError for an id that the catalogue does not have.
    """
    known = {mechanism.id for mechanism in mechanisms()}
    for item in items:
        for mark in item.iter_markers(MARK):
            unknown = [name for name in mark.args if name not in known]
            if unknown or not mark.args:
                raise pytest.UsageError(f"{item.nodeid}: no such mechanism: {', '.join(unknown) or 'none named'}")
            item.user_properties.extend((MARK, name) for name in mark.args)


class MissionRecord:
    """Gathers the outcomes of a run and writes them when it ends; on several cores only the first process does."""

    def __init__(self) -> None:
        self.failed: dict[str, bool] = {}
        self.files: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in how one test went: it holds when no test of it failed and at least one ran."""
        names = [value for key, value in report.user_properties if key == MARK]
        if not names:
            return
        self.files.add(Path(report.fspath).name)
        for name in names:
            if report.failed or (report.when == "call" and report.passed):
                self.failed[name] = self.failed.get(name, False) or report.failed

    def pytest_sessionfinish(self) -> None:
        """Write the record; a run of only some of the mission's files leaves the others' outcomes as they were."""
        if not self.failed:
            return
        outcomes = {name: "fails" if failed else "holds" for name, failed in self.failed.items()}
        path: Path = settings.MISSION_RECORD
        if not self.files.issuperset(file.name for file in FOLDER.glob("test_*.py")) and path.exists():
            outcomes = json.loads(path.read_text())["outcomes"] | outcomes
        path.parent.mkdir(parents=True, exist_ok=True)
        record = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "outcomes": dict(sorted(outcomes.items()))}
        path.write_text(json.dumps(record, indent=1) + "\n")
