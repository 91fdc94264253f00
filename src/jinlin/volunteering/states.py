"""The states of a pairing and the table of its steps, as data."""

from django.db import models
from django.utils.translation import pgettext_lazy

from jinlin.platform.states import StateTable


class PairingState(models.TextChoices):
    """Where it stands that somebody, or an offer, serves a posting."""

    PROPOSED = "proposed", pgettext_lazy("pairing", "proposed")
    WAITING = "waiting", pgettext_lazy("pairing", "on the waiting list")
    ACCEPTED = "accepted", pgettext_lazy("pairing", "agreed")
    SERVED = "served", pgettext_lazy("pairing", "served, to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("pairing", "confirmed")
    DECLINED = "declined", pgettext_lazy("pairing", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("pairing", "withdrawn")


class Verb(models.TextChoices):
    """The steps of a pairing."""

    ACCEPT = "accept", pgettext_lazy("pairing", "agree")
    MOVE_UP = "move_up", pgettext_lazy("pairing", "move up from the waiting list")
    DECLINE = "decline", pgettext_lazy("pairing", "decline")
    SERVE = "serve", pgettext_lazy("pairing", "report the service")
    CONFIRM = "confirm", pgettext_lazy("pairing", "confirm the service")
    CONTEST = "contest", pgettext_lazy("pairing", "not served yet")
    WITHDRAW = "withdraw", pgettext_lazy("pairing", "withdraw")


State = S = PairingState
OPEN = {S.PROPOSED, S.WAITING, S.ACCEPTED, S.SERVED}
TAKES_A_PLACE = {S.ACCEPTED, S.SERVED, S.CONFIRMED}

TABLE = StateTable(
    initial=S.PROPOSED,
    moves={
        Verb.ACCEPT: {S.PROPOSED: S.ACCEPTED},
        Verb.MOVE_UP: {S.WAITING: S.ACCEPTED},
        Verb.DECLINE: dict.fromkeys((S.PROPOSED, S.WAITING), S.DECLINED),
        Verb.SERVE: {S.ACCEPTED: S.SERVED},
        Verb.CONFIRM: {S.SERVED: S.CONFIRMED},
        Verb.CONTEST: {S.SERVED: S.ACCEPTED},
        Verb.WITHDRAW: dict.fromkeys((S.PROPOSED, S.WAITING, S.ACCEPTED), S.WITHDRAWN),
    },
)
