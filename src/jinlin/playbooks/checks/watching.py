"""Refuses duties in the grid that watch persons: the grid serves and repairs, it does not observe anybody."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from jinlin.playbooks.checks.problems import Problem
from jinlin.playbooks.schema import GridDuty, Playbook

WATCHING = (
    *(
        "监控人",
        "监视",
        "跟踪",
        "盯防",
        "盯守",
        "盯人",
        "布控",
        "稳控",
        "管控人",
        "轨迹",
        "行踪",
        "人脸",
        "定位",
        "重点人",
    ),
    *("人员动态", "人员排查", "摸排人员", "可疑人", "思想动态", "异常人员"),
    *("surveil", "watch", "track", "monitor", "suspect", "stalk"),
)
"""Words, in lower case, that say that somebody is observed; a duty that needs one is not met in the grid."""
OWNERS = frozenset({"department", "enforcement", "government", "leadership"})


def _nobody_is_watched(playbook: Playbook) -> Iterator[Problem]:
    for index, duty in enumerate(playbook.grid_duty):
        for column in ("name", "name_en", "function", "purpose"):
            for word in _watching_words(duty, column):
                what = _("“%(duty)s” watches persons: “%(word)s”") % {"duty": duty.name, "word": word}
                remedy = _("Take the duty out; where the law demands it, its department does it itself.")
                yield ("grid_duty", index, column), what, remedy


def _watching_words(duty: GridDuty, column: str) -> list[str]:
    text = getattr(duty, column).lower()
    return [word for word in WATCHING if word in text]


def _owners_have_the_duty_by_law(playbook: Playbook) -> Iterator[Problem]:
    groups = {row.kind: row.group for row in playbook.body}
    for index, duty in enumerate(playbook.grid_duty):
        if groups.get(duty.owner, "department") not in OWNERS:
            what = _("%(owner)s cannot own a duty in the grid") % {"owner": duty.owner}
            yield ("grid_duty", index, "owner"), what, _("Name the department that has the duty by law.")


RULES = (_nobody_is_watched, _owners_have_the_duty_by_law)
