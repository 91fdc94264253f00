"""Writes the lines of the duty list that a work method gives to bodies."""

from collections.abc import Iterable

from jinlin.organisations.models import Body, Duty
from jinlin.organisations.queries.duties import INTAKE
from jinlin.platform.remembering import forget
from jinlin.playbooks.schema import Playbook

BATCH = 2_000
Line = tuple[int | None, str, str, int | None, str, str]


def write_duties(playbook: Playbook, bodies: Iterable[Body]) -> int:
    """Give active bodies the lines that the playbook has for their kind and that they lack; return how many."""
    missing = missing_duties(playbook, bodies)
    Duty.objects.bulk_create(missing, batch_size=BATCH)
    forget(INTAKE)
    return len(missing)


def missing_duties(playbook: Playbook, bodies: Iterable[Body]) -> list[Duty]:
    """Return the lines that the playbook has for active bodies and that are not there yet, unsaved, in file order."""
    active = [body for body in bodies if body.active]
    by_kind: dict[str, list[Body]] = {}
    for body in active:
        by_kind.setdefault(body.kind, []).append(body)
    known = {_line(row) for row in Duty.objects.filter(body__kind__in=by_kind)}
    rows = [
        Duty(
            body=body, task=row.task, place_code=body.place_code, zone=body.zone, category=row.category, basis=row.basis
        )
        for row in playbook.duty
        for body in by_kind.get(row.body, ())
    ]
    return [row for row in rows if _line(row) not in known]


def drop_duties(former: Playbook, playbook: Playbook) -> int:
    """Take away the lines of a work method that the one after it does not have; return how many."""
    gone = {row.basis for row in former.duty} - {row.basis for row in playbook.duty}
    count, _ = Duty.objects.filter(basis__in=gone).delete()
    return count


def _line(row: Duty) -> Line:
    return row.body_id, row.task, row.place_code, row.zone_id, row.category, row.basis
