"""Fixtures and rules for all tests; docs/developers/testing.md lists them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation

from tests.support import mission
from tests.support.adopted import method
from tests.support.browser import browser, chromium, desktop, new_visitor, patient_server, phone
from tests.support.budgets import query_budget
from tests.support.clocks import clock
from tests.support.community import build_community
from tests.support.databases import BaseRows, enter_district, forget, make_district, the_district, uses_database
from tests.support.recorded import record
from tests.support.shared import shared_data, shared_folder

__all__ = [
    "browser",
    "clock",
    "desktop",
    "method",
    "new_visitor",
    "patient_server",
    "phone",
    "query_budget",
    "shared_data",
]

# How long an example takes says more about the machine's other work than about the code.
hypothesis.settings.register_profile("jinlin", deadline=None, print_blob=True)
hypothesis.settings.load_profile("jinlin")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the project's own options."""
    group = parser.getgroup("jinlin")
    group.addoption("--record", action="store_true", help="write query counts and snapshots instead of comparing them")
    group.addoption("--slow", action="store_true", help="run also the tests that take minutes")
    group.addoption("--database-only", action="store_true", help="run only the tests that use the database")


def pytest_configure(config: pytest.Config) -> None:
    """Keep the mission's record in the process that hears of all outcomes."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(mission.MissionRecord())


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark tests by what they ask for, and skip with a plain reason what this machine cannot run."""
    mission.mark_items(items)
    reasons = _skip_reasons(slow=config.getoption("--slow"))
    for item in items:
        names = getattr(item, "fixturenames", ())
        if "browser" in names:
            item.add_marker("browser")
        if "shared_data" in names:
            item.add_marker("data")
        for mark, reason in reasons.items():
            if reason and item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=reason))
    if config.getoption("--database-only"):
        others = [item for item in items if not uses_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if uses_database(item)]


def _skip_reasons(*, slow: bool) -> dict[str, str]:
    no_browser = "Debian's Chromium is not installed (apt-get install chromium)"
    no_postgres = "needs PostgreSQL: run bin/with-postgres .venv/bin/pytest"
    no_data = "the shared real data is not beside the project (JINLIN_SHARED names it)"
    return {
        "browser": "" if chromium() else no_browser,
        "postgres": "" if settings.SCHEMAS else no_postgres,
        "data": "" if shared_folder() else no_data,
        "slow": "" if slow else "takes a minute or more: run pytest with --slow",
    }


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[Any]:
    """Let fixtures know whether their test failed, so that they can keep a picture."""
    report = yield
    item.failed = getattr(item, "failed", False) or report.failed
    return report


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Give the test database the rows that every test starts from, and put them back after each test that commits."""
    rows = BaseRows()
    with django_db_blocker.unblock():
        make_district()
        enter_district()
        rows.take()
        record(build_community)
    empty_every_table = TransactionTestCase._fixture_teardown
    TransactionTestCase._fixture_teardown = lambda _: rows.restore()
    yield
    TransactionTestCase._fixture_teardown = empty_every_table


@pytest.fixture(autouse=True)
def _own_place(request: pytest.FixtureRequest, tmp_path: Path, settings: Any) -> Iterator[None]:
    """Give each test its district, its own folder of files, and nothing remembered from the test before."""
    settings.JINLIN_FILES = tmp_path / "files"
    if uses_database(request.node):
        request.getfixturevalue("django_db_setup")
        enter_district()
    yield
    cache.clear()
    forget()


@pytest.fixture
def district(db: None) -> Any:
    """The district in which the tests live."""
    return the_district()


@pytest.fixture(autouse=True)
def _language_of_the_house() -> None:
    """Begin in the default language: a page asked for in another leaves that one behind in its thread."""
    translation.deactivate()
