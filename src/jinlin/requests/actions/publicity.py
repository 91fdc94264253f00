"""What becomes public of a request, after a person has looked at it; and what is refused or taken back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from jinlin.disclosure import actions as disclosure
from jinlin.disclosure.models import Disclosure
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid, Words
from jinlin.platform.messages import notify
from jinlin.platform.sends import Send, sent_once
from jinlin.requests import rules
from jinlin.requests.actions.steps import Door, locked
from jinlin.requests.models import Category, Publicity, Request, RequestPhoto
from jinlin.requests.publishing import ShownPlace, places_to_show, subject_of

LONGEST_ANSWER = 2_000
LONGEST_REASON = 200
NO_DOOR = Door()


@dataclass(frozen=True)
class Look:
    """What the person who looked lets through: the words, how close the place, which photos."""

    title: str
    text: str
    answer: str = ""
    place: str = ShownPlace.COMMUNITY
    photo_ids: Sequence[int] = ()


def publish_request(*, actor: Actor, request_id: int, look: Look, door: Door = NO_DOOR) -> Disclosure:
    """Make a request public in the words that a person has checked; again for a new version, after an answer, say.

    Raises:
        Invalid: for empty words, or words that still hold something personal; NotAllowed, NotFound, Stale, RepeatedSend.
    """
    contents = [request_id, "publish", look.title, look.text, look.answer, look.place, list(look.photo_ids)]
    with sent_once(sender=f"account:{actor.account_id}", key=door.key, contents=contents) as send:
        request = locked(actor, request_id, door.seen_version)
        rules.may_publish(actor, request).enforce()
        made = disclosure.disclose(actor=actor, subject=subject_of(request), words=_public_words(request, look))
        first = request.publicity != Publicity.PUBLIC
        _turn(actor, request, Publicity.PUBLIC, "publish", send, version=made.version)
        if first:
            _tell(request, _("“%(title)s” is public now, without names or telephone numbers."))
    return made


def _public_words(request: Request, look: Look) -> disclosure.PublicWords:
    category = Category.objects.filter(code=request.category).first()
    rating = request.ratings.filter(valid=True).order_by("-at").first()
    return disclosure.PublicWords(
        number=request.number,
        title=rules.clean_words(look.title, longest=rules.LONGEST_TITLE, field="title"),
        text=rules.clean_words(look.text, longest=rules.LONGEST_TEXT, field="text"),
        answer=rules.clean_words(look.answer, longest=LONGEST_ANSWER, field="answer", needed=False),
        state=request.state,
        happened_at=request.received_at,
        place=_place(request, look.place),
        category=request.category,
        category_name=category.name if category else "",
        body_name=request.body.name,
        rating=rating.satisfied if rating else "",
        photos=_photos(request, look.photo_ids),
    )


def _place(request: Request, shown: str) -> disclosure.PublicPlace:
    offered = places_to_show(request)
    if shown not in offered:
        raise Invalid(fields={"place": _("Please choose how closely the place is shown.")})
    return offered[ShownPlace(shown)]


def _photos(request: Request, ids: Sequence[int]) -> list[tuple]:
    chosen = RequestPhoto.objects.filter(request=request, pk__in=ids).select_related("file")
    return [(photo.file, photo.moment) for photo in chosen]


def refuse_publication(*, actor: Actor, request_id: int, reason: str, door: Door = NO_DOOR) -> Request:
    """Say that a request wished public does not become so, with the reason that its sender reads.

    Raises:
        Invalid: without a reason; NotAllowed, NotFound, Stale, RepeatedSend.
    """
    words = rules.clean_words(reason, longest=LONGEST_REASON, field="reason")
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, "refuse-publication", words]) as send:
        request = locked(actor, request_id, door.seen_version)
        rules.may_refuse_publication(actor, request).enforce()
        _turn(actor, request, Publicity.REFUSED, "refuse_publication", send, reason=words)
        _tell(request, _("“%(title)s” was not made public: %(reason)s"), reason=words)
    return request


def withdraw_publication(*, actor: Actor, request_id: int, reason: str, door: Door = NO_DOOR) -> Request:
    """Take a request out of public view; its sender may do so too, and then it is private again.

    Raises:
        Invalid: without a reason; NotAllowed, NotFound, Stale, RepeatedSend.
    """
    words = rules.clean_words(reason, longest=LONGEST_REASON, field="reason")
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, "withdraw-publication", words]) as send:
        request = locked(actor, request_id, door.seen_version)
        rules.may_take_from_public(actor, request).enforce()
        by_sender = rules.is_reporter(actor, request)
        disclosure.take_down(actor=actor, subject=subject_of(request), reason=words)
        publicity = Publicity.PRIVATE if by_sender else Publicity.REFUSED
        _turn(actor, request, publicity, "withdraw_publication", send, reason=words)
        if not by_sender:
            _tell(request, _("“%(title)s” is no longer public: %(reason)s"), reason=words)
    return request


def _turn(actor: Actor, request: Request, publicity: str, verb: str, send: Send, **detail: object) -> None:
    before, request.publicity = request.publicity, publicity
    request.save(update_fields=["publicity"])
    record_change(
        actor, f"requests.{verb}", request, place_code=request.place_code, before=before, after=publicity, **detail
    )
    send.keep(request)


def _tell(request: Request, template: Words, **values: str) -> None:
    if request.reporter_id is None:
        return
    notify([request.reporter_id], template, {"title": request.title, **values}, link=f"/my/requests/{request.pk}")
