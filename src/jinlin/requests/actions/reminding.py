"""Reminders of what lies untouched: open requests without a step, and parts whose deadline has passed."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from jinlin.platform.dates import now
from jinlin.platform.tasks import Tally, one_by_one
from jinlin.playbooks.here import current_playbook
from jinlin.requests import telling
from jinlin.requests.models import Request, RequestPart, Step
from jinlin.requests.states import BEFORE_ANSWER, OWED

AT_ONCE = 500


def remind_dormant() -> Tally:
    """Remind the bodies of open requests that have seen no step for as long as the place's work method allows, once each time.

    What stands still by an approval is left alone.
    """
    limit = now() - timedelta(days=current_playbook().reminding.days)
    lately = Step.objects.filter(request=OuterRef("pk"), at__gt=limit)
    not_lately = Q(reminded_at__isnull=True) | Q(reminded_at__lte=limit)
    dormant = Request.objects.filter(not_lately, ~Exists(lately), state__in=BEFORE_ANSWER, stopped_at__isnull=True)
    return one_by_one(_remind, list(dormant.order_by("received_at", "pk").values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _remind(request_id: int) -> bool:
    Request.objects.filter(pk=request_id).update(reminded_at=now())
    telling.tell_dormant(request_id)
    return True


def remind_parts() -> Tally:
    """Tell both sides of parts that are overdue, once for each part."""
    late = RequestPart.objects.filter(state__in=OWED, due_at__lt=now(), reminded_at__isnull=True)
    return one_by_one(_remind_part, list(late.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]))


@transaction.atomic
def _remind_part(part_id: int) -> bool:
    if not RequestPart.objects.filter(pk=part_id, reminded_at__isnull=True).update(reminded_at=now()):
        return False
    telling.tell_late_part(part_id)
    return True
