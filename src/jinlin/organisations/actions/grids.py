"""Gives each grid its tasks of the period from the merged duties of the departments."""

from django.db import transaction

from jinlin.organisations.models import Body, Task
from jinlin.organisations.queries.grids import GRID_DUTY, GRID_MEMBER, grids_and_members, met_already, period_of
from jinlin.platform.access import SYSTEM
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Playbook

BATCH = 2_000


def give_grid_tasks() -> int:
    """Give every grid its task for each recurring duty of this period that it has not got yet; return how many.

    The task lies with the grid's member; where the post is vacant, with the body that has such posts.
    """
    playbook, day = current_playbook(), today()
    giver = {body.place_code: body for body in _givers(playbook)}
    with transaction.atomic():
        known = met_already(day)
        rows = []
        for grid, body_id, post_id in grids_and_members(day):
            at_home = giver.get(grid.community_code)
            if at_home is None:
                continue
            for duty in playbook.grid_duty:
                due = period_of(duty, day)
                if due is None or (grid.pk, duty.key, due) in known:
                    continue
                rows.append(
                    Task(
                        kind=GRID_DUTY,
                        title=duty.name,
                        body_id=body_id or at_home.pk,
                        appointment_id=post_id,
                        given_by=at_home,
                        place_code=grid.community_code,
                        zone=grid,
                        duty=duty.key,
                        due_on=due,
                        given_at=now(),
                    )
                )
        made = Task.objects.bulk_create(rows, batch_size=BATCH)
        if made:
            record_change(SYSTEM, "organisations.give_grid_tasks", made[0], rows=len(made))
    return len(made)


def _givers(playbook: Playbook) -> list[Body]:
    """Return the bodies at which grid members have their post, one for each community."""
    kinds = next((post.bodies for post in playbook.post if post.key == GRID_MEMBER), ())
    may_give = {kind for task in playbook.task if task.key == GRID_DUTY for kind in task.by}
    return list(Body.objects.filter(kind__in=set(kinds) & may_give, active=True, zone__isnull=True).order_by("-pk"))
