"""Claims of posts with a waiting list, one at a time by those who come, or a whole list by the host."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from jinlin.people.models import Person
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotFound, WrongState
from jinlin.platform.sends import sent_once
from jinlin.volunteering import rules
from jinlin.volunteering.actions.bulk import BATCH, in_batches, locked_postings
from jinlin.volunteering.actions.steps import ANY_DOOR, Door
from jinlin.volunteering.models import Pairing, Posting
from jinlin.volunteering.states import OPEN, TAKES_A_PLACE, State


def claim(*, actor: Actor, posting_id: int, door: Door = ANY_DOOR) -> Pairing:
    """Claim a post for oneself: a free place at once, else the end of the waiting list.

    Raises:
        NotSignedIn, NotAllowed, RepeatedSend, KeyReused.
        NotFound: for a post that is not there.
        WrongState: for one that is closed or over, or that the actor has claimed already.
    """
    rules.may_claim(actor).enforce()
    with sent_once(f"account:{actor.account_id}", door.key, ["claim", posting_id]) as send:
        posting = _locked_post(posting_id)
        if posting.pairings.filter(person_id=actor.person_id, state__in=OPEN).exists():
            raise WrongState(_("You have claimed this post already."))
        state = State.ACCEPTED if rules.free_places(posting) > 0 else State.WAITING
        made = Pairing.objects.create(posting=posting, person_id=actor.person_id, state=state, at=now())
        facts = {"place_code": posting.place_code, "person_id": actor.person_id}
        record_change(actor, "volunteering.claim", made, **facts, state=state)
        send.keep(made)
    return made


def _locked_post(posting_id: int) -> Posting:
    posts = Posting.objects.filter(kind=Posting.Kind.POST)
    posting = posts.select_for_update().filter(pk=posting_id).first()
    if posting is None:
        raise NotFound
    if not posting.is_open(today()):
        raise WrongState(_("This post is not open any more."))
    return posting


def claim_all(*, actor: Actor, claims: Sequence[tuple[Posting, Person]]) -> list[Pairing]:
    """Take a list of claims in as a host, all or none, in the order given; with one line in the audit trail.

    Raises:
        NotAllowed: outside the actor's places.
        Invalid: for what is no open post, for a post that is full, or claimed twice by one person.
    """
    with locked_postings(posting.pk for posting, _person in claims) as posts:
        for code in {post.place_code for post in posts.values()}:
            rules.may_host(actor, code).enforce()
        _check_claims(claims, posts)
        at = now()
        rows = [Pairing(posting=posting, person=who, state=State.ACCEPTED, at=at) for posting, who in claims]
        made = Pairing.objects.bulk_create(rows, batch_size=BATCH)
        if made:
            place = claims[0][0].place_code
            record_change(actor, "volunteering.claim_all", made[0], place_code=place, rows=len(made))
    return made


def _check_claims(claims: Sequence[tuple[Posting, Person]], posts: dict[int, Posting]) -> None:
    seen, taken = _claimants(posts), _taken(posts)
    day = today()
    for posting, person in claims:
        post = posts.get(posting.pk)
        if post is None or post.kind != Posting.Kind.POST or not post.is_open(day):
            raise Invalid(fields={"claims": _("%(post)s is no open post.") % {"post": posting.title}})
        taken[post.pk] += 1
        if taken[post.pk] > post.places or (post.pk, person.pk) in seen:
            raise Invalid(fields={"claims": _("%(post)s is full, or claimed twice.") % {"post": post.title}})
        seen.add((post.pk, person.pk))


def _claimants(posting_ids: Iterable[int]) -> set[tuple[int, int | None]]:
    found: set[tuple[int, int | None]] = set()
    for ids in in_batches(posting_ids):
        rows = Pairing.objects.filter(posting_id__in=ids, state__in=OPEN)
        found.update(rows.values_list("posting_id", "person_id"))
    return found


def _taken(posting_ids: Iterable[int]) -> Counter[int]:
    taken: Counter[int] = Counter()
    for ids in in_batches(posting_ids):
        rows = Pairing.objects.filter(posting_id__in=ids, state__in=TAKES_A_PLACE)
        for posting_id, places in rows.values_list("posting_id", "places"):
            taken[posting_id] += places
    return taken
