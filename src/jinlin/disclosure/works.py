"""Tells other apps of the notices that are posted for their matters, and offers to post one."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from jinlin.disclosure.actions.steps import OUTCOMES
from jinlin.disclosure.models import PublicNotice
from jinlin.disclosure.queries.notices import for_subject
from jinlin.disclosure.states import WORDS_SHOWN, NoticeState
from jinlin.platform.works import Purpose, Way, Work, offer_way, tells_works

offer_way(Way(Purpose.DISCLOSE, "notice", _("Post a notice"), "/desk/notices/new/"))


@tells_works
def notices_for(subject: str) -> Iterable[Work]:
    """Yield the notices that are or were posted for a matter, with days, versions, objections and proofs as facts."""
    for notice in for_subject(subject).select_related("body").prefetch_related("editions__postings", "objections"):
        yield _work(notice)


def _work(notice: PublicNotice) -> Work:
    editions = [edition for edition in notice.editions.all() if edition.posted_at is not None]
    proofs = sum(len(edition.postings.all()) for edition in editions if edition.number == notice.edition)
    return Work(
        subject=notice.subject,
        purpose=Purpose.DISCLOSE,
        title=notice.title if notice.state in WORDS_SHOWN else notice.number,
        url=f"/public/notices/{notice.number}/",
        begun_at=min(edition.posted_at for edition in editions),
        concluded_at=notice.ended_at,
        outcome=OUTCOMES.get(NoticeState(notice.state)),
        sides=frozenset({notice.body.kind}),
        facts={
            "kind": notice.kind,
            "days": notice.days,
            "unit": notice.unit,
            "version": notice.edition,
            "last_day": notice.last_day,
            "objections": len(notice.objections.all()),
            "proofs": proofs,
        },
    )
