"""Reads spreadsheets of requests: hotline tickets, letters, messages of other systems."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.platform.dates import now
from jinlin.platform.spreadsheets import Column, Row
from jinlin.requests.models import Channel, Kind
from jinlin.requests.states import State

LONGEST_TEXT = 20_000
COLUMNS = [
    Column("text", gettext_lazy("text"), ("detail", "内容", "诉求内容", "诉求", "留言详情", "反映内容"), needed=True),
    Column("title", gettext_lazy("title"), ("subject", "标题", "主题", "留言主题")),
    Column("raised_at", gettext_lazy("raised"), ("time", "date", "时间", "反映时间", "留言时间", "受理时间", "日期")),
    Column(
        "external_id", gettext_lazy("outside number"), ("id", "row_id", "编号", "工单编号", "留言编号"), as_text=True
    ),
    Column("channel", gettext_lazy("channel"), ("渠道", "来源", "来源渠道")),
    Column("kind", gettext_lazy("kind"), ("类型", "诉求类型")),
    Column("category", gettext_lazy("category"), ("label", "类别", "分类", "一级标签")),
    Column("place", gettext_lazy("place"), ("river", "地点", "地址", "位置", "发生地址")),
    Column("latitude", gettext_lazy("latitude"), ("lat", "纬度")),
    Column("longitude", gettext_lazy("longitude"), ("lon", "lng", "经度")),
    Column("phone", gettext_lazy("phone"), ("电话", "手机", "联系电话"), as_text=True),
    Column("name", gettext_lazy("name"), ("姓名", "联系人", "反映人")),
    Column("state", gettext_lazy("state"), ("状态",)),
    Column("reply", gettext_lazy("reply"), ("答复", "回复", "答复意见", "办理结果")),
    Column("replied_at", gettext_lazy("replied"), ("reply_time", "答复时间", "回复时间")),
    Column(
        "days_to_reply",
        gettext_lazy("days to the reply, as the source counted"),
        ("days_to_final_reply", "答复天数", "办理天数"),
    ),
    Column("transfers", gettext_lazy("times passed on"), ("转办次数", "转处理次数")),
    Column("anonymous", gettext_lazy("anonymous"), ("匿名", "是否匿名")),
    Column("support", gettext_lazy("support"), ("likes", "点赞数", "支持数")),
    Column("oppose", gettext_lazy("oppose"), ("dislikes", "反对数")),
]

KINDS = {
    "咨询": Kind.CONSULTATION,
    "求助": Kind.HELP,
    "投诉": Kind.COMPLAINT,
    "举报": Kind.REPORT,
    "建议": Kind.SUGGESTION,
}
CHANNELS = {
    "网站": Channel.ONLINE, "网上": Channel.ONLINE, "app": Channel.ONLINE, "电话": Channel.PHONE, "来电": Channel.PHONE,
    "微信": Channel.WECHAT, "热线": Channel.HOTLINE, "12345": Channel.HOTLINE, "来访": Channel.WALK_IN, "窗口": Channel.WALK_IN,
    "信件": Channel.PAPER, "来信": Channel.PAPER, "走访": Channel.VISIT,
}  # fmt: skip
STATES = {
    "open": State.RECEIVED, "processing": State.IN_PROGRESS, "hold": State.IN_PROGRESS,
    "已办结": State.CLOSED, "办结": State.CLOSED, "已答复": State.CLOSED, "办理中": State.IN_PROGRESS, "待受理": State.RECEIVED,
}  # fmt: skip


@dataclass(frozen=True)
class Ticket:
    """One imported request as the source tells it; `labels` keep the source's own words where ours differ."""

    row: int
    external_id: str
    text: str
    title: str = ""
    raised_at: datetime | None = None
    channel: str = Channel.IMPORT
    kind: str = Kind.COMPLAINT
    category: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    phone: str = ""
    name: str = ""
    state: str = State.RECEIVED
    reply: str = ""
    replied_at: datetime | None = None
    days_to_reply: int | None = None
    transfers: int = 0
    anonymous: bool = False
    labels: Mapping[str, str | int] = field(default_factory=dict)


def ticket_of(row: Row, categories: Mapping[str, str]) -> Ticket:
    """Return the ticket of a row; what cannot be read becomes findings of the row.

    `categories` is {name or code: code} of the district's tree; a category that is not in it stays a label.
    """
    text = row.text("text", most=LONGEST_TEXT) or row.text("category")
    reply = row.text("reply", most=LONGEST_TEXT)
    labels: dict[str, str | int] = {}
    longitude, latitude = row.decimal("longitude"), row.decimal("latitude")
    return Ticket(
        row=row.number,
        external_id=row.text("external_id", most=64) or _own_id(row),
        text=text,
        title=row.text("title")[:120],
        raised_at=_past_moment(row, "raised_at"),
        channel=_known(row.text("channel"), CHANNELS, Channel, "channel", labels) or Channel.IMPORT,
        kind=_known(row.text("kind"), KINDS, Kind, "kind", labels) or Kind.COMPLAINT,
        category=_category(row.text("category"), categories, labels),
        place=row.text("place", most=200),
        latitude=None if latitude is None else float(latitude),
        longitude=None if longitude is None else float(longitude),
        phone=row.text("phone"),
        name=row.text("name")[:60],
        state=_known(row.text("state"), STATES, State, "state", labels) or (State.CLOSED if reply else State.RECEIVED),
        reply=reply,
        replied_at=_past_moment(row, "replied_at"),
        days_to_reply=_not_negative(row, "days_to_reply"),
        transfers=_not_negative(row, "transfers") or 0,
        anonymous=row.yes_no("anonymous"),
        labels=labels
        | {name: count for name in ("support", "oppose") if (count := _not_negative(row, name)) is not None},
    )


def _own_id(row: Row) -> str:
    """Return an id made of the words, so that a repeat is known where the source gives no number."""
    return sha256("\0".join(row.text(name) for name in ("text", "title", "raised_at")).encode()).hexdigest()[:32]


def _known(
    word: str, known: Mapping[str, str], choices: type[Channel | Kind | State], name: str, labels: dict[str, str | int]
) -> str:
    """Return our own value for the source's word; the word itself stays in `labels` where it says more."""
    plain = word.lower()
    if not word or plain in choices.values:
        return plain
    found = known.get(plain, "")
    with translation.override("zh-hans"):
        if not found or found.label != word:
            labels[name] = word
    return found


def _category(word: str, categories: Mapping[str, str], labels: dict[str, str | int]) -> str:
    found = categories.get(word, "")
    if word and not found:
        labels["category"] = word[:64]
    return found


def _past_moment(row: Row, name: str) -> datetime | None:
    moment = row.moment(name)
    if moment is not None and moment > now() + timedelta(days=1):
        row.blame(name, _("This lies in the future; correct the date."))
    return moment


def _not_negative(row: Row, name: str) -> int | None:
    number = row.whole(name)
    if number is not None and not 0 <= number < 2**31:
        row.blame(name, _("This number cannot be; 0 or more is expected."))
        return None
    return number


def source_name(path: Path) -> str:
    """Return the name under which a file's outside numbers are known: its own, without endings."""
    return path.name.split(".")[0][:64]
