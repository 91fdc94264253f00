"""Takes spreadsheets in: all rows or none, each fault in words at its row, and what is there already only counted."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from jinlin.platform.access import Actor
from jinlin.platform.dates import today
from jinlin.platform.errors import Invalid, NotAllowed
from jinlin.platform.spreadsheets import Finding
from jinlin.playbooks.here import current_playbook
from jinlin.volunteering import rules
from jinlin.volunteering.actions.bulk import in_batches
from jinlin.volunteering.actions.confirming import READY, confirm_all
from jinlin.volunteering.actions.postings import NewPosting, faults_of, post_all
from jinlin.volunteering.actions.reporting import NewReport, report_all
from jinlin.volunteering.actions.reporting import faults_of as faults_of_report
from jinlin.volunteering.actions.steps import Served
from jinlin.volunteering.imports import Line, Lines, PostingLine, ReportLine, ServiceLine
from jinlin.volunteering.models import Pairing, Posting, Report
from jinlin.volunteering.queries.lookups import Names, names_for
from jinlin.volunteering.states import State, Verb

STAGES = {"": Report.Stage.IN, "报到": Report.Stage.IN, "报告": Report.Stage.BACK, "回报": Report.Stage.BACK}
AT_COLUMN = {"place_code": "place", "person": "body"}
"""Where a sheet calls a field otherwise than the action."""


@dataclass(frozen=True)
class SheetReport:
    """How many rows were taken in, and how many were there before; with findings none was taken."""

    taken: int = 0
    known: int = 0
    findings: list[Finding] = field(default_factory=list)


def take_postings(*, actor: Actor, kind: Posting.Kind, lines: Lines[PostingLine]) -> SheetReport:
    """Put a sheet of posts, offers or needs on their list; a row that is on it already stays as it is.

    Raises:
        NotAllowed: for somebody who keeps no list at all.
    """
    playbook = current_playbook()
    names = _names(actor, names_for(actor, playbook, kind))

    def posting(line: PostingLine) -> NewPosting:
        new = _posting(line, kind, names)
        if faults := faults_of(new, playbook):
            raise Invalid(fields=faults)
        rules.may_post(actor, kind=kind, body=new.body, person_id=None, place_code=new.place_code).enforce()
        return new

    rows = Posting.objects.filter(kind=kind, closed_at__isnull=True, place_code__in=_codes(names))
    known = set(rows.values_list("category", "title", "body_id", "place_code", "zone_id"))
    return _taken(lines, posting, _key_of_posting, known, lambda new: post_all(actor=actor, postings=new))


def _posting(line: PostingLine, kind: Posting.Kind, names: Names) -> NewPosting:
    place = names.place(line.place)
    return NewPosting(
        kind=kind,
        category=names.kinds.get(line.category, line.category),
        title=line.title,
        places=line.places,
        place_code=place,
        body=names.body(line.body, place),
        zone=names.zone(line.zone, place),
        text=line.text,
        skills=[names.skills.get(word, word) for word in line.skills],
        windows=line.windows,
        first_day=line.first_day,
        last_day=line.last_day,
    )


def _key_of_posting(new: NewPosting) -> Hashable:
    body, zone = new.body, new.zone
    return (new.category, new.title.strip(), body and body.pk, new.place_code, zone and zone.pk)


def take_reports(*, actor: Actor, lines: Lines[ReportLine]) -> SheetReport:
    """Write down a sheet of units' reports; the same unit, place, day and stage are one report. Raises as `take_postings`."""
    names, day = _names(actor, names_for(actor, current_playbook())), today()

    def report(line: ReportLine) -> NewReport:
        place = names.place(line.place)
        if line.stage not in STAGES:
            raise Invalid(fields={"stage": _("Write 报到 or 报告.")})
        unit = names.body(line.unit, place, "unit")
        new = NewReport(place, unit, None, STAGES[line.stage], line.reported_on or day, line.words)
        if faults := faults_of_report(new, day):
            raise Invalid(fields=faults)
        return new

    rows = Report.objects.filter(track=Report.Track.UNIT, place_code__in=_codes(names))
    known = set(rows.values_list("unit_id", "place_code", "stage", "reported_on"))
    return _taken(lines, report, _key_of_report, known, lambda new: report_all(actor=actor, reports=new))


def _key_of_report(new: NewReport) -> Hashable:
    return (new.unit and new.unit.pk, new.place_code, new.stage, new.reported_on)


def take_services(*, actor: Actor, lines: Lines[ServiceLine]) -> SheetReport:
    """Confirm a sheet of services with their hours as the host. Raises as `take_postings`."""
    _must_host(actor)
    pairings = _pairings(actor, {line.number for line in lines.lines})
    done = {(row.pk, row.served_on, row.minutes or 0) for row in pairings.values() if row.state == State.CONFIRMED}

    def service(line: ServiceLine) -> tuple[Pairing, Served]:
        pairing, served = pairings.get(line.number), Served(line.day, line.minutes, line.solved)
        if pairing is None:
            raise Invalid(fields={"number": _("There is no service with this number at your places.")})
        if pairing.state not in READY and _key_of_service((pairing, served)) not in done:
            state = pairing.get_state_display()
            raise Invalid(fields={"number": _("This cannot be confirmed any more: %(state)s.") % {"state": state}})
        if faults := served.faults():
            raise Invalid(fields=faults)
        rules.may(actor, Verb.CONFIRM, pairing).enforce()
        return pairing, served

    return _taken(lines, service, _key_of_service, done, lambda new: confirm_all(actor=actor, services=new))


def _key_of_service(service: tuple[Pairing, Served]) -> Hashable:
    pairing, served = service
    return (pairing.pk, served.day, served.minutes)


def _pairings(actor: Actor, numbers: Iterable[int]) -> dict[int, Pairing]:
    visible = rules.pairings_visible_to(actor).select_related("posting", "offer__body")
    return {pk: row for ids in in_batches(numbers) for pk, row in visible.in_bulk(ids).items()}


def _must_host(actor: Actor) -> None:
    if not actor.is_system and not rules.reading(actor, rules.HOSTS):
        raise NotAllowed(_("The community that is served keeps these lists and confirms what was done."))


def _names(actor: Actor, names: Names) -> Names:
    _must_host(actor)
    return names


def _codes(names: Names) -> set[str]:
    return {code for codes in names.places.values() for code in codes}


def _taken(
    lines: Lines[Line],
    entry_of: Callable[[Line], Any],
    key_of: Callable[[Any], Hashable],
    known: set[Any],
    take: Callable[[Sequence[Any]], Any],
) -> SheetReport:
    """Turn lines into entries and take those that are new, unless a line has a fault or stands in the sheet twice."""
    findings, new, seen, before = list(lines.findings), [], set(), 0
    for line in lines.lines:
        try:
            entry = entry_of(line)
        except (Invalid, NotAllowed) as error:
            findings += _findings(lines, line, error)
            continue
        key = key_of(entry)
        if key in seen:
            findings.append(lines.finding(line, lines.columns[0].name, _("This row stands in the sheet twice.")))
        elif key in known:
            before += 1
        else:
            new.append(entry)
        seen.add(key)
    if findings:
        return SheetReport(findings=sorted(findings, key=lambda finding: finding.row))
    take(new)
    return SheetReport(taken=len(new), known=before)


def _findings(lines: Lines[Line], line: Line, error: Invalid | NotAllowed) -> list[Finding]:
    if not error.fields:
        return [lines.finding(line, lines.columns[0].name, error.why)]
    return [lines.finding(line, AT_COLUMN.get(name, name), why) for name, why in error.fields.items()]
