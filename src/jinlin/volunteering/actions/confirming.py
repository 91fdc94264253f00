"""A sheet of services that the host confirms at once."""

from collections.abc import Iterable, Mapping, Sequence

from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import NotFound, WrongState
from jinlin.platform.events import announce
from jinlin.volunteering import rules
from jinlin.volunteering.actions.bulk import BATCH, in_batches, locked_postings
from jinlin.volunteering.actions.steps import Served
from jinlin.volunteering.events import ServiceConfirmed
from jinlin.volunteering.models import Pairing
from jinlin.volunteering.states import State, Verb

READY = {State.ACCEPTED, State.SERVED}
WRITTEN = ["state", "served_on", "minutes", "solved", "confirmed_at", "confirmed_by_id"]


def confirm_all(*, actor: Actor, services: Sequence[tuple[Pairing, Served]]) -> int:
    """Confirm a sheet of services at once as their host, with one line in the audit trail; return how many.

    Raises:
        NotFound, NotAllowed, Invalid: for the first that cannot be confirmed.
        WrongState: for a pairing that is not agreed or served, or stands twice in the list.
    """
    with locked_postings(pairing.posting_id for pairing, _served in services):
        known = locked_pairings(pairing.pk for pairing, _served in services)
        rows = [_confirmed(actor, known, pairing.pk, served) for pairing, served in services]
        # An upsert writes thousands of rows in a few statements; `bulk_update` builds a CASE of them all.
        Pairing.objects.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=WRITTEN
        )
        if rows:
            place = rows[0].posting.place_code
            record_change(actor, "volunteering.confirm_all", rows[0], place_code=place, rows=len(rows))
        for row in rows:
            announce(ServiceConfirmed(row.pk, row.minutes or 0))
    return len(rows)


def locked_pairings(ids: Iterable[int]) -> dict[int, Pairing]:
    """Lock pairings whose postings are locked; return those that are there by id, with posting and offer."""
    found: dict[int, Pairing] = {}
    for portion in in_batches(ids):
        rows = Pairing.objects.select_for_update(of=("self",)).select_related("posting", "offer__body")
        found |= rows.in_bulk(portion)
    return found


def _confirmed(actor: Actor, known: Mapping[int, Pairing], pairing_id: int, served: Served) -> Pairing:
    pairing = known.get(pairing_id)
    if pairing is None:
        raise NotFound
    rules.may(actor, Verb.CONFIRM, pairing).enforce()
    served.check()
    if pairing.state not in READY:
        raise WrongState
    pairing.state, pairing.served_on = State.CONFIRMED, served.day or today()
    pairing.minutes, pairing.solved = served.minutes or None, served.solved.strip()
    pairing.confirmed_at, pairing.confirmed_by_id = now(), actor.account_id
    return pairing
