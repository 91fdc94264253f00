"""Proposes pairs between the lists of needs and offers, each with its reasons; a person agrees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction

from jinlin.algorithms.matching import Matching, Why, match
from jinlin.algorithms.matching.feasible import Entries, Fits, Unfit, find_fits, hours_of
from jinlin.algorithms.place_codes import Level
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.playbooks.here import current_playbook
from jinlin.volunteering import rules
from jinlin.volunteering.models import Pairing, Posting
from jinlin.volunteering.queries import open_on, with_room
from jinlin.volunteering.states import State

MOST_METRES = 5_000.0
METRES_A_DEGREE = 111_320.0
FITS, NEARNESS, TOGETHER, WAITING, FRESH = 1_000, 300, 200, 300, 200
"""What a pair is worth: that it fits, how near it is, how many hours they share, how long the need has waited, and how
little the offer has been used. The last two share the good among needs and the work among offers."""
HOURS_THAT_COUNT = 10
DAYS_THAT_COUNT = 60


@dataclass(frozen=True)
class Refusal:
    """A need that got fewer places than it asks for, and why: the first thing that rules every offer out, or the rest."""

    need: Posting
    missing: int
    why: str


@dataclass(frozen=True)
class Proposals:
    """The outcome of one round: pairs that wait for a person, and what stays without a partner on both sides."""

    pairs: list[Pairing]
    refusals: list[Refusal]
    idle_offers: list[Posting]


def propose_pairs(*, actor: Actor, place_code: str) -> Proposals:
    """Match the open needs and offers of a place and propose the best pairs; earlier proposals nobody took up go.

    Raises:
        NotAllowed: for anybody but the hosts of the place.
    """
    rules.may_host(actor, place_code).enforce()
    with transaction.atomic():
        here = rules.pairings_visible_to(actor).filter(posting__place_code__startswith=place_code)
        here.filter(state=State.PROPOSED).delete()
        needs, offers = _open(Posting.Kind.NEED, place_code), _open(Posting.Kind.OFFER, place_code)
        found = _matched(needs, offers)
        Pairing.objects.bulk_create(found.pairs)
        if needs:
            detail = {"pairs": len(found.pairs), "refused": len(found.refusals)}
            record_change(actor, "volunteering.propose_pairs", needs[0], place_code=place_code, **detail)
    return found


def _open(kind: str, place_code: str) -> list[Posting]:
    """Return what is open and has room: offers by what they have left, which `with_room` counts on the need's side."""
    rows = open_on(Posting.objects.filter(kind=kind, place_code__startswith=place_code), today())
    rows = with_room(rows).select_related("body").order_by("posted_at", "pk")
    found = list(rows)
    if kind == Posting.Kind.OFFER:
        used = _used([offer.pk for offer in found])
        for offer in found:
            offer.free = offer.places - used.get(offer.pk, 0)
    return [posting for posting in found if posting.free > 0]


def _used(offer_ids: Sequence[int]) -> dict[int, int]:
    used: dict[int, int] = {}
    rows = Pairing.objects.filter(offer_id__in=offer_ids).exclude(state__in={State.DECLINED, State.WITHDRAWN})
    for offer_id, places in rows.values_list("offer_id", "places"):
        used[offer_id] = used.get(offer_id, 0) + places
    return used


def _matched(needs: list[Posting], offers: list[Posting]) -> Proposals:
    if not needs or not offers:
        return Proposals([], [Refusal(need, need.free, Unfit.KIND) for need in needs], offers)
    fits = find_fits(_entries(offers, needs), _entries(needs, offers), most_metres=MOST_METRES)
    fits = _without(fits, _settled(needs), offers, needs)
    solved = match(
        [offer.free for offer in offers],
        [need.free for need in needs],
        fits.offer,
        fits.need,
        _benefits(fits, offers, needs),
    )
    pairs = [_pair(fits, int(edge), offers, needs) for edge in solved.pairs]
    missing = {row.need: row.missing for row in solved.shortages}
    _fill_up(pairs, fits, solved, missing)
    refusals = [
        Refusal(needs[row.need], missing[row.need], fits.unfit[row.need] if row.why == Why.NO_EDGE else row.why)
        for row in solved.shortages
        if missing[row.need]
    ]
    busy = {pair.offer_id for pair in pairs}
    return Proposals(pairs, refusals, [offer for offer in offers if offer.pk not in busy])


def _fill_up(pairs: list[Pairing], fits: Fits, solved: Matching, missing: dict[int, int]) -> None:
    """Let an offer that serves a need serve more of its places, as long as it has any left."""
    free = solved.free_offers.copy()
    for pair, edge in zip(pairs, solved.pairs.tolist(), strict=True):
        offer, need = int(fits.offer[edge]), int(fits.need[edge])
        more = min(int(free[offer]), missing.get(need, 0))
        if more:
            pair.places += more
            free[offer] -= more
            missing[need] -= more


def _settled(needs: list[Posting]) -> set[tuple[int, int]]:
    """Return the pairs that somebody has decided already: agreed, served, or declined."""
    rows = Pairing.objects.filter(posting__in=needs, offer__isnull=False).exclude(state=State.WITHDRAWN)
    return set(rows.values_list("offer_id", "posting_id"))


def _without(fits: Fits, settled: set[tuple[int, int]], offers: list[Posting], needs: list[Posting]) -> Fits:
    pairs = zip(fits.offer.tolist(), fits.need.tolist(), strict=True)
    keep = np.array([(offers[offer].pk, needs[need].pk) not in settled for offer, need in pairs], dtype=bool)
    decided = dict.fromkeys(set(fits.need.tolist()) - set(fits.need[keep].tolist()), Unfit.DECIDED)
    return Fits(fits.offer[keep], fits.need[keep], fits.metres[keep], fits.shared_hours[keep], fits.unfit | decided)


def _entries(rows: list[Posting], others: list[Posting]) -> Entries:
    kinds = {key: number for number, key in enumerate(sorted({row.category for row in (*rows, *others)}))}
    skills = {row.key: 1 << number for number, row in enumerate(current_playbook().skill)}
    areas = {code: n for n, code in enumerate(sorted({row.place_code[: Level.COMMUNITY] for row in (*rows, *others)}))}
    latitudes = [row.latitude for row in (*rows, *others) if row.latitude is not None]
    squeeze = np.cos(np.radians(np.mean(latitudes))) if latitudes else 1.0
    far = 10**7
    return Entries(
        kind=np.array([kinds[row.category] for row in rows], dtype=np.int64),
        area=np.array([areas[row.place_code[: Level.COMMUNITY]] for row in rows], dtype=np.int64),
        x=np.array([_number(row.longitude) * METRES_A_DEGREE * squeeze for row in rows]),
        y=np.array([_number(row.latitude) * METRES_A_DEGREE for row in rows]),
        skills=np.array([sum(skills.get(key, 0) for key in row.skills) for row in rows], dtype=np.uint64),
        hours=np.array([hours_of([tuple(window) for window in row.windows]) for row in rows]),
        first_day=np.array([row.first_day.toordinal() for row in rows], dtype=np.int64),
        last_day=np.array([row.last_day.toordinal() if row.last_day else far for row in rows], dtype=np.int64),
    )


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _benefits(fits: Fits, offers: list[Posting], needs: list[Posting]) -> np.ndarray:
    """Return the worth of each pair as a whole number, from what the module's constants weigh."""
    metres = np.where(np.isnan(fits.metres), MOST_METRES, fits.metres)
    near = ((MOST_METRES - metres) / MOST_METRES * NEARNESS).astype(np.int64)
    together = np.minimum(fits.shared_hours, HOURS_THAT_COUNT) * TOGETHER // HOURS_THAT_COUNT
    at = now()
    days = np.array([min((at - need.posted_at).days, DAYS_THAT_COUNT) for need in needs], dtype=np.int64)
    fresh = np.array([offer.free * FRESH // offer.places for offer in offers], dtype=np.int64)
    return FITS + near + together + days[fits.need] * WAITING // DAYS_THAT_COUNT + fresh[fits.offer]


def _pair(fits: Fits, edge: int, offers: list[Posting], needs: list[Posting]) -> Pairing:
    offer, need = offers[int(fits.offer[edge])], needs[int(fits.need[edge])]
    return Pairing(
        posting=need, offer=offer, places=1, state=State.PROPOSED, why=_why(fits, edge, offer, need), at=now()
    )


def _why(fits: Fits, edge: int, offer: Posting, need: Posting) -> Mapping[str, Any]:
    """Return what speaks for a pair, as data that the pages put into words."""
    metres = float(fits.metres[edge])
    shared = {window[0] for window in offer.windows} & {window[0] for window in need.windows}
    return {
        "category": need.category,
        "metres": None if np.isnan(metres) else round(metres),
        "hours": int(fits.shared_hours[edge]),
        "weekdays": sorted(shared),
        "skills": sorted(set(need.skills)),
    }
