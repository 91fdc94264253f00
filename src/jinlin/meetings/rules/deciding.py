"""When something can be decided at a table, and whether it passes; exact, on plain numbers."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from jinlin.platform.rulings import YES, Ruling, no
from jinlin.platform.wording import in_a_row
from jinlin.playbooks.schema import Forum


@dataclass(frozen=True)
class Standing:
    """How a table stands for one item: `base` seats have a vote, `present` of them are taken.

    `silent` names the sides that are neither there nor have written; `nowhere` those that this place does not have at all.
    """

    base: int
    present: int
    silent: tuple[str, ...] = ()
    nowhere: tuple[str, ...] = ()

    def has_quorum(self, forum: Forum) -> bool:
        """Say whether enough of those who vote are there; without a quorum in the playbook one is enough."""
        return forum.quorum.met_by(self.present, self.base) if forum.quorum else self.present > 0


def may_decide(forum: Forum, standing: Standing) -> Ruling:
    """Say whether the table can decide now: the quorum is there, and every side or its view in writing where that is asked."""
    if forum.all_sides and standing.nowhere:
        words = _("This place has no %(sides)s, and this table decides with all sides only.")
        return no(words % {"sides": in_a_row(standing.nowhere)})
    if forum.all_sides and standing.silent:
        words = _("%(sides)s: neither there nor with a view in writing. Nothing can be decided without them.")
        return no(words % {"sides": in_a_row(standing.silent)})
    if not standing.has_quorum(forum):
        words = _("The quorum is not there: %(present)s of %(base)s.")
        return no(words % {"present": standing.present, "base": standing.base})
    return YES


def passes(forum: Forum, *, yes: int, against: int, present: int, base: int) -> bool:
    """Say whether so many yes pass by the forum's majority; never in a forum without votes."""
    if forum.majority is None:
        return False
    whole = {"all": base, "present": present, "cast": yes + against}[forum.majority.of]
    return forum.majority.met_by(yes, whole)
