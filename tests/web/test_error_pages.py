"""Every refusal says what happened, why and what to do, with a telephone number."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from jinlin.platform.errors import NotAllowed
from jinlin.web import views

PAGES = [
    (views.bad_request, 400),
    (views.forbidden, 403),
    (views.form_expired, 403),
    (views.not_found, 404),
    (views.conflict, 409),
    (views.too_large, 413),
    (views.too_many, 429),
    (views.server_error, 500),
]


@pytest.fixture
def request_from_outside():
    with translation.override("zh-hans"):
        yield RequestFactory().get("/nowhere")


@pytest.mark.parametrize(("page", "status"), PAGES)
def test_an_error_page_has_words_and_a_number(request_from_outside, settings, page, status):
    answer = page(request_from_outside)
    assert answer.status_code == status
    assert f"tel:{settings.JINLIN_PHONE}" in answer.content.decode()
    assert "<h1>" in answer.content.decode()


def test_the_page_for_a_failure_asks_no_database(request_from_outside):
    answer = views.server_error(request_from_outside)
    assert "系统出错了。" in answer.content.decode()


def test_a_refusal_of_an_action_becomes_a_page(request_from_outside):
    answer = views.refusal(request_from_outside, NotAllowed("只有当事人和调解员能看。"))
    assert answer.status_code == 403
    assert "只有当事人和调解员能看。" in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_meets_the_page(client):
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "tel:027-12345" in answer.content.decode()
