"""What concludes a step: a work of its kind that began and lasted as it should, with everybody who has to be there, and proof."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from jinlin.algorithms.step_graph import Turn
from jinlin.platform.dates import local_day, now
from jinlin.platform.wording import in_a_row
from jinlin.platform.works import Outcome, Purpose, Work, works_for
from jinlin.playbooks.schema import Part
from jinlin.playbooks.schema import Step as StepRules
from jinlin.playbooks.wording import name_of
from jinlin.procedures.models import Step
from jinlin.procedures.states import Mark, ProofKind, StepState

FITS = {
    Purpose.OPINION: {Purpose.OPINION, Purpose.DISCUSS, Purpose.DECIDE},
    Purpose.DISCUSS: {Purpose.DISCUSS, Purpose.DECIDE},
    Purpose.DECIDE: {Purpose.DECIDE},
    Purpose.DISCLOSE: {Purpose.DISCLOSE},
    Purpose.CARRY_OUT: {Purpose.CARRY_OUT},
    Purpose.EVALUATE: {Purpose.EVALUATE},
}
"""Works for which purposes conclude a step of which kind."""
HELD_AS = {Purpose.OPINION: {Purpose.OPINION, Purpose.DISCUSS}}
"""Works that have to be over before a step of a kind is; a vote taken on the way tells how it ended."""
BORNE = {
    Purpose.OPINION: {ProofKind.MINUTES, ProofKind.RESULT},
    Purpose.DISCUSS: {ProofKind.MINUTES, ProofKind.RESULT},
    Purpose.DECIDE: {ProofKind.MINUTES, ProofKind.RESULT},
    Purpose.DISCLOSE: {ProofKind.NOTICE},
    Purpose.CARRY_OUT: {ProofKind.RESULT},
    Purpose.EVALUATE: {ProofKind.RESULT},
}
"""What a work of a purpose is proof of by itself, because its own app keeps it; a photo is handed in."""
TURNS = {Outcome.FAILED: Turn.FAILED, Outcome.UPHELD: Turn.UPHELD}


@dataclass(frozen=True)
class Candidate:
    """A work that could conclude a step, and what keeps it from doing so; none if it does."""

    work: Work
    turn: Turn
    faults: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether it concludes the step."""
        return not self.faults


def candidates(step: Step) -> list[Candidate]:
    """Return the works for an open step that fit its kind, the oldest first, each with what is still missing."""
    rules = step.rules
    fitting = FITS[Purpose(rules.kind)]
    return [_judged(step, rules, work) for work in works_for(step.subject) if work.purpose in fitting]


def concluding(step: Step, found: Sequence[Candidate]) -> Candidate | None:
    """Return the one of the candidates that concludes a step; None while there is none.

    A talk is over when it is over, not with the vote that was taken in it; that vote says how a step turned out that can fail.
    """
    rules, counting = step.rules, [one for one in found if one.counts]
    held_as = HELD_AS.get(Purpose(rules.kind), {rules.kind})
    held = next((one for one in counting if one.work.purpose in held_as), None)
    votes = [one for one in counting if one.work.purpose == Purpose.DECIDE]
    return votes[-1] if held and votes and (rules.must_pass or rules.failed) else held


def _judged(step: Step, rules: StepRules, work: Work) -> Candidate:
    turn = turn_of(rules, work.outcome)
    if work.outcome is None:
        return Candidate(work, turn, (_("It is still under way."),))
    found = [*_time_faults(step, rules, work)]
    if rules.forum and work.facts.get("forum", rules.forum) != rules.forum:
        found.append(_("It was held as another kind of meeting."))
    if turn == Turn.ON:
        lacking = missing_sides(rules, step.procedure.definition.parts(step.key), work.sides)
        if lacking:
            found.append(_("Not there: %(sides)s.") % {"sides": in_a_row(map(name_of, lacking))})
        if doers_alone(step, work.sides):
            found.append(_("Those who did it cannot evaluate it alone."))
        if missing := missing_proofs(step, BORNE[work.purpose]):
            found.append(_("Still to be handed in: %(proofs)s.") % {"proofs": in_a_row(missing)})
    return Candidate(work, turn, tuple(found))


def _time_faults(step: Step, rules: StepRules, work: Work) -> Iterable[str]:
    if work.begun_at < step.opened_at:
        yield _("It was begun before this step was open.")
    lasted = (local_day(work.concluded_at or now()) - local_day(work.begun_at)).days
    # The day on which a period begins is not counted (Civil Code, art. 201).
    if work.outcome != Outcome.UPHELD and lasted < rules.least_days:
        yield _("It lasted %(days)s of at least %(least)s days.") % {"days": lasted, "least": rules.least_days}


def turn_of(rules: StepRules, outcome: Outcome | None) -> Turn:
    """Return where an outcome leads; a decision that must pass did so only if it says that it passed."""
    if rules.must_pass and rules.kind == Purpose.DECIDE and outcome == Outcome.DONE:
        return Turn.FAILED
    return TURNS.get(outcome, Turn.ON) if outcome else Turn.ON


def missing_sides(rules: StepRules, parts: Sequence[Part], there: Collection[str]) -> list[Part]:
    """Return the sides of a table that have to be there and are not; `there` names parts or the kinds of body in them."""
    present = {part.key for part in parts if part.key in there or set(part.bodies) & set(there)}
    needed = [part for part in parts if part.least]
    bare = not (rules.sides or rules.quorum)
    lacking = [part for part in parts if part.key not in present and (part.key in rules.sides or (bare and part.least))]
    if rules.quorum is None:
        return lacking
    enough = rules.quorum.met_by(sum(part.key in present for part in needed), len(needed))
    return lacking if enough else [part for part in needed if part.key not in present]


def missing_proofs(step: Step, borne: Collection[str] = ()) -> list[str]:
    """Return the names of the proofs that have to lie with a step and do not; `borne` are those that a work bears itself."""
    handed_in = set(step.proofs.values_list("kind", flat=True))
    lacking = [kind for kind in step.rules.proofs if kind not in handed_in and kind not in borne]
    if step.needs_new and not handed_in and not lacking:
        return [_("something new since it went back")]
    return [str(ProofKind(kind).label) for kind in lacking]


def doers_alone(step: Step, there: Collection[str]) -> bool:
    """Say whether only those take a step who took the one that it is apart from."""
    apart = step.rules.apart_from
    if not apart:
        return False
    visits = step.procedure.visits.filter(key=apart, state=StepState.DONE).order_by("-number")
    doers = next((set(visit.sides) for visit in visits[:1]), set())
    return set(there) <= doers


def weigh_marks(rules: StepRules, marks: Sequence[str]) -> Turn:
    """Return whether an evaluation by hand failed: more than the share that the rules allow found it poor."""
    poor = Fraction(sum(mark == Mark.POOR for mark in marks), len(marks))
    return Turn.FAILED if poor > rules.poor_most else Turn.ON
