"""Reads of notices that more than one screen needs: what is posted, what ended, where the paper hangs, how versions differ."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from jinlin.algorithms.place_codes import Level, prefix_range
from jinlin.algorithms.text_differences import Piece, differences
from jinlin.disclosure.models import Edition, Objection, Posting, PublicNotice
from jinlin.disclosure.rules.notices import at_desk, may, shown_to_all
from jinlin.disclosure.states import NOTICES, WORDS_SHOWN, NoticeState, NoticeVerb
from jinlin.platform.access import Actor
from jinlin.playbooks.here import current_playbook
from jinlin.playbooks.schema import NoticeKind
from jinlin.territory.models import Place

SHORT = 12
"""Characters of a digest that are printed for people to compare."""


def kinds() -> dict[str, NoticeKind]:
    """Return the kinds of notice that the work method has, by key."""
    return {row.key: row for row in current_playbook().notice}


def posted(place_code: str = "") -> QuerySet[PublicNotice]:
    """Return the notices posted now at a place, in it, and at the places above it."""
    return _at(shown_to_all().filter(state=NoticeState.POSTED), place_code)


def archived(place_code: str = "") -> QuerySet[PublicNotice]:
    """Return the notices of a place whose time is over."""
    return _at(shown_to_all().exclude(state=NoticeState.POSTED), place_code)


def _at(rows: QuerySet[PublicNotice], place_code: str) -> QuerySet[PublicNotice]:
    rows = rows.select_related("body", "zone")
    if not place_code:
        return rows
    low, high = prefix_range(place_code)
    above = [place_code[:level] for level in (Level.DISTRICT, Level.SUBDISTRICT) if level < len(place_code)]
    return rows.filter(place_code__gte=low, place_code__lt=high) | rows.filter(place_code__in=above)


def public_notice(number: str) -> PublicNotice | None:
    """Return a notice of that number that the public knows of."""
    return shown_to_all().filter(number=number).select_related("body", "zone").first()


def editions_shown(notice: PublicNotice) -> list[Edition]:
    """Return the versions that were posted, the newest first; none where the words are no longer shown."""
    if notice.state not in WORDS_SHOWN:
        return []
    posted_ones = notice.editions.filter(posted_at__isnull=False)
    return list(posted_ones.prefetch_related("photos__file").order_by("-number"))


def changes_between(before: Edition, after: Edition) -> dict[str, list[Piece]]:
    """Return for title and text the pieces that lead from one version to the other."""
    return {name: differences(getattr(before, name), getattr(after, name)) for name in ("title", "text")}


def short_digest(digest: str) -> str:
    """Return the beginning of a digest in groups of four, as people compare it on screen and on paper."""
    shown = digest[:SHORT].upper()
    return " ".join(shown[start : start + 4] for start in range(0, len(shown), 4))


def buildings_of(notice: PublicNotice) -> QuerySet[Place]:
    """Return the buildings in which the paper of a notice can hang: those of its estate, else of its place."""
    rows = Place.objects.filter(level=Level.BUILDING, valid_to__isnull=True)
    if notice.zone_id is not None:
        return rows.filter(estate_id=notice.zone_id)
    low, high = prefix_range(notice.place_code)
    return rows.filter(code__gte=low, code__lt=high)


@dataclass(frozen=True)
class Hanging:
    """A building with the newest proof that the paper of the present version hangs there, or none."""

    code: str
    name: str
    posting: Posting | None


def coverage(notice: PublicNotice) -> list[Hanging]:
    """Return for each building of a community's notice whether the paper of the version that holds was seen there."""
    if len(notice.place_code) < Level.COMMUNITY:
        return []
    rows = Posting.objects.filter(edition__notice=notice, edition__number=notice.edition).order_by("on", "pk")
    by_building = {row.place_code[: Level.BUILDING]: row for row in rows}
    buildings = buildings_of(notice).order_by("code").values_list("code", "address")
    return [Hanging(code, address, by_building.get(code)) for code, address in buildings]


def postings_of(notice: PublicNotice) -> QuerySet[Posting]:
    """Return the proofs of all versions, the newest first."""
    return Posting.objects.filter(edition__notice=notice).select_related("edition", "photo").order_by("-on", "-pk")


def answered(notice: PublicNotice) -> QuerySet[Objection]:
    """Return the objections that have an answer, which everybody reads."""
    return notice.objections.filter(answered_at__isnull=False).order_by("number")


def own_objections(actor: Actor, notice: PublicNotice) -> QuerySet[Objection]:
    """Return the actor's own objections to a notice."""
    return notice.objections.filter(person_id=actor.person_id or 0).order_by("number")


def verbs_of(actor: Actor, notice: PublicNotice) -> set[str]:
    """Return the steps that the actor may take now."""
    possible = NOTICES.verbs_from(notice.state)
    return {verb for verb in possible if may(actor, NoticeVerb(verb), notice)}


def narrowed(rows: QuerySet[PublicNotice], wanted: Mapping[str, Any]) -> QuerySet[PublicNotice]:
    """Keep the notices of a state, of a kind, and of a title."""
    if wanted.get("state") == "waiting":
        waiting = Objection.objects.filter(answered_at__isnull=True, taken_back_at__isnull=True)
        rows = rows.filter(state=NoticeState.POSTED, pk__in=waiting.values("notice"))
    elif wanted.get("state"):
        rows = rows.filter(state=wanted["state"])
    if wanted.get("kind"):
        rows = rows.filter(kind=wanted["kind"])
    if wanted.get("q"):
        rows = rows.filter(title__icontains=wanted["q"])
    return rows


def for_subject(subject: str) -> QuerySet[PublicNotice]:
    """Return the notices that were posted for a matter."""
    return (
        shown_to_all().filter(subject=subject).order_by("posted_at", "pk") if subject else PublicNotice.objects.none()
    )


def of_area(actor: Actor) -> QuerySet[PublicNotice]:
    """Return the notices that the actor sees at the desk."""
    return at_desk(actor).select_related("body", "zone")
