"""Puts the history of a request into the words that its reporter reads: bodies by name, officers never."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from jinlin.requests.models import RequestPhoto, Step
from jinlin.requests.states import STEPS_OF_PARTS, Verb

HIDDEN = {*STEPS_OF_PARTS, Verb.CLASSIFY, Verb.ESCALATE, Verb.ASK, Verb.REFUSE, Verb.TAKE_BACK, Verb.CONVENE}
"""Steps that are among officers only."""
PLAIN_WORDS = {
    Verb.RECEIVE: _("We have received it."),
    Verb.ACCEPT: _("It was taken up."),
    Verb.COORDINATE: _("Your neighbour head sees to it."),
    Verb.DECLINE: _("It was not taken up, for this reason:"),
    Verb.RELOCATE: _("The place was corrected."),
    Verb.DISPATCH: _("It was given to the body that answers for it."),
    Verb.TRANSFER: _("It was passed on to this body."),
    Verb.SEND_BACK: _("It goes back, so that the right body can be found."),
    Verb.LEAD: _("The secretary leads it in person, for this reason:"),
    Verb.SIGN: _("This body has signed for it."),
    Verb.START: _("Work has begun."),
    Verb.CALL_BACK: _("You will be called and asked how it went."),
    Verb.CLOSE: _("It is closed."),
    Verb.SETTLE: _("It is closed, for this reason:"),
    Verb.REWORK: _("It was not solved and goes back to work."),
    Verb.REOPEN: _("It was taken up again, for this reason:"),
    Verb.RESUBMIT: _("It was submitted again under another category."),
    Verb.WITHDRAW: _("It was withdrawn."),
    Verb.ADD: _("Added:"),
    Verb.CLIMB: _("It was taken up to this level."),
    Verb.MEET: _("All those concerned sat down together. Decided:"),
    Verb.RESUME: _("Work on it goes on."),
    Verb.JUDGE: _("You were asked afterwards how it went."),
    Verb.SPLIT: _("Other bodies were asked to help."),
    Verb.MERGE: _("It is answered together with another request about the same trouble; you hear of every step."),
    Verb.UNMERGE: _("It is answered by itself again."),
    Verb.IMPORT: _("It was taken over from another system."),
}


GIVEN = {Verb.DISPATCH, Verb.TRANSFER, Verb.CLIMB, Verb.RESUBMIT}
"""Steps that give it to a body, which the line names; other lines name the body for which the step was taken."""


class ShownPhoto(NamedTuple):
    """A photo of the history, behind an address that checks who asks."""

    url: str
    thumbnail: str


def timeline_entries(steps: Iterable[Step], photos: Mapping[int, Sequence[RequestPhoto]]) -> list[dict[str, Any]]:
    """Return the entries of the timeline component, in the order of `steps`, without what is not for the reporter."""
    every = list(steps)
    names = named_bodies(every)
    shown = [step for step in every if not _is_among_officers(step, photos)]
    return [_entry(step, photos.get(step.number, ())) | {"body": names[step.number]} for step in shown]


def named_bodies(steps: Sequence[Step]) -> dict[int, str]:
    """Return {number: the body that the line of the step names}: that which got it, else that for which it was taken.

    Where nobody acted for a body, it is the one that has it; in a step that sent it back the one that had it before.
    """
    had = {step.number: step.body.name for step in steps}
    return {step.number: _named(step, had) for step in steps}


def _named(step: Step, had: Mapping[int, str]) -> str:
    if step.acting is not None and step.verb not in GIVEN:
        return step.acting.name
    return had.get(step.number - 1, step.body.name) if step.verb == Verb.SEND_BACK else step.body.name


def _is_among_officers(step: Step, photos: Mapping[int, Sequence[RequestPhoto]]) -> bool:
    says_nothing = step.verb in {Verb.ADD, Verb.GRANT} and not step.note and not photos.get(step.number)
    return step.verb in HIDDEN or says_nothing


def _entry(step: Step, photos: Sequence[RequestPhoto]) -> dict[str, Any]:
    return {
        "state": step.state,
        "at": step.at,
        "words": _words(step),
        "before": _shown(photos, RequestPhoto.Moment.BEFORE),
        "after": _shown(photos, RequestPhoto.Moment.AFTER),
    }


def _words(step: Step) -> str:
    plain = str(PLAIN_WORDS.get(Verb(step.verb), ""))
    if not (plain and step.note):
        return plain or step.note
    return pgettext("a step and its words", "%(plain)s %(words)s") % {"plain": plain, "words": step.note}


def _shown(photos: Sequence[RequestPhoto], moment: str) -> list[ShownPhoto]:
    return [photo_address(photo.pk) for photo in photos if photo.moment == moment]


def photos_before(photos: Mapping[int, Sequence[RequestPhoto]]) -> list[ShownPhoto]:
    """Return the photos of how it was when it was raised."""
    return _shown([photo for number in sorted(photos) for photo in photos[number]], RequestPhoto.Moment.BEFORE)


def photo_address(photo_id: int) -> ShownPhoto:
    """Return where a photo and its small copy are shown to those who may see them."""
    url = reverse("requests:photo", args=[photo_id])
    return ShownPhoto(url, f"{url}?small")
