"""Reads of call-backs: who could be called, how far each round is, and the list to call."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from jinlin.algorithms.place_codes import Level
from jinlin.platform.access import Actor, in_scope
from jinlin.platform.dates import LOCAL
from jinlin.playbooks.here import current_playbook
from jinlin.requests import rules
from jinlin.requests.models import Approval, CallBack, CallBackRound, Rating, Request, Step
from jinlin.requests.report import Schemes, within
from jinlin.requests.rules import call_backs as calling
from jinlin.requests.states import Verb
from jinlin.territory.models import Place

REACHED = Q(rating__responded__isnull=False)
UNREACHED = Q(rating__isnull=False, rating__responded__isnull=True)
SHOWN = {"open": Q(rating__isnull=True), "reached": REACHED, "unreached": UNREACHED}
"""The parts of a round that its list is narrowed to."""
CAME_AT = F("request__received_at")
"""By what the list to call is sorted."""


def candidates(place_code: str, first: date, last: date) -> QuerySet[Request]:
    """Return the requests handled or closed in these days whose reporter has a number and was not drawn or called before.

    Raises:
        InvalidPlaceCode.
    """
    begin, end = (datetime.combine(day, time.min, LOCAL) for day in (first, last + timedelta(days=1)))
    handled = Step.objects.filter(request=OuterRef("pk"), verb=Verb.HANDLE, at__gte=begin, at__lt=end)
    called = Rating.objects.filter(request=OuterRef("pk"), by_call_back=True)
    drawn = CallBack.objects.filter(request=OuterRef("pk"))
    rows = within(Request.objects.filter(state__in=calling.CALLABLE, anonymous=False), place_code)
    rows = rows.filter(reporter__isnull=False).exclude(reporter__phone_index="")
    return rows.filter(Q(closed_at__gte=begin, closed_at__lt=end) | Exists(handled), ~Exists(called), ~Exists(drawn))


def rounds_at_desk(actor: Actor) -> QuerySet[CallBackRound]:
    """Return the actor's rounds with how many calls each has, and how many reached somebody or are given up."""
    given_up = Q(call_backs__rating__isnull=False, call_backs__rating__responded__isnull=True)
    return calling.rounds_visible_to(actor).annotate(
        place_name=Subquery(Place.objects.filter(code=OuterRef("place_code")).values("name")[:1]),
        total=Count("call_backs"),
        reached=Count("call_backs", filter=Q(call_backs__rating__responded__isnull=False)),
        unreached=Count("call_backs", filter=given_up),
    )


def call_backs_in(round_: CallBackRound, shown: str = "") -> QuerySet[CallBack]:
    """Return the list to call, narrowed to one of `SHOWN`, with what a line says."""
    rows = round_.call_backs.select_related("request__body", "rating").defer("request__search", "request__labels")
    return rows.filter(SHOWN[shown]) if shown in SHOWN else rows


def places_to_draw(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the places down to communities that the actor receives for as a whole."""
    whole = [grant for grant in actor.grants_as(rules.RECEPTION_ROLES) if grant.zone_id is None]
    rows = Place.objects.filter(in_scope(whole, place="code"), level__lte=Level.COMMUNITY, valid_to__isnull=True)
    return list(rows.order_by("code").values_list("code", "name"))


def exclusions_of(request: Request) -> tuple[str, ...] | None:
    """Return the reasons for which the scheme of its judgement leaves one out; None where no judgement counts."""
    version = request.ratings.filter(newest=True, valid=True).values_list("scheme", flat=True).first()
    return None if version is None else Schemes.of(current_playbook().rating).scheme(version).exclusions


def why_left_out(requests: list[Request]) -> dict[int, str]:
    """Return {id: why its newest judgement counts in no rate} of those where it does not: the appeal, or nobody reached."""
    ratings = Rating.objects.filter(request__in=requests, newest=True, valid=False).select_related("appeal")
    return {row.request_id: _ground(row.appeal) if row.appeal else row.comment for row in ratings}


def _ground(appeal: Approval) -> str:
    named = appeal.wish.get("exclusion", "")
    return f"{named}：{appeal.reason}" if named else appeal.reason
