"""Who drafts, comments, answers and puts to the vote; what a draft must hold; when a vote on paper passes."""

from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jinlin.conventions.models import Clause, Convention, Edition
from jinlin.conventions.states import PUBLIC, EditionVerb
from jinlin.organisations.rules import bodies_of, is_member
from jinlin.platform.access import Actor, Grant, Role, in_scope
from jinlin.platform.errors import Words
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import ConventionKind, RequiredClause
from jinlin.territory.models import Place
from jinlin.territory.providers import own_homes

KEEPERS = frozenset({Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER})
"""They keep the conventions of the estates of their area."""
LOOKERS = KEEPERS | {Role.DEPARTMENT_OFFICER, Role.AUDITOR}
WORKERS = LOOKERS | {Role.PROPERTY_MANAGER, Role.BODY_MEMBER}
"""They work with conventions at the desk; of a body's members those that it keeps."""


def _whole(actor: Actor, roles: frozenset[Role]) -> list[Grant]:
    return [grant for grant in actor.grants_as(roles) if grant.zone_id is None]


def keeps(actor: Actor, place_code: str, body_id: int | None) -> bool:
    """Say whether the actor keeps this convention: in their area, or because they act for its body."""
    covered = any(grant.covers(place_code) for grant in _whole(actor, KEEPERS))
    return actor.is_system or covered or is_member(actor, body_id)


def may_keep(actor: Actor, convention: Convention) -> Ruling:
    """Say whether the actor drafts, answers and puts to the vote."""
    if keeps(actor, convention.place_code, convention.body_id):
        return YES
    return no(_("The community, and the body that keeps the convention, do this."))


def may(actor: Actor, verb: EditionVerb, edition: Edition) -> Ruling:
    """Say whether the actor may take this step, whatever the state. What a vote decides, nobody decides."""
    if verb in {EditionVerb.ADOPT, EditionVerb.REJECT}:
        return YES if actor.is_system else no(_("The vote decides this, nobody else."))
    return may_keep(actor, edition.convention)


def lives_there(actor: Actor, convention: Convention) -> Ruling:
    """Say whether the actor has a home in the estate."""
    actor.must_be_signed_in()
    if homes_there(actor, convention):
        return YES
    return no(_("Those who live in the estate do this; prove first where you live."))


def homes_there(actor: Actor, convention: Convention) -> list[str]:
    """Return the actor's homes in the estate."""
    rows = Place.objects.filter(code__in=own_homes(actor), estate_id=convention.zone_id)
    return list(rows.order_by("code").values_list("code", flat=True))


def at_desk(actor: Actor) -> QuerySet[Convention]:
    """Return the conventions of the actor's area, and those that their bodies keep."""
    rows = Convention.objects.select_related("zone", "body")
    if actor.is_system:
        return rows
    return rows.filter(in_scope(_whole(actor, LOOKERS)) | Q(body__in=bodies_of(actor).values("pk")))


def editions_visible_to(actor: Actor) -> QuerySet[Edition]:
    """Return the versions that the actor may know of; drafts only at the desk."""
    if actor.is_system:
        return Edition.objects.all()
    return Edition.objects.filter(
        Q(state__in=sorted(PUBLIC)) | Q(convention__in=at_desk(actor).order_by().values("pk"))
    )


def kind_of(key: str) -> ConventionKind | None:
    """Return the kind of convention of that key; None where the work method has it no more."""
    return next((row for row in current_playbook().convention if row.key == key), None)


def name_of(row: ConventionKind | RequiredClause) -> str:
    """Return the name of a kind or a required clause in the reader's language."""
    return row.name if (get_language() or "").startswith("zh") else row.name_en


def fulfils(required: RequiredClause, text: str) -> bool:
    """Say whether a clause's text holds what this required clause is about."""
    return any(word in text for word in required.mentions)


def required_for(kind: ConventionKind | None, text: str) -> str:
    """Return the key of the first required clause that a text can be; empty where it is none."""
    rows = kind.clause if kind else ()
    return next((row.key for row in rows if fulfils(row, text)), "")


@dataclass(frozen=True)
class Checked:
    """A required clause, and whether the draft has it."""

    row: RequiredClause
    name: str
    there: bool


def checklist(edition: Edition) -> list[Checked]:
    """Return what a draft must hold, with whether it does: the clause is named as such, and its text says so."""
    kind = kind_of(edition.convention.kind)
    clauses: list[Clause] = list(edition.clauses.all())
    return [
        Checked(row, name_of(row), any(one.required == row.key and fulfils(row, one.text) for one in clauses))
        for row in (kind.clause if kind else ())
    ]


def missing_clauses(edition: Edition) -> list[Words]:
    """Return the names of the required clauses that a draft lacks."""
    return [checked.name for checked in checklist(edition) if not checked.there]


@dataclass(frozen=True)
class PaperVote:
    """The figures of a vote on paper: owners and their area (0.01 m²) entitled, taking part, and agreeing."""

    entitled: int
    took_part: int
    agreed: int
    area_entitled: int = 0
    area_took_part: int = 0
    area_agreed: int = 0

    def figures(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """Return entitled, taking part and agreeing by heads, and by area."""
        heads = (self.entitled, self.took_part, self.agreed)
        return heads, (self.area_entitled, self.area_took_part, self.area_agreed)


def figures_fault(kind: ConventionKind, vote: PaperVote) -> Words:
    """Return what is wrong with the figures of a vote on paper; empty where nothing is."""
    heads, area = vote.figures()
    for entitled, took_part, agreed in (heads, area) if kind.by_area else (heads,):
        if entitled < 1 or not 0 <= agreed <= took_part <= entitled:
            return _("Of those entitled some take part, and of these some agree; the figures do not fit each other.")
    return ""


def passes(kind: ConventionKind, vote: PaperVote) -> bool:
    """Say whether a vote on paper passes: enough take part, and more than the share of these agrees, by each measure."""
    heads, area = vote.figures()
    return all(
        Fraction(took_part, entitled) >= kind.participation
        and took_part > 0
        and Fraction(agreed, took_part) > kind.agreement
        for entitled, took_part, agreed in ((heads, area) if kind.by_area else (heads,))
    )
