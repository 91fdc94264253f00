"""Writes the audit trail: one line per action, one per protected read; seals it into a hash chain."""

import hashlib
import json
from typing import Any

from django.db import models, transaction

from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.models import AuditEntry

SEAL_BATCH = 1000


def record_change(
    actor: Actor, verb: str, subject: models.Model, *, place_code: str = "", person_id: int | None = None, **detail: Any
) -> None:
    """Add the line of a change to `subject`; called once by every action, inside its transaction."""
    AuditEntry.objects.create(
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
    if person_id is not None and person_id == actor.person_id:
        return
    AuditEntry.objects.create(
        at=now(),
        kind=AuditEntry.Kind.READ,
        actor_id=actor.account_id,
        verb=verb,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        person_id=person_id,
        place_code=place_code,
    )


def seal_trail() -> int:
    """Chain the entries that are not sealed yet, oldest first; return how many.

    A seal is SHA-256 over the seal before it and the entry, so that a line changed or taken away later is found.
    Sealing runs beside the actions, not in them: their locks would queue behind one another.
    """
    with transaction.atomic():
        waiting = list(AuditEntry.objects.select_for_update().filter(seal="").order_by("at", "id")[:SEAL_BATCH])
        seal = _last_seal()
        for entry in waiting:
            seal = entry.seal = entry_seal(seal, entry)
        AuditEntry.objects.bulk_update(waiting, ["seal"])
    return len(waiting)


def entry_seal(before: str, entry: AuditEntry) -> str:
    """Return the seal of `entry` after the seal `before` (empty for the first)."""
    facts = [
        before,
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
    """Return the ids of sealed entries whose seal does not follow from the one before; empty when the trail is whole."""
    broken, before = [], ""
    for entry in AuditEntry.objects.exclude(seal="").order_by("at", "id").iterator():
        if entry.seal != entry_seal(before, entry):
            broken.append(entry.pk)
        before = entry.seal
    return broken


def _last_seal() -> str:
    last = AuditEntry.objects.exclude(seal="").order_by("-at", "-id").values_list("seal", flat=True).first()
    return last or ""
