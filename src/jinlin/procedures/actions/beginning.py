"""Begins a procedure for a matter, by the version of its definition that holds today."""

import hashlib
import json
from dataclasses import dataclass

from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import find_personal
from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now
from jinlin.platform.errors import Invalid, Words, WrongState
from jinlin.platform.numbers import next_number
from jinlin.platform.sends import ANY_DOOR, Door, sent_once
from jinlin.platform.stepping import write_line
from jinlin.platform.works import matter_of, split_subject
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Playbook
from jinlin.playbooks.schema import Procedure as Rules
from jinlin.procedures import rules
from jinlin.procedures.actions.walking import Ending, open_visit, walk
from jinlin.procedures.models import Definition, Procedure
from jinlin.procedures.queries import kind_of
from jinlin.procedures.states import ProcedureState, Verb
from jinlin.territory.models import Zone
from jinlin.territory.queries import existing_place

LONGEST = {"title": 80, "text": 1000}


@dataclass(frozen=True)
class NewProcedure:
    """What is begun: the kind, the matter (a subject, or one's own words), and where; `matter` is a kind of matter."""

    kind: str
    title: str
    place_code: str
    text: str = ""
    subject: str = ""
    matter: str = ""
    zone: Zone | None = None


def begin(*, actor: Actor, new: NewProcedure, door: Door = ANY_DOOR) -> Procedure:
    """Begin a procedure.

    Raises:
        NotSignedIn, NotFound, RepeatedSend, KeyReused; NotAllowed for somebody who does not begin this kind.
        Invalid: for words that cannot stand, a place that does not fit, or a matter that this kind is not for.
        WrongState: where one of this kind runs for the same matter already.
    """
    wanted = kind_of(new.kind)
    spot = rules.Spot(new.place_code, new.zone.pk if new.zone else None)
    rules.may_begin(actor, wanted, spot).enforce()
    _check(actor, new, wanted)
    contents = [new.kind, new.title, new.text, new.subject, new.matter, new.place_code, spot.zone_id]
    with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
        definition = definition_of(current_playbook(), wanted)
        _refuse_second(new)
        bodies = rules.acting_bodies(actor, wanted.begun_by, spot)
        made = _made(actor, new, definition, bodies[0] if bodies else None)
        write_line(actor, made, Verb.BEGIN, key=made.at_key)
        record_change(actor, "procedures.begin", made, place_code=made.place_code, kind=new.kind)
        first = open_visit(made, made.at_key)
        if wanted.steps[0].on_begin:
            by = (f"person:{actor.person_id}",) if actor.person_id else ()
            walk(actor, made, first, Ending(Verb.CONCLUDE, words=made.title, sides=by))
        send.keep(made)
    return made


def _made(actor: Actor, new: NewProcedure, definition: Definition, body: Body | None) -> Procedure:
    return Procedure.objects.create(
        definition=definition, subject=new.subject, title=new.title.strip(), text=new.text.strip(), matter=new.matter,
        place_code=new.place_code, zone=new.zone, body=body, person_id=actor.person_id, state=ProcedureState.RUNNING,
        at_key=definition.rules.steps[0].key, begun_at=now(),
    )  # fmt: skip


def _check(actor: Actor, new: NewProcedure, wanted: Rules) -> None:
    found: dict[str, Words] = {
        "title": _words_fault(new.title, "title") if new.title.strip() else _("Say in a few words what it is about."),
        "text": _words_fault(new.text, "text"),
        "matter": _matter_fault(new, wanted),
        "place": _place_fault(new, wanted),
        "subject": _subject_fault(actor, new, wanted),
    }
    if wrong := {name: why for name, why in found.items() if why}:
        raise Invalid(fields=wrong)


def _words_fault(words: str, name: str) -> Words:
    if len(words.strip()) > LONGEST[name]:
        return _("At most %(most)s characters fit.") % {"most": LONGEST[name]}
    return _("Everybody reads this: leave names, telephone and identity numbers out.") if find_personal(words) else ""


def _matter_fault(new: NewProcedure, wanted: Rules) -> Words:
    if wanted.matters and new.matter not in wanted.matters:
        return _("Choose what kind of matter it is.")
    return _("This kind of procedure takes no kinds of matter.") if new.matter and not wanted.matters else ""


def _place_fault(new: NewProcedure, wanted: Rules) -> Words:
    if existing_place(new.place_code) is None:
        return _("There is no such place here.")
    if new.zone is not None and not new.place_code.startswith(new.zone.community_code):
        return _("The estate lies in another community.")
    if wanted.level == "estate" and new.zone is None:
        return _("Choose the estate.")
    return ""


def _subject_fault(actor: Actor, new: NewProcedure, wanted: Rules) -> Words:
    kind = "own"
    if new.subject:
        kind, _row_id = split_subject(new.subject)
        matter_of(actor, new.subject)
    return "" if kind in wanted.subjects else _("This kind of procedure is not for such a matter.")


def _refuse_second(new: NewProcedure) -> None:
    same = Procedure.objects.filter(subject=new.subject, definition__key=new.kind, state=ProcedureState.RUNNING)
    if new.subject and same.exists():
        raise WrongState(_("This procedure runs for the same matter already."))


def definition_of(playbook: Playbook, wanted: Rules) -> Definition:
    """Return the version of a definition as the playbook has it now, kept from its first use on; within a transaction."""
    tables = {step.key: [part.model_dump(mode="json") for part in playbook.parts_at(step)] for step in wanted.steps}
    contents = {"procedure": wanted.model_dump(mode="json"), "tables": tables}
    digest = hashlib.sha256(json.dumps(contents, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    known = Definition.objects.filter(key=wanted.key, digest=digest).first()
    if known is not None:
        return known
    # The counter's row is locked, so that two at once do not both keep it.
    version = next_number(f"procedures.definition.{wanted.key}")
    values = {"version": version, "contents": contents, "at": now()}
    return Definition.objects.get_or_create(key=wanted.key, digest=digest, defaults=values)[0]
