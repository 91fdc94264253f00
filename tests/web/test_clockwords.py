"""The words for deadlines, as people read them in Chinese."""

from datetime import timedelta

import pytest
from django.utils import translation

from jinlin.web.clockwords import due_words


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


@pytest.mark.parametrize(
    ("left", "words", "tone"),
    [
        ({"seconds": 30}, "还剩1分钟", "soon"),
        ({"minutes": 59}, "还剩59分钟", "soon"),
        ({"hours": 3}, "还剩3小时", "soon"),
        ({"hours": 24}, "还剩1天", "soon"),
        ({"hours": 25}, "还剩1天", "working"),
        ({"days": 7}, "还剩7天", "working"),
        ({"days": 8}, "5月16日星期六前", "working"),
        ({"days": 300}, "2027年3月4日星期四前", "working"),
        ({"hours": -5}, "已超5小时", "overdue"),
        ({"days": -37}, "已超37天", "overdue"),
    ],
)
def test_open_deadlines_say_time_left_or_over(clock, left, words, tone):
    assert due_words(clock.now + timedelta(**left)) == (words, tone)


def test_working_days_take_the_place_of_days_within_a_week(clock):
    assert due_words(clock.now + timedelta(days=4), working_days=2).words == "还剩2个工作日"
    assert due_words(clock.now + timedelta(days=9), working_days=6).words == "5月17日星期日前"
    assert due_words(clock.now + timedelta(hours=5), working_days=0).words == "还剩5小时"


def test_an_overrun_stays_after_the_work_ended(clock):
    due_at = clock.now - timedelta(days=3)
    assert due_words(due_at, ended_at=due_at + timedelta(hours=2)) == ("已超2小时", "overdue")
    assert due_words(due_at, ended_at=due_at) == ("按时", "done")


def test_a_paused_clock_counts_nothing(clock):
    assert due_words(clock.now - timedelta(days=1), paused=True) == ("已暂停", "paused")
