"""The daily digest: chosen by each person for themselves, and put together once in a morning."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from jinlin.people.digests import Line, lines_of
from jinlin.people.models import DigestChoice, Person
from jinlin.people.queries import notices_of
from jinlin.platform.access import Actor, actor_for
from jinlin.platform.audit import record_change
from jinlin.platform.dates import LOCAL, now, today, told_at
from jinlin.platform.errors import Invalid
from jinlin.platform.messages import notify, put_in_outbox
from jinlin.platform.tasks import Tally, one_by_one

AT_ONCE = 1_000
DAYTIME = range(7, 22)
"""The hours, where the people are, in which a digest may go out: in the morning, or later where no worker ran then."""
MOST_DAYS_BACK = 7
"""How far back a digest reaches after days on which none went out."""
QUOTED = 3
LONGEST_QUOTE = 60
By = DigestChoice.By


def choose_digest(*, actor: Actor, by: str) -> None:
    """Choose the way of one's daily digest; an empty one ends it.

    Raises:
        NotSignedIn.
        Invalid: for a way that there is not, or for which one's e-mail address or proved number is wanting.
    """
    actor.must_be_signed_in()
    person = Person.objects.get(pk=actor.person_id)
    _check(person, by)
    with transaction.atomic():
        if by:
            DigestChoice.objects.update_or_create(person=person, defaults={"by": by})
        else:
            DigestChoice.objects.filter(person=person).delete()
        record_change(actor, "people.choose_digest", person, person_id=person.pk)


def _check(person: Person, by: str) -> None:
    if by and by not in By.values:
        raise Invalid(fields={"by": _("Please choose one of the ways.")})
    if by in (By.EMAIL, By.SMS) and not _address(person, by):
        wanting = {
            By.EMAIL: _("Please enter your e-mail address first, under “Correct name and e-mail”."),
            By.SMS: _("Please prove your telephone number first, under “Change the number”."),
        }
        raise Invalid(fields={"by": wanting[By(by)]})


def _address(person: Person, by: str) -> str:
    """Return where a message goes by this way; empty for a notice, and where nothing is known or proved."""
    proved = person.phone if person.phone_proved_at else ""
    return {By.EMAIL: person.email, By.SMS: proved}.get(By(by), "")


def send_digests() -> Tally:
    """Give everybody who chose it the digest of this day, once; for whom nothing waits gets none.

    It goes out in the morning; one that was missed is caught up with on the same day, and days without any by the next.
    """
    if now().astimezone(LOCAL).hour not in DAYTIME:
        return Tally(0, 0)
    due = DigestChoice.objects.filter(_not_yet_today(), person__account__is_active=True)
    return one_by_one(_send, list(due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]))


def _not_yet_today() -> Q:
    return Q(sent_at__isnull=True) | Q(sent_at__lt=_midnight(days_ago=0))


def _midnight(*, days_ago: int) -> datetime:
    return datetime.combine(today() - timedelta(days=days_ago), time(), LOCAL)


@transaction.atomic
def _send(choice_id: int) -> bool:
    """Put one digest together; the row's time moves first, so that two workers never send the same one."""
    chosen = DigestChoice.objects.select_related("person__account").get(pk=choice_id)
    at = now()
    if not DigestChoice.objects.filter(_not_yet_today(), pk=choice_id).update(sent_at=at):
        return False
    with translation.override(settings.LANGUAGE_CODE), told_at(at):
        actor = actor_for(chosen.person.account.pk, chosen.person_id)
        lines = [*_unseen(chosen), *lines_of(actor)]
        if lines:
            _hand_over(chosen, lines)
    return bool(lines)


def _unseen(chosen: DigestChoice) -> list[Line]:
    """Return the number of unseen notices since the last digest's day with the first few; digests are none of them."""
    since = _since(chosen.sent_at)
    unseen = notices_of(chosen.person_id).filter(seen_at__isnull=True, at__gte=since, at__lt=_midnight(days_ago=0))
    if chosen.sent_at:
        unseen = unseen.exclude(at=chosen.sent_at)
    count = unseen.count()
    if not count:
        return []
    texts = unseen.order_by("at", "pk").values_list("text", flat=True)[:QUOTED]
    quoted = " / ".join(Truncator(text).chars(LONGEST_QUOTE) for text in texts)
    words = _("Notices of yesterday that you have not seen: %(count)s. %(quoted)s")
    if since < _midnight(days_ago=1):
        words = _("Notices of the last days that you have not seen: %(count)s. %(quoted)s")
    return [Line(words % {"count": count, "quoted": quoted}, reverse("people:notices"))]


def _since(sent_at: datetime | None) -> datetime:
    """Return from when on notices are told: from the day of the last digest, at least yesterday, at most a week back."""
    yesterday = _midnight(days_ago=1)
    if sent_at is None or sent_at >= yesterday:
        return yesterday
    return max(datetime.combine(sent_at.astimezone(LOCAL).date(), time(), LOCAL), _midnight(days_ago=MOST_DAYS_BACK))


def _hand_over(chosen: DigestChoice, lines: list[Line]) -> None:
    """Leave notices with a link each, or send one message; without an address any more, notices."""
    address = _address(chosen.person, chosen.by)
    if address:
        body = "\n".join(f"{line.text} {settings.JINLIN_BASE_URL}{line.link}" for line in lines)
        put_in_outbox(channel=chosen.by, address=address, subject=_("Your daily digest"), body=body)
        return
    for line in lines:
        notify([chosen.person_id], line.text, link=line.link)
