"""What the pages of one version have in common."""

from typing import Any

from jinlin.conventions import queries, rules
from jinlin.conventions.models import Convention, Edition
from jinlin.conventions.states import EditionState
from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import NotFound
from jinlin.playbooks.here import current_playbook

TONES = {
    EditionState.COMMENTS: "soon",
    EditionState.VOTING: "working",
    EditionState.ADOPTED: "done",
    EditionState.REJECTED: "paused",
}


def kind_name(key: str) -> str:
    """Return the local name of a kind of convention; its key where the work method has it no more."""
    row = rules.kind_of(key)
    return rules.name_of(row) if row else key


def kind_choices() -> list[tuple[str, str]]:
    """Return (key, name) of the kinds of convention."""
    return [(row.key, rules.name_of(row)) for row in current_playbook().convention]


def the_edition(actor: Actor, edition_id: int) -> Edition:
    """Return a version that the actor may know of. Raises: NotFound."""
    rows = rules.editions_visible_to(actor).select_related("convention__zone", "convention__body")
    found = rows.prefetch_related("clauses").filter(pk=edition_id).first()
    if found is None:
        raise NotFound
    return found


def the_convention(convention_id: int) -> Convention:
    """Return a convention. Raises: NotFound."""
    found = Convention.objects.select_related("zone", "body").filter(pk=convention_id).first()
    if found is None:
        raise NotFound
    return found


def clause_choices(edition: Edition) -> list[tuple[int, str]]:
    """Return (key, beginning) of the clauses."""
    clauses = enumerate(edition.clauses.all(), start=1)
    return [(clause.key, f"{number}. {clause.text[:30]}") for number, clause in clauses]


def shown(edition: Edition) -> dict[str, Any]:
    """Return what every page of a version says of it."""
    current = queries.in_force(edition.convention)
    return {
        "edition": edition,
        "kind": kind_name(edition.convention.kind),
        "tone": TONES.get(EditionState(edition.state), "quiet"),
        "clauses": queries.side_by_side(edition),
        "before": queries.before(edition),
        "holds": current is not None and current.pk == edition.pk,
        "receives": edition.state == EditionState.COMMENTS and (edition.comments_until or today()) >= today(),
    }
