"""The states of a wish and of a support pair, and the tables of their steps, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class WishState(models.TextChoices):
    """Where a wish stands, in the words that residents read."""

    DRAFT = "draft", pgettext_lazy("wish", "waits for the check")
    OPEN = "open", pgettext_lazy("wish", "on the wall")
    CLAIMED = "claimed", pgettext_lazy("wish", "claimed")
    FULFILLED = "fulfilled", pgettext_lazy("wish", "fulfilled, to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("wish", "come true")
    RETURNED = "returned", pgettext_lazy("wish", "returned to its wisher")
    WITHDRAWN = "withdrawn", pgettext_lazy("wish", "withdrawn")


class WishVerb(models.TextChoices):
    """The steps of a wish; each is one action and one line of its history."""

    MAKE = "make", pgettext_lazy("wish", "made")
    PUT_UP = "put_up", pgettext_lazy("wish", "put on the wall")
    RETURN = "return", pgettext_lazy("wish", "returned to its wisher")
    RESEND = "resend", pgettext_lazy("wish", "changed and sent again")
    CLAIM = "claim", pgettext_lazy("wish", "claimed")
    GIVE_UP = "give_up", pgettext_lazy("wish", "given back to the wall")
    LAPSE = "lapse", pgettext_lazy("wish", "back on the wall, because nothing happened")
    FULFIL = "fulfil", pgettext_lazy("wish", "reported as fulfilled")
    CONFIRM = "confirm", pgettext_lazy("wish", "confirmed by its wisher")
    CONTEST = "contest", pgettext_lazy("wish", "not fulfilled yet, says its wisher")
    WITHDRAW = "withdraw", pgettext_lazy("wish", "withdrawn")


S, V = WishState, WishVerb
ON_WALL = {S.OPEN, S.CLAIMED, S.FULFILLED, S.CONFIRMED}
"""What everybody sees."""
CLAIMED = {S.CLAIMED, S.FULFILLED, S.CONFIRMED}
"""A wish in one of these has a leading claimer."""
UNFINISHED = {S.DRAFT, S.RETURNED, S.OPEN, S.CLAIMED, S.FULFILLED}

WISHES = StateTable(
    initial=S.DRAFT,
    moves={
        V.PUT_UP: {S.DRAFT: S.OPEN},
        V.RETURN: dict.fromkeys((S.DRAFT, S.OPEN), S.RETURNED),
        V.RESEND: {S.RETURNED: S.DRAFT},
        V.CLAIM: {S.OPEN: S.CLAIMED},
        V.GIVE_UP: {S.CLAIMED: S.OPEN},
        V.LAPSE: {S.CLAIMED: S.OPEN},
        V.FULFIL: {S.CLAIMED: S.FULFILLED},
        V.CONFIRM: {S.FULFILLED: S.CONFIRMED},
        V.CONTEST: {S.FULFILLED: S.CLAIMED},
        V.WITHDRAW: dict.fromkeys((S.DRAFT, S.RETURNED, S.OPEN, S.CLAIMED), S.WITHDRAWN),
    },
)


class PairState(models.TextChoices):
    """Where it stands that somebody goes on helping a resident."""

    OFFERED = "offered", pgettext_lazy("support pair", "offered")
    ACCEPTED = "accepted", pgettext_lazy("support pair", "agreed")
    DECLINED = "declined", pgettext_lazy("support pair", "declined")
    ENDED = "ended", pgettext_lazy("support pair", "ended")


class PairVerb(models.TextChoices):
    """The steps of a support pair."""

    ACCEPT = "accept", pgettext_lazy("support pair", "accept")
    DECLINE = "decline", pgettext_lazy("support pair", "decline")
    PLAN = "plan", pgettext_lazy("support pair", "plan")
    LOG = "log", pgettext_lazy("support pair", "log a contact")
    END = "end", pgettext_lazy("support pair", "end")


P = PairState
PAIRS = StateTable(
    initial=P.OFFERED,
    moves={
        PairVerb.ACCEPT: {P.OFFERED: P.ACCEPTED},
        PairVerb.DECLINE: {P.OFFERED: P.DECLINED},
        PairVerb.PLAN: {P.ACCEPTED: P.ACCEPTED},
        PairVerb.LOG: {P.ACCEPTED: P.ACCEPTED},
        PairVerb.END: dict.fromkeys((P.OFFERED, P.ACCEPTED), P.ENDED),
    },
)
