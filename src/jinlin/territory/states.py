"""The states of a grid plan and the table of its steps, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class PlanState(models.TextChoices):
    """Where a plan to divide communities into grids stands."""

    DRAFT = "draft", pgettext_lazy("grid plan", "draft")
    REVIEW = "review", pgettext_lazy("grid plan", "waiting for approval")
    APPROVED = "approved", pgettext_lazy("grid plan", "approved")
    IN_FORCE = "in_force", pgettext_lazy("grid plan", "in force")
    REPLACED = "replaced", pgettext_lazy("grid plan", "replaced by a later one")
    DROPPED = "dropped", pgettext_lazy("grid plan", "given up")


class PlanVerb(models.TextChoices):
    """The steps of a plan; `return` sends it back to its authors with a reason, also when its day finds it wanting."""

    EDIT = "edit", pgettext_lazy("grid plan", "move a building")
    HAND_IN = "hand_in", pgettext_lazy("grid plan", "hand in for approval")
    RETURN = "return", pgettext_lazy("grid plan", "return with a reason")
    APPROVE = "approve", pgettext_lazy("grid plan", "approve")
    TAKE_EFFECT = "take_effect", pgettext_lazy("grid plan", "take effect")
    REPLACE = "replace", pgettext_lazy("grid plan", "replace")
    DROP = "drop", pgettext_lazy("grid plan", "give up")


S = PlanState

PLANS = StateTable(
    initial=S.DRAFT,
    moves={
        PlanVerb.EDIT: {S.DRAFT: S.DRAFT},
        PlanVerb.HAND_IN: {S.DRAFT: S.REVIEW},
        PlanVerb.RETURN: {S.REVIEW: S.DRAFT, S.APPROVED: S.DRAFT},
        PlanVerb.APPROVE: {S.REVIEW: S.APPROVED},
        PlanVerb.TAKE_EFFECT: {S.APPROVED: S.IN_FORCE},
        PlanVerb.REPLACE: {S.IN_FORCE: S.REPLACED},
        PlanVerb.DROP: {S.DRAFT: S.DROPPED},
    },
)
