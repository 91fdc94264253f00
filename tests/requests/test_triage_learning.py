"""Triage learns from what officers decide: in the background, without a restart, and in every process that runs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import product

import pytest
from django.test import Client

from jinlin.algorithms.triage.training import TooFewExamples, train_model
from jinlin.platform.access import SYSTEM
from jinlin.platform.errors import WrongState
from jinlin.platform.models import AuditEntry
from jinlin.platform.tasks import recurring
from jinlin.requests import learner, lessons
from jinlin.requests.actions import classify_request, install_triage_model, learn_triage
from jinlin.requests.actions.learning import _alone
from jinlin.requests.labelled import Labelled
from jinlin.requests.models import Category, Request
from jinlin.requests.triage import model_place, trained_model, triage
from tests.requests.desk_cases import raised
from tests.support.community import Community, make_community
from tests.support.databases import database_url

LAMP, LIFT, RUBBISH = "C10102", "L101", "E10101"
TALKER = """
import json, os, sys
import django
django.setup()
from jinlin.region.districts import every_district, in_district
from jinlin.requests.triage import triage
for line in sys.stdin:
    with in_district(every_district()[0]):
        found = triage("", json.loads(line))
    print(json.dumps([os.getpid(), found.category, found.model]), flush=True)
"""
QUESTION = "亭子的锁坏了，卷帘也关不严"
PHRASES = {
    RUBBISH: ("亭子的锁坏了", "卷帘关不严", "亭子没人开门", "亭子外面堆满"),
    LIFT: ("轿厢抖得厉害", "按了按钮门不开", "维保的人没来", "总在三楼停住"),
}


def texts(code: str) -> list[str]:
    return [f"{one}，{other}" for one, other in product(PHRASES[code], repeat=2)]


def examples(*codes: str) -> Labelled:
    rows = [(text, code) for code in codes for text in texts(code)]
    return Labelled([text for text, _code in rows], [code for _text, code in rows])


@pytest.fixture
def community(db: None, tmp_path, settings) -> Community:
    settings.JINLIN_HOME = tmp_path
    return make_community()


@pytest.fixture
def one_lesson(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few decisions suffice."""
    monkeypatch.setattr(lessons, "FIRST_LESSON", 10)
    monkeypatch.setattr(lessons, "NEXT_LESSON", 10)


def decide(place: Community, words: list[str], category: str) -> list[Request]:
    """Let an officer give each text this category at the desk."""
    client = Client()
    client.force_login(place.account("community_worker"))
    requests = [raised(place, text) for text in words]
    for request in requests:
        address = f"/desk/requests/{request.pk}/classify"
        form = client.get(address).context["form"]
        values = {"key": form["key"].value(), "version": form["version"].value(), "category": category}
        answer = client.post(address, values | {"urgency": "ordinary", "reason": "分错了"})
        assert answer.status_code == 302, answer.context["form"].errors
    return requests


def test_what_officers_correct_changes_what_is_suggested(community: Community, one_lesson: None) -> None:
    known = examples(LIFT)
    wrong = Labelled([*known.texts, *texts(RUBBISH)[:2]], [*known.labels, LAMP, LAMP])
    install_triage_model(actor=SYSTEM, model=train_model(wrong.texts, wrong.labels), examples=wrong)
    assert triage("", QUESTION).category != RUBBISH
    decide(community, texts(RUBBISH), RUBBISH)
    learnt = learn_triage(actor=SYSTEM)
    assert (learnt.decisions, learnt.labels) == (len(texts(RUBBISH)), 2)
    found = triage("", QUESTION)
    assert (found.category, found.model[:8]) == (RUBBISH, "trained:")
    assert found.confidence >= 0.6
    assert triage("", "轿厢抖得厉害，门也不开").category == LIFT


def test_the_newest_decision_counts_and_an_example_of_the_same_words_does_not(community: Community) -> None:
    words = texts(LIFT)[0]
    lessons.store_examples(Labelled([words, "别的"], [LAMP, LAMP]))
    [request] = decide(community, [words], RUBBISH)
    classify_request(
        actor=community.actor("community_worker"), request_id=request.pk, category=LIFT, urgency="ordinary"
    )
    known = lessons.lessons()
    assert dict(zip(known.data.texts, known.data.labels, strict=True)) == {words: LIFT, "别的": LAMP}
    assert (known.decisions, known.until) == (1, request.steps.order_by("-pk").first().pk)


def test_nobody_learns_what_is_closed_or_foreign(community: Community) -> None:
    lessons.store_examples(Labelled(["甲", "乙"], [LIFT, "no such category"]))
    decide(community, ["丙"], RUBBISH)
    Category.objects.filter(code=RUBBISH).update(active=False)
    assert lessons.lessons().data == Labelled(["甲"], [LIFT])


def test_examples_are_kept_as_they_were_and_for_the_platform_alone(community: Community) -> None:
    data = Labelled(['说"不"，\n换行', "二"], [LIFT, LAMP])
    lessons.store_examples(data)
    assert lessons.stored_examples() == data
    assert lessons.examples_place().stat().st_mode & 0o077 == 0


def test_it_learns_once_enough_was_decided_and_not_again_from_the_same(community: Community, one_lesson: None) -> None:
    assert lessons.new_decisions() == 0
    decide(community, texts(RUBBISH)[:9], RUBBISH)
    assert lessons.new_decisions() == 0
    decide(community, texts(LIFT)[:5], LIFT)
    assert lessons.new_decisions() == 14
    learn_triage(actor=SYSTEM)
    assert lessons.new_decisions() == 0
    assert trained_model().rows == 14
    decide(community, texts(LIFT)[5:15], LIFT)
    assert lessons.new_decisions() == 10


def test_a_lesson_is_on_record(community: Community) -> None:
    lessons.store_examples(examples(RUBBISH, LIFT))
    learn_triage(actor=SYSTEM)
    [entry] = AuditEntry.objects.filter(verb="requests.install_triage")
    assert entry.detail == {"labels": 2, "rows": 32}


def test_too_little_to_learn_from_leaves_the_model_in_use(community: Community) -> None:
    install_triage_model(actor=SYSTEM, model=train_model(*_columns(examples(RUBBISH, LIFT))))
    before = model_place().read_bytes()
    with pytest.raises(TooFewExamples):
        learn_triage(actor=SYSTEM)
    assert model_place().read_bytes() == before


def test_two_processes_do_not_learn_the_same_lesson(community: Community) -> None:
    lessons.store_examples(examples(RUBBISH, LIFT))
    with _alone(), pytest.raises(WrongState):
        learn_triage(actor=SYSTEM)
    assert learn_triage(actor=SYSTEM).rows == 32


@pytest.fixture
def talker(transactional_db: None, tmp_path, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[subprocess.Popen]:
    """Another process of the same installation, which says what it suggests for each line that it is told."""
    settings.JINLIN_HOME = tmp_path
    for name, value in {
        "DJANGO_SETTINGS_MODULE": "jinlin.settings",
        "DATABASE_URL": database_url(),
        "JINLIN_HOME": str(tmp_path),
        "PYTHONWARNINGS": "ignore",
    }.items():
        monkeypatch.setenv(name, value)
    with subprocess.Popen(
        [sys.executable, "-c", TALKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.stdin.close()


def asked(talker: subprocess.Popen, text: str) -> tuple[int, str, str]:
    talker.stdin.write(json.dumps(text) + "\n")
    talker.stdin.flush()
    return tuple(json.loads(talker.stdout.readline()))


def test_a_running_process_hears_of_what_another_has_learnt(talker: subprocess.Popen, one_lesson: None) -> None:
    place = make_community()
    lessons.store_examples(examples(LIFT))
    server, _category, model = asked(talker, QUESTION)
    assert (server, model) == (talker.pid, "words")
    decide(place, texts(RUBBISH), RUBBISH)
    finding = recurring["jinlin.requests.recurring.learn_from_decisions"].run()
    assert "16" in finding
    [teacher] = learner._learners.values()
    assert teacher.pid not in {os.getpid(), talker.pid}
    assert "already" in recurring["jinlin.requests.recurring.learn_from_decisions"].run()
    assert teacher.wait(300) == 0
    server, category, model = asked(talker, QUESTION)
    assert (server, category, model[:8]) == (talker.pid, RUBBISH, "trained:")


def _columns(data: Labelled) -> tuple[list[str], list[str]]:
    return data.texts, data.labels
