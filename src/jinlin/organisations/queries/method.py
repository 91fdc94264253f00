"""What the pages about the district's work method show: the files there are, what differs, and what was adopted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from jinlin.people.models import Account
from jinlin.playbooks.adjusting import adjustable, adjustables
from jinlin.playbooks.files import PlaybookError
from jinlin.playbooks.loader import load_playbook, own_names, playbook_names
from jinlin.playbooks.models import Adoption
from jinlin.playbooks.queries import newest_adoption, running_overrides
from jinlin.playbooks.schema import Playbook
from jinlin.playbooks.wording import TABLES, label_of, name_of, shown

HISTORY = 20


@dataclass(frozen=True)
class PlaybookFile:
    """A playbook that can be adopted, or read to see what is wrong with it."""

    profile: str
    name: str
    version: int | None
    own: bool
    findings: int = 0


@dataclass(frozen=True)
class Difference:
    """A value that the district has set for itself."""

    label: str
    own: str
    here: str
    reason: str
    by: str
    at: datetime
    query: str


@dataclass(frozen=True)
class Value:
    """A value that the district may set: what it is called, what it is here, and whether that differs."""

    label: str
    here: str
    differs: bool
    query: str


@dataclass(frozen=True)
class Adopted:
    """An adoption of the past or the present."""

    name: str
    version: int
    at: datetime
    by: str
    founded: int


def playbook_files() -> list[PlaybookFile]:
    """Return the playbooks that come with the product, then those in the home folder, sound or not."""
    return [_file(name, own=False) for name in playbook_names()] + [_file(name, own=True) for name in own_names()]


def _file(name: str, *, own: bool) -> PlaybookFile:
    try:
        playbook = load_playbook(name)
    except PlaybookError as error:
        return PlaybookFile(name, name, None, own, len(error.findings))
    return PlaybookFile(name, name_of(playbook), playbook.version, own)


def differences(playbook: Playbook) -> list[Difference]:
    """Return what the district has set for itself, in the order in which it was set."""
    rows = running_overrides(newest_adoption())
    names = _names(row.by_id for row in rows.values())
    found = ((adjustable(playbook, path), row) for path, row in rows.items())
    return [
        Difference(
            label_of(playbook, value),
            shown(value, value.value),
            shown(value, row.value),
            row.reason,
            names.get(row.by_id, _("the platform")),
            row.at,
            urlencode({"path": row.path}),
        )
        for value, row in found
        if value is not None
    ]


def adoptions() -> list[Adopted]:
    """Return the newest adoptions, newest first."""
    rows = list(Adoption.objects.order_by("-at", "-pk")[:HISTORY])
    names = _names(row.by_id for row in rows)
    files = {file.profile: file.name for file in playbook_files()}
    return [
        Adopted(
            files.get(row.profile, row.profile),
            row.version,
            row.at,
            names.get(row.by_id, _("the platform")),
            sum(row.founded.values()),
        )
        for row in rows
    ]


def tables_of_values(own: Playbook, here: Playbook) -> list[tuple[str, list[Value]]]:
    """Return every value that the district may set, table by table."""
    before = {found.path: found.value for found in adjustables(own)}
    rows = (
        (
            found.table,
            Value(
                label_of(here, found),
                shown(found, found.value),
                before.get(found.path) != found.value,
                urlencode({"path": found.path}),
            ),
        )
        for found in adjustables(here)
    )
    return [
        (_(TABLES[table]), [value for _table, value in group]) for table, group in groupby(rows, lambda row: row[0])
    ]


def _names(ids: Iterable[int | None]) -> dict[int | None, str]:
    return dict(Account.objects.filter(pk__in=set(ids) - {None}).values_list("pk", "username"))
