"""Text mode, theme and language: chosen by a link or a form, remembered, never a way out of the site."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_choice_is_remembered_and_leads_back(client, method):
    answer = getattr(client, method)(
        "/display", {"text": "large", "theme": "dark", "lang": "en", "next": "/gallery?door=desk"}
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/gallery?door=desk"
    assert client.cookies["jinlin_text"].value == "large"
    page = client.get("/gallery").content.decode()
    assert '<html lang="en" data-door="resident" data-text="large" data-theme="dark">' in page


def test_unknown_wishes_are_ignored(client):
    client.get("/display", {"text": "huge", "theme": '"><script>', "lang": "xx"})
    assert not client.cookies
    client.cookies["jinlin_text"] = "huge"
    assert 'data-text="standard"' in client.get("/gallery").content.decode()


@pytest.mark.parametrize("goal", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_the_way_back_stays_on_this_site(client, goal):
    assert client.get("/display", {"text": "large", "next": goal})["Location"] == "/"
