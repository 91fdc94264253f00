"""Makes a door idempotent: the same key with the same contents is done once, however often it is sent."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, models, transaction

from jinlin.platform.crypto import keyed_hash
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, KeyReused, Stale, WrongState
from jinlin.platform.models import SentKey

KEPT = timedelta(days=90)
LONGEST_KEY = 100
INSERT_IF_NEW = """INSERT INTO platform_sentkey (key, fingerprint, subject_kind, subject_id, at)
VALUES (%s, %s, %s, %s, %s) ON CONFLICT (key) DO NOTHING"""


class RepeatedSend(Exception):
    """This was sent before; `subject_id` is what it made then. The door answers as it did the first time."""

    def __init__(self, subject_id: str) -> None:
        self.subject_id = subject_id
        super().__init__(subject_id)


@dataclass(frozen=True)
class Door:
    """What a door knows of one send: the state or version that the person saw, and the key that makes a repeat harmless."""

    seen: str = ""
    key: str = ""


ANY_DOOR = Door()


@dataclass(frozen=True)
class Send:
    """One send through a door; `key` is empty where the sender gave none."""

    key: str
    fingerprint: str

    def keep(self, subject: models.Model) -> None:
        """Take the key for what this send made, as the last step of the transaction.

        Two sends at the same moment: the second waits at the primary key until the first has committed, then
        everything that it did is rolled back.

        Raises:
            RepeatedSend, KeyReused.
        """
        if not self.key:
            return
        row = [self.key, self.fingerprint, subject._meta.label_lower, str(subject.pk)]
        with connection.cursor() as cursor:
            cursor.execute(INSERT_IF_NEW, [*row, connection.ops.adapt_datetimefield_value(now())])
            if cursor.rowcount == 0:
                self.raise_if_known()

    def raise_if_known(self) -> None:
        """Raises: RepeatedSend or KeyReused, if the key was taken before."""
        before = SentKey.objects.filter(pk=self.key).first() if self.key else None
        if before is None:
            return
        if before.fingerprint != self.fingerprint:
            raise KeyReused
        raise RepeatedSend(before.subject_id)


@contextmanager
def sent_once(sender: str, key: str, contents: Any) -> Iterator[Send]:
    """Open the transaction of one send; what happens in it is done once for each `key` of `sender`.

    A repeat that meets a state which its first send has already changed is a repeat, not an error.

    Raises:
        RepeatedSend: sent before with the same contents.
        KeyReused: sent before with other contents.
        Invalid: for a key that is too long.
    """
    if len(key) > LONGEST_KEY:
        raise Invalid(fields={"idempotency_key": f"≤ {LONGEST_KEY}"})
    send = Send(keyed_hash("sent-key", f"{sender}\0{key}") if key else "", _fingerprint(contents))
    try:
        with transaction.atomic():
            yield send
    except (WrongState, Stale):
        send.raise_if_known()
        raise


def _fingerprint(contents: Any) -> str:
    return hashlib.sha256(json.dumps(contents, sort_keys=True, default=str).encode()).hexdigest()


def forget_old_keys() -> int:
    """Delete keys older than 90 days; a phone does not stay in a tunnel that long. Return how many."""
    return SentKey.objects.filter(at__lt=now() - KEPT).delete()[0]
