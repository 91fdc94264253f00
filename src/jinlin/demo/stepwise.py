"""What goes its way step by step in the demo: matters that residents and bodies have begun within the last weeks."""

from datetime import timedelta

from jinlin.demo.scene import Scene
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now, told_at
from jinlin.procedures.actions import Evidence, NewProcedure, begin, conclude
from jinlin.procedures.models import Procedure
from jinlin.territory.models import Zone

BEGUN = (
    (
        "four_self",
        "周末一起清理楼道和车棚",
        "",
        "discussion",
        "定在周六上午，12户报名。",
        "15户到场，同意自带工具、分层清理。",
    ),
    ("four_self", "给三号楼门口装一条长椅", "", "", "", ""),
    ("renovation_questions", "三号楼要不要改造门厅", "one_building", "", "", ""),
    (
        "two_two_two",
        "改造小区东门和门禁",
        "",
        "branch_discusses",
        "同意改造，请业委会议方案。",
        "支部会到会9人，一致同意。",
    ),
    ("branch_first", "使用维修资金修屋顶", "repair_fund", "", "", ""),
)
"""Kind, title and kind of matter; which step is concluded by hand, with which words and minutes."""


def go_step_by_step(scene: Scene) -> None:
    """Begin what the place's work method has, a week ago, and take the first steps of some."""
    known = {row.key for row in scene.playbook.procedure}
    estate = scene.zones(Zone.Kind.ESTATE)[0]
    for kind, title, matter, key, words, minutes in BEGUN:
        if kind in known:
            with told_at(now() - timedelta(days=7)):
                new = NewProcedure(kind, title, estate.community_code, matter=matter, zone=estate)
                made = begin(actor=SYSTEM, new=new)
            _take(made, key, words, minutes)


def _take(made: Procedure, key: str, words: str, minutes: str) -> None:
    if key:
        with told_at(now() - timedelta(days=4)):
            conclude(actor=SYSTEM, procedure_id=made.pk, key=key, words=words, evidence=[Evidence("minutes", minutes)])
