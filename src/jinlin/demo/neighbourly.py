"""What neighbours do for each other in the demo of Hongshan: wishes in every state, support pairs, orders, a session."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from jinlin.demo.scene import Scene
from jinlin.lists.actions import NewItem, NewList, claim_items, decline_items, open_lists
from jinlin.meetings.actions import NewMeeting, add_item, announce_meeting, call_meeting
from jinlin.organisations.models import Body
from jinlin.outreach.actions import NewRound, plan_round
from jinlin.people.models import Person
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import LOCAL, now, today, told_at
from jinlin.wishes import actions
from jinlin.wishes.actions import NewWish, Wisher
from jinlin.wishes.models import Wish

WISHES = (
    ("想要一个按键大的收音机", "戏迷老李", 8_000, "confirmed", "邻居送来一台，已教会怎么用"),
    ("想学用手机视频通话", "花奶奶", 0, "confirmed", "每周三教一次，学了四次"),
    ("想要一套水彩笔", "小画家", 3_500, "fulfilled", "送到了社区服务站"),
    ("想有人帮忙擦高处的窗户", "三楼的邻居", 0, "claimed", ""),
    ("想拍一张全家福", "老照片", 5_000, "open", ""),
    ("想要一床厚被子", "怕冷的猫", 20_000, "open", ""),
    ("想要一个轮椅坡道垫", "慢慢走", 15_000, "draft", ""),
    ("想找人一起下象棋", "棋友", 0, "draft", ""),
)
ORDERS = ("楼下加一排长椅", "给车棚装充电桩", "周末开个托管班", "把三号楼前的坑填上", "建一个游泳池")


def be_neighbourly(scene: Scene, homes: Sequence[str]) -> None:
    """Let residents wish, help, order and meet, within the last weeks."""
    people = scene.householders(homes[: 2 * len(WISHES)])
    wishers, helpers = people[: len(WISHES)], people[len(WISHES) :]
    place = scene.plan.communities[0].code
    with told_at(now() - timedelta(days=9)):
        for line, wisher, helper in zip(WISHES, wishers, helpers, strict=True):
            _wish(line, place, wisher, helper)
    committee = scene.bodies("residents_committee")[0]
    _order(committee, place)
    new = NewRound("courtyard", "院坝恳谈", committee, place, today() + timedelta(days=5), spot="小区凉亭")
    plan_round(actor=SYSTEM, new=new)
    _meet(committee)


def _meet(committee: Body) -> None:
    """Announce a deliberation meeting of this week, about two things that neighbours talk of."""
    evening = datetime.combine(today() + timedelta(days=3), time(19), LOCAL)
    new = NewMeeting(
        "deliberation_meeting", "小区停车和充电怎么安排", committee, evening, "社区议事厅", evening + timedelta(hours=2)
    )
    meeting = call_meeting(actor=SYSTEM, new=new)
    for title in ("夜间临时停车位划在哪里", "车棚充电桩的收费和管理"):
        add_item(actor=SYSTEM, meeting_id=meeting.pk, title=title)
    announce_meeting(actor=SYSTEM, meeting_id=meeting.pk)


def _wish(line: tuple[str, str, int, str, str], place: str, wisher: Person, helper: Person) -> None:
    title, nickname, cost_fen, state, result = line
    new = NewWish(title, nickname, place, cost_fen=cost_fen)
    wish = actions.enter_wish(actor=SYSTEM, new=new, wisher=Wisher(wisher.name, wisher.phone, agrees=True))
    if state == "draft":
        return
    actions.put_up(actor=SYSTEM, wish_id=wish.pk)
    own, other = Actor(person_id=wish.person_id), Actor(person_id=helper.pk)
    if state == "open":
        return
    actions.claim(actor=other, wish_id=wish.pk)
    if state == "claimed":
        return
    actions.fulfil(actor=other, wish_id=wish.pk, words=result)
    if state == "confirmed":
        actions.confirm(actor=own, wish_id=wish.pk, words="谢谢")
        _go_on(wish, other, own)


def _go_on(wish: Wish, helper: Actor, wisher: Actor) -> None:
    """Let the helper go on helping, and the wisher accept."""
    last_day = today() + timedelta(days=90)
    pair = actions.offer_support(actor=helper, wish_id=wish.pk, offer="每周六上门坐坐，代买菜", last_day=last_day)
    actions.accept_support(actor=wisher, pair_id=pair.pk)
    actions.plan_support(actor=helper, pair_id=pair.pk, plan="周六上午买菜", next_on=today() + timedelta(days=12))


def _order(committee: Body, place: str) -> None:
    """Let residents order: one is taken on, one answered why not, the others wait."""
    new = NewList("order", "大家想办的事", place, committee, items=[NewItem(title) for title in ORDERS])
    made = open_lists(actor=SYSTEM, lists=[new])[0]
    items = list(made.items.order_by("number").values_list("pk", flat=True))
    claim_items(actor=SYSTEM, item_ids=items[3:4], body=committee, due_on=today() + timedelta(days=20))
    decline_items(actor=SYSTEM, item_ids=items[4:], words="小区没有空地，可以约街道的游泳馆")
