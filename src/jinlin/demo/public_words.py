"""What is public in the demo of Hongshan: a notice in its period with an objection, one that has ended, a covenant in force."""

from datetime import timedelta

from jinlin.conventions import actions as conventions
from jinlin.conventions.actions import NewEdition
from jinlin.conventions.models import Edition
from jinlin.conventions.rules import PaperVote
from jinlin.demo.pictures import kept_picture
from jinlin.demo.scene import Scene
from jinlin.disclosure import actions
from jinlin.disclosure.actions import Look, NewNotice, Objector, Proof
from jinlin.disclosure.models import PublicNotice
from jinlin.organisations.models import Body
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import now, today, told_at
from jinlin.territory.models import Zone

PARKING = "停车费每月120元，收入用于路灯和门禁维修，每季度公布收支。"
CHEAPER = "停车费每月100元，收入用于路灯和门禁维修，每季度公布收支。"
LAMPS = "12盏路灯已全部更换，费用由公共收益支出8,420元。"
COVENANT = """第一条 小区党支部领导，业主共同商议小区事务。
第二条 业主按用途使用房屋，爱护、维护共用部位，服从物业管理。
第三条 停车、广告等公共收益归全体业主共有，每季度公布收支。
第四条 业主履行按时交纳物业费的义务。
第五条 违反本规约造成损失的，承担相应责任。"""
GREENER = COVENANT + "\n第六条 不在楼道堆放杂物，不给电动车飞线充电。"
VOTE = PaperVote(300, 240, 180, 2_700_000, 2_200_000, 1_700_000)


def make_public(scene: Scene) -> None:
    """Post notices, and let an estate have its covenant with a new version that is open for comments."""
    committee, estate = scene.bodies("residents_committee")[0], scene.zones(Zone.Kind.ESTATE)[0]
    building = scene.buildings_of(Zone.Kind.ESTATE)[estate.pk][0]
    with told_at(now() - timedelta(days=30)):
        _hang(_post(committee, estate, "result", "路灯更换结果公示", LAMPS), building)
    with told_at(now() - timedelta(days=5)):
        notice = _post(committee, estate, "decision", "停车方案公示", PARKING)
    with told_at(now() - timedelta(days=2)):
        look = Look("停车方案公示", CHEAPER, read=True)
        actions.change_notice(actor=SYSTEM, notice_id=notice.pk, look=look, reason="听取居民意见后降价")
        _hang(notice, building)
    with told_at(now() - timedelta(days=1)):
        text = "希望晚上免费停车，方便探望老人。"
        objector = Objector()
        actions.enter_objection(actor=SYSTEM, notice_id=notice.pk, text=text, received_on=today(), objector=objector)
    actions.end_over()
    _covenant(committee, estate)


def _post(committee: Body, estate: Zone, kind: str, title: str, text: str) -> PublicNotice:
    new = NewNotice(kind, title, text, estate.community_code, committee, estate)
    notice = actions.draft_notice(actor=SYSTEM, new=new)
    return actions.post_notice(actor=SYSTEM, notice_id=notice.pk, look=Look(title, text, read=True))


def _hang(notice: PublicNotice, building: str) -> None:
    proof = Proof(building, "单元门口", today(), kept_picture("notice", after=True))
    actions.prove_posting(actor=SYSTEM, notice_id=notice.pk, proof=proof)


def _covenant(committee: Body, estate: Zone) -> None:
    """Let a first version be adopted by a vote on paper, and a second one be open for comments."""
    with told_at(now() - timedelta(days=120)):
        first = _open(committee, estate, COVENANT, "")
    with told_at(now() - timedelta(days=110)):
        day = today() + timedelta(days=20)
        conventions.put_to_vote(actor=SYSTEM, edition_id=first.pk, from_day=day)
    with told_at(now() - timedelta(days=100)):
        minutes = kept_picture("minutes", after=True)
        conventions.record_paper_vote(actor=SYSTEM, edition_id=first.pk, on=today(), vote=VOTE, minutes=minutes)
    with told_at(now() - timedelta(days=4)):
        _open(committee, estate, GREENER, "补充楼道和充电的约定")


def _open(committee: Body, estate: Zone, text: str, note: str) -> Edition:
    new = NewEdition("covenant", estate, committee, text, note)
    edition = conventions.draft_edition(actor=SYSTEM, new=new)
    until = today() + timedelta(days=9)
    return conventions.open_for_comments(actor=SYSTEM, edition_id=edition.pk, until=until)
