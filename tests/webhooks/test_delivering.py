"""From a step of a request to the call: in order, at least once, with doubling pauses, and nothing personal."""

import json
from datetime import timedelta

import pytest

from jinlin.platform.errors import NotAllowed, NotFound
from jinlin.platform.models import Notice
from jinlin.requests.actions import Report, Where, accept_request, decline_request, note_internally, raise_request
from jinlin.requests.models import Request
from jinlin.webhooks.actions import (
    deliver_due,
    forget_old_deliveries,
    register_webhook,
    remove_webhook,
    renew_secret,
    replay_delivery,
    send_test,
    set_delivery_aside,
    start_webhook,
    stop_webhook,
)
from jinlin.webhooks.actions.delivering import MOST_FAILURES, pause_after
from jinlin.webhooks.models import Delivery, Event, Webhook
from jinlin.webhooks.rules import OFFERED, SELECTED_BY, event_of
from jinlin.webhooks.signing import signature
from tests.support.community import COMMUNITY, make_community
from tests.webhooks.receiver import receiver


@pytest.fixture
def community(db, clock, settings):
    settings.JINLIN_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    return make_community()


@pytest.fixture
def server():
    with receiver() as made:
        yield made


@pytest.fixture
def hook(community, server):
    """An address of the administrator's that is told of everything."""
    return registered(community, server.url("/ok"))[0]


def registered(community, url, events=OFFERED, place=""):
    keeper = community.actor("administrator")
    code = place or keeper.grants[0].place_code
    return register_webhook(actor=keeper, url=url, place_code=code, events=events)


def raised(community, home=0, **more):
    report = Report("王小明家楼道灯坏了，电话13812345678", where=Where(place_code=community.homes[home].code), **more)
    return raise_request(actor=community.actor("resident"), report=report).request


def told(server):
    return [json.loads(call.body) for call in server.calls]


def test_a_request_is_told_of_from_its_beginning_to_its_end(community, server, hook):
    request, worker = raised(community), community.actor("community_worker")
    accept_request(actor=worker, request_id=request.pk, category="C10102")
    decline_request(actor=worker, request_id=request.pk, reason="不在本社区")
    assert deliver_due() == "3 calls"
    assert [event["type"] for event in told(server)] == ["request.received", "request.changed", "request.closed"]
    assert [event["data"]["version"] for event in told(server)] == [1, 2, 3]
    data = told(server)[1]["data"]
    assert (data["number"], data["state"], data["category"]) == (request.number, "accepted", "C10102")
    assert data["links"]["desk"].endswith(f"/desk/requests/{request.pk}")
    assert deliver_due() == "0 calls"


def test_nothing_personal_is_told(community, server, hook):
    raised(community)
    deliver_due()
    text = server.calls[0].body.decode()
    assert "王小明" not in text and "13812345678" not in text
    assert community.homes[0].code not in text
    assert told(server)[0]["data"]["place"] == community.buildings[0].code


def test_calls_are_signed_with_the_secret_that_was_shown(community, server):
    hook, secret = registered(community, server.url("/ok"))
    send_test(actor=community.actor("administrator"), hook_id=hook.pk)
    deliver_due()
    headers = server.calls[0].headers
    expected = signature(secret, headers["webhook-id"], headers["webhook-timestamp"], server.calls[0].body)
    assert headers["webhook-signature"] == f"v1,{expected}"
    _hook, renewed = renew_secret(actor=community.actor("administrator"), hook_id=hook.pk)
    assert renewed != secret and Webhook.objects.get().secret == renewed


def test_only_the_chosen_events_of_the_place_are_told(community, server):
    registered(community, server.url("/ok"), events=[Event.CLOSED])
    request = raised(community)
    assert deliver_due() == "0 calls"
    decline_request(actor=community.actor("community_worker"), request_id=request.pk, reason="不在本社区")
    assert deliver_due() == "1 calls"
    Webhook.objects.update(place_code=community.buildings[3].code)
    raised(community, home=1)
    assert deliver_due() == "0 calls"


def test_every_step_is_one_event(community):
    request = raised(community)
    accept_request(actor=community.actor("community_worker"), request_id=request.pk, category="C10102")
    decline_request(actor=community.actor("community_worker"), request_id=request.pk, reason="不在本社区")
    for step in request.steps.all():
        chosen = [event for event, which in SELECTED_BY.items() if request.steps.filter(which, pk=step.pk).exists()]
        assert chosen == [event_of(step)]


def test_words_among_officers_and_what_was_before_are_not_told(community, server):
    before = raised(community)
    registered(community, server.url("/ok"))
    note_internally(actor=community.actor("community_worker"), request_id=before.pk, note="此人常来")
    assert deliver_due() == "0 calls"


def test_while_an_address_fails_its_events_wait_in_order_and_pauses_double(community, server, hook, clock):
    server.broken = True
    first, second = raised(community), raised(community)
    pauses = []
    for _failure in range(4):
        assert deliver_due() == "1 calls"
        hook.refresh_from_db()
        pauses.append((hook.next_at - clock.now).total_seconds())
        assert deliver_due() == "0 calls"
        clock.forward(seconds=pauses[-1])
    assert pauses == [15, 30, 60, 120]
    assert pause_after(100) == timedelta(hours=1)
    waiting = Delivery.objects.order_by("pk").first()
    assert (waiting.tries, waiting.status, waiting.state) == (4, 500, "waiting")
    server.broken = False
    server.calls.clear()
    assert deliver_due() == "2 calls"
    assert [event["data"]["number"] for event in told(server)] == [first.number, second.number]
    hook.refresh_from_db()
    assert hook.failures == 0


@pytest.mark.parametrize("path", ["/fails", "/elsewhere"])
def test_an_address_that_fails_for_hours_is_stopped_with_a_notice_and_loses_nothing(community, server, clock, path):
    hook, _secret = registered(community, server.url(path))
    raised(community)
    for _failure in range(MOST_FAILURES):
        assert deliver_due() == "1 calls"
        clock.forward(hours=1)
    hook.refresh_from_db()
    assert not hook.active and hook.stopped_because
    (notice,) = Notice.objects.filter(person_id=community.persons["administrator"].pk)
    assert hook.url in notice.text and notice.link == f"/desk/webhooks/{hook.pk}"
    raised(community)
    assert deliver_due() == "0 calls"
    Webhook.objects.update(url=server.url("/ok"))
    start_webhook(actor=community.actor("administrator"), hook_id=hook.pk)
    assert deliver_due() == "2 calls"


def test_what_happens_while_it_is_stopped_by_hand_is_told_afterwards(community, server, hook):
    keeper = community.actor("administrator")
    stop_webhook(actor=keeper, hook_id=hook.pk)
    raised(community)
    assert deliver_due() == "0 calls"
    start_webhook(actor=keeper, hook_id=hook.pk)
    assert deliver_due() == "1 calls"


def test_an_event_is_told_again_or_set_aside(community, server, hook, clock):
    keeper = community.actor("administrator")
    raised(community)
    deliver_due()
    replay_delivery(actor=keeper, delivery_id=Delivery.objects.get().pk)
    assert deliver_due() == "1 calls"
    assert server.calls[0].body == server.calls[1].body
    assert server.calls[0].headers["webhook-id"] == server.calls[1].headers["webhook-id"]
    server.broken = True
    raised(community), raised(community)
    deliver_due()
    server.broken = False
    stuck = Delivery.objects.filter(state="waiting").order_by("pk").first()
    set_delivery_aside(actor=keeper, delivery_id=stuck.pk)
    clock.forward(minutes=1)
    assert deliver_due() == "1 calls"


def test_a_step_that_was_committed_late_is_not_lost(community, server, hook):
    early, late = raised(community), raised(community)
    step = early.steps.get()
    number, early_id = step.number, step.pk
    step.delete()
    assert deliver_due() == "1 calls"
    step.pk, step.number = early_id, number
    step.save(force_insert=True)
    assert deliver_due() == "1 calls"
    assert {event["data"]["number"] for event in told(server)} == {early.number, late.number}


def test_two_workers_do_not_serve_one_address_at_once(community, server, hook, clock):
    raised(community)
    Webhook.objects.filter(pk=hook.pk).update(next_at=clock.now + timedelta(minutes=2))
    assert deliver_due() == "0 calls"
    clock.forward(minutes=3)
    assert deliver_due() == "1 calls"


def test_the_log_is_kept_for_30_days_and_nothing_is_told_twice_for_that(community, server, hook, clock):
    raised(community)
    deliver_due()
    clock.forward(days=31)
    assert forget_old_deliveries() == 0
    assert deliver_due() == "0 calls"
    Webhook.objects.update(seen_step=10**6)
    assert forget_old_deliveries() == 1


@pytest.mark.parametrize("name", ["resident", "community_worker", "grid_member", "property_manager", "auditor"])
def test_others_register_nothing(community, server, name):
    with pytest.raises(NotAllowed):
        register_webhook(actor=community.actor(name), url=server.url("/ok"), place_code=COMMUNITY, events=OFFERED)


def test_a_secretary_registers_for_the_own_community_only(community, server, hook):
    secretary = community.actor("community_secretary")
    mine, _secret = register_webhook(actor=secretary, url=server.url("/ok"), place_code=COMMUNITY, events=OFFERED)
    with pytest.raises(NotAllowed):
        register_webhook(actor=secretary, url=server.url("/ok"), place_code=COMMUNITY[:9], events=OFFERED)
    for act in (stop_webhook, remove_webhook, renew_secret, send_test):
        with pytest.raises(NotFound):
            act(actor=secretary, hook_id=hook.pk)
    remove_webhook(actor=secretary, hook_id=mine.pk)
    assert Webhook.objects.get() == hook


def test_a_step_costs_nothing_more_for_being_told(community, server, hook, django_assert_num_queries):
    request = raised(community)
    assert not Delivery.objects.exists()
    assert Request.objects.get(pk=request.pk).version == 1
