"""Notices at any point of their life, for tests."""

from typing import Any

from jinlin.disclosure import actions
from jinlin.disclosure.actions import Answer, Look, NewNotice, Proof
from jinlin.disclosure.models import PublicNotice
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.models import StoredFile
from jinlin.platform.photos import keep_photo
from tests.support.community import COMMUNITY, Community
from tests.support.pages import upload

TITLE, TEXT = "幸福里停车方案公示", "停车费每月120元。\n收入用于路灯维修。"


def drafted(place: Community, **more: Any) -> PublicNotice:
    """A draft of the residents' committee for the first estate, or with other facts."""
    facts = {"kind": "decision", "title": TITLE, "text": TEXT, "place_code": COMMUNITY,
             "body": place.bodies["residents_committee"], "zone": place.estates[0]}  # fmt: skip
    return actions.draft_notice(actor=SYSTEM, new=NewNotice(**facts | more))


def look(**more: Any) -> Look:
    """Words that a person has looked through."""
    return Look(**{"title": TITLE, "text": TEXT, "read": True} | more)


def posted(place: Community, **more: Any) -> PublicNotice:
    """A notice that is posted today."""
    notice = drafted(place, **more)
    words = {name: more[name] for name in ("title", "text") if name in more}
    actor = place.actor("community_worker")
    return actions.post_notice(actor=actor, notice_id=notice.pk, look=look(**words))


def a_photo(shade: int = 0) -> StoredFile:
    """A stored picture."""
    return keep_photo(upload(shade))


def proved(place: Community, notice: PublicNotice) -> PublicNotice:
    """The notice, with the paper seen in the first building today."""
    proof = Proof(place.buildings[0].code, "单元门口", today(), a_photo())
    return actions.prove_posting(actor=SYSTEM, notice_id=notice.pk, proof=proof)


def answer(finding: str = "dismissed", **more: Any) -> Answer:
    """An answer that can stand."""
    return Answer(
        **{"finding": finding, "summary": "认为收费偏高", "answer": "按成本测算，见附表。", "read": True} | more
    )
