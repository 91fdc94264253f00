"""What happens under a host name that is none of ours."""


def test_a_foreign_host_is_refused_with_a_page(client, district):
    answer = client.get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "<h1" in answer.content.decode()


def test_the_health_page_answers_without_a_district(client, db):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
