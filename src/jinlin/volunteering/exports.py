"""The lists of volunteering as spreadsheets: posts, offers, needs, units' reports, services; no name of a person in any."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from jinlin.algorithms.chinese_text import mask_personal
from jinlin.platform.errors import Words
from jinlin.playbooks.here import current_playbook
from jinlin.volunteering import queries
from jinlin.volunteering.imports import REPORT_COLUMNS, posting_columns
from jinlin.volunteering.models import Pairing, Posting, Report
from jinlin.volunteering.times import times_of

AT_ONCE = 500
Rows = Iterator[list[Any]]
SERVICE_HEADS: Sequence[Words] = [
    gettext_lazy("Number of the service"), gettext_lazy("What"), pgettext_lazy("posting", "Kind"), gettext_lazy("Place code"),
    gettext_lazy("Who serves"), pgettext_lazy("pairing", "State"), gettext_lazy("Day"), gettext_lazy("Minutes"),
    gettext_lazy("Problem solved"),
]  # fmt: skip


def posting_heads(kind: Posting.Kind) -> list[Words]:
    """Return the headers of a list of postings: those that an import knows, and how far it is taken up."""
    return [
        *(column.label for column in posting_columns(kind)),
        gettext_lazy("Taken"),
        gettext_lazy("Off the list since"),
    ]


def postings(rows: QuerySet[Posting], kind: Posting.Kind) -> Rows:
    """Yield one row per posting in the order of `posting_heads`, the newest first."""
    playbook = current_playbook()
    kinds = queries.categories(playbook, kind)
    skills = {row.key: row.name for row in playbook.skill}
    used = queries.with_use(rows) if kind == Posting.Kind.OFFER else queries.with_room(rows)
    for row in used.select_related("body", "zone").order_by("-posted_at", "-pk").iterator(chunk_size=AT_ONCE):
        yield [
            kinds.get(row.category, row.category),
            mask_personal(row.title)[0],
            row.body.name if row.body else _("a resident"),
            row.place_code,
            row.zone.name if row.zone else "",
            row.places,
            "、".join(skills.get(key, key) for key in row.skills),
            times_of(row.windows),
            row.first_day,
            row.last_day,
            mask_personal(row.text)[0],
            row.used if kind == Posting.Kind.OFFER else row.taken,
            row.closed_at,
        ]


REPORT_HEADS: Sequence[Words] = [column.label for column in REPORT_COLUMNS]


def reports(rows: QuerySet[Report]) -> Rows:
    """Yield one row per report of a unit in the order of `REPORT_HEADS`; members' reports are their own."""
    ordered = rows.filter(track=Report.Track.UNIT).select_related("unit").order_by("-written_at", "-pk")
    words = {Report.Stage.IN: "报到", Report.Stage.BACK: "报告"}
    for row in ordered.iterator(chunk_size=AT_ONCE):
        name = row.unit.name if row.unit else ""
        yield [name, row.place_code, words[Report.Stage(row.stage)], row.reported_on, mask_personal(row.words)[0]]


def services(rows: QuerySet[Pairing]) -> Rows:
    """Yield one row per claim or pair in the order of `SERVICE_HEADS`; a person is known by the number alone."""
    kinds: dict[str, dict[str, str]] = {kind: queries.categories(current_playbook(), kind) for kind in Posting.Kind}
    ordered = rows.select_related("posting", "offer__body").order_by("-at", "-pk")
    for row in ordered.iterator(chunk_size=AT_ONCE):
        posting, body = row.posting, row.offer.body if row.offer else None
        yield [
            str(row.pk),
            mask_personal(posting.title)[0],
            kinds[posting.kind].get(posting.category, posting.category),
            posting.place_code,
            body.name if body else _("a resident"),
            row.get_state_display(),
            row.served_on,
            row.minutes,
            mask_personal(row.solved)[0],
        ]
