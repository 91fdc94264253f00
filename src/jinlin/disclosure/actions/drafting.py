"""How a notice comes to be: a draft with its words, place, body and period, changed or dropped before it is posted."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jinlin.algorithms.place_codes import Level
from jinlin.disclosure import rules
from jinlin.disclosure.actions.steps import STEPS, about
from jinlin.disclosure.models import Edition, EditionPhoto, PublicNotice
from jinlin.disclosure.states import NoticeVerb
from jinlin.organisations.models import Body
from jinlin.platform.access import Actor
from jinlin.platform.audit import record_change
from jinlin.platform.dates import local_day, now
from jinlin.platform.errors import Invalid, NotAllowed, NotFound, Words
from jinlin.platform.models import StoredFile
from jinlin.platform.numbers import next_number
from jinlin.platform.sends import ANY_DOOR, Door, RepeatedSend, sent_once
from jinlin.platform.stepping import write_line
from jinlin.platform.works import matter_of
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import NoticeKind
from jinlin.territory.models import Zone
from jinlin.territory.queries import existing_place

LONGEST = {"title": 120, "text": 20_000, "reason": 300}
MOST_DAYS = 365
MOST_PHOTOS = 9


@dataclass(frozen=True)
class NewNotice:
    """A notice to draft; `days` None takes the least of its kind, `zone` is an estate, `subject` the matter it is for."""

    kind: str
    title: str
    text: str
    place_code: str
    body: Body
    zone: Zone | None = None
    days: int | None = None
    subject: str = ""
    photos: Sequence[StoredFile] = field(default=())


def draft_notice(*, actor: Actor, new: NewNotice, door: Door = ANY_DOOR) -> PublicNotice:
    """Draft a notice; nobody outside sees it before it is posted. A repeat of the same send gives the same notice.

    Raises:
        NotAllowed, KeyReused; NotFound for a matter that is not there, NotAllowed for one that is not the actor's to work on.
        Invalid: for a kind, place, body or period that cannot be.
    """
    rules.may_draft(actor, new.place_code, new.body.pk).enforce()
    _check_subject(actor, new.subject)
    kind = _checked(new)
    contents = [new.kind, new.title, new.text, new.place_code, new.body.pk, new.days, new.subject]
    try:
        with sent_once(f"account:{actor.account_id}", door.key, contents) as send:
            notice = _write(actor, new, kind)
            send.keep(notice)
    except RepeatedSend as sent:
        notice = PublicNotice.objects.get(pk=sent.subject_id)
    return notice


def _check_subject(actor: Actor, subject: str) -> None:
    if subject and not actor.is_system and not matter_of(actor, subject).may_work:
        raise NotAllowed(_("You cannot post a notice about this matter."))


def kind_named(key: str) -> NoticeKind:
    """Return the kind of notice of that key. Raises: Invalid."""
    found = next((row for row in current_playbook().notice if row.key == key), None)
    if found is None:
        raise Invalid(fields={"kind": _("Choose one from the list.")})
    return found


def checked_days(kind: NoticeKind, days: int | None) -> int:
    """Return for how many days a notice of this kind is posted. Raises: Invalid, for fewer than its least and for none."""
    wanted = kind.least_days if days is None else days
    if wanted < kind.least_days:
        raise Invalid(fields={"days": _("A notice of this kind is posted for %(least)s days at least.")
                      % {"least": kind.least_days}})  # fmt: skip
    if wanted > MOST_DAYS:
        raise Invalid(fields={"days": _("At most %(most)s days.") % {"most": MOST_DAYS}})
    return wanted


def checked_words(**words: str) -> dict[str, str]:
    """Return title, text and reason without spaces around. Raises: Invalid, for what is empty or too long."""
    said = {name: value.strip() for name, value in words.items()}
    faults: dict[str, Words] = {name: _("Please write something here.") for name, value in said.items() if not value}
    for name, value in said.items():
        if len(value) > LONGEST[name]:
            faults[name] = _("At most %(most)s characters fit.") % {"most": LONGEST[name]}
    if faults:
        raise Invalid(fields=faults)
    return said


def _checked(new: NewNotice) -> NoticeKind:
    kind = kind_named(new.kind)
    checked_words(title=new.title, text=new.text)
    checked_days(kind, new.days)
    if existing_place(new.place_code) is None or len(new.place_code) > Level.COMMUNITY:
        raise Invalid(fields={"place": _("There is no such place here.")})
    if new.zone is not None and new.zone.community_code != new.place_code:
        raise Invalid(fields={"zone": _("This estate lies in another community.")})
    if not new.body.active:
        raise Invalid(fields={"body": _("This body is not active; choose another one.")})
    if new.zone is not None and new.body.zone_id not in (None, new.zone.pk):
        raise Invalid(fields={"body": _("This body belongs to another estate.")})
    if len(new.photos) > MOST_PHOTOS:
        raise Invalid(fields={"photos": _("At most 9 photos fit; the others were left out.")})
    return kind


def _write(actor: Actor, new: NewNotice, kind: NoticeKind) -> PublicNotice:
    at, words = now(), checked_words(title=new.title, text=new.text)
    period = {"days": checked_days(kind, new.days), "unit": kind.unit}
    notice = PublicNotice.objects.create(
        number=f"G{local_day(at):%Y%m%d}-{next_number(f'notice:{local_day(at):%Y%m%d}'):04d}",
        kind=new.kind,
        subject=new.subject,
        place_code=new.place_code,
        zone=new.zone,
        body=new.body,
        title=words["title"],
        made_at=at,
        **period,
    )
    edition = Edition.objects.create(notice=notice, number=1, **words, **period)
    keep_photos(edition, new.photos)
    write_line(actor, notice, NoticeVerb.DRAFT)
    record_change(actor, "disclosure.draft_notice", notice, **about(notice))
    return notice


def keep_photos(edition: Edition, photos: Sequence[StoredFile]) -> None:
    """Let these be the photos of a version that is not posted yet."""
    edition.photos.all().delete()
    EditionPhoto.objects.bulk_create(
        EditionPhoto(edition=edition, file=file, order=order) for order, file in enumerate(photos, start=1)
    )


def redraft_notice(
    *, actor: Actor, notice_id: int, title: str, text: str, days: int | None = None, door: Door = ANY_DOOR
) -> PublicNotice:
    """Change a draft. Raises: NotFound, NotAllowed, WrongState, Stale, Invalid, RepeatedSend, KeyReused."""
    words = checked_words(title=title, text=text)
    with STEPS.sent(actor, notice_id, NoticeVerb.REDRAFT, door, [title, text, days]) as notice:
        period = {"days": checked_days(kind_named(notice.kind), days)}
        STEPS.advance(actor, notice, NoticeVerb.REDRAFT, columns={"title": words["title"], **period})
        notice.editions.filter(number=1).update(**words, **period)
    return notice


def drop_notice(*, actor: Actor, notice_id: int, door: Door = ANY_DOOR) -> PublicNotice:
    """Drop a draft that will not be posted; its words are deleted. Raises as `redraft_notice`."""
    with STEPS.sent(actor, notice_id, NoticeVerb.DROP, door, []) as notice:
        STEPS.advance(actor, notice, NoticeVerb.DROP)
        for edition in notice.editions.all():
            keep_photos(edition, [])
        notice.editions.update(text="")
    return notice


def the_draft(notice: PublicNotice) -> Edition:
    """Return the version that waits to be posted. Raises: NotFound."""
    found = notice.editions.filter(number=notice.edition, posted_at__isnull=True).first()
    if found is None:
        raise NotFound
    return found
