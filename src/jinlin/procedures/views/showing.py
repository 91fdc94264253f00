"""What the pages of procedures show, whoever looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level
from jinlin.algorithms.step_graph import END
from jinlin.lists.queries import communities_at_desk, estates_in
from jinlin.platform.access import Actor
from jinlin.platform.errors import NotFound
from jinlin.platform.works import Purpose, Way, ways_to
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import Procedure as Rules
from jinlin.playbooks.schema import Step as StepRules
from jinlin.playbooks.wording import name_of
from jinlin.procedures import queries, rules
from jinlin.procedures.models import Procedure, Step
from jinlin.procedures.queries import Dot
from jinlin.procedures.states import ProcedureState, StepState
from jinlin.territory.models import Place, Zone
from jinlin.territory.providers import own_homes

TONES = {
    ProcedureState.RUNNING: "working",
    ProcedureState.COMPLETE: "done",
    ProcedureState.STOPPED: "soon",
    ProcedureState.WITHDRAWN: "quiet",
}
STEP_TONES = {
    StepState.OPEN: "working",
    StepState.DONE: "done",
    StepState.FAILED: "soon",
    StepState.UPHELD: "soon",
    StepState.SKIPPED: "paused",
    StepState.LAPSED: "paused",
}
DOT_STATES = {StepState.OPEN: "now", "to_come": "to_come"}
Choice = tuple[str, str]


@dataclass(frozen=True)
class ShownStep:
    """A dot ready to show: its word and state, with who takes it and what came of it."""

    dot: Dot
    name: str
    tone: str
    who: list[str]
    work_url: str

    @property
    def visit(self) -> Step | None:
        return self.dot.visit


def shown(actor: Actor, procedure: Procedure) -> dict[str, Any]:
    """Return what every page of a procedure needs."""
    visits = queries.visits_of(procedure)
    dots = queries.dots(procedure, visits)
    takers = rules.takers_named(procedure, [dot.rules for dot in dots])
    steps = [shown_step(actor, dot, who) for dot, who in zip(dots, takers, strict=True)]
    current = next((step for step in steps if step.dot.state == StepState.OPEN), None)
    return {
        "procedure": procedure,
        "kind": name_of(procedure.definition.rules),
        "tone": TONES[ProcedureState(procedure.state)],
        "matter": matter_name(procedure.matter),
        "dots": [dot_of(step) for step in steps],
        "steps": steps,
        "current": current,
        "earlier": [visit for visit in visits if visit.returned or visit.state in {StepState.FAILED, StepState.UPHELD}],
        "version": procedure.definition.version,
    }


def shown_step(actor: Actor, dot: Dot, who: list[str]) -> ShownStep:
    """Return a dot ready to show; a work that lies at the desk is linked for those who work there only."""
    url = dot.visit.work_url if dot.visit else ""
    desk_only = url.startswith("/desk/") and not actor.roles & rules.WORKERS
    return ShownStep(
        dot, name_of(dot.rules), STEP_TONES.get(dot.state, "quiet"), who, "" if desk_only else url
    )  # fmt: skip


def dot_of(step: ShownStep) -> dict[str, str]:
    """Return a step as the stepper shows it; whatever is over is done there, and says more below."""
    return {"word": step.name, "state": DOT_STATES.get(step.dot.state, "done"), "url": f"#step-{step.dot.rules.key}"}


def matter_name(key: str) -> str:
    """Return the name of a kind of matter; the key itself where the work method has it no more."""
    return next((name_of(row) for row in current_playbook().matter if row.key == key), key)


def kind_choices() -> list[Choice]:
    """Return the kinds of procedure as choices."""
    return [(key, name_of(kind)) for key, kind in queries.kinds().items()]


def matter_choices(kind: Rules) -> list[Choice]:
    """Return the kinds of matter that a kind of procedure is for."""
    return [(key, matter_name(key)) for key in kind.matters]


def follow_choices(procedure: Procedure, step: StepRules) -> list[Choice]:
    """Return the steps that may follow, where there are several."""
    names = {one.key: name_of(one) for one in procedure.definition.rules.steps} | {END: _("the end")}
    return [(key, names[key]) for key in step.then] if len(step.then) > 1 else []


def side_choices(procedure: Procedure, step: StepRules) -> list[Choice]:
    """Return the sides of the table at which a step is taken."""
    return [(part.key, name_of(part)) for part in procedure.definition.parts(step.key)]


def place_choices(actor: Actor, kind: Rules) -> list[Choice]:
    """Return where the actor can begin: communities and estates of their area, or where they live."""
    communities = dict(communities_at_desk(actor)) or _own_communities(actor)
    estates = estates_in(communities).order_by("label")
    found = [] if kind.level == "estate" else list(communities.items())
    return [*found, *((f"{zone.community_code}/{zone.pk}", zone.name) for zone in _reached(actor, estates))]


def _reached(actor: Actor, estates: Any) -> Iterable[Zone]:
    if actor.roles:
        return estates
    homes = Place.objects.filter(code__in=own_homes(actor))
    return estates.filter(pk__in=homes.values("estate"))


def _own_communities(actor: Actor) -> dict[str, str]:
    codes = {code[: Level.COMMUNITY] for code in own_homes(actor)}
    return dict(Place.objects.filter(code__in=codes).values_list("code", "name"))


def placed(value: str) -> tuple[str, Zone | None]:
    """Return place and zone of a choice. Raises: NotFound."""
    code, _slash, zone_id = value.partition("/")
    zone = Zone.objects.filter(pk=zone_id).first() if zone_id.isdecimal() and len(zone_id) < 19 else None
    if zone_id and zone is None:
        raise NotFound
    return code, zone


def ways_for(step: Step) -> list[Way]:
    """Return the works that can be begun for an open step, each with the address that names the step."""
    purposes = [Purpose(step.rules.kind), *sorted(rules.FITS[Purpose(step.rules.kind)] - {step.rules.kind})]
    found = {(way.kind, way.path): way for purpose in purposes for way in ways_to(purpose) if way.kind != "procedure"}
    return list(found.values())


def percent(share: Fraction | None) -> str:
    """Return a share in a hundred with one decimal, rounded down at the tenth; empty where there is none."""
    if share is None:
        return ""
    tenths = share.numerator * 1000 // share.denominator
    return f"{tenths // 10}.{tenths % 10}"
