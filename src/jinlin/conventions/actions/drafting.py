"""How a version comes to be: from a text taken apart into clauses, or from the version in force; then clause by clause."""

from dataclasses import dataclass

from django.db.models import Max
from django.utils.translation import gettext as _

from jinlin.algorithms.clauses import match_clauses, split_clauses
from jinlin.conventions import rules
from jinlin.conventions.actions.steps import STEPS
from jinlin.conventions.models import Clause, Convention, Edition
from jinlin.conventions.queries import in_force
from jinlin.conventions.states import UNFINISHED, EditionVerb
from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.sends import ANY_DOOR, Door, RepeatedSend, sent_once
from jinlin.platform.stepping import write_line
from jinlin.territory.models import Zone

LONGEST_TEXT, LONGEST_CLAUSE, LONGEST_NOTE, MOST_CLAUSES = 60_000, 3_000, 300, 300


@dataclass(frozen=True)
class NewEdition:
    """A version to draft; without `text` it starts from the one in force. `note` says why there is a new one."""

    kind: str
    zone: Zone
    body: Body
    text: str = ""
    note: str = ""


@dataclass(frozen=True)
class ClauseWords:
    """A clause as it is written; `key` None adds one behind the others, `required` names the required clause that it is."""

    text: str
    key: int | None = None
    required: str = ""


def draft_edition(*, actor: Actor, new: NewEdition, door: Door = ANY_DOOR) -> Edition:
    """Draft a version of an estate's convention. A repeat of the same send gives the same one.

    Raises:
        NotAllowed, KeyReused; WrongState while another version is drafted or voted on.
        Invalid: for a kind that is none, without a text where none is in force, or one that is too long.
    """
    _check(actor, new)
    contents = [new.kind, new.zone.pk, new.body.pk, new.text, new.note]
    try:
        with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
            edition = _write(actor, new)
            send.keep(edition)
    except RepeatedSend as sent:
        edition = Edition.objects.get(pk=sent.subject_id)
    return edition


def _check(actor: Actor, new: NewEdition) -> None:
    if not rules.keeps(actor, new.zone.community_code, new.body.pk):
        rules.may_keep(actor, Convention(place_code=new.zone.community_code, body=new.body)).enforce()
    if rules.kind_of(new.kind) is None:
        raise Invalid(fields={"kind": _("Choose one from the list.")})
    if new.zone.kind != Zone.Kind.ESTATE:
        raise Invalid(fields={"zone": _("A convention is that of an estate.")})
    for name, longest in (("text", LONGEST_TEXT), ("note", LONGEST_NOTE)):
        if len(getattr(new, name)) > longest:
            raise Invalid(fields={name: _("At most %(most)s characters fit.") % {"most": longest}})


def _write(actor: Actor, new: NewEdition) -> Edition:
    facts = {"place_code": new.zone.community_code, "body": new.body, "made_at": now()}
    known, _made = Convention.objects.get_or_create(kind=new.kind, zone=new.zone, defaults=facts)
    convention = Convention.objects.select_for_update().get(pk=known.pk)
    if convention.editions.filter(state__in=sorted(UNFINISHED)).exists():
        raise WrongState(_("Another version is under way already; end it first."))
    last = convention.editions.aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(convention=convention, number=last + 1, made_at=now(), note=new.note.strip())
    _fill(convention, edition, new.text)
    write_line(actor, edition, EditionVerb.MAKE, new.note.strip())
    record_change(actor, "conventions.make", edition, place_code=convention.place_code, edition=edition.number)
    return edition


def _fill(convention: Convention, edition: Edition, text: str) -> None:
    before = in_force(convention)
    old = list(before.clauses.all()) if before else []
    texts = split_clauses(text) if text.strip() else [clause.text for clause in old]
    if not texts or len(texts) > MOST_CLAUSES or max(map(len, texts)) > LONGEST_CLAUSE:
        raise Invalid(
            fields={"text": _("Write it clause by clause: 1 to 300 clauses of at most 3,000 characters each.")}
        )
    keys = match_clauses({clause.key: clause.text for clause in old}, texts)
    named = {clause.key: clause.required for clause in old}
    kind = rules.kind_of(convention.kind)
    Clause.objects.bulk_create(
        Clause(
            edition=edition,
            key=next_key(convention) if key is None else key,
            order=order,
            text=words,
            required=named.get(key or 0, "") or rules.required_for(kind, words),
        )
        for order, (key, words) in enumerate(zip(keys, texts, strict=True), start=1)
    )


def next_key(convention: Convention) -> int:
    """Give out the next key of a locked convention's clauses."""
    convention.last_key += 1
    convention.save(update_fields=["last_key"])
    return convention.last_key


def write_clause(*, actor: Actor, edition_id: int, clause: ClauseWords, door: Door = ANY_DOOR) -> Edition:
    """Write a clause of a draft anew, or add one. Raises: NotFound, NotAllowed, WrongState, Stale, Invalid, and as a send."""
    text = clause.text.strip()
    if not text or len(text) > LONGEST_CLAUSE:
        raise Invalid(fields={"text": _("A clause has 1 to 3,000 characters.")})
    with STEPS.sent(actor, edition_id, EditionVerb.WRITE, door, [clause.key, text, clause.required]) as edition:
        kind = rules.kind_of(edition.convention.kind)
        if clause.required and clause.required not in {row.key for row in (kind.clause if kind else ())}:
            raise Invalid(fields={"required": _("Choose one from the list.")})
        STEPS.advance(actor, edition, EditionVerb.WRITE)
        if clause.key is None:
            _add(edition, text, clause.required or rules.required_for(kind, text))
        else:
            _one(edition, clause.key)
            edition.clauses.filter(key=clause.key).update(text=text, required=clause.required)
    return edition


def _add(edition: Edition, text: str, required: str) -> None:
    convention = Convention.objects.select_for_update().get(pk=edition.convention_id)
    last = edition.clauses.aggregate(last=Max("order"))["last"] or 0
    Clause.objects.create(edition=edition, key=next_key(convention), order=last + 1, text=text, required=required)


def _one(edition: Edition, key: int) -> Clause:
    found = edition.clauses.filter(key=key).first()
    if found is None:
        raise NotFound
    return found


def remove_clause(*, actor: Actor, edition_id: int, key: int, door: Door = ANY_DOOR) -> Edition:
    """Take a clause out of a draft. Raises as `write_clause`."""
    with STEPS.sent(actor, edition_id, EditionVerb.WRITE, door, [key, "remove"]) as edition:
        STEPS.advance(actor, edition, EditionVerb.WRITE)
        _one(edition, key)
        edition.clauses.filter(key=key).delete()
    return edition
