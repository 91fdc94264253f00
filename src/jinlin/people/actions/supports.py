"""Saying that a matter is one's own too, once for each household, and taking it back."""

from jinlin.people.models import Support
from jinlin.people.supports import tell_recount, voice_of
from jinlin.platform.access import Actor
from jinlin.platform.dates import now


def give_support(*, actor: Actor, subject: str) -> bool:
    """Write the word of the actor's household for a matter; return whether it is new.

    The app of the matter decides who may, locks it, keeps its number and writes the line in the trail.

    Raises:
        NotSignedIn.
    """
    actor.must_be_signed_in()
    given = Support(subject=subject, by=voice_of(actor.person_id), person_id=actor.person_id, at=now())
    before = Support.objects.filter(subject=subject, by=given.by).exists()
    if not before:
        given.save()
    return not before


def take_back_support(*, actor: Actor, subject: str) -> bool:
    """Take the word of the actor's household back; return whether there was one. The matter is locked by its app.

    Raises:
        NotSignedIn.
    """
    actor.must_be_signed_in()
    return Support.objects.filter(subject=subject, by=voice_of(actor.person_id)).delete()[0] > 0


def fold_supports(person_id: int, household_id: int) -> None:
    """Turn what a person supported alone into the word of the household that they belong to from now on.

    Where the household has given its word already, the two become one, and the matter is counted anew.
    """
    alone, together = f"person:{person_id}", f"household:{household_id}"
    subjects = set(Support.objects.filter(by=alone).values_list("subject", flat=True))
    twice = set(Support.objects.filter(by=together, subject__in=subjects).values_list("subject", flat=True))
    Support.objects.filter(by=alone, subject__in=twice).delete()
    Support.objects.filter(by=alone).update(by=together)
    tell_recount(twice)
