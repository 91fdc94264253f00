"""What whoever raised a request does with it while it is open: adds to it, takes it back."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.models import StoredFile
from jinlin.platform.sends import sent_once
from jinlin.requests import rules
from jinlin.requests.actions.merging import lock_with_members, release_members
from jinlin.requests.actions.photos import attach_photos
from jinlin.requests.actions.steps import Change, Door, advance, locked
from jinlin.requests.models import Request, RequestPhoto
from jinlin.requests.states import BEFORE_ANSWER, Verb


def add_to_request(
    *, actor: Actor, request_id: int, note: str, photos: Sequence[StoredFile] = (), door: Door | None = None
) -> Request:
    """Add words or photos to an open request (补充).

    Raises:
        Invalid, and what `take_step` raises.
    """
    words = rules.clean_words(note, longest=rules.LONGEST_TEXT, field="note", needed=not photos)
    door = door or Door()
    contents = [request_id, Verb.ADD, words, [file.digest for file in photos]]
    with sent_once(sender=f"account:{actor.account_id}", key=door.key, contents=contents) as send:
        request = locked(actor, request_id, door.seen_version)
        step = advance(actor, request, Verb.ADD, Change(note=words), send)
        attach_photos(request, step, photos, RequestPhoto.Moment.BEFORE)
    return request


def withdraw_request(*, actor: Actor, request_id: int, reason: str = "", door: Door | None = None) -> Request:
    """Take back one's own request; its history stays. What was answered through it goes its own way again.

    Raises:
        What `take_step` raises.
    """
    change = Change(note=rules.clean_words(reason, longest=500, field="reason", needed=False))
    door = door or Door()
    with sent_once(f"account:{actor.account_id}", door.key, [request_id, Verb.WITHDRAW, change.note]) as send:
        lock_with_members(request_id)
        request = locked(actor, request_id, door.seen_version)
        rules.may(actor, Verb.WITHDRAW, request).enforce()
        if request.members and request.state in BEFORE_ANSWER:
            release_members(request, _("The request that led was withdrawn."))
        advance(actor, request, Verb.WITHDRAW, change, send)
    return request
