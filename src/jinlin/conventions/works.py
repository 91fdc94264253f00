"""Tells other apps what a version of a convention is, so that a vote can be held and a notice posted for it."""

from jinlin.conventions import rules
from jinlin.conventions.actions.steps import title_of
from jinlin.conventions.queries import clause_texts, subject_of
from jinlin.conventions.states import EditionState
from jinlin.platform.access import Actor
from jinlin.platform.works import Matter, describes

OPEN_TO_WORK = frozenset({EditionState.VOTING, EditionState.ADOPTED})
"""A vote is held on words that no longer change, a notice posted of what came of it."""


@describes("convention")
def version(actor: Actor, row_id: int) -> Matter | None:
    """Return what others may know of a version; None for one that the actor does not see."""
    rows = rules.editions_visible_to(actor).select_related("convention__zone", "convention__body")
    edition = rows.prefetch_related("clauses").filter(pk=row_id).first()
    if edition is None:
        return None
    return Matter(
        subject=subject_of(edition),
        title=title_of(edition),
        text="\n".join(clause_texts(edition).values()),
        place_code=edition.convention.place_code,
        url=f"/conventions/versions/{edition.pk}/",
        may_work=edition.state in OPEN_TO_WORK and bool(rules.may_keep(actor, edition.convention)),
        followers=lambda: set(edition.comments.values_list("person_id", flat=True)),
    )
