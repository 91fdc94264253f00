"""Small wishes with their history, and the support pairs that may follow one, with the contacts of each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jinlin.organisations.models import Body
from jinlin.people.models import Person
from jinlin.platform.models import HistoryLine
from jinlin.wishes.states import CLAIMED, PairState, WishState, WishVerb


class Wish(models.Model):
    """What somebody wishes, under a nickname; `body` checks it, one person leads its fulfilment.

    `place_code` is the community of the wisher: the wall tells no home. `consent` says how a wisher agreed for whom
    somebody else made it. `origin` is what it came from, such as `visit:12`.
    """

    class Consent(models.TextChoices):
        OWN = "own", pgettext_lazy("wish", "made by the wisher")
        MANDATE = "mandate", pgettext_lazy("wish", "made under a mandate")
        SPOKEN = "spoken", pgettext_lazy("wish", "agreed to when it was written down")

    number = models.CharField(_("number"), max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="wishes")
    consent = models.CharField(max_length=8, choices=Consent, default=Consent.OWN)
    nickname = models.CharField(_("nickname"), max_length=20)
    title = models.CharField(_("what is wished"), max_length=60)
    text = models.CharField(_("more about it"), max_length=300, blank=True)
    cost_fen = models.PositiveIntegerField(_("cost"), default=0)
    place_code = models.CharField(_("community"), max_length=22)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="wishes")
    state = models.CharField(_("state"), max_length=10, choices=WishState, default=WishState.DRAFT)
    made_at = models.DateTimeField(_("received"))
    check_by = models.DateTimeField(_("checked by"))
    entered_by_id = models.BigIntegerField(null=True)
    claimer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="claimed_wishes")
    claimed_at = models.DateTimeField(null=True)
    result = models.CharField(_("what was done"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True)
    origin = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="wish_has_claimer",
                condition=Q(state__in=sorted(CLAIMED), claimer__isnull=False)
                | Q(claimer__isnull=True) & ~Q(state__in=sorted(CLAIMED)),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "place_code", "-made_at"], name="wish_state_place"),
            models.Index(fields=["state", "claimed_at"], name="wish_claimed"),
            models.Index(fields=["origin"], name="wish_origin", condition=~Q(origin="")),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def cost_yuan(self) -> str:
        """What it costs in yuan, without idle zeros."""
        yuan, fen = divmod(self.cost_fen, 100)
        return f"{yuan}.{fen:02d}" if fen else str(yuan)


class Step(HistoryLine):
    """One line of a wish's history. `words` are read by the wisher and whoever claims it."""

    wish = models.ForeignKey(Wish, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=10, choices=WishVerb)
    state = models.CharField(max_length=10, choices=WishState)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["wish", "number"], name="wish_step_number_once")]


class SupportPair(models.Model):
    """That somebody goes on helping a resident after a wish (结对帮扶): for a term, with a plan, while both want it."""

    wish = models.ForeignKey(Wish, on_delete=models.PROTECT, related_name="pairs")
    helper = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="helped_pairs")
    resident = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="support_pairs")
    place_code = models.CharField(_("community"), max_length=22)
    state = models.CharField(_("state"), max_length=8, choices=PairState, default=PairState.OFFERED)
    offer = models.CharField(_("what is offered"), max_length=300)
    plan = models.CharField(_("plan"), max_length=500, blank=True)
    first_day = models.DateField(null=True)
    last_day = models.DateField(_("until"))
    next_on = models.DateField(_("next contact"), null=True)
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_words = models.CharField(_("why it ended"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["helper", "resident"],
                condition=Q(state__in=[PairState.OFFERED, PairState.ACCEPTED]),
                name="one_running_pair",
            ),
            models.CheckConstraint(
                name="pair_agreed_before_it_runs",
                condition=~Q(state=PairState.ACCEPTED) | Q(accepted_at__isnull=False, first_day__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["place_code", "state", "-offered_at"], name="pair_place_state")]

    def __str__(self) -> str:
        return f"pair {self.pk} after {self.wish_id}"


class Contact(models.Model):
    """One contact of a support pair: when, by which way, and what was done; nothing about the person."""

    class Way(models.TextChoices):
        VISIT = "visit", pgettext_lazy("contact", "visit")
        CALL = "call", pgettext_lazy("contact", "telephone call")
        ERRAND = "errand", pgettext_lazy("contact", "errand")

    pair = models.ForeignKey(SupportPair, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField(_("day"))
    way = models.CharField(_("how"), max_length=6, choices=Way)
    words = models.CharField(_("what was done"), max_length=200)
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["pair", "-on"], name="contact_of_pair")]

    def __str__(self) -> str:
        return f"contact on {self.on} of {self.pair_id}"
