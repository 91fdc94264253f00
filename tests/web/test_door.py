"""What happens at the door: a foreign host, the health page, a form that has expired."""

from django.test import Client


def test_a_foreign_host_is_refused_with_a_page(client, district):
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


def test_the_health_page_answers_without_a_district(client, db):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["ok"]) == (200, True)


def test_a_form_without_its_token_says_so_in_words(district):
    answer = Client(enforce_csrf_checks=True).post("/raise", {"text": "灯坏了"})
    assert answer.status_code == 403
    assert "CSRF" not in answer.content.decode() and "<h1" in answer.content.decode()
