"""Who files a matter, who answers it, who reads it, and what counts as a reason."""

import re
from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.organisations.models import Body, Filing
from jinlin.organisations.rules.acting import bodies_kept_by, bodies_of, may_act_for
from jinlin.organisations.states import FilingState
from jinlin.platform.access import Actor
from jinlin.platform.errors import Words
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.playbooks.schema import Filing as FilingKind

MARK = re.compile(
    r"[\s\W]*[\d０-９一二三四五六七八九十百零〇]+([.．点][\d０-９]+)?\s*(/\s*\d+|%|％|分|星|级|points?|stars?)?[\s\W]*"
)
"""A number, with or without its unit: a mark that somebody is given."""


def may_file(actor: Actor, by: Body, kind: FilingKind) -> Ruling:
    """Say whether the actor puts a matter of this kind before others in the name of the body `by`."""
    if by.kind not in kind.by:
        return no(_("%(body)s does not file matters of this kind.") % {"body": by.name})
    if not by.active:
        return no(_("%(body)s is not active.") % {"body": by.name})
    return may_act_for(actor, by)


def may_answer(actor: Actor, filing: Filing, body: Body, asked: set[int]) -> Ruling:
    """Say whether the actor answers for a body: one that was asked, and not whoever filed the matter themselves."""
    if body.pk not in asked:
        return no(_("%(body)s was not asked about this matter.") % {"body": body.name})
    if filing.filed_by_id is not None and filing.filed_by_id == actor.account_id:
        return no(_("Whoever files a matter does not answer it; somebody else of this body does."))
    if filing.person_id is not None and filing.person_id == actor.person_id:
        return no(_("Nobody answers a matter about themselves."))
    return may_act_for(actor, body)


def filings_visible_to(actor: Actor) -> QuerySet[Filing]:
    """Return the filings that are the actor's business.

    Those of their bodies and put before them, about themselves, and those of the area they keep that are about nobody.
    """
    if actor.is_system:
        return Filing.objects.all()
    mine = bodies_of(actor).values("pk")
    about_me = Q(person_id=actor.person_id) if actor.person_id else Q(pk__in=[])
    kept = Q(person__isnull=True, by__in=bodies_kept_by(actor).values("pk"))
    ids = Filing.objects.filter(Q(by__in=mine) | Q(answers__body__in=mine) | about_me | kept).values("pk")
    return Filing.objects.filter(pk__in=ids)


def missing_headings(kind: FilingKind, words: Mapping[str, str]) -> dict[str, Words]:
    """Return for each heading that is not filled with a reason what is wrong with it."""
    wrong: dict[str, Words] = {}
    for heading in kind.headings:
        text = words.get(heading.key, "").strip()
        if not text:
            wrong[heading.key] = _("“%(heading)s” is not filled yet.") % {"heading": heading.name}
        elif MARK.fullmatch(text):
            wrong[heading.key] = _("“%(heading)s” needs a reason in words; persons are not given marks.") % {
                "heading": heading.name
            }
    return wrong


def may_withdraw(actor: Actor, filing: Filing) -> Ruling:
    """Say whether the actor takes back a matter: the body that filed it does, until it is decided."""
    ruling = may_act_for(actor, filing.by)
    if ruling and filing.state != FilingState.PENDING:
        return no(_("It has been decided already."))
    return ruling if not ruling else YES
