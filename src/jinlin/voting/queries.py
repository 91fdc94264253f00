"""Reads of ballots that more than one screen needs: what waits for somebody's vote, what was chosen, results in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.rules import bodies_kept_by, bodies_of
from jinlin.platform.access import Actor, in_scope
from jinlin.platform.dates import now
from jinlin.territory.models import Place, Zone
from jinlin.voting import rules
from jinlin.voting.electorates import ELECTORATES
from jinlin.voting.fixed import DECISIVE
from jinlin.voting.models import Ballot, Paper, Question, RollEntry
from jinlin.voting.states import BallotState

SQUARE_METRE = 100


@dataclass(frozen=True)
class StandingRow:
    """One bar as a line of the tally table: what is measured, the parts in words, the share and whether it was reached."""

    what: str
    parts: str
    percent: str
    bar: str
    met: bool
    lacking: str


@dataclass(frozen=True)
class QuestionResult:
    """What came of one question; `options` are (title, votes, percent of the papers cast), empty where too few were cast."""

    question: Question
    options: list[tuple[str, int, str]]
    blank: int
    void: int
    standings: list[StandingRow]
    verdict: str
    good: bool | None


def open_ballots() -> QuerySet[Ballot]:
    """Return the ballots in which papers are taken or will be, the next to end first."""
    return rules.public_ballots().filter(state=BallotState.ANNOUNCED).order_by("closes_at", "pk")


def ended_ballots() -> QuerySet[Ballot]:
    """Return the ballots that were counted, the last first."""
    return rules.public_ballots().filter(state=BallotState.COUNTED).order_by("-counted_at", "-pk")


def waiting_for(actor: Actor) -> list[Ballot]:
    """Return the open ballots in which the actor has a vote that is not used."""
    if actor.person_id is None:
        return []
    opened = list(open_ballots().filter(opens_at__lte=now(), closes_at__gt=now()))
    electorates = {ballot.by.electorate for ballot in opened}
    voters = {voter for name in electorates for voter in ELECTORATES[name].voters(actor.person_id)}
    unused = RollEntry.objects.filter(ballot__in=opened, voter__in=voters, used_on__isnull=True)
    own = set(unused.values_list("ballot_id", flat=True)) if voters else set()
    return [ballot for ballot in opened if ballot.pk in own]


def own_paper(entry: RollEntry) -> Paper | None:
    """Return the signed paper that counts for an entry; a secret one cannot be found."""
    return entry.papers.filter(counted=True).first()


def with_turnout(ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """Add to each ballot how many of its roll have voted, and how many of them on paper."""
    used = Q(roll__used_on__isnull=False)
    on_paper = used & Q(roll__channel=RollEntry.Channel.PAPER)
    return ballots.annotate(used=Count("roll", filter=used), used_on_paper=Count("roll", filter=on_paper))


def percent(part: int, whole: int) -> str:
    """Return a share in percent with one decimal, rounded down, so that no bar looks reached that is not."""
    if not whole:
        return "—"
    tenths = Fraction(part * 1000, whole).__floor__()
    return f"{tenths // 10}.{tenths % 10}%"


def _amount(value: int, measure: str) -> str:
    if measure == "area":
        return _("%(amount)s m²") % {"amount": f"{value // SQUARE_METRE}.{value % SQUARE_METRE:02d}"}
    return str(value)


def _standing_row(what: str, found: Mapping[str, Any]) -> StandingRow:
    measure, share = found["measure"], Fraction(found["share"])
    said = _("more than %(share)s of %(base)s") if found["strict"] else _("at least %(share)s of %(base)s")
    base = _("all who may vote") if found["of"] == "roll" else _("the papers cast")
    named = _("%(what)s by area") if measure == "area" else _("%(what)s by votes")
    return StandingRow(
        what=named % {"what": what},
        parts=f"{_amount(found['part'], measure)} / {_amount(found['whole'], measure)}",
        percent=percent(found["part"], found["whole"]),
        bar=said % {"share": share, "base": base},
        met=not found["lacking"],
        lacking=_amount(found["lacking"], measure),
    )


def shown_result(ballot: Ballot) -> dict[str, Any]:
    """Return the result in numbers, without what is not broken down for so few papers."""
    result = ballot.result
    if not result or result["cast"][0] >= ballot.by.least_shown:
        return result
    kept = ("question", "participation", "valid")
    return {"cast": result["cast"], "questions": [{key: one[key] for key in kept} for one in result["questions"]]}


def results(ballot: Ballot) -> list[QuestionResult]:
    """Return what came of each question of a counted ballot."""
    counted = {row["question"]: row for row in ballot.result.get("questions", ())}
    questions = ballot.questions.prefetch_related("options")
    return [_result(ballot, question, counted[question.pk]) for question in questions if question.pk in counted]


def _result(ballot: Ballot, question: Question, found: Mapping[str, Any]) -> QuestionResult:
    rule, cast = ballot.by, ballot.result["cast"][0]
    titles = {option.key: option.title for option in question.options.all()}
    standings = [_standing_row(_("Took part"), one) for one in found["participation"]]
    if rule.method in DECISIVE and cast >= rule.least_shown:
        standings += [_standing_row(titles[DECISIVE[rule.method]], one) for one in found["agreement"]]
    rows = [(titles[key], heads, percent(heads, cast)) for key, (heads, _area) in found["options"].items()]
    verdict, good = _verdict(ballot, found, titles)
    return QuestionResult(
        question,
        rows if cast >= rule.least_shown else [],
        found["blank"][0],
        found["void"][0],
        standings,
        verdict,
        good,
    )


def _verdict(ballot: Ballot, found: Mapping[str, Any], titles: Mapping[str, str]) -> tuple[str, bool | None]:
    rule = ballot.by
    if rule.method == "appraise":
        if ballot.result["cast"][0] < rule.least_shown:
            return _("Too few answers to say how it went"), None
        return (
            (_("Not solved for too many; it is taken up again"), False)
            if found["reached"]
            else (_("Well received"), True)
        )
    if not found["valid"]:
        return _("Too few took part; the result does not stand"), False
    if rule.method == "consent":
        return (_("Passed"), True) if found["reached"] else (_("Not passed"), False)
    if found["tied"]:
        return _("A tie: %(titles)s") % {"titles": "、".join(titles[key] for key in found["tied"])}, False
    chosen = "、".join(titles[key] for key in found["taken"])
    return (_("Chosen: %(titles)s") % {"titles": chosen}, True) if chosen else (_("Nothing was chosen"), False)


def bars_in_words(ballot: Ballot) -> list[str]:
    """Return the bars of a ballot as sentences, for whoever votes and whoever reads the result."""
    rule = ballot.by
    about = {
        "consent": _("“yes”"),
        "choose": _("each that is chosen"),
        "appraise": _("“not solved”, for it to be taken up again"),
    }
    named = [(_("taking part"), bar) for bar in rule.participation] + [
        (about[rule.method], bar) for bar in rule.agreement
    ]
    rows = []
    for what, bar in named:
        strict = bar.more_than is not None
        share = bar.more_than if strict else bar.at_least
        found = {
            "measure": bar.measure,
            "of": bar.of,
            "share": str(share),
            "strict": strict,
            "part": 0,
            "whole": 0,
            "lacking": 0,
        }
        row = _standing_row(what, found)
        rows.append(f"{row.what}：{row.bar}")
    return rows


def chosen_titles(question: Question, keys: Iterable[str]) -> list[str]:
    """Return the titles of the options of these keys, in their order."""
    wanted = set(keys)
    return [option.title for option in question.options.all() if option.key in wanted]


def communities_of(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the communities in which the actor may call ballots."""
    whole = [grant for grant in actor.grants_as(rules.CLERKS) if grant.zone_id is None]
    own = {code[: Level.COMMUNITY] for code in bodies_of(actor).values_list("place_code", flat=True)}
    here = in_scope(whole, place="code") | Q(code__in=own)
    rows = Place.objects.filter(here, level=Level.COMMUNITY, valid_to__isnull=True)
    return list(rows.order_by("code").values_list("code", "name"))


def scopes_in(codes: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the places and zones that a ballot may be about, in groups: communities, zones, buildings."""
    given = list(codes)
    communities = Place.objects.filter(code__in=given).order_by("code").values_list("code", "name")
    kinds = (Zone.Kind.ESTATE, Zone.Kind.COURTYARD, Zone.Kind.GRID)
    zones = Zone.objects.filter(community_code__in=given, kind__in=kinds, valid_to__isnull=True).order_by(
        "kind", "label"
    )
    inside = Q(pk__in=[])
    for code in given:
        inside |= Q(code__startswith=code)
    buildings = Place.objects.filter(inside, level=Level.BUILDING, valid_to__isnull=True).order_by("code")
    return [
        (_("Whole community"), list(communities)),
        (_("Estates, courtyards and grids"), [(f"zone:{zone.pk}", zone.name) for zone in zones]),
        (_("Buildings"), list(buildings.values_list("code", "address"))),
    ]


def bodies_calling(actor: Actor) -> QuerySet[Any]:
    """Return the active bodies in whose name the actor calls ballots."""
    mine = Q(pk__in=bodies_of(actor).values("pk")) | Q(pk__in=bodies_kept_by(actor).values("pk"))
    return bodies_kept_by(actor).model.objects.filter(mine, active=True).order_by("name")


def roll_of(ballot: Ballot) -> QuerySet[RollEntry]:
    """Return the roll of a ballot by home."""
    return ballot.roll.order_by("home_code", "pk")


def addresses_of(codes: Iterable[str]) -> dict[str, str]:
    """Return {code: address} of homes."""
    return dict(Place.objects.filter(code__in=set(codes)).values_list("code", "address"))
