"""What everybody may read of filings that are published: calls, and the reports of those who hold posts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from jinlin.organisations import rules
from jinlin.organisations.models import Appointment, Filing, FilingAnswer, Task
from jinlin.organisations.queries.filings import published
from jinlin.organisations.states import PLEDGE
from jinlin.people.queries import homes_of
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.playbooks.schema import Filing as FilingKind
from jinlin.playbooks.schema import Playbook


@dataclass(frozen=True)
class Published:
    """A published matter: its words by heading, the pledge that it reports on, and what residents say.

    `name` is there only where the holder lets it be shown. `comments` are for those whose matter it is; others see how many.
    """

    filing: Filing
    kind: FilingKind
    name: str
    pledge: Sequence[Task]
    count: int
    comments: Sequence[str]
    mine: str
    may_comment: bool

    @property
    def is_open(self) -> bool:
        """Whether it is a call to which something can still be filed."""
        return self.kind.is_call and self.filing.due_at > now()


def published_page(playbook: Playbook, filing_id: int, actor: Actor) -> Published | None:
    """Return what the page of a published matter shows to whoever looks; None for what is not published."""
    filing = published(playbook).filter(pk=filing_id).first()
    if filing is None:
        return None
    kind = next(row for row in playbook.filing if row.key == filing.kind)
    held = _post_of(filing)
    said = FilingAnswer.objects.filter(filing=filing, person__isnull=False).order_by("answered_at", "pk")
    homes = [home.code for home in homes_of(actor.person_id)] if actor.person_id else []
    reads = rules.filings_visible_to(actor).filter(pk=filing.pk).exists()
    return Published(
        filing,
        kind,
        held.person.name if held and held.listed else "",
        list(held.tasks.filter(kind=PLEDGE).order_by("due_on", "pk")) if held else [],
        said.count(),
        list(said.values_list("ground", flat=True)) if reads else [],
        next(iter(said.filter(person_id=actor.person_id or 0).values_list("ground", flat=True)), ""),
        bool(actor.person_id and not kind.is_call and rules.may_comment(actor, filing, homes)),
    )


def _post_of(filing: Filing) -> Appointment | None:
    """Return the post whose holder filed this; None for what is about nobody."""
    if filing.person_id is None:
        return None
    rows = Appointment.objects.filter(person_id=filing.person_id, body_id=filing.subject_id, key=filing.post)
    return rows.filter(accepted_on__isnull=False).select_related("person").order_by("-term_from").first()


def reports_in(playbook: Playbook, place_code: str) -> QuerySet[Filing]:
    """Return the published reports of those who hold posts at a place, the newest first."""
    rows = published(playbook).filter(place_code=place_code, person__isnull=False)
    return rows.order_by("-decided_at", "-pk")
