"""Who drafts, posts, changes, proves and ends a notice, who objects to it and who answers."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.disclosure.models import Objection, PublicNotice
from jinlin.disclosure.states import NEVER_SHOWN, NoticeState, NoticeVerb
from jinlin.organisations.rules import bodies_of, is_member
from jinlin.platform.access import Actor, Grant, Role, in_scope
from jinlin.platform.dates import today
from jinlin.platform.errors import Words
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.playbooks.here import current_playbook

POSTERS = frozenset({Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER})
"""They post the notices of their area."""
LOOKERS = POSTERS | {Role.DEPARTMENT_OFFICER, Role.AUDITOR}
"""They see the notices of their whole area at the desk, drafts and objections too."""
WORKERS = LOOKERS | {Role.PROPERTY_MANAGER, Role.BODY_MEMBER, Role.GRID_MEMBER}
"""They work with notices at the desk; of a body's members those that it posts."""
FIELD = frozenset({Role.GRID_MEMBER, Role.NEIGHBOUR_HEAD})
"""They see on their rounds that the paper hangs."""


def whole_areas(actor: Actor, roles: frozenset[Role]) -> list[Grant]:
    """Return the actor's grants over whole places; a post for one estate or grid opens no notices of the community."""
    return [grant for grant in actor.grants_as(roles) if grant.zone_id is None]


def keeps(actor: Actor, place_code: str, body_id: int | None) -> bool:
    """Say whether the actor posts and answers at this place: in their area, or because they act for the body."""
    if actor.is_system or any(grant.covers(place_code) for grant in whole_areas(actor, POSTERS)):
        return True
    return is_member(actor, body_id)


def may_draft(actor: Actor, place_code: str, body_id: int | None) -> Ruling:
    """Say whether the actor drafts a notice of this body at this place."""
    if keeps(actor, place_code, body_id):
        return YES
    return no(_("The community, and the body that posts the notice, do this."))


def may(actor: Actor, verb: NoticeVerb, notice: PublicNotice) -> Ruling:
    """Say whether the actor may take this step, whatever the state."""
    if verb == NoticeVerb.RECOUNT:
        return YES if actor.is_system else no(_("The platform does this by itself."))
    if verb in {NoticeVerb.OBJECT, NoticeVerb.TAKE_BACK}:
        actor.must_be_signed_in()
        return YES
    if verb == NoticeVerb.PROVE and _walks_there(actor, notice):
        return YES
    return may_draft(actor, notice.place_code, notice.body_id)


def _walks_there(actor: Actor, notice: PublicNotice) -> bool:
    """Say whether the actor makes rounds somewhere within the notice's place."""
    return any(grant.place_code.startswith(notice.place_code) for grant in actor.grants_as(FIELD))


def may_answer(actor: Actor, objection: Objection) -> Ruling:
    """Say whether the actor answers this objection: nobody answers their own."""
    if actor.person_id is not None and actor.person_id == objection.person_id:
        return no(_("Nobody answers their own objection; a colleague does."))
    return may_draft(actor, objection.notice.place_code, objection.notice.body_id)


def may_take_back(actor: Actor, objection: Objection) -> Ruling:
    """Say whether the actor takes this objection back: whoever made it, and staff for one that came on paper."""
    if actor.person_id is not None and actor.person_id == objection.person_id:
        return YES
    if objection.on_paper and keeps(actor, objection.notice.place_code, objection.notice.body_id):
        return YES
    return no(_("Only whoever objected takes it back."))


def may_see_objections(actor: Actor, notice: PublicNotice) -> bool:
    """Say whether the actor reads the objections as they were written."""
    area = any(grant.covers(notice.place_code) for grant in whole_areas(actor, LOOKERS))
    return area or keeps(actor, notice.place_code, notice.body_id)


def at_desk(actor: Actor) -> QuerySet[PublicNotice]:
    """Return the notices of the actor's area, and those that their bodies post; drafts too."""
    if actor.is_system:
        return PublicNotice.objects.all()
    mine = bodies_of(actor).values("pk")
    return PublicNotice.objects.filter(in_scope(whole_areas(actor, LOOKERS)) | Q(body__in=mine))


def shown_to_all() -> QuerySet[PublicNotice]:
    """Return the notices that the public knows of."""
    return PublicNotice.objects.exclude(state__in=sorted(NEVER_SHOWN))


def visible_to(actor: Actor) -> QuerySet[PublicNotice]:
    """Return the notices that the actor may know of."""
    if actor.is_system:
        return PublicNotice.objects.all()
    return PublicNotice.objects.filter(
        ~Q(state__in=sorted(NEVER_SHOWN)) | Q(pk__in=at_desk(actor).order_by().values("pk"))
    )


def receives_objections(notice: PublicNotice) -> Ruling:
    """Say whether the notice still receives objections today, and if not, why and where to turn."""
    if notice.state == NoticeState.POSTED and notice.last_day is not None and today() <= notice.last_day:
        return YES
    return no(
        _("The period for objections ended on %(day)s. Raise it as a request, or turn to %(body)s.")
        % {"day": notice.last_day, "body": notice.body.name}
    )


def still_missing(notice: PublicNotice) -> list[Words]:
    """Return what keeps a posted notice from ending: days, answers, or proof that the paper hung."""
    found: list[Words] = []
    if notice.last_day is not None and today() <= notice.last_day:
        found.append(_("the period runs until %(day)s") % {"day": notice.last_day})
    waiting = notice.objections.filter(answered_at__isnull=True, taken_back_at__isnull=True).count()
    if waiting:
        found.append(_("%(count)s objections wait for an answer") % {"count": waiting})
    if needs_paper(notice) and not notice.editions.filter(number=notice.edition, postings__isnull=False).exists():
        found.append(_("nobody has shown yet that the paper of this version hangs"))
    return found


def can_end(notice: PublicNotice) -> bool:
    """Say whether nothing keeps a posted notice from ending."""
    return not still_missing(notice)


def needs_paper(notice: PublicNotice) -> bool:
    """Say whether notices of this kind hang on paper too; one whose kind the work method no longer has needs none."""
    row = next((row for row in current_playbook().notice if row.key == notice.kind), None)
    return row is not None and "paper" in row.channels
