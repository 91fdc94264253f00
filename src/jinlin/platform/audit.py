"""Writes the audit trail: one line per action, one per protected read; seals it into a hash chain."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.models import AuditEntry
from jinlin.platform.numbers import next_numbers
from jinlin.platform.rows import insert

SEAL_BATCH = 1000
SEALED = "audit.sealed"
"""The name of the counter with the number of the newest seal."""


def record_change(
    actor: Actor, verb: str, subject: models.Model, *, place_code: str = "", person_id: int | None = None, **detail: Any
) -> None:
    """Add the line of a change to `subject`; called once by every action, inside its transaction."""
    _write(
        at=now(),
        kind=AuditEntry.Kind.CHANGE,
        actor_id=actor.account_id,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        person_id=person_id,
        place_code=place_code,
        detail=detail,
    )


def record_read(actor: Actor, verb: str, subject: models.Model, *, person_id: int | None, place_code: str = "") -> None:
    """Add the line of a read of protected data about `person_id`; one's own data need none."""
    record_look(actor, verb, subject, person_ids=[person_id], place_code=place_code)


def record_look(
    actor: Actor, verb: str, subject: models.Model, *, person_ids: Iterable[int | None], place_code: str = ""
) -> None:
    """Add the lines of one read that is about several persons, a line for each, all with the same time."""
    at = now()
    for person_id in person_ids:
        if person_id is None or person_id != actor.person_id:
            _write(
                at=at,
                kind=AuditEntry.Kind.READ,
                actor_id=actor.account_id,
                verb=verb,
                subject_kind=subject._meta.label_lower,
                subject_id=str(subject.pk),
                person_id=person_id,
                place_code=place_code,
            )


def _write(**columns: Any) -> None:
    insert(AuditEntry(**columns))


def seal_trail() -> int:
    """Chain the entries that are not sealed yet, oldest first; return how many.

    A seal is SHA-256 over the seal before it, its own number and the entry, so that a line changed or taken away later
    is found. The numbers say in which order entries were sealed, which is not that of `at`: an action may commit after
    younger ones were sealed. Sealing runs beside the actions, not in them: their locks would queue behind one another.
    """
    with transaction.atomic():
        # Taking no number locks the counter, so that a second sealer waits here and then sees what this one has sealed.
        next_numbers(SEALED, 0)
        waiting = list(AuditEntry.objects.filter(seal="").order_by("at", "id")[:SEAL_BATCH])
        seal = _last_seal()
        for number, entry in zip(next_numbers(SEALED, len(waiting)), waiting, strict=True):
            entry.sealed_number = number
            seal = entry.seal = entry_seal(seal, entry)
        AuditEntry.objects.bulk_update(waiting, ["seal", "sealed_number"])
    return len(waiting)


def entry_seal(before: str, entry: AuditEntry) -> str:
    """Return the seal of `entry` after the seal `before` (empty for the first)."""
    facts = [
        before,
        entry.sealed_number,
        entry.at.isoformat(),
        entry.kind,
        entry.actor_id,
        entry.verb,
        entry.subject_kind,
        entry.subject_id,
        entry.person_id,
        entry.place_code,
        entry.detail,
    ]
    return hashlib.sha256(json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def broken_seals() -> list[int]:
    """Return the ids of sealed entries that do not follow from the one before; empty when the trail is whole."""
    broken, before, expected = [], "", 1
    for entry in _sealed().order_by("sealed_number").iterator():
        if entry.sealed_number != expected or entry.seal != entry_seal(before, entry):
            broken.append(entry.pk)
        before, expected = entry.seal, entry.sealed_number + 1
    return broken


def _sealed() -> models.QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(sealed_number__isnull=False)


def _last_seal() -> str:
    return _sealed().order_by("-sealed_number").values_list("seal", flat=True).first() or ""
