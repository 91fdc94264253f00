"""What the component tags write, and that long tables stay cheap."""

import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation

from jinlin.web import navigation, states

ROOT = Path(__file__).resolve().parent.parent.parent


class Report(forms.Form):
    text = forms.CharField(label="内容", help_text="写清楚在哪里。", error_messages={"required": "请写下发生了什么。"})
    place = forms.ChoiceField(label="地点", choices=[("a", "南门")], widget=forms.RadioSelect)


@pytest.fixture(autouse=True)
def chinese():
    with translation.override("zh-hans"):
        yield


def written(source: str, **values) -> str:
    """Render a snippet that uses the tags."""
    return Template("{% load jinlin %}" + source).render(Context(values))


def test_a_number_leads_to_its_rows_and_says_so():
    html = written("{% number_link 1204 '/list?late=1' '超时' '件' %}")
    assert 'href="/list?late=1"' in html
    assert 'aria-label="超时1,204件，查看名单"' in html


def test_missing_and_protected_numbers_are_words_without_a_link():
    assert "暂无数据" in written("{% number_link None '/x' '回访' %}")
    assert written("{% count None %}") == "暂无数据"
    protected = written("{% number_link 4 '/x' '困难户' protected=True %}")
    assert "少于5，不显示" in protected
    assert "href" not in protected
    assert "<b>5户</b>" in written("{% number_link 5 '/x' '困难户' '户' protected=True %}")


def test_every_state_has_a_chip_with_icon_and_word():
    for state, look in states.REQUEST_LOOKS.items():
        html = written("{% chip state %}", state=state)
        assert f"tone-{look.tone}" in html
        assert f"#{look.icon}" in html
        assert str(look.word) in html


def test_text_from_people_is_escaped():
    html = written("{% request_card url='/1' words=words state='received' %}", words="<script>alert(1)</script>")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_field_has_its_hint_above_and_its_error_in_the_same_words_as_the_summary():
    form = Report({"text": "", "place": "a"})
    html = written("{% error_summary form %}{% field form.text %}", form=form)
    assert html.count("请写下发生了什么。") == 2
    assert 'href="#id_text"' in html
    assert html.index("写清楚在哪里") < html.index("<input")
    assert 'aria-describedby="id_text_helptext id_text_error"' in html
    assert 'aria-invalid="true"' in html


def test_what_is_missing_is_called_by_its_label_in_the_summary_and_at_the_field():
    html = written("{% error_summary form %}{% field form.place %}", form=Report({"text": "x"}))
    assert html.count("请填写：地点。") == 2 and "这个字段是必填项" not in html


def test_choices_are_a_group_whose_error_leads_to_the_first_one():
    html = written("{% error_summary form %}{% field form.place %}", form=Report({"text": "x"}))
    assert "<fieldset" in html
    assert 'href="#id_place_0"' in html
    assert 'id="id_place_0"' in html


def test_a_form_without_errors_has_no_summary_and_no_prefix():
    form = Report({"text": "x", "place": "a"})
    assert written("{% error_summary form %}{% error_prefix form %}", form=form) == ""
    assert written("{% error_prefix form %}", form=Report({})) == "有误："
    assert written("{% error_prefix form %}", form=None) == ""


def test_fifty_rows_with_chip_clock_and_icon_take_a_few_milliseconds():
    row = "{% for row in rows %}<td>{% icon 'camera' %}{% chip row.0 %}{% due row.1 %}</td>{% endfor %}"
    template = Template("{% load jinlin %}" + row)
    context = Context({"rows": [("dispatched", timezone.now() + timedelta(hours=3))] * 50})
    template.render(context)
    started = time.process_time()
    template.render(context)
    assert time.process_time() - started < 0.05


def test_every_icon_that_is_used_is_in_the_sprite():
    sprite = set((ROOT / "frontend" / "icons.txt").read_text(encoding="utf-8").split())
    pages = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src" / "jinlin").glob("**/templates/**/*.html")
    )
    used = set(re.findall(r"""{% icon ["']([\w-]+)["']""", pages))
    used |= {look.icon for look in states.REQUEST_LOOKS.values()} | set(states.TONE_ICONS.values())
    used |= {item.icon for groups in navigation.DOORS.values() for group in groups for item in group.items}
    assert used <= sprite, f"add to frontend/icons.txt: {', '.join(sorted(used - sprite))}"


def test_pages_carry_no_inline_script_style_or_handler():
    banned = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)
    for path in (ROOT / "src" / "jinlin").glob("**/templates/**/*.html"):
        found = banned.search(path.read_text(encoding="utf-8"))
        assert not found, f"{path.relative_to(ROOT)}: {found.group()} (the content policy refuses it)"
