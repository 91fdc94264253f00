"""Who acts through the API: the holder of a token, a signed-in session, or nobody where that is enough."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from jinlin.people.tokens import token_digest
from jinlin.platform.access import NOBODY, Actor, Grant, Role, actor_of
from jinlin.platform.dates import now, today
from jinlin.platform.errors import NotSignedIn

HOLDER = """SELECT account.id, account.person_id, post.role, post.body_id, post.place_code, post.zone_id
FROM people_apitoken token
JOIN people_account account ON account.id = token.account_id AND account.is_active
LEFT JOIN (organisations_appointment post JOIN organisations_body body ON body.id = post.body_id AND body.active)
    ON post.person_id = account.person_id
    AND post.term_from <= %s AND post.accepted_on <= %s AND (post.term_to IS NULL OR post.term_to >= %s)
WHERE token.digest = %s AND token.expires_at > %s"""
"""The holder of a token with a row for every running appointment, as `organisations.queries.grants_of` finds them: every
call of a program begins with it."""


class TokenAuth(HttpBearer):
    """A bearer token in the header `Authorization`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        request.actor = actor_of_token(token)
        return request.actor


class SessionAuth(APIKeyCookie):
    """A browser session; forged requests are refused by Django's token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Actor | None:
        return super().__call__(request) if self.param_name in request.COOKIES else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor = actor_of(request)
        return actor if actor.is_signed_in else None


class Anybody:
    """Nobody in particular, for doors that are open to all; a wrong token has been refused before."""

    def __call__(self, request: HttpRequest) -> Actor:
        request.actor = NOBODY
        return NOBODY


SIGNED_IN = [TokenAuth(), SessionAuth()]
OR_NOBODY = [*SIGNED_IN, Anybody()]


def actor_of_token(token: str) -> Actor:
    """Return who a token acts for, with the grants of the appointments that run today.

    Raises:
        NotSignedIn: for a token that is unknown, expired or of a closed account.
    """
    day, moment = connection.ops.adapt_datefield_value(today()), connection.ops.adapt_datetimefield_value(now())
    with connection.cursor() as cursor:
        cursor.execute(HOLDER, [day, day, day, token_digest(token), moment])
        rows = cursor.fetchall()
    if not rows:
        raise NotSignedIn
    grants = tuple(
        Grant(role=Role(role), body_id=body, place_code=place, zone_id=zone)
        for _account, _person, role, body, place, zone in rows
        if role
    )
    return Actor(account_id=rows[0][0], person_id=rows[0][1], grants=grants)
