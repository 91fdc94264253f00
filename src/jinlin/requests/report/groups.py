"""The three rates side by side: by place, body, class of matter or month, each row with the filter that opens its cases."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import Substr, TruncMonth
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Body
from jinlin.platform.dates import LOCAL
from jinlin.platform.errors import Words
from jinlin.requests.models import Category, Request
from jinlin.requests.report.rates import Judged, Schemes, ThreeRates, judged, rates_of
from jinlin.territory.models import Place

CLASS_LENGTH = 2


@dataclass(frozen=True)
class Grouping:
    """A way to group: its words, the expression to group by, the names of the groups, and the filter of one group."""

    name: Words
    by: Any
    names: Callable[[set[Any]], dict[Any, str]]
    narrow: Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Group:
    """One group with its rates; `narrow` are the filters of the list that opens it, beside those of the whole."""

    key: Any
    name: str
    rates: ThreeRates
    narrow: dict[str, Any]


def _place_names(codes: set[str]) -> dict[str, str]:
    return dict(Place.objects.filter(code__in=codes).values_list("code", "name"))


def _body_names(keys: set[int]) -> dict[int, str]:
    return dict(Body.objects.filter(pk__in=keys).values_list("pk", "name"))


def _class_names(codes: set[str]) -> dict[str, str]:
    return dict(Category.objects.filter(code__in=codes).values_list("code", "name"))


def _month_names(months: set[datetime]) -> dict[datetime, str]:
    return {month: f"{month:%Y-%m}" for month in months}


def _days_of(month: datetime) -> dict[str, date]:
    day = month.astimezone(LOCAL).date()
    return {"first": day, "last": day.replace(day=monthrange(day.year, day.month)[1])}


GROUPINGS = {
    "place": Grouping(
        _("Community by community"),
        Substr("place_code", 1, Level.COMMUNITY),
        _place_names,
        lambda code: {"place": code},
    ),
    "body": Grouping(_("By body"), F("body_id"), _body_names, lambda key: {"body": key}),
    "category": Grouping(
        _("By class of matter"), Substr("category", 1, CLASS_LENGTH), _class_names, lambda code: {"category": code}
    ),
    "month": Grouping(_("By month"), TruncMonth("received_at", tzinfo=LOCAL), _month_names, _days_of),
}


def rates_by(
    requests: QuerySet[Request], grouping: str, schemes: Schemes, *, besides: Iterable[Any] = ()
) -> list[Group]:
    """Return the three rates of each group, by its key; of those without a judgement only the keys in `besides` appear.

    Raises:
        KeyError: for an unknown grouping.
    """
    way = GROUPINGS[grouping]
    rows: defaultdict[Any, list[Judged]] = defaultdict(list)
    for row in judged(requests.annotate(group_key=way.by), "group_key"):
        rows[row.pop("group_key")].append(Judged(**row))
    keys = {*rows, *besides}
    names = way.names(keys)
    return [
        Group(key, names.get(key, str(key)), rates_of(rows[key], schemes), way.narrow(key))
        for key in sorted(keys, key=str)
    ]
