"""Whose word counts as one when many say that a matter is theirs too, and who supports what."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from jinlin.people.models import Residence, Support
from jinlin.platform.access import Actor

Recount = Callable[[list[int]], None]
_recounts: dict[str, Recount] = {}


def subject_of(kind: str, row_id: int) -> str:
    """Return the word that names a matter, such as `request:12`."""
    return f"{kind}:{row_id}"


def voice_of(person_id: int) -> str:
    """Return whose word a person's is: that of the household they live in by proof, or else their own."""
    living = Residence.objects.filter(person_id=person_id, valid_to__isnull=True).exclude(role=Residence.Role.LANDLORD)
    household_id = living.order_by("pk").values_list("household_id", flat=True).first()
    return f"person:{person_id}" if household_id is None else f"household:{household_id}"


def has_supported(actor: Actor, subject: str) -> bool:
    """Say whether the actor's household has given its word already, or the actor alone."""
    return actor.person_id is not None and subject in supported_among(actor, [subject])


def supported_among(actor: Actor, subjects: Collection[str]) -> set[str]:
    """Return those of `subjects` that the actor's household supports."""
    if actor.person_id is None or not subjects:
        return set()
    own = Support.objects.filter(by=voice_of(actor.person_id), subject__in=subjects)
    return set(own.values_list("subject", flat=True))


def supports_of(subjects: Iterable[str]) -> int:
    """Return how many households support one of the matters at least, each counted once."""
    return Support.objects.filter(subject__in=list(subjects)).values("by").distinct().count()


def supporters_of(subjects: Iterable[str], at: datetime) -> set[int]:
    """Return the persons who had given their household's word for one of the matters by then."""
    given = Support.objects.filter(subject__in=list(subjects), person__isnull=False, at__lte=at)
    return set(given.values_list("person_id", flat=True))


def recount(kind: str) -> Callable[[Recount], Recount]:
    """Register what counts the supports of matters of one kind anew, given their ids, when households are told apart anew.

    It runs in the same transaction.
    """

    def register(function: Recount) -> Recount:
        _recounts[kind] = function
        return function

    return register


def tell_recount(subjects: Iterable[str]) -> None:
    """Let the apps that keep a number of supports count them anew."""
    ids: dict[str, list[int]] = {}
    for subject in subjects:
        kind, _colon, row_id = subject.partition(":")
        ids.setdefault(kind, []).append(int(row_id))
    for kind, found in ids.items():
        if kind in _recounts:
            _recounts[kind](sorted(found))
