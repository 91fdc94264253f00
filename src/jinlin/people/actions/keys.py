"""Keys with which programs act for an account: made and deleted by its owner, ended when a post brings new rights."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jinlin.people.models import ApiToken
from jinlin.people.posts import terms_of
from jinlin.people.tokens import token_digest
from jinlin.platform.access import Actor, actor_for
from jinlin.platform.audit import record_change
from jinlin.platform.dates import LOCAL, now, today
from jinlin.platform.errors import Invalid, NotFound
from jinlin.platform.messages import notify

BATCH = 1_000
LONGEST_TOKEN_LIFE = timedelta(days=366)
MOST_TOKENS = 10


def create_token(*, actor: Actor, name: str, last_day: date) -> tuple[ApiToken, str]:
    """Create a key for a program that acts for one's account, until the end of `last_day`; it is returned only here.

    Raises:
        NotSignedIn.
        Invalid: without a name, for a day that has passed or lies more than a year ahead, or beyond ten keys; while
            something is wanting of how one's posts demand to sign in; for a key that outlasts the day before a post with
            rights begins, since it was made without what that post demands.
    """
    actor.must_be_signed_in()
    _check_token(actor, name, last_day)
    raw = f"jinlin_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        token = ApiToken.objects.create(
            account_id=actor.account_id,
            name=name.strip()[:64],
            digest=token_digest(raw),
            created_at=now(),
            expires_at=datetime.combine(last_day + timedelta(days=1), time(), LOCAL),
        )
        record_change(actor, "people.create_token", token, person_id=actor.person_id)
    return token, raw


def _check_token(actor: Actor, name: str, last_day: date) -> None:
    if not name.strip():
        raise Invalid(fields={"name": _("Name what uses the key, so that you know it again.")})
    if not today() <= last_day <= today() + LONGEST_TOKEN_LIFE:
        raise Invalid(fields={"last_day": _("Choose a day from today until a year from now.")})
    if ApiToken.objects.filter(account_id=actor.account_id, expires_at__gt=now()).count() >= MOST_TOKENS:
        raise Invalid(fields={"name": _("You have ten keys already; delete one that is not needed.")})
    if set(actor_for(actor.account_id, actor.person_id).grants) - set(actor.grants):
        raise Invalid(fields={"name": _("Sign in as your post demands first; a key has the rights of your posts.")})
    coming = [term.since for term in terms_of([actor.person_id or 0]) if term.with_rights and term.since > today()]
    if coming and last_day >= min(coming):
        words = _("A post of yours begins on %(day)s; choose a day before it, and make a new key then.")
        raise Invalid(fields={"last_day": words % {"day": min(coming)}})


def end_tokens(*, actor: Actor, person_ids: Iterable[int]) -> int:
    """End the keys of persons who get a post with rights, and tell them; return how many ended.

    A key that was made before has not been made as the post demands to sign in. Part of the transaction that gives the post.
    """
    wanted, ended = sorted(set(person_ids)), []
    for start in range(0, len(wanted), BATCH):
        tokens = ApiToken.objects.filter(account__person_id__in=wanted[start : start + BATCH], expires_at__gt=now())
        ended += tokens.select_related("account").order_by("pk")
    for token in ended:
        record_change(actor, "people.end_token", token, person_id=token.account.person_id)
    ApiToken.objects.filter(pk__in=[token.pk for token in ended]).delete()
    told = gettext_lazy(
        "Your keys for programs have ended, because a post brings you rights. Make new ones if you need them."
    )
    if ended:
        notify([token.account.person_id for token in ended], told, link="/me/keys/")
    return len(ended)


def delete_token(*, actor: Actor, token_id: int) -> None:
    """Delete one's key; what uses it stops at once.

    Raises:
        NotSignedIn, NotFound.
    """
    actor.must_be_signed_in()
    with transaction.atomic():
        token = ApiToken.objects.filter(pk=token_id, account_id=actor.account_id).first()
        if token is None:
            raise NotFound
        record_change(actor, "people.delete_token", token, person_id=actor.person_id)
        token.delete()
