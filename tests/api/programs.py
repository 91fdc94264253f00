"""Programs that call the API, each with the token of somebody, or with none."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from jinlin.people.actions import create_token
from jinlin.platform.access import Actor
from jinlin.platform.dates import today

BASE = "/api/v1"
WORDS = "单元门口的路灯坏了三天，晚上看不见台阶。"


@dataclass
class Program:
    """Calls the API with a token; without one it is nobody."""

    token: str = ""
    client: Client = field(default_factory=Client)

    def headers(self, key: str = "") -> dict[str, str]:
        """Return what identifies the program and one send."""
        return {
            **({"Authorization": f"Bearer {self.token}"} if self.token else {}),
            **({"Idempotency-Key": key} if key else {}),
        }

    def get(self, path: str, **query: Any) -> HttpResponse:
        """Read."""
        return self.client.get(BASE + path, query, headers=self.headers())

    def post(self, path: str, contents: Any = None, key: str = "") -> HttpResponse:
        """Send contents as JSON."""
        return self.client.post(BASE + path, contents or {}, "application/json", headers=self.headers(key))

    def send(self, path: str, body: bytes, media_type: str = "application/json") -> HttpResponse:
        """Send bytes as they are."""
        return self.client.post(BASE + path, body, media_type, headers=self.headers())

    def raise_request(self, key: str = "", **more: Any) -> dict[str, Any]:
        """Raise a request and return its receipt."""
        answer = self.post("/requests", {"text": WORDS} | more, key)
        assert answer.status_code == 201, answer.content.decode()
        return answer.json()


def program_of(actor: Actor) -> Program:
    """Return a program that acts for somebody."""
    return Program(create_token(actor=actor, name="a program", last_day=today())[1])


def refusal(answer: HttpResponse, status: int, code: str) -> dict[str, Any]:
    """Return the words of a refusal after checking its status, code and shape."""
    assert answer.status_code == status, answer.content.decode()
    error = answer.json()["error"]
    assert set(error) == {"code", "what", "why", "remedy", "fields"}
    assert error["code"] == code
    assert error["what"] and error["remedy"]
    return error
