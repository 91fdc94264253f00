"""What a body's day begins with, in the daily digest of those who hold a post there."""

from collections.abc import Iterable

from django.db.models import Count
from django.utils.translation import gettext as _

from jinlin.organisations.models import Body
from jinlin.people.digests import Line
from jinlin.platform.access import Actor
from jinlin.requests import rules
from jinlin.requests.queries.desk import Wanted, found, list_url
from jinlin.requests.queries.due import NEW, due_today, overdue


def lines_of(actor: Actor) -> Iterable[Line]:
    """Give for each body of the actor how much is new, due today and overdue among what they may see, where anything is."""
    own = {grant.body_id for grant in actor.grants_as(rules.HANDLER_ROLES)}
    for body in Body.objects.filter(pk__in=own).order_by("pk"):
        wanted = Wanted(body=body.pk, due="day")
        counts = found(actor, wanted).aggregate(
            new=Count("pk", filter=NEW),
            today=Count("pk", filter=due_today()),
            overdue=Count("pk", filter=overdue()),
        )
        if any(counts.values()):
            words = _("%(body)s: %(new)s new, %(today)s due today, %(overdue)s overdue.")
            yield Line(words % {"body": body.name, **counts}, list_url(wanted))
