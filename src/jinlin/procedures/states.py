"""The states of a procedure and of its steps, and the table of what moves a procedure, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class ProcedureState(models.TextChoices):
    """Where a procedure stands, in the words that residents read."""

    RUNNING = "running", pgettext_lazy("procedure", "under way")
    COMPLETE = "complete", pgettext_lazy("procedure", "complete")
    STOPPED = "stopped", pgettext_lazy("procedure", "stopped")
    WITHDRAWN = "withdrawn", pgettext_lazy("procedure", "withdrawn")


class StepState(models.TextChoices):
    """How a step stands or turned out."""

    OPEN = "open", pgettext_lazy("step", "now")
    DONE = "done", pgettext_lazy("step", "done")
    FAILED = "failed", pgettext_lazy("step", "did not pass")
    UPHELD = "upheld", pgettext_lazy("step", "objection upheld")
    SKIPPED = "skipped", pgettext_lazy("step", "left out, with a reason")
    LAPSED = "lapsed", pgettext_lazy("step", "time ran out")
    WITHDRAWN = "withdrawn", pgettext_lazy("step", "withdrawn")


class Verb(models.TextChoices):
    """What happens to a procedure; each is one line of its history."""

    BEGIN = "begin", pgettext_lazy("procedure", "begun")
    PROVE = "prove", pgettext_lazy("procedure", "proof handed in")
    CONCLUDE = "conclude", pgettext_lazy("procedure", "step concluded")
    SKIP = "skip", pgettext_lazy("procedure", "step left out")
    LAPSE = "lapse", pgettext_lazy("procedure", "time ran out")
    GO_BACK = "go_back", pgettext_lazy("procedure", "went back")
    COMPLETE = "complete", pgettext_lazy("procedure", "complete")
    STOP = "stop", pgettext_lazy("procedure", "stopped")
    WITHDRAW = "withdraw", pgettext_lazy("procedure", "withdrawn")


class ProofKind(models.TextChoices):
    """What lies with a step as proof of it."""

    MINUTES = "minutes", pgettext_lazy("proof", "minutes")
    PHOTO = "photo", pgettext_lazy("proof", "photo")
    NOTICE = "notice", pgettext_lazy("proof", "notice")
    RESULT = "result", pgettext_lazy("proof", "result in words")


class Mark(models.TextChoices):
    """What somebody who took part in an evaluation found."""

    GOOD = "good", pgettext_lazy("mark", "solved")
    FAIR = "fair", pgettext_lazy("mark", "partly solved")
    POOR = "poor", pgettext_lazy("mark", "not solved")


S, V = ProcedureState, Verb
GOES_ON = {S.RUNNING: S.RUNNING}

PROCEDURES = StateTable(
    initial=S.RUNNING,
    moves={
        V.PROVE: GOES_ON,
        V.CONCLUDE: GOES_ON,
        V.SKIP: GOES_ON,
        V.LAPSE: GOES_ON,
        V.GO_BACK: GOES_ON,
        V.COMPLETE: {S.RUNNING: S.COMPLETE},
        V.STOP: {S.RUNNING: S.STOPPED},
        V.WITHDRAW: {S.RUNNING: S.WITHDRAWN},
    },
)


def procedure_states() -> list[tuple[str, object]]:
    """Return the choices of the state of a procedure."""
    return ProcedureState.choices


def step_states() -> list[tuple[str, object]]:
    """Return the choices of the state of a step."""
    return StepState.choices


def verb_choices() -> list[tuple[str, object]]:
    """Return the choices of the verb of a line of the history."""
    return Verb.choices


def proof_kinds() -> list[tuple[str, object]]:
    """Return the choices of the kind of a proof."""
    return ProofKind.choices


def mark_choices() -> list[tuple[str, object]]:
    """Return the choices of a mark."""
    return Mark.choices
