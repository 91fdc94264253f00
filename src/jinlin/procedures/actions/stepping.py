"""What people do to the open step: conclude it, leave it out, hand in proof, take part; and withdraw the whole."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import find_personal
from jinlin.algorithms.step_graph import Turn
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import local_day, now, today
from jinlin.platform.errors import Invalid, WrongState
from jinlin.platform.models import StoredFile
from jinlin.platform.sends import ANY_DOOR, Door
from jinlin.platform.wording import in_a_row
from jinlin.platform.works import Outcome, Purpose
from jinlin.playbooks.schema import Step as StepRules
from jinlin.playbooks.wording import name_of
from jinlin.procedures import rules
from jinlin.procedures.actions.catching_up import settle
from jinlin.procedures.actions.walking import STEPS, Ending, end, walk
from jinlin.procedures.models import Participant, Procedure, Proof, Step
from jinlin.procedures.queries import open_step
from jinlin.procedures.states import Mark, ProofKind, StepState, Verb

LONGEST = {"words": 500, "proof": 300}


@dataclass(frozen=True)
class Evidence:
    """A proof that is handed in: words, a picture, or both."""

    kind: str
    words: str = ""
    file: StoredFile | None = None


def conclude(
    *, actor: Actor, procedure_id: int, key: str, words: str, evidence: Sequence[Evidence] = (),
    sides: Sequence[str] = (), choice: str = "", door: Door = ANY_DOOR,
) -> Procedure:  # fmt: skip
    """Conclude the open step by hand with words and proof, or by the work that counts, saying which step follows.

    Raises:
        NotFound, NotAllowed, Stale, RepeatedSend, KeyReused.
        WrongState: for a step that is not open, and one that only a work of its kind concludes.
        Invalid: without words, proof, sides or a choice where they are needed.
    """
    said = _clean(words, "words", needed=True)
    chosen = [key, [(one.kind, one.words, one.file and one.file.pk) for one in evidence], sorted(sides), choice]
    with _sent(actor, procedure_id, key, Verb.CONCLUDE, door, [said, *chosen]) as (procedure, step):
        rules.may(actor, Verb.CONCLUDE, procedure).enforce()
        work = rules.concluding(step, rules.candidates(step))
        if work is not None:
            ending = Ending(Verb.CONCLUDE, work.turn, words=said, choice=choice, work=work.work)
        else:
            ending = _by_hand(actor, step, said, evidence, sides, choice)
        walk(actor, procedure, step, ending)
    return procedure


def _by_hand(
    actor: Actor, step: Step, words: str, evidence: Sequence[Evidence], sides: Sequence[str], choice: str
) -> Ending:
    wanted = step.rules
    if not wanted.by_hand:
        raise WrongState(_("This step is concluded by what it is for, not by hand: begin that from here."))
    _keep(actor, step, evidence)
    there = _there(actor, step, sides)
    turn = _turn(step, wanted)
    if turn == Turn.ON:
        _refuse_incomplete(step, wanted, there)
    return Ending(Verb.CONCLUDE, turn, words=words, choice=choice, sides=there)


def _there(actor: Actor, step: Step, sides: Sequence[str]) -> tuple[str, ...]:
    """Who took the step: the sides named, whoever took part, and unless it is an evaluation whoever concludes it."""
    parts = {part.key for part in step.procedure.definition.parts(step.key)}
    if strange := sorted(set(sides) - parts):
        raise Invalid(fields={"sides": _("There is no such side: %(sides)s.") % {"sides": in_a_row(strange)}})
    persons = set(step.participants.values_list("person_id", flat=True))
    if step.rules.kind != Purpose.EVALUATE and actor.person_id is not None:
        persons.add(actor.person_id)
    kinds = {body.kind for body in rules.acting_bodies(actor, step.rules.by, rules.spot_of(step.procedure))}
    return (*sides, *sorted(kinds), *(f"person:{one}" for one in sorted(persons)))


def _turn(step: Step, wanted: StepRules) -> Turn:
    if wanted.kind != Purpose.EVALUATE:
        return Turn.ON
    marks = list(step.participants.exclude(mark="").values_list("mark", flat=True))
    if not marks:
        raise Invalid(_("Nobody has evaluated it yet."))
    return rules.weigh_marks(wanted, marks)


def _refuse_incomplete(step: Step, wanted: StepRules, there: Sequence[str]) -> None:
    lasted = (today() - local_day(step.opened_at)).days
    if lasted < wanted.least_days:
        values = {"days": lasted, "least": wanted.least_days}
        raise Invalid(_("It lasted %(days)s of at least %(least)s days.") % values)
    if lacking := rules.missing_sides(wanted, step.procedure.definition.parts(step.key), there):
        raise Invalid(fields={"sides": _("Not there: %(sides)s.") % {"sides": in_a_row(map(name_of, lacking))}})
    if rules.doers_alone(step, there):
        raise Invalid(_("Those who did it cannot evaluate it alone."))
    if missing := rules.missing_proofs(step):
        why = _("Still to be handed in: %(proofs)s.") % {"proofs": in_a_row(missing)}
        raise Invalid(fields={"proof": why})


def skip(
    *, actor: Actor, procedure_id: int, key: str, words: str, choice: str = "", door: Door = ANY_DOOR
) -> Procedure:
    """Leave the open step out, with the reason. Raises as `conclude`."""
    said = _clean(words, "words", needed=True)
    with _sent(actor, procedure_id, key, Verb.SKIP, door, [said, key, choice]) as (procedure, step):
        rules.may(actor, Verb.SKIP, procedure).enforce()
        walk(actor, procedure, step, Ending(Verb.SKIP, state=StepState.SKIPPED, words=said, choice=choice))
    return procedure


def prove(*, actor: Actor, procedure_id: int, key: str, evidence: Evidence, door: Door = ANY_DOOR) -> Procedure:
    """Hand in a proof of the open step; where that was all that was missing, the step is concluded. Raises as `conclude`."""
    contents = [key, evidence.kind, evidence.words, evidence.file and evidence.file.pk]
    with _sent(actor, procedure_id, key, Verb.PROVE, door, contents) as (procedure, step):
        STEPS.advance(actor, procedure, Verb.PROVE, words=str(ProofKind(evidence.kind).label))
        _keep(actor, step, [evidence])
        settle(procedure)
    return procedure


def take_part(
    *, actor: Actor, procedure_id: int, key: str, mark: str = "", words: str = "", door: Door = ANY_DOOR
) -> Participant:
    """Take part in the open step, in an evaluation with a mark; said again it is the new word that counts.

    Raises as `conclude`.
    """
    said = _clean(words, "proof")
    with _sent(actor, procedure_id, key, Verb.CONCLUDE, door, [key, mark, said, "part"]) as (procedure, step):
        rules.may_take(actor, procedure, step.rules).enforce()
        if step.rules.kind == Purpose.EVALUATE and mark not in Mark.values:
            raise Invalid(fields={"mark": _("Say how it was done.")})
        values = {"mark": mark, "words": said, "at": now()}
        row, _new = Participant.objects.update_or_create(step=step, person_id=actor.person_id, defaults=values)
        record_change(actor, "procedures.take_part", row, place_code=procedure.place_code)
    return row


def withdraw(*, actor: Actor, procedure_id: int, words: str, door: Door = ANY_DOOR) -> Procedure:
    """Withdraw a procedure that runs, with the reason. Raises: NotFound, NotAllowed, WrongState, Stale, Invalid."""
    said = _clean(words, "words", needed=True)
    with STEPS.sent(actor, procedure_id, Verb.WITHDRAW, door, [said]) as procedure:
        rules.may(actor, Verb.WITHDRAW, procedure).enforce()
        step = open_step(procedure)
        if step is None:
            raise WrongState
        step.state, step.ended_at, step.words = StepState.WITHDRAWN, now(), said
        step.save()
        end(procedure, Verb.WITHDRAW, Outcome.FAILED, actor=actor, words=said)
    return procedure


@contextmanager
def _sent(
    actor: Actor, procedure_id: int, key: str, verb: Verb, door: Door, contents: Sequence[Any]
) -> Iterator[tuple[Procedure, Step]]:
    """Open one send about the open step, which must be the one that is meant."""
    if not actor.is_system:
        actor.must_be_signed_in()
    with STEPS.sent(actor, procedure_id, verb, door, contents) as procedure:
        step = open_step(procedure)
        if step is None or step.key != key:
            raise WrongState(why_not(procedure, key))
        yield procedure, step


def why_not(procedure: Procedure, key: str) -> str:
    """Return why a step cannot be taken: the procedure is over, the step is done, or another one is open and comes first."""
    if not procedure.at_key:
        return _("The procedure is over.")
    definition = procedure.definition.rules
    here = name_of(definition.step(procedure.at_key))
    wanted = name_of(next((step for step in definition.steps if step.key == key), definition.step(procedure.at_key)))
    return _("“%(step)s” cannot be taken: “%(open)s” is open and comes first.") % {"step": wanted, "open": here}


def _keep(actor: Actor, step: Step, evidence: Sequence[Evidence]) -> None:
    for one in evidence:
        words = _clean(one.words, "proof")
        if one.kind not in ProofKind.values:
            raise Invalid(fields={"proof": _("Choose what kind of proof it is.")})
        if one.file is None and (one.kind == ProofKind.PHOTO or not words):
            raise Invalid(fields={"proof": _("Add a picture, or say it in a few words.")})
        Proof.objects.create(step=step, kind=one.kind, words=words, file=one.file, at=now(), actor_id=actor.account_id)


def _clean(words: str, field: str, *, needed: bool = False) -> str:
    said = words.strip()
    if needed and not said:
        raise Invalid(fields={field: _("Please say it in a few words.")})
    if len(said) > LONGEST[field]:
        raise Invalid(fields={field: _("At most %(most)s characters fit.") % {"most": LONGEST[field]}})
    if find_personal(said):
        raise Invalid(fields={field: _("Everybody reads this: leave names, telephone and identity numbers out.")})
    return said
