"""Triage in a district: from the tree's words, from a trained model, and what is told of dangers; it never decides."""

import os
from itertools import product

import pytest
from django.test import Client
from django.utils import translation

from jinlin.algorithms.triage import TriageModel, save_model
from jinlin.algorithms.triage.training import train_model
from jinlin.platform.access import SYSTEM
from jinlin.platform.errors import Invalid
from jinlin.platform.models import AuditEntry, Notice
from jinlin.requests import tasks
from jinlin.requests import triage as binding
from jinlin.requests.actions import Report, Where, accept_request, install_triage_model, raise_request
from jinlin.requests.actions.suggesting import suggest
from jinlin.requests.models import Category, Request, Suggestion, Urgency
from jinlin.requests.triage import danger_words, emergency_words, model_place, sureness, triage
from tests.support.community import Community, make_community

LAMP, LIFT, RUBBISH = "C10102", "L101", "E10101"
OPENINGS = ("", "您好，", "请帮帮我们，", "这几天", "昨天开始")
WORDS = {
    "lift": ("轿厢抖得厉害", "按了按钮门不开", "维保的人没来", "总在三楼停住"),
    "lamp": ("整夜黑漆漆", "灯泡坏了", "晚上看不见路", "灯罩碎了一地"),
    "noise": ("唱歌到半夜", "喇叭声太响", "跳舞放音乐", "孩子睡不着"),
}


def trained(**names: str) -> TriageModel:
    """Return a small model of three topics under the labels that are given for them."""
    rows = [(f"{begin}{one}，{other}", names.get(topic, topic)) for topic, phrases in WORDS.items()
            for begin, one, other in product(OPENINGS, phrases, phrases)]  # fmt: skip
    return train_model([text for text, _label in rows], [label for _text, label in rows])


@pytest.fixture(scope="module")
def by_code() -> TriageModel:
    return trained(lift=LIFT, lamp=LAMP)


@pytest.fixture
def community(db: None, tmp_path, settings) -> Community:
    settings.JINLIN_HOME = tmp_path
    return make_community()


@pytest.fixture
def raised(community: Community):
    def make(text: str, title: str = "") -> Request:
        where = Where(place_code=community.homes[0].code)
        return raise_request(actor=community.actor("resident"), report=Report(text, title, where=where)).request

    return make


def test_before_any_training_the_trees_own_words_suggest(community: Community) -> None:
    found = triage("", "三号楼路灯不亮好几天了")
    assert (found.category, found.model, found.urgency) == (LAMP, "words", Urgency.ORDINARY)
    assert 0.6 < found.confidence < 1
    assert "路灯不亮" in found.words


@pytest.mark.parametrize("text", ["你好", "hello", "🚒🚒", "Здравствуйте", "\ud800\x00", " "])
def test_where_nothing_is_known_nothing_is_suggested(community: Community, text: str) -> None:
    found = triage("", text)
    assert (found.category, found.confidence, found.urgency) == ("", 0.0, Urgency.ORDINARY)


def test_a_weak_case_says_that_it_is_weak(community: Community) -> None:
    assert 0 < triage("", "楼上漏水，把我家天花板泡了，物业不管").confidence < 0.6


def test_words_of_danger_are_found_without_the_database() -> None:
    assert danger_words("电梯里困人了，快来") == ["困人"]
    assert danger_words("灭火器过期了") == danger_words("停水三天了") == []


def test_danger_leads_the_reasons_and_the_urgency(community: Community) -> None:
    found = triage("", "电梯里困人了，快来")
    assert (found.category, found.urgency, found.words[0]) == (LIFT, Urgency.EMERGENCY, "困人")


def test_a_sure_category_brings_its_own_urgency_and_a_weak_one_does_not(community: Community) -> None:
    Category.objects.filter(code=LAMP).update(urgency=Urgency.URGENT)
    assert triage("", "三号楼路灯不亮好几天了").urgency == Urgency.URGENT
    weak = triage("", "路灯那边的垃圾桶旁边广场舞")
    assert weak.confidence < 0.6
    assert weak.urgency == Urgency.ORDINARY


def test_the_title_counts_and_is_not_counted_twice(community: Community) -> None:
    assert triage("路灯不亮", "晚上很黑").category == LAMP
    assert triage("三号楼路灯", "三号楼路灯不亮").confidence == triage("", "三号楼路灯不亮").confidence


def test_a_closed_category_is_not_suggested(community: Community) -> None:
    Category.objects.filter(code=LAMP).update(active=False)
    assert triage("", "三号楼路灯不亮好几天了").category != LAMP


def test_emergency_words_are_those_of_the_emergency_categories(community: Community) -> None:
    words = emergency_words()
    assert "爆管" in words
    assert "路灯不亮" not in words


def test_a_trained_model_is_heard_first(community: Community, by_code: TriageModel) -> None:
    text = "轿厢抖得厉害，维保的人没来"
    assert triage("", text).model == "words"
    install_triage_model(actor=SYSTEM, model=by_code)
    found = triage("", text)
    assert (found.category, found.model[:8]) == (LIFT, "trained:")
    assert found.confidence >= 0.6
    assert found.words
    assert all(word in text for word in found.words)


def test_a_new_model_is_used_without_a_restart(community: Community, by_code: TriageModel) -> None:
    install_triage_model(actor=SYSTEM, model=by_code)
    before = triage("", "轿厢抖得厉害，维保的人没来")
    install_triage_model(actor=SYSTEM, model=trained(lift=RUBBISH, lamp=LAMP))
    after = triage("", "轿厢抖得厉害，维保的人没来")
    assert (before.category, after.category) == (LIFT, RUBBISH)
    assert before.model != after.model
    model_place().unlink()
    assert triage("", "轿厢抖得厉害，维保的人没来").model == "words"


def test_labels_may_be_names_and_those_that_are_no_categories_are_ignored(community: Community, caplog) -> None:
    name = Category.objects.get(code=LAMP).name
    unknown = install_triage_model(actor=SYSTEM, model=trained(lamp=name, lift="电器"))
    assert unknown == ["noise", "电器"]
    found = triage("", "灯泡坏了，晚上看不见路")
    assert (found.category, found.model[:8]) == (LAMP, "trained:")
    assert triage("", "轿厢抖得厉害，维保的人没来").category not in {"电器", "noise"}
    assert "电器" in caplog.text


def test_where_the_model_is_not_sure_the_surer_counts(community: Community, by_code: TriageModel) -> None:
    install_triage_model(actor=SYSTEM, model=by_code)
    found = triage("", "广场舞")
    assert (found.category, found.model) == ("N103", "words")


def test_a_model_without_any_category_of_ours_is_refused(community: Community) -> None:
    with pytest.raises(Invalid):
        install_triage_model(actor=SYSTEM, model=trained())
    assert not model_place().exists()
    assert not AuditEntry.objects.filter(verb="requests.install_triage").exists()


def test_installing_leaves_one_line_and_one_file(community: Community, by_code: TriageModel) -> None:
    assert install_triage_model(actor=SYSTEM, model=by_code) == ["noise"]
    [entry] = AuditEntry.objects.filter(verb="requests.install_triage")
    assert entry.detail == {"labels": 2, "rows": by_code.rows}
    assert [path.name for path in model_place().parent.iterdir()] == ["triage.zip"]


def test_a_damaged_model_leaves_the_trees_words(community: Community, by_code: TriageModel, caplog) -> None:
    place = model_place()
    place.parent.mkdir(parents=True)
    save_model(by_code, place)
    os.truncate(place, place.stat().st_size // 2)
    assert triage("", "三号楼路灯不亮好几天了").model == "words"
    assert "not used" in caplog.text


def test_it_suggests_and_never_decides(raised, community: Community) -> None:
    request = raised("电梯里困人了，快来")
    suggest(request.pk)
    suggest(request.pk)
    request.refresh_from_db()
    [row] = Suggestion.objects.all()
    assert (row.category, row.urgency, row.model) == (LIFT, "emergency", "words")
    assert 0 < row.confidence < 1
    assert "困人" in row.words
    assert (request.category, request.urgency, request.version) == ("", "ordinary", 1)


def test_the_reception_hears_of_danger_at_once_and_of_the_rest_in_its_inbox(raised, community: Community) -> None:
    quiet, danger = raised("三号楼路灯不亮"), raised("三楼阳台着火了")
    for request in (quiet, danger):
        tasks.after_receipt.call(request_id=request.pk)
    links = set(Notice.objects.filter(link__startswith="/desk/").values_list("link", flat=True))
    assert links == {f"/desk/requests/{danger.pk}"}
    told = set(Notice.objects.filter(link__in=links).values_list("person_id", flat=True))
    assert community.persons["community_worker"].pk in told
    assert not told & {community.persons["resident"].pk, community.persons["property_manager"].pk}
    assert quiet.suggestion.category == LAMP


def test_after_a_person_has_decided_their_urgency_stays(raised, community: Community) -> None:
    request = raised("三楼阳台着火了")
    accept_request(
        actor=community.actor("community_worker"), request_id=request.pk, category=LAMP, urgency=Urgency.URGENT
    )
    suggest(request.pk)
    request.refresh_from_db()
    assert (request.category, request.urgency) == (LAMP, "urgent")


def test_an_edited_tree_is_heard_after_a_while(community: Community, clock) -> None:
    assert triage("", "孔雀乱飞").category == ""
    Category.objects.filter(code=RUBBISH).update(keywords=["孔雀"])
    clock.forward(seconds=binding.TREE_LASTS + 1)
    assert triage("", "孔雀乱飞").category == RUBBISH


@pytest.mark.parametrize(
    ("confidence", "words"),
    [(1.0, "很有把握"), (0.9, "很有把握"), (0.6, "较有把握"), (0.59, "没有把握"), (0.0, "没有把握")],
)
def test_how_sure_it_is_is_said_in_words(confidence: float, words: str) -> None:
    with translation.override("zh-hans"):
        assert str(sureness(confidence)) == words


def test_the_desk_shows_the_suggestion_how_sure_it_is_and_the_words_that_led_it(raised, community: Community) -> None:
    clear, weak = raised("三号楼路灯不亮好几天了"), raised("楼上漏水，把我家天花板泡了，物业不管")
    desk = Client(headers={"accept-language": "zh-hans"})
    desk.force_login(community.account("community_worker"))
    for request, words in ((clear, "较有把握"), (weak, "没有把握")):
        suggest(request.pk)
        for page in (f"/desk/requests/{request.pk}", f"/desk/requests/{request.pk}/preview"):
            shown = desk.get(page).content.decode()
            assert words in shown
            assert "%" not in shown.split(words)[0][-40:]
    assert "路灯不亮" in desk.get(f"/desk/requests/{clear.pk}").content.decode()
