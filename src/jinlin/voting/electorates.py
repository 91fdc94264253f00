"""Who has a vote: by electorate, the roll as it stands on a day, and the entries of a roll that somebody votes for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from jinlin.people.models import Household, Residence
from jinlin.people.supports import voice_of
from jinlin.platform.access import Actor
from jinlin.platform.works import matter_of
from jinlin.territory.models import Place, Zone
from jinlin.territory.queries import homes_in
from jinlin.voting.models import Ballot, RollEntry

ZONE = "zone:"
OWNING = (Residence.Role.OWNER, Residence.Role.LANDLORD)


@dataclass(frozen=True)
class Electorate:
    """How a roll is made, which voters a person votes for, and who hears of it; `has_area` if area counts."""

    roll: Callable[[Actor, Ballot], Iterator[RollEntry]]
    voters: Callable[[int], Iterable[str]]
    persons: Callable[[Iterable[str]], set[int]]
    has_area: bool = False


def homes_of(ballot: Ballot) -> list[Place]:
    """Return the homes that a ballot concerns, by their code."""
    zones = [int(word.removeprefix(ZONE)) for word in ballot.scope if word.startswith(ZONE)]
    places = [word for word in ballot.scope if not word.startswith(ZONE)]
    return list(homes_in(places, Zone.objects.filter(pk__in=zones)).only("code", "floor_area"))


def _household_roll(actor: Actor, ballot: Ballot) -> Iterator[RollEntry]:
    codes = [home.code for home in homes_of(ballot)]
    rows = Household.objects.filter(home_code__in=codes, valid_to__isnull=True).order_by("home_code")
    for pk, code in rows.values_list("pk", "home_code"):
        yield RollEntry(ballot=ballot, voter=f"household:{pk}", home_code=code)


def _households_of(person_id: int) -> Iterable[str]:
    living = Residence.objects.filter(person_id=person_id, valid_to__isnull=True).exclude(role=Residence.Role.LANDLORD)
    return [f"household:{pk}" for pk in living.values_list("household_id", flat=True)]


def _living_in(voters: Iterable[str]) -> set[int]:
    households = [int(voter.partition(":")[2]) for voter in voters if voter.startswith("household:")]
    living = Residence.objects.filter(household_id__in=households, valid_to__isnull=True)
    return set(living.exclude(role=Residence.Role.LANDLORD).values_list("person_id", flat=True))


def _owners_of(codes: Iterable[str]) -> dict[str, frozenset[int]]:
    """Return the owners of today of each home that has any on record."""
    owning = Residence.objects.filter(role__in=OWNING, valid_to__isnull=True, household__valid_to__isnull=True)
    found: dict[str, set[int]] = defaultdict(set)
    for code, person_id in owning.filter(household__home_code__in=codes).values_list(
        "household__home_code", "person_id"
    ):
        found[code].add(person_id)
    return {code: frozenset(persons) for code, persons in found.items()}


def _owners_named(persons: Iterable[int]) -> str:
    return "owners:" + "-".join(map(str, sorted(persons)))


def _owner_roll(actor: Actor, ballot: Ballot) -> Iterator[RollEntry]:
    """Yield one entry for each set of owners, with the area of all their homes (区分所有权司法解释 arts 8, 9).

    A home without an owner on record is an entry by itself, for which somebody votes on paper.
    """
    homes = homes_of(ballot)
    owners = _owners_of([home.code for home in homes])
    entries: dict[str, RollEntry] = {}
    for home in homes:
        known = owners.get(home.code)
        voter = _owners_named(known) if known else f"home:{home.code}"
        entry = entries.setdefault(voter, RollEntry(ballot=ballot, voter=voter, home_code=home.code))
        entry.area += home.floor_area or 0
    yield from entries.values()


def _owning(person_id: int) -> Iterable[str]:
    own = Residence.objects.filter(person_id=person_id, role__in=OWNING, valid_to__isnull=True)
    codes = list(own.values_list("household__home_code", flat=True))
    return {_owners_named(persons) for persons in _owners_of(codes).values()}


def _owners_told(voters: Iterable[str]) -> set[int]:
    named = (voter.removeprefix("owners:") for voter in voters if voter.startswith("owners:"))
    return {int(person) for persons in named for person in persons.split("-")}


def _follower_roll(actor: Actor, ballot: Ballot) -> Iterator[RollEntry]:
    voices = {voice_of(person) for person in matter_of(actor, ballot.subject).followers()} if ballot.subject else set()
    for voter in sorted(voices):
        yield RollEntry(ballot=ballot, voter=voter)


def _voices_of(person_id: int) -> Iterable[str]:
    return [voice_of(person_id)]


def _followers_told(voters: Iterable[str]) -> set[int]:
    given = list(voters)
    alone = {int(voter.removeprefix("person:")) for voter in given if voter.startswith("person:")}
    return alone | _living_in(given)


ELECTORATES = {
    "households": Electorate(_household_roll, _households_of, _living_in),
    "owners": Electorate(_owner_roll, _owning, _owners_told, has_area=True),
    "followers": Electorate(_follower_roll, _voices_of, _followers_told),
}


def entries_for(ballot: Ballot, person_id: int | None) -> list[RollEntry]:
    """Return the entries of a roll for which a person votes, none for somebody who is not on it."""
    if person_id is None:
        return []
    voters = ELECTORATES[ballot.by.electorate].voters(person_id)
    return list(RollEntry.objects.filter(ballot=ballot, voter__in=list(voters)).order_by("pk"))
