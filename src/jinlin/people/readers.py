"""Who looked at somebody's protected data: when, for which body, and what; never the reader's name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.people.models import Account
from jinlin.people.posts import Term, terms_of
from jinlin.platform.dates import local_day
from jinlin.platform.errors import Words
from jinlin.platform.models import AuditEntry

_words: dict[str, Words] = {
    "people.open_contact": _("your name and telephone number, from the roll"),
    "people.find_by_phone": _("where you live, looked for by your telephone number"),
    "people.read_household_contact": _("the contact that your household has given"),
}


@dataclass(frozen=True)
class Look:
    """One look at a person's data, as that person sees it."""

    at: datetime
    what: Words
    posts: tuple[str, ...]


def describe_read(verb: str, words: Words) -> None:
    """Say in words what a protected read of this name shows; the app that records it does so at start."""
    _words[verb] = words


def reads_about(person_id: int) -> QuerySet[AuditEntry]:
    """Return the protected reads about a person, the newest first."""
    return AuditEntry.objects.filter(kind=AuditEntry.Kind.READ, person_id=person_id).order_by("-at", "-id")


def reads_about_household(household_id: int) -> QuerySet[AuditEntry]:
    """Return the looks at a household's contact, the newest first; a look counts once, however many people it is about."""
    rows = AuditEntry.objects.filter(kind=AuditEntry.Kind.READ, subject_kind="people.household")
    about = rows.filter(subject_id=str(household_id))
    firsts = about.order_by().values("at", "actor_id", "verb").annotate(first=Min("pk")).values("first")
    return about.filter(pk__in=firsts).order_by("-at", "-id")


def looks(entries: Sequence[AuditEntry]) -> list[Look]:
    """Return the reads in words, each with the posts that the reader held on that day."""
    persons = dict(Account.objects.filter(pk__in={entry.actor_id for entry in entries}).values_list("pk", "person_id"))
    terms = terms_of(persons.values())
    return [_look(entry, persons.get(entry.actor_id), terms) for entry in entries]


def _look(entry: AuditEntry, reader_id: int | None, terms: Iterable[Term]) -> Look:
    day = local_day(entry.at)
    held = dict.fromkeys(
        f"{term.body} · {term.post}" for term in terms if term.person_id == reader_id and term.includes(day)
    )
    return Look(entry.at, _words.get(entry.verb, _("protected data")), tuple(held))
