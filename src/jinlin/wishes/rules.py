"""Who makes, checks, claims and confirms wishes, what may be wished, and who sees and steers a support pair."""

import re

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.chinese_text import find_personal
from jinlin.people.rules import may_act_for, principals_of
from jinlin.platform.access import Actor, Grant, Role, in_scope
from jinlin.platform.errors import Words
from jinlin.platform.rulings import YES, Ruling, no
from jinlin.playbooks.here import current_playbook
from jinlin.wishes.models import SupportPair, Wish
from jinlin.wishes.states import ON_WALL, UNFINISHED, PairVerb, WishVerb

CHECKERS = frozenset({Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.SUBDISTRICT_OFFICER, Role.DISTRICT_OFFICER})
"""They check wishes, each for their own area."""
LOOKERS = CHECKERS | {Role.AUDITOR}
WRITERS = CHECKERS | {Role.NEIGHBOUR_HEAD, Role.GRID_MEMBER}
"""They write a wish down for somebody who tells them."""
COORDINATORS = frozenset({Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY})
"""They see the support pairs of their community, besides the two themselves."""

_CASH = re.compile(r"现金|借钱|借我|借款|转账|转帐|红包|汇款|打钱|给钱|要钱|还债|贷款|收款码|资金|生活费|打款|捐款")
NO_CASH: Words = _("Money cannot be wished for: no cash, loan or transfer. Name the thing or the help instead.")
NO_PERSONAL: Words = _("Everybody reads this: leave names, telephone and identity numbers and addresses out.")
NO_NAME: Words = _("Choose a nickname that does not hold the real name.")


def reading(actor: Actor) -> list[Grant]:
    """Return the actor's grants over whole places; a post for one estate or grid opens no wishes of the community."""
    return [grant for grant in actor.grants_as(LOOKERS) if grant.zone_id is None]


def checks(actor: Actor, place_code: str) -> bool:
    """Say whether the actor checks the wishes of this place."""
    return actor.is_system or any(grant.covers(place_code) for grant in reading(actor) if grant.role in CHECKERS)


def is_wisher(actor: Actor, wish: Wish) -> bool:
    """Say whether the actor made this wish, or acts for whom it is under a mandate of today."""
    return actor.person_id is not None and bool(may_act_for(actor, wish.person_id))


def takes_word_of(actor: Actor, wish: Wish) -> bool:
    """Say whether the actor writes down what the wisher says: of a wish that was told, those who write wishes down."""
    return wish.consent == Wish.Consent.SPOKEN and bool(may_enter(actor, wish.place_code))


def faults_of(title: str, text: str, nickname: str, name: str) -> dict[str, Words]:
    """Return for each field why it cannot stand on the wall: money, personal data, the wisher's own name."""
    found: dict[str, Words] = {}
    for field, words in (("title", title), ("text", text)):
        if _CASH.search(words):
            found[field] = NO_CASH
        elif find_personal(words) or (name and name in words):
            found[field] = NO_PERSONAL
    if find_personal(nickname) or (name and (name in nickname or nickname in name)):
        found["nickname"] = NO_NAME
    return found


def may_enter(actor: Actor, place_code: str) -> Ruling:
    """Say whether the actor writes down a wish of somebody else at this place."""
    posts = actor.grants_as(WRITERS)
    if actor.is_system or any(grant.covers(place_code) or grant.place_code.startswith(place_code) for grant in posts):
        return YES
    return no(_("Only the community, neighbour heads and grid members write a wish down for others, where they work."))


def may(actor: Actor, verb: WishVerb, wish: Wish) -> Ruling:
    """Say whether the actor may take this step, whatever the state."""
    return _DECIDE[verb](actor, wish)


def _as_checker(actor: Actor, wish: Wish) -> Ruling:
    if actor.person_id is not None and actor.person_id == wish.person_id:
        return no(_("Nobody checks their own wish; a colleague does."))
    return YES if checks(actor, wish.place_code) else no(_("The community where the wisher lives checks a wish."))


def _as_wisher(actor: Actor, wish: Wish) -> Ruling:
    if actor.person_id is not None and actor.person_id == wish.claimer_id:
        return no(_("Whoever fulfils a wish does not also speak for its wisher."))
    return YES if is_wisher(actor, wish) or takes_word_of(actor, wish) else no(_("Only its wisher says so."))


def _as_claimer(actor: Actor, wish: Wish) -> Ruling:
    own = actor.person_id is not None and actor.person_id == wish.claimer_id
    return YES if own else no(_("Only whoever has claimed the wish says so."))


def _claiming(actor: Actor, wish: Wish) -> Ruling:
    if actor.person_id is None:
        return no(_("Only a person can claim a wish."))
    if is_wisher(actor, wish):
        return no(_("This is your own wish; a neighbour claims it."))
    most = current_playbook().norms.wishes_claimed_most
    if Wish.objects.filter(claimer_id=actor.person_id, state__in=UNFINISHED).count() >= most:
        return no(_("You lead as many wishes as one person may; see one of them done first."))
    return YES


def _withdrawing(actor: Actor, wish: Wish) -> Ruling:
    return YES if checks(actor, wish.place_code) else _as_wisher(actor, wish)


def _by_clock(actor: Actor, wish: Wish) -> Ruling:
    return YES if actor.is_system else no(_("Only the clock does that."))


_DECIDE = {
    WishVerb.PUT_UP: _as_checker,
    WishVerb.RETURN: _as_checker,
    WishVerb.RESEND: _as_wisher,
    WishVerb.CLAIM: _claiming,
    WishVerb.GIVE_UP: _as_claimer,
    WishVerb.LAPSE: _by_clock,
    WishVerb.FULFIL: _as_claimer,
    WishVerb.CONFIRM: _as_wisher,
    WishVerb.CONTEST: _as_wisher,
    WishVerb.WITHDRAW: _withdrawing,
}


def may_see_wisher(actor: Actor, wish: Wish) -> Ruling:
    """Say whether the actor opens the wisher's name and number: whoever has claimed it until it has come true, the community.

    Further help after that is a support pair, to which the wisher agrees.
    """
    leads = wish.claimer_id is not None and wish.claimer_id == actor.person_id and wish.state in UNFINISHED
    if leads or checks(actor, wish.place_code):
        return YES
    return no(_("Only whoever has claimed the wish, and the community, see how the wisher is reached."))


def visible_to(actor: Actor) -> QuerySet[Wish]:
    """Return the wishes on the wall, the actor's own with those of people they act for, and those of their area."""
    rows = Wish.objects.all()
    if actor.is_system:
        return rows
    seen = Q(state__in=sorted(ON_WALL)) | in_scope(reading(actor))
    if actor.person_id is not None:
        seen |= Q(person_id=actor.person_id) | Q(person_id__in=principals_of(actor))
        seen |= Q(claimer_id=actor.person_id)
    return rows.filter(seen)


def at_desk(actor: Actor) -> QuerySet[Wish]:
    """Return the wishes of the actor's area, for those who check them and for auditors."""
    return Wish.objects.all() if actor.is_system else Wish.objects.filter(in_scope(reading(actor)))


# --- support pairs ---


def coordinates(actor: Actor, pair: SupportPair) -> bool:
    """Say whether the actor coordinates the support pairs where the resident lives."""
    return any(grant.covers(pair.place_code) for grant in actor.grants_as(COORDINATORS) if grant.zone_id is None)


def pairs_visible_to(actor: Actor) -> QuerySet[SupportPair]:
    """Return the support pairs that the actor is part of, and those that they coordinate; nobody else sees any."""
    own = Q(pk__in=[])
    if actor.person_id is not None:
        own = Q(helper_id=actor.person_id) | Q(resident_id=actor.person_id)
    whole = [grant for grant in actor.grants_as(COORDINATORS) if grant.zone_id is None]
    return SupportPair.objects.all() if actor.is_system else SupportPair.objects.filter(own | in_scope(whole))


def may_with_pair(actor: Actor, verb: PairVerb, pair: SupportPair) -> Ruling:
    """Say whether the actor may take this step: the resident agrees, the two plan and log, either side ends it."""
    me = actor.person_id
    if verb in {PairVerb.ACCEPT, PairVerb.DECLINE}:
        return YES if me is not None and me == pair.resident_id else no(_("Only the resident decides about the offer."))
    part = me is not None and me in {pair.helper_id, pair.resident_id}
    if part or (verb == PairVerb.END and (actor.is_system or coordinates(actor, pair))):
        return YES
    return no(_("Only the two of the pair do that."))


def may_offer_support(actor: Actor, wish: Wish) -> Ruling:
    """Say whether the actor offers to go on helping: whoever has fulfilled the wish."""
    if actor.person_id is not None and actor.person_id == wish.claimer_id:
        return YES
    return no(_("Whoever has fulfilled the wish offers further help."))
