"""Units and serving members report to a community, and report back to their own unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import find_personal
from jinlin.algorithms.place_codes import Level
from jinlin.organisations.models import Body
from jinlin.people.models import Person, Residence
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import now, today
from jinlin.platform.errors import Invalid, NotAllowed
from jinlin.territory.models import Place
from jinlin.volunteering import rules
from jinlin.volunteering.actions.bulk import BATCH
from jinlin.volunteering.actions.steps import NO_PERSONAL
from jinlin.volunteering.models import Report


@dataclass(frozen=True)
class NewReport:
    """A report to write down: of a unit, or of a person (with the home unit) who lives in the community."""

    place_code: str
    unit: Body | None = None
    person: Person | None = None
    stage: Report.Stage = Report.Stage.IN
    reported_on: date | None = None
    words: str = ""

    @property
    def track(self) -> Report.Track:
        """A report with a person is a member's, else it is the unit's."""
        return Report.Track.UNIT if self.person is None else Report.Track.MEMBER


def report(*, actor: Actor, new: NewReport) -> Report:
    """Report in or back; a member does it for themselves, a unit through who acts for it, a host from a paper list.

    Raises:
        NotAllowed: for somebody else's report.
        Invalid: for a place that is no community here or, for a member, not the one where they live.
    """
    return report_all(actor=actor, reports=[new])[0]


def report_all(*, actor: Actor, reports: Sequence[NewReport]) -> list[Report]:
    """Write down all reports or none, with one line in the audit trail.

    Raises:
        NotAllowed, Invalid: as `report`, for the first that cannot be taken.
    """
    _check_places(reports)
    _check_homes(reports)
    at, day = now(), today()
    for new in reports:
        _check_words(new, day)
        _check_actor(actor, new)
    with transaction.atomic():
        made = Report.objects.bulk_create((_row(new, actor, at, day) for new in reports), batch_size=BATCH)
        if made:
            first = made[0]
            record_change(actor, "volunteering.report", first, place_code=first.place_code, rows=len(made))
    return made


def _row(new: NewReport, actor: Actor, at: object, day: date) -> Report:
    return Report(
        track=new.track,
        stage=new.stage,
        unit=new.unit,
        person=new.person,
        place_code=new.place_code,
        reported_on=new.reported_on or day,
        words=new.words,
        written_at=at,
        written_by_id=actor.account_id,
    )


def _check_words(new: NewReport, day: date) -> None:
    if wrong := faults_of(new, day):
        raise Invalid(fields=wrong)


def faults_of(new: NewReport, day: date) -> dict[str, str]:
    """Return for each field that cannot stand what is wrong with it, on this day."""
    found = {}
    if new.reported_on is not None and new.reported_on > day:
        found["reported_on"] = _("A report lies not in the future.")
    if new.track == Report.Track.UNIT and new.unit is None:
        found["unit"] = _("Say which unit reports.")
    if new.words and find_personal(new.words):
        found["words"] = str(NO_PERSONAL)
    return found


def _check_actor(actor: Actor, new: NewReport) -> None:
    own = new.person is not None and new.person.pk == actor.person_id
    for_unit = new.person is None and rules.acts_for(actor, new.unit)
    if not (own or for_unit or rules.hosts(actor, new.place_code)):
        raise NotAllowed(_("Everybody reports for themselves; a unit reports through somebody with a post there."))


def _check_places(reports: Sequence[NewReport]) -> None:
    codes = {new.place_code for new in reports}
    known = Place.objects.filter(code__in=codes, valid_to__isnull=True, level=Level.COMMUNITY)
    unknown = codes - set(known.values_list("code", flat=True))
    if unknown:
        raise Invalid(fields={"place_code": _("Reports go to a community; %(code)s is none.") % {"code": min(unknown)}})


def _check_homes(reports: Sequence[NewReport]) -> None:
    """A member reports where they live (双报到), so a home of theirs has to lie in the community."""
    persons = {new.person.pk for new in reports if new.person is not None}
    rows = Residence.objects.filter(valid_to__isnull=True, household__valid_to__isnull=True).exclude(
        role=Residence.Role.LANDLORD
    )
    if len(persons) < BATCH:
        rows = rows.filter(person_id__in=persons)
    homes = {
        (person, code[: Level.COMMUNITY]) for person, code in rows.values_list("person_id", "household__home_code")
    }
    for new in reports:
        if new.person is not None and (new.person.pk, new.place_code) not in homes:
            raise Invalid(fields={"place_code": _("Members report to the community where they live.")})
