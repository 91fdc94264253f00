"""Does what waits in the background at once, as the worker does it."""

from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult


def work_off() -> int:
    """Run every task that waits, oldest first, and the ones that they leave; return how many ran."""
    done = 0
    while waiting := list(DBTaskResult.objects.filter(status="READY").order_by("enqueued_at", "pk")):
        for row in waiting:
            row.delete()
            import_string(row.task_path).func(*row.args_kwargs["args"], **row.args_kwargs["kwargs"])
        done += len(waiting)
    return done
