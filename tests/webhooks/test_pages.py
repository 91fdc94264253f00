"""The desk's pages of webhooks: who gets in, the secret that is shown once, the log and what can be done with it."""

import pytest

from jinlin.requests.actions import Report, Where, raise_request
from jinlin.webhooks.actions import deliver_due
from jinlin.webhooks.models import Delivery, Webhook
from tests.support.community import make_community
from tests.support.pages import send, signed_in, text_of
from tests.webhooks.receiver import receiver

LIST, NEW = "/desk/webhooks/", "/desk/webhooks/new"


@pytest.fixture
def community(db, settings):
    settings.JINLIN_WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    return make_community()


@pytest.fixture
def server():
    with receiver() as made:
        yield made


@pytest.fixture
def keeper(community):
    return signed_in(community, "administrator")


@pytest.fixture
def hook(keeper, server, community):
    place = community.actor("administrator").grants[0].place_code
    values = {"url": server.url("/ok"), "place_code": place, "events": ["request.received", "request.closed"]}
    page = send(keeper, NEW, **values)
    made = Webhook.objects.get()
    assert made.secret in text_of(page)
    return made


def test_the_secret_is_shown_once(keeper, hook):
    page = text_of(keeper.get(f"{LIST}{hook.pk}"))
    assert hook.url in page and hook.secret not in page
    renewed = text_of(keeper.post(f"{LIST}{hook.pk}/secret"))
    hook.refresh_from_db()
    assert hook.secret in renewed


def test_the_log_shows_what_was_told_and_tells_it_again(keeper, hook, server, community):
    report = Report("路灯不亮", where=Where(place_code=community.homes[0].code))
    number = raise_request(actor=community.actor("resident"), report=report).request.number
    deliver_due()
    page = text_of(keeper.get(f"{LIST}{hook.pk}"))
    assert number in page and "已送达" in page and "HTTP 204" in page
    delivery = Delivery.objects.get()
    assert keeper.post(f"{LIST}deliveries/{delivery.pk}/again").status_code == 302
    server.broken = True
    deliver_due()
    assert "对方返回500。" in text_of(keeper.get(f"{LIST}{hook.pk}"))
    assert keeper.post(f"{LIST}deliveries/{delivery.pk}/aside").status_code == 302
    assert "已搁置" in text_of(keeper.get(f"{LIST}{hook.pk}"))


@pytest.mark.parametrize("name", ["stop", "start", "test"])
def test_it_is_stopped_started_and_tested(keeper, hook, name):
    answer = keeper.post(f"{LIST}{hook.pk}/{name}", follow=True)
    assert answer.status_code == 200
    hook.refresh_from_db()
    assert hook.active == (name != "stop")
    assert Delivery.objects.filter(event="ping").exists() == (name == "test")


def test_it_is_removed_after_one_more_question(keeper, hook):
    assert hook.url in text_of(keeper.get(f"{LIST}{hook.pk}/remove"))
    assert keeper.post(f"{LIST}{hook.pk}/remove").status_code == 302
    assert not Webhook.objects.exists()
    assert "还没有登记推送地址" in text_of(keeper.get(LIST))


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "https://localhost/", "ftp://x/", "not an address"])
def test_an_address_that_could_never_be_called_goes_back_with_the_reason(keeper, community, settings, url):
    settings.JINLIN_WEBHOOK_NETWORKS = []
    place = community.actor("administrator").grants[0].place_code
    page = send(keeper, NEW, url=url, place_code=place, events=["request.closed"])
    assert page.status_code == 422 and page.context["form"].errors["url"]
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("name", ["resident", "community_worker", "auditor", "grid_member"])
def test_others_do_not_get_in(community, hook, name):
    client = signed_in(community, name)
    assert client.get(LIST).status_code == 403
    assert client.post(f"{LIST}{hook.pk}/stop").status_code == 403


def test_a_secretary_does_not_see_the_districts(community, hook):
    client = signed_in(community, "community_secretary")
    assert client.get(f"{LIST}{hook.pk}").status_code == 404
    assert hook.url not in text_of(client.get(LIST))


def test_a_list_costs_the_same_however_long(keeper, hook, query_budget, community):
    for _copy in range(20):
        hook.pk = None
        hook.save(force_insert=True)
    keeper.get(LIST)
    with query_budget("webhooks/hooks"):
        keeper.get(LIST)
