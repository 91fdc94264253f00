"""Gives posts to people: one by one or a whole roster, by the same rules."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.algorithms.duty_hours import as_rows
from jinlin.organisations import rules
from jinlin.organisations.models import Appointment, Body
from jinlin.organisations.queries.filling import known_about, lock_rows
from jinlin.organisations.rules.filling import (
    Known,
    NewAppointment,
    faults_in,
    holding_of,
    last_day_of,
    scope_of,
)
from jinlin.people.actions import end_tokens
from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.errors import Invalid, NotAllowed, Words
from jinlin.platform.messages.notices import notify
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Playbook, Post

BATCH = 2_000


def appoint(*, actor: Actor, new: NewAppointment) -> Appointment:
    """Give a person a post at a body, over its place or a part of it, for a term.

    Where the post needs its holder's consent, or a pledge, this is an offer until they accept it themselves.

    Raises:
        NotAllowed: for somebody who does not give this post there; and for oneself.
        Invalid: for what the playbook's post does not allow; `fields` say what.
    """
    return appoint_all(actor=actor, roster=[new])[0]


def appoint_all(*, actor: Actor, roster: Sequence[NewAppointment]) -> list[Appointment]:
    """Give all the posts of a roster or none, with one line in the audit trail for the whole, and tell those concerned.

    What the platform itself sets up without asking anybody is told to nobody.

    Raises:
        NotAllowed, Invalid: as `appoint`, for the first that cannot be given.
    """
    with transaction.atomic():
        lock_rows(Body, (new.body.pk for new in roster))
        lock_rows(Person, (new.person.pk for new in roster))
        playbook = current_playbook()
        for faults in _checked(actor, roster, playbook, at_once=True):
            if faults:
                raise Invalid(fields=faults)
        made = _made([_row(new, playbook.post_named(new.key)) for new in roster])
        _record(actor, made)
        end_tokens(actor=actor, person_ids=[row.person_id for row in made if row.role and not row.is_offer])
        _tell([row for row in made if row.is_offer or not actor.is_system])
    return made


def check_roster(*, actor: Actor, roster: Sequence[NewAppointment]) -> list[Mapping[str, Words]]:
    """Return for each line of a roster {field: why} of what keeps it from being given, the lines before it counted."""
    return _checked(actor, roster, current_playbook())


def _checked(
    actor: Actor, roster: Sequence[NewAppointment], playbook: Playbook, *, at_once: bool = False
) -> list[Mapping[str, Words]]:
    known, found = known_about(roster, playbook), []
    posts = {post.key: post for post in playbook.post}
    for new in roster:
        faults = _faults(actor, new, posts.get(new.key), known, at_once=at_once)
        if not faults:
            known.add([holding_of(new, posts[new.key])])
        found.append(faults)
    return found


def _faults(
    actor: Actor, new: NewAppointment, post: Post | None, known: Known, *, at_once: bool
) -> Mapping[str, Words]:
    if post is None:
        return {"post": _("This place has no such post.")}
    try:
        rules.may_give_to(actor, new.person.pk).enforce()
        rules.may_fill(actor, new.body, scope_of(new).place_code, post.role or "").enforce()
    except NotAllowed as error:
        if at_once:
            raise
        return {"person": error.why}
    return faults_in(new, post, known)


def _row(new: NewAppointment, post: Post) -> Appointment:
    scope = scope_of(new)
    return Appointment(
        person=new.person,
        body=new.body,
        key=post.key,
        post=post.name,
        role=post.role or "",
        place_code=scope.place_code,
        zone_id=scope.zone_id,
        origin=new.origin,
        term_from=new.term_from,
        term_to=last_day_of(new, post),
        accepted_on=None if post.consent or post.pledges else new.term_from,
        source=new.source,
        listed=new.listed,
        hours=as_rows(new.hours),
    )


def _made(rows: Sequence[Appointment]) -> list[Appointment]:
    return Appointment.objects.bulk_create(rows, batch_size=BATCH)


def _record(actor: Actor, made: Sequence[Appointment]) -> None:
    if len(made) == 1:
        first = made[0]
        record_change(
            actor,
            "organisations.appoint",
            first,
            place_code=first.place_code,
            person_id=first.person_id,
            post=first.key,
        )
    elif made:
        record_change(actor, "organisations.appoint_all", made[0], place_code=made[0].place_code, rows=len(made))


def _tell(made: Sequence[Appointment]) -> None:
    """Leave word of posts with those who hold them or are asked to, those of one post at one body together."""
    together: dict[tuple[str, int, bool], list[Appointment]] = defaultdict(list)
    for row in made:
        together[row.post, row.body_id, row.is_offer].append(row)
    link = reverse("organisations:my-posts")
    for (post, _body_id, is_offer), rows in together.items():
        words = (
            gettext_lazy("You are asked to be %(post)s at %(body)s. Please answer.")
            if is_offer
            else gettext_lazy("You are %(post)s at %(body)s now.")
        )
        notify([row.person_id for row in rows], words, {"post": post, "body": rows[0].body.name}, link=link)
