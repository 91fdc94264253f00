"""Where indicators find their records: places, zones, bodies, ties, posts and sheets as they stood on a day."""

from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, Sum

from jinlin.algorithms.place_codes import Level
from jinlin.assessment.indicators.base import Look, Rows, Source
from jinlin.lists.models import ItemList
from jinlin.organisations.models import Appointment, Body, Coverage, Partnership, SheetEntry
from jinlin.organisations.queries import running_appointments
from jinlin.platform.dates import LOCAL
from jinlin.playbooks.here import current_playbook
from jinlin.territory.models import Place, Zone
from jinlin.volunteering.models import Pairing, Posting, Report
from jinlin.volunteering.queries import claimed, solved, units


def valid_on(day: date) -> Q:
    """Return the filter for what has begun and has not ended on a day."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day))


def places(level: Level) -> Source:
    """Places of a level."""
    return Source(lambda day: Place.objects.filter(valid_on(day), level=level), place="code")


def zones(kind: Zone.Kind) -> Source:
    """Estates, grids or other zones."""
    return Source(lambda day: Zone.objects.filter(valid_on(day), kind=kind), place="community_code")


def homes_in(kind: Zone.Kind) -> Source:
    """Homes that lie in a zone of the kind today."""
    inside = {f"{kind.value}__isnull": False}
    return Source(lambda day: Place.objects.filter(valid_on(day), level=Level.HOME, **inside), place="code")


def covered_zones(kind: Zone.Kind, body_kind: str) -> Source:
    """Zones of a kind that a body of a kind looks after."""

    def find(day: date) -> Rows:
        cared_for = Coverage.objects.filter(valid_on(day), kind=body_kind, zone__isnull=False, body__in=_founded(day))
        return Zone.objects.filter(valid_on(day), kind=kind, pk__in=cared_for.values("zone"))

    return Source(find, place="community_code")


def bodies(kind: str) -> Source:
    """Bodies of a kind that are founded and have not ended."""
    return Source(lambda day: _founded(day).filter(kind=kind))


def _founded(day: date) -> Rows:
    return Body.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), founded_on__lte=day)


def posts(key: str, origin: str = "") -> Source:
    """Appointments to a post that run; with an `origin`, of those who come from there."""
    wanted = {"key": key} | ({"origin": origin} if origin else {})
    return Source(lambda day: running_appointments(day).filter(**wanted))


def taken_up(key: str, since: date) -> Source:
    """Appointments to a post that began on or after a day, whether they run or have ended since."""
    return Source(lambda day: Appointment.objects.filter(key=key, term_from__range=(since, day), accepted_on__lte=day))


def ties(kind: str, unit_kind: str) -> Source:
    """Partnerships of a kind with units of a kind."""
    return Source(lambda day: Partnership.objects.filter(valid_on(day), kind=kind, unit__kind=unit_kind))


def cells_of_year(sheet: str, item: str, year: int) -> Source:
    """Cells of a sheet that were filled in a year: of each subject the newest line, if it says something."""

    def find(day: date) -> Rows:
        lines = SheetEntry.objects.filter(sheet=sheet, item=item, holds_from__year=year, holds_from__lte=day)
        same = {column: OuterRef(column) for column in ("place_code", "appointment")}
        later = Q(holds_from__gt=OuterRef("holds_from")) | Q(holds_from=OuterRef("holds_from"), pk__gt=OuterRef("pk"))
        newer = lines.filter(later, **same)
        return lines.filter(~Exists(newer)).exclude(value__isnull=True).exclude(value=False).exclude(value="")

    return Source(find)


def reports(track: Report.Track) -> Source:
    """Reports of units or members to a community."""
    return Source(lambda day: Report.objects.filter(track=track, stage=Report.Stage.IN, reported_on__lte=day))


def units_here() -> Source:
    """The bodies that report as units."""
    return Source(lambda day: units(current_playbook()).filter(pk__in=_founded(day)))


def stated_members(look: Look) -> int:
    """How many serving members the units have stated."""
    return look.at(units_here()).aggregate(people=Sum("head_count"))["people"] or 0


def posts_put_up() -> Source:
    """Posts that members may claim."""
    return Source(lambda day: Posting.objects.filter(kind=Posting.Kind.POST, first_day__lte=day))


def posts_claimed() -> Source:
    """Places of posts that somebody has taken."""
    return Source(lambda day: claimed(Pairing.objects.filter(at__lt=_midnight_after(day))), place="posting__place_code")


def problems_solved() -> Source:
    """Confirmed services that settled a problem."""
    return Source(lambda day: solved(Pairing.objects.filter(served_on__lte=day)), place="posting__place_code")


def lists_opened(kind: str, since: date) -> Source:
    """Lists of a kind that were opened on or after a day, whether they are closed since or not."""
    return Source(lambda day: ItemList.objects.filter(kind=kind, opened_on__range=(since, day)))


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), LOCAL)


def sheet_total(sheet: str, item: str) -> "Total":
    """The sum of a column of a sheet over its places, as it stood on the day."""
    return Total(Source(lambda day: SheetEntry.objects.filter(sheet=sheet, item=item, holds_from__lte=day)))


class Total:
    """Adds up the newest cell of each place."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def __call__(self, look: Look) -> int:
        lines = look.at(self._source).order_by("holds_from", "pk").values_list("place_code", "value")
        return sum(value or 0 for value in dict(lines).values())
