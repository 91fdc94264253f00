"""Who the caller of the API is, and which posts they hold today."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from jinlin.platform.access import Actor, Role
from jinlin.platform.answers import json_answer

router = Router()


class PostOut(Schema):
    """A post: a role at a body, over a place or over a named zone within it."""

    role: Role
    body_id: str
    place: str
    zone_id: str | None


class MeOut(Schema):
    """The caller."""

    account_id: str
    posts: list[PostOut]


@router.get("", response=MeOut, operation_id="read_me")
def read_me(request: HttpRequest) -> HttpResponse:
    """Say who the caller is; the rights of every other address follow from these posts."""
    actor: Actor = request.auth
    posts = [
        {
            "role": grant.role,
            "body_id": str(grant.body_id),
            "place": grant.place_code,
            "zone_id": str(grant.zone_id) if grant.zone_id is not None else None,
        }
        for grant in actor.grants
    ]
    return json_answer({"account_id": str(actor.account_id), "posts": posts})
