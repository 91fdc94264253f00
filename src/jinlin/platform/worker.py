"""Does the tasks that wait in this district, takes up lost ones and forgets what is done."""

from datetime import timedelta
from secrets import token_hex

from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from jinlin.platform.dates import now

LOST_AFTER = timedelta(minutes=15)
KEPT = timedelta(days=7)


def run_waiting() -> int:
    """Do every task of this district that is ready now; return how many were done."""
    batch = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=token_hex(8),
    )
    batch.run()
    return batch._run_tasks


def revive_lost() -> int:
    """Make ready again what a worker had begun when it died; tasks are harmless to repeat. Return how many."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=now() - LOST_AFTER)
    return lost.update(status=TaskResultStatus.READY, started_at=None)


def forget_done() -> int:
    """Delete the rows of tasks that succeeded a week ago or earlier; failed ones stay for the operator."""
    return DBTaskResult.objects.successful().filter(finished_at__lt=now() - KEPT).delete()[0]
