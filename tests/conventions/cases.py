"""Conventions at any point of their life, for tests."""

from datetime import date, timedelta
from typing import Any

from jinlin.conventions import actions
from jinlin.conventions.actions import ClauseWords, NewEdition
from jinlin.conventions.models import Edition
from jinlin.conventions.rules import PaperVote
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from tests.disclosure.notice_cases import a_photo
from tests.support.community import Community

LEADING = "小区党支部领导本小区的治理工作。"
TEXT = f"""第一条 {LEADING}
第二条 业主按规定使用、维护物业。
第三条 公共收益归全体业主共有。
第四条 业主履行按时交费的义务。
第五条 违反规约的，承担相应责任。"""
VOTE = PaperVote(100, 80, 60, 800_000, 640_000, 500_000)


def drafted(place: Community, text: str = TEXT, kind: str = "covenant", **more: Any) -> Edition:
    """A draft of the first estate's convention."""
    new = NewEdition(kind, place.estates[0], place.bodies["residents_committee"], text, **more)
    return actions.draft_edition(actor=SYSTEM, new=new)


def opened(edition: Edition) -> Edition:
    """The version, open for comments."""
    until = today() + timedelta(days=7)
    return actions.open_for_comments(actor=SYSTEM, edition_id=edition.pk, until=until)


def put(clock: Any, edition: Edition, from_day: date | None = None) -> Edition:
    """The version, put to the vote on the first day after the comments."""
    made = opened(edition)
    clock.forward(days=(made.comments_until - today()).days + 1)
    return actions.put_to_vote(actor=SYSTEM, edition_id=edition.pk, from_day=from_day or today() + timedelta(days=10))


def adopted(clock: Any, edition: Edition, from_day: date | None = None) -> Edition:
    """The version, adopted by a vote on paper."""
    made = put(clock, edition, from_day)
    return actions.record_paper_vote(actor=SYSTEM, edition_id=made.pk, on=today(), vote=VOTE, minutes=a_photo())


__all__ = ["LEADING", "TEXT", "VOTE", "ClauseWords", "adopted", "drafted", "opened", "put"]
