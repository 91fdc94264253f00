"""What a person's own page of posts shows: offers to answer, posts that are held, and what was written about the choice."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from jinlin.algorithms.duty_hours import as_words, from_rows
from jinlin.algorithms.place_codes import is_within
from jinlin.organisations.models import Appointment, Filing, FilingAnswer, SheetEntry, Task
from jinlin.organisations.queries.filings import open_calls, with_answers
from jinlin.organisations.queries.sheets import value_words
from jinlin.organisations.rules.filings import APPEAL, may_appeal
from jinlin.organisations.rules.sheets import items_of
from jinlin.organisations.states import PLEDGE, FilingState
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.playbooks.schema import Filing as FilingKind
from jinlin.playbooks.schema import Playbook, Post
from jinlin.playbooks.wording import name_of


@dataclass(frozen=True)
class Note:
    """A line of a sheet about a post of mine, in words."""

    name: str
    value: str
    entry: SheetEntry


@dataclass(frozen=True)
class MyPost:
    """A post of mine with what can be done about it."""

    appointment: Appointment
    post: Post | None
    pledge: list[Task]
    reports: list[FilingKind]
    calls: list[tuple[FilingKind, Filing]]
    notes: list[Note]

    @property
    def hours(self) -> str:
        """The hours of duty in words."""
        return as_words(from_rows(self.appointment.hours))

    @property
    def needs_pledge(self) -> bool:
        """Whether a pledge has to be published before the post begins."""
        return self.post is not None and self.post.pledges and not self.pledge

    @property
    def may_leave(self) -> bool:
        """Whether it was taken by consent, which can be taken back."""
        return self.post is not None and self.post.consent


@dataclass(frozen=True)
class MyPosts:
    """Offers, posts that are held, and those of the past."""

    offers: list[MyPost]
    held: list[MyPost]
    past: list[MyPost]


def my_posts(person_id: int, on: date, playbook: Playbook) -> MyPosts:
    """Return the posts of a person, the newest first."""
    posts = {post.key: post for post in playbook.post}
    pledged = Prefetch("tasks", queryset=Task.objects.filter(kind=PLEDGE).order_by("due_on", "pk"))
    rows = Appointment.objects.filter(person_id=person_id).exclude(accepted_on__isnull=True, ended_because__gt="")
    rows = rows.select_related("body", "zone").prefetch_related(pledged).order_by("-term_from", "-pk")
    found = MyPosts([], [], [])
    calls, notes = list(open_calls(playbook, now())), notes_about(person_id, playbook)
    for row in rows:
        kinds = [kind for kind in playbook.filing if row.key in kind.holders]
        open_to_me = [call for call in calls if is_within(row.place_code, call.by.place_code)]
        follow = [(kind, call) for kind in kinds for call in open_to_me if kind.follows == call.kind]
        reports = [kind for kind in kinds if kind.follows is None]
        mine = MyPost(row, posts.get(row.key), list(row.tasks.all()), reports, follow, notes.get(row.pk, []))
        over = row.term_to is not None and row.term_to < on
        (found.past if over else found.offers if row.is_offer else found.held).append(mine)
    return found


def notes_about(person_id: int, playbook: Playbook) -> dict[int, list[Note]]:
    """Return what the sheets say about a person's posts, by the id of the post, the newest first."""
    items = {
        (sheet.key, item.key): item for sheet in playbook.sheet if sheet.posts for item in items_of(playbook, sheet)
    }
    found: dict[int, list[Note]] = {}
    if items:
        for entry in SheetEntry.objects.filter(appointment__person_id=person_id).order_by("-holds_from", "-pk"):
            if item := items.get((entry.sheet, entry.item)):
                note = Note(name_of(item), value_words(item, entry.value), entry)
                found.setdefault(entry.appointment_id, []).append(note)
    return found


@dataclass(frozen=True)
class MyFiling:
    """A matter about me that was put before bodies: what stands under each heading, who answered what, how it ended."""

    filing: Filing
    words: list[tuple[str, str]]
    answers: list[FilingAnswer]
    may_appeal: bool


def filings_about(actor: Actor, playbook: Playbook) -> list[MyFiling]:
    """Return what was put before bodies about the actor's posts, the newest first."""
    headings = {
        row.key: {APPEAL: _("Appeal")} | {heading.key: heading.name for heading in row.headings}
        for row in playbook.filing
    }
    rows = Filing.objects.filter(~Q(post=""), person_id=actor.person_id or 0).order_by("-filed_at", "-pk")
    return [
        MyFiling(
            row,
            [(headings.get(row.kind, {}).get(key, key), text) for key, text in row.words.items()],
            [answer for answer in row.answers.all() if answer.verdict],
            row.state == FilingState.RETURNED and bool(may_appeal(actor, row)),
        )
        for row in with_answers(rows)
    ]
