"""The component gallery: every component in all its states, for the demo, for tests and for page authors."""

from collections import namedtuple
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone

from jinlin.web import navigation, states

Clock = namedtuple("Clock", "due_at ended_at paused working_days", defaults=(None, False, None))

CENTRE = (117.30, 26.10)
STEP = 0.004
COMMUNITIES = [("350102003001", "怡康社区", 48, 16.0), ("350102003002", "安宁社区", 12, 4.1)]
PLACES = ["幸福里1号楼", "幸福里2号楼", "幸福里3号楼", "幸福里4号楼", "幸福里南门"]


class Photos(forms.FileInput):
    """A file input that takes several photos."""

    allow_multiple_selected = True


class SampleForm(forms.Form):
    """One field of each kind."""

    text = forms.CharField(
        label="发生了什么",
        help_text="写清楚什么东西、怎么了、多久了。",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写下发生了什么。"},
    )
    phone = forms.CharField(label="电话", help_text="只有经办人能看。", required=False)
    kind = forms.ChoiceField(label="类别", choices=[("light", "路灯"), ("lift", "电梯"), ("noise", "噪音")])
    place = forms.ChoiceField(
        label="在哪里",
        choices=[("1", "幸福里3号楼"), ("2", "换地方"), ("unknown", "说不清位置")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选一个地方。"},
    )
    topics = forms.MultipleChoiceField(
        label="还有这些情况吗",
        choices=[("night", "晚上更严重"), ("before", "以前反映过")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    anonymous = forms.BooleanField(label="不留姓名", required=False)
    photos = forms.FileField(label="照片", help_text="最多9张。", required=False, widget=Photos({"multiple": True}))


class WrongForm(SampleForm):
    """The same, sent back with errors."""

    prefix = "wrong"


def _clocks(now: datetime) -> list[Clock]:
    hour, day = timedelta(hours=1), timedelta(days=1)
    return [
        Clock(now + 20 * timedelta(minutes=1)),
        Clock(now + 3 * hour + timedelta(minutes=1)),
        Clock(now + 3 * day, working_days=2),
        Clock(now + 12 * day),
        Clock(now - 5 * hour),
        Clock(now - 37 * day),
        Clock(now + day, paused=True),
        Clock(now - day, ended_at=now - 2 * day),
        Clock(now - day, ended_at=now - day + 2 * hour),
    ]


def _timeline(now: datetime, photo: str) -> list[dict]:
    return [
        {
            "state": "handled",
            "body": "幸福里物业",
            "at": now,
            "words": "换了灯泡和开关，晚上8点亮了。",
            "before": [photo],
            "after": [photo],
        },
        {
            "tone": "paused",
            "word": "暂停",
            "body": "幸福里物业",
            "at": now - timedelta(days=1),
            "reason": "等配件到货",
            "approver": "怡康社区王主任",
        },
        {"state": "dispatched", "body": "怡康社区", "at": now - timedelta(days=2), "due_at": now + timedelta(hours=3)},
        {"state": "received", "at": now - timedelta(days=3)},
    ]


STEPS = [
    {"word": "提", "state": "done", "url": "#"},
    {"word": "议", "state": "done", "url": "#"},
    {"word": "决", "state": "now", "url": "#"},
    {"word": "办", "state": "to_come"},
    {"word": "评", "state": "to_come"},
    {"word": "公开", "state": "to_come"},
]


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; `?door=` chooses the shell."""
    now = timezone.now()
    door = request.GET.get("door", "resident")
    photo = static("jinlin/mark.svg")
    messages.success(request, "诉求已提交。")
    messages.error(request, "没有提交成功。照片超过20 MB。请换一张，或去掉照片再提交。")
    return render(
        request,
        "web/gallery.html",
        {
            "base": f"web/{door if door in navigation.DOORS else 'resident'}.html",
            "now": now,
            "photo": photo,
            "states": states.REQUEST_LOOKS,
            "tones": states.TONES,
            "clocks": _clocks(now),
            "form": SampleForm(),
            "wrong": WrongForm({"wrong-kind": "light"}),
            "entries": _timeline(now, photo),
            "steps": STEPS,
            "filters": [("超时", "#"), ("怡康社区", "#")],
            "bulk": [("dispatch", "派单"), ("decline", "退回")],
            "pairs": [("编号", "HS20260508-0012"), ("地点", "幸福里3号楼"), ("类别", "路灯")],
            "communities": COMMUNITIES,
            "photos": [photo, photo],
            "columns": ["月份", "按时办结率", "满意率"],
            "months": [("1月", 71.2, 80.4), ("2月", 74.0, 81.0), ("3月", 78.4, 83.5), ("4月", 77.1, 86.2)],
            "rows": [{"words": words, "state": state, "clock": clock} for words, state, clock in _rows(now)],
        },
    )


def _rows(now: datetime) -> list[tuple[str, str, Clock]]:
    clocks = _clocks(now)
    return [
        ("厨房顶漏水，楼上不开门", "dispatched", clocks[4]),
        ("3号楼路灯不亮", "in_progress", clocks[1]),
        ("南门占道", "accepted", clocks[2]),
    ]


def confirmation(request: HttpRequest) -> HttpResponse:
    """Show a sample of the confirmation page."""
    return render(
        request,
        "web/confirmation.html",
        {
            "base": "web/resident.html",
            "act": "公开这份公示",
            "consequence": "公开后1,860户可见，7天内可提异议。",
            "public": "内容、位置、照片",
            "private": "姓名、电话",
            "action_url": "#",
            "yes": "公开",
            "no": "先不公开",
            "back_url": "#",
            "dangerous": "danger" in request.GET,
        },
    )


def _square(west: float, south: float) -> list[list[list[float]]]:
    east, north = west + STEP, south + STEP
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]


def areas(request: HttpRequest) -> JsonResponse:
    """Give the sample communities as squares, side by side."""
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name, "level": 4 - 3 * index},
            "geometry": {"type": "Polygon", "coordinates": _square(CENTRE[0] + index * STEP, CENTRE[1])},
        }
        for index, (code, name, *_numbers) in enumerate(COMMUNITIES)
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def places(request: HttpRequest) -> JsonResponse:
    """Give five sample places, as the map picker asks for them."""
    near = [{"code": str(index), "name": name, "metres": 12 * index} for index, name in enumerate(PLACES, start=1)]
    return JsonResponse({"places": near})
