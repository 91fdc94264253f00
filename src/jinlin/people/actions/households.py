"""What changes households and who belongs to them: cards, claims, moving out."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.people import rules
from jinlin.people.actions.household_contacts import forget_contacts_of
from jinlin.people.actions.supports import fold_supports
from jinlin.people.codes import CARD_LENGTH, card_digest, in_groups, new_code
from jinlin.people.models import Household, HouseholdCard, Residence, ResidenceClaim
from jinlin.people.queries import living_place
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, Stale, WrongState
from jinlin.platform.limits import count_towards
from jinlin.platform.messages import notify
from jinlin.territory.models import Place

CARD_LIFE = timedelta(days=30)
MOST_CARD_USES = 6
MOST_TRIES, TRIES_WINDOW = 5, timedelta(hours=1)
MOST_OPEN_CLAIMS = 5
LONGEST_REASON = 200


def issue_card(*, actor: Actor, home_code: str, uses: int = 1) -> tuple[HouseholdCard, str]:
    """Issue a card for a home, valid 30 days for `uses` people; earlier cards of the household end. The code comes once.

    Raises:
        NotFound: for a home that is not on the actor's roll, or no longer exists.
        NotAllowed: for those who only read the roll.
        Invalid: for no number of people between 1 and 6.
    """
    home = _home_on_roll(actor, home_code)
    rules.may_keep_roll(actor, home).enforce()
    if not 1 <= uses <= MOST_CARD_USES:
        raise Invalid(fields={"uses": _("Choose between 1 and 6 people.")})
    code = new_code(CARD_LENGTH)
    with transaction.atomic():
        household = _household_at(home)
        HouseholdCard.objects.filter(household=household, uses_left__gt=0).update(uses_left=0)
        card = HouseholdCard.objects.create(
            household=household,
            digest=card_digest(code),
            issued_by_id=actor.account_id,
            issued_at=now(),
            expires_at=now() + CARD_LIFE,
            uses_left=uses,
        )
        record_change(actor, "people.issue_card", card, place_code=home.code, uses=uses)
    return card, in_groups(code)


def _home_on_roll(actor: Actor, home_code: str) -> Place:
    home = rules.homes_visible_to(actor).filter(code=home_code).first()
    if home is None:
        raise NotFound
    return home


def _household_at(home: Place) -> Household:
    return Household.objects.get_or_create(home_code=home.code, valid_to=None, defaults={"valid_from": today()})[0]


def join_household(*, actor: Actor, code: str, role: str) -> Residence:
    """Let the actor belong to the household whose card carries `code`.

    Raises:
        NotSignedIn.
        Stale: when the household ended at the same moment.
        TooMany: at the sixth code within an hour, right or wrong.
        Invalid: for a code that is unknown, expired or used up, or of a home that is no more.
    """
    actor.must_be_signed_in()
    count_towards("household-card", f"account:{actor.account_id}", most=MOST_TRIES, window=TRIES_WINDOW)
    with transaction.atomic():
        card = _usable_card(code)
        if HouseholdCard.objects.filter(pk=card.pk, uses_left__gt=0).update(uses_left=F("uses_left") - 1) == 0:
            raise _card_used_up()
        return _settle(actor, actor.person_id, card.household, role, Residence.Proof.CARD)


def _usable_card(code: str) -> HouseholdCard:
    card = HouseholdCard.objects.select_related("household").filter(digest=card_digest(code)).first()
    if card is None:
        raise Invalid(
            fields={"code": _("We do not know this code. Compare it with the card; after five tries wait an hour.")}
        )
    if card.uses_left == 0:
        raise _card_used_up()
    if card.expires_at <= now():
        raise Invalid(fields={"code": _("The card has expired. Ask the community desk for a new one.")})
    if card.household.valid_to is not None or living_place(card.household.home_code) is None:
        raise Invalid(fields={"code": _("The home on this card is no longer on the roll. Ask the community desk.")})
    return card


def _card_used_up() -> Invalid:
    return Invalid(fields={"code": _("This card has been used or replaced. Ask the community desk for a new one.")})


def _settle(actor: Actor, person_id: int, household: Household, role: str, proof: str) -> Residence:
    """Write that the person belongs to the household, which is locked, and tell those who already do."""
    if Household.objects.select_for_update().get(pk=household.pk).valid_to is not None:
        raise Stale
    others = list(household.residences.filter(valid_to__isnull=True).values_list("person_id", flat=True))
    if person_id in others:
        raise Invalid(fields={"code": _("You belong to this household already.")})
    made = Residence.objects.create(
        person_id=person_id, household=household, role=Residence.Role(role), proof=proof, valid_from=today()
    )
    record_change(
        actor, "people.settle", made, place_code=household.home_code, person_id=person_id, role=role, proof=proof
    )
    if role != Residence.Role.LANDLORD:
        fold_supports(person_id, household.pk)
    notify(others, gettext_lazy("Somebody joined your household. If that is wrong, call the community."), link="/me/")
    return made


def claim_home(*, actor: Actor, home_code: str, role: str) -> ResidenceClaim:
    """Say that one lives in a home; an officer of the desk checks it.

    Raises:
        NotSignedIn.
        Invalid: for what is no home or no longer exists, where one lives already, or which one has already claimed.
    """
    actor.must_be_signed_in()
    if living_place(home_code) is None:
        raise Invalid(
            fields={"door": _("There is no such home here. Compare the entrance and the number on the door.")}
        )
    own = Residence.objects.filter(person_id=actor.person_id, valid_to__isnull=True, household__home_code=home_code)
    if own.exists():
        raise Invalid(fields={"door": _("You belong to this household already.")})
    asked = ResidenceClaim.objects.filter(person_id=actor.person_id, state=ResidenceClaim.State.ASKED)
    if asked.count() >= MOST_OPEN_CLAIMS:
        raise Invalid(fields={"door": _("Five of your claims are waiting; the desk looks at those first.")})
    try:
        with transaction.atomic():
            claim = ResidenceClaim.objects.create(
                person_id=actor.person_id, home_code=home_code, role=Residence.Role(role), asked_at=now()
            )
            record_change(actor, "people.claim_home", claim, place_code=home_code, person_id=actor.person_id)
    except IntegrityError:
        raise Invalid(fields={"door": _("Your claim for this home is already waiting for the desk.")}) from None
    return claim


def confirm_claim(*, actor: Actor, claim_id: int) -> Residence:
    """Confirm after a check that the person lives there.

    Raises:
        NotFound, NotAllowed.
        WrongState: when it was decided already.
        Invalid: when the home no longer exists.
    """
    with transaction.atomic():
        claim, home = _claim_to_decide(actor, claim_id)
        if home is None:
            raise Invalid(_("This home no longer exists. Refuse the claim and say so."))
        _decide(claim, ResidenceClaim.State.CONFIRMED, actor)
        record_change(actor, "people.confirm_claim", claim, place_code=claim.home_code, person_id=claim.person_id)
        notify([claim.person_id], gettext_lazy("The desk has confirmed where you live."), link="/me/")
        return _settle(actor, claim.person_id, _household_at(home), claim.role, Residence.Proof.DESK)


def refuse_claim(*, actor: Actor, claim_id: int, reason: str) -> ResidenceClaim:
    """Refuse a claim with a reason that its author reads.

    Raises:
        NotFound, NotAllowed.
        WrongState: when it was decided already.
        Invalid: without a reason.
    """
    words = reason.strip()
    if not words or len(words) > LONGEST_REASON:
        raise Invalid(fields={"reason": _("Please give a reason, at most 200 characters; the person reads it.")})
    with transaction.atomic():
        claim, _home = _claim_to_decide(actor, claim_id)
        _decide(claim, ResidenceClaim.State.REFUSED, actor, words)
        record_change(actor, "people.refuse_claim", claim, place_code=claim.home_code, person_id=claim.person_id)
        told = gettext_lazy("The desk could not confirm where you live: %(reason)s")
        notify([claim.person_id], told, {"reason": words}, link="/me/")
    return claim


def _claim_to_decide(actor: Actor, claim_id: int) -> tuple[ResidenceClaim, Place | None]:
    claim = rules.claims_to_decide(actor).select_for_update(of=("self",)).filter(pk=claim_id).first()
    if claim is None:
        raise NotFound
    place = Place.objects.filter(code=claim.home_code).first()
    if place is None:
        raise NotFound
    rules.may_keep_roll(actor, place).enforce()
    if claim.state != ResidenceClaim.State.ASKED:
        raise WrongState(_("Somebody has decided this claim already."))
    return claim, place if place.valid_to is None else None


def _decide(claim: ResidenceClaim, state: str, actor: Actor, reason: str = "") -> None:
    claim.state, claim.decided_at, claim.decided_by_id, claim.reason = state, now(), actor.account_id, reason
    claim.save(update_fields=["state", "decided_at", "decided_by_id", "reason"])


def end_residence(*, actor: Actor, residence_id: int) -> Residence:
    """Write that somebody no longer lives there: oneself, or an officer who keeps the roll of that home.

    Raises:
        NotFound, NotAllowed.
    """
    with transaction.atomic():
        rows = Residence.objects.filter(valid_to__isnull=True, household__in=rules.visible_to(actor))
        residence = rows.select_related("household").filter(pk=residence_id).first()
        if residence is None:
            raise NotFound
        if residence.person_id != actor.person_id:
            rules.may_keep_roll(actor, Place.objects.get(code=residence.household.home_code)).enforce()
        forget_contacts_of(residence.person)
        residence.valid_to = today()
        residence.save(update_fields=["valid_to"])
        record_change(
            actor,
            "people.end_residence",
            residence,
            place_code=residence.household.home_code,
            person_id=residence.person_id,
        )
    return residence
