"""The way of a register file through the desk: it is tried, and then taken in; the outcome is noted beside the file.

A short file is worked on at once, a long one by a background task while its page shows how far it is.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext_lazy, override

from jinlin.platform.access import Actor
from jinlin.platform.errors import Invalid, JinlinError
from jinlin.platform.messages.notices import notify
from jinlin.platform.spreadsheets import Finding, Staged, fields_by_header, headers_of
from jinlin.territory.actions import HomesReport, import_homes
from jinlin.territory.imports import HOME_COLUMNS, read_homes

PURPOSE = "register"
SHORT_BYTES = 400_000
NOTED_EVERY = 500


class Stage(StrEnum):
    """Where a register file is on its way."""

    CHECKING = "checking"
    UNREADABLE = "unreadable"
    WRONG = "wrong"
    READY = "ready"
    IMPORTING = "importing"
    DONE = "done"


_COME_TO = {
    Stage.DONE: ngettext_lazy("%(name)s: %(count)s home was added.", "%(name)s: %(count)s homes were added.", "count"),
    Stage.READY: gettext_lazy("%(name)s was tried and can be taken in."),
}
_NOT_TO_BE_TAKEN = gettext_lazy("%(name)s cannot be taken in as it is; look at the findings.")


def is_short(staged: Staged) -> bool:
    """Say whether the file is worked on within the page's own time."""
    return staged.path.stat().st_size <= SHORT_BYTES


def begin(staged: Staged, stage: Stage) -> None:
    """Note that work on the file begins, in the reader's language."""
    staged.note(stage=stage, done=0, language=get_language(), why="", remedy="")


def work_on(staged: Staged, actor: Actor) -> None:
    """Try the file, or take it in, as its stage says; a repeat after that does nothing."""
    notes = staged.notes
    if notes["stage"] not in {Stage.CHECKING, Stage.IMPORTING}:
        return
    with override(notes["language"]):
        try:
            _note_report(staged, _worked(staged, actor, trial=notes["stage"] == Stage.CHECKING))
        except JinlinError as error:
            _note_refusal(staged, error)


def _worked(staged: Staged, actor: Actor, *, trial: bool) -> HomesReport:
    lines = read_homes(staged.path, mapping=staged.notes.get("mapping"), progress=_noting(staged))
    staged.note(columns=dict(lines.headers), unused=lines.unused)
    return import_homes(actor=actor, lines=lines, trial=trial)


def _noting(staged: Staged) -> Callable[[int], None]:
    """Return a function that counts rows and notes the count now and then."""
    done = 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        if done % NOTED_EVERY == 0:
            staged.note(done=done)

    return count


def _note_refusal(staged: Staged, error: JinlinError) -> None:
    """Note why the file cannot be read, and its headers as far as they go, so that they can be matched by hand."""
    try:
        headers = headers_of(staged.path)
    except Invalid:
        headers = []
    known = fields_by_header(headers, HOME_COLUMNS)
    staged.note(stage=Stage.UNREADABLE, why=str(error.why), remedy=str(error.remedy), headers=headers, columns=known)


def _note_report(staged: Staged, report: HomesReport) -> None:
    stage = Stage.WRONG if report.findings else Stage.READY if report.trial else Stage.DONE
    counts = report.as_dict() | {"rejected": report.rejected}
    staged.note(stage=stage, counts=counts, findings=[finding.as_dict() for finding in report.findings])


def findings_of(notes: dict[str, Any]) -> list[Finding]:
    """Return the findings that were noted."""
    return [Finding(**entry) for entry in notes.get("findings", [])]


def tell(staged: Staged, actor: Actor) -> None:
    """Leave word that the work on a long file has come to its end."""
    notes = staged.notes
    link = reverse("territory:desk-register", args=[staged.token])
    if actor.person_id is None:
        return
    values = {"name": notes["name"], "count": notes.get("counts", {}).get("imported", 0)}
    notify([actor.person_id], _COME_TO.get(notes["stage"], _NOT_TO_BE_TAKEN), values, link=link)
