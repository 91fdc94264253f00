"""Who acts through the API: the holder of a token, a signed-in session, or nobody where that is enough."""

from django.conf import settings
from django.db.models import FilteredRelation, Q
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from jinlin.people.models import ApiToken
from jinlin.people.tokens import token_digest
from jinlin.platform.access import NOBODY, Actor, Grant, Role, actor_of
from jinlin.platform.dates import now, today
from jinlin.platform.errors import NotSignedIn


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
    """Return who a token acts for, with the grants of the appointments that run today; one statement.

    Raises:
        NotSignedIn: for a token that is unknown, expired or of a closed account.
    """
    day = today()
    not_over = Q(account__person__appointments__term_to__isnull=True) | Q(
        account__person__appointments__term_to__gte=day
    )
    running = not_over & Q(account__person__appointments__term_from__lte=day)
    rows = list(
        ApiToken.objects.filter(digest=token_digest(token), expires_at__gt=now(), account__is_active=True)
        .annotate(post=FilteredRelation("account__person__appointments", condition=running))
        .values_list(
            "account_id",
            "account__person_id",
            "post__role",
            "post__body_id",
            "post__place_code",
            "post__zone_id",
            "post__body__active",
        )
    )
    if not rows:
        raise NotSignedIn
    grants = tuple(
        Grant(role=Role(role), body_id=body, place_code=place, zone_id=zone)
        for _account, _person, role, body, place, zone, active in rows
        if role and active
    )
    return Actor(account_id=rows[0][0], person_id=rows[0][1], grants=grants)
