"""A request, its append-only history, clocks, photos, suggestions and ratings; the category tree and standard texts."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from jinlin.platform.models import StoredFile
from jinlin.requests.states import FINAL, State, Verb


class Channel(models.TextChoices):
    """By which way a request came in."""

    ONLINE = "online", _("online")
    PHONE = "phone", _("telephone")
    WALK_IN = "walk_in", _("at the desk")
    WECHAT = "wechat", _("WeChat")
    HOTLINE = "hotline", _("hotline")
    PAPER = "paper", _("paper")
    VISIT = "visit", _("on a visit")
    API = "api", _("other system")
    IMPORT = "import", _("import")


class Kind(models.TextChoices):
    """What the person wants; the hotline's five kinds (12345 regulation, see the design notes)."""

    CONSULTATION = "consultation", _("question")
    HELP = "help", _("call for help")
    COMPLAINT = "complaint", _("complaint")
    REPORT = "report", _("report of a breach")
    SUGGESTION = "suggestion", _("suggestion")


class Function(models.TextChoices):
    """The five entrances that residents see (M042)."""

    OPINION = "opinion", _("voice an opinion")
    SNAP = "snap", _("snap and report")
    WISH = "wish", _("small wish")
    HELP = "help", _("ask for help")
    COMPLAINT = "complaint", _("complain or suggest")
    MATTER = "matter", _("service matter")


class Urgency(models.TextChoices):
    """How fast the clock runs."""

    ORDINARY = "ordinary", _("ordinary")
    URGENT = "urgent", _("urgent")
    EMERGENCY = "emergency", _("emergency")

    @classmethod
    def gravest(cls, *found: str) -> "Urgency":
        """Return the one with the fastest clock."""
        return max(map(cls, found), key=list(cls).index)


class Publicity(models.TextChoices):
    """Whether the public sees it: only after a person has looked."""

    PRIVATE = "private", _("private")
    WISHED = "wished", _("to be looked at")
    PUBLIC = "public", _("public")
    REFUSED = "refused", _("not published")


class Category(models.Model):
    """A class of requests; its code is the path in the tree (2, 4 or 6 characters)."""

    code = models.CharField(_("code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=64)
    name_en = models.CharField(_("English name"), max_length=64)
    keywords = models.JSONField(_("words that residents use"), default=list)
    urgency = models.CharField(_("urgency"), max_length=9, choices=Urgency, default=Urgency.ORDINARY)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def parent_code(self) -> str:
        return self.code[:-2]


class StandardText(models.Model):
    """A ready answer for a step; placeholders {number} {body} {due} are filled when it is used."""

    key = models.CharField(max_length=40, unique=True)
    verb = models.CharField(max_length=12, choices=Verb)
    name = models.CharField(_("name"), max_length=64)
    body = models.TextField(_("text"))

    def __str__(self) -> str:
        return self.name


class Request(models.Model):
    """What somebody raised. The words stay as they were written; everything that changes is a step of the history.

    `state`, `category`, `urgency`, `place_code`, `body` and `due_at` are those of step number `version`; `promises` holds
    the running clocks as {milestone: due time}, of which `due_at` is the earliest.
    """

    number = models.CharField(_("number"), max_length=20, unique=True)
    version = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"))
    search = models.TextField(editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    function = models.CharField(_("entrance"), max_length=10, choices=Function, blank=True)
    raised_at = models.DateTimeField(_("raised"))
    raised_at_known = models.BooleanField(default=True)
    received_at = models.DateTimeField(_("received"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    reporter = models.ForeignKey("people.Person", on_delete=models.SET_NULL, null=True, related_name="requests")
    entered_by_id = models.BigIntegerField(null=True)
    anonymous = models.BooleanField(_("anonymous"), default=False)
    follow_digest = models.CharField(max_length=43)
    publicity = models.CharField(max_length=8, choices=Publicity, default=Publicity.PRIVATE)

    place_code = models.CharField(_("place"), max_length=22)
    place_text = models.CharField(_("place in words"), max_length=200, blank=True)
    longitude = models.FloatField(null=True)
    latitude = models.FloatField(null=True)
    grid = models.ForeignKey("territory.Zone", on_delete=models.SET_NULL, null=True, related_name="+")
    estate = models.ForeignKey("territory.Zone", on_delete=models.SET_NULL, null=True, related_name="+")

    state = models.CharField(_("state"), max_length=12, choices=State)
    category = models.CharField(_("category"), max_length=6, blank=True)
    urgency = models.CharField(_("urgency"), max_length=9, choices=Urgency, default=Urgency.ORDINARY)
    body = models.ForeignKey(
        "organisations.Body", on_delete=models.PROTECT, related_name="requests", verbose_name=_("body")
    )
    due_at = models.DateTimeField(_("due"), null=True)
    promises = models.JSONField(default=dict)
    transfers = models.PositiveIntegerField(_("times passed on"), default=0)

    external_source = models.CharField(max_length=64, blank=True)
    external_id = models.CharField(_("outside number"), max_length=64, blank=True)
    days_to_reply = models.PositiveIntegerField(_("days to the reply, as the source counted"), null=True)
    labels = models.JSONField(_("columns of the source that have no field here"), default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["external_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="outside_number_once",
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="request_time"),
            models.Index(fields=["place_code", "-received_at"], name="request_place"),
            models.Index(fields=["body", "state", "-received_at"], name="request_body_state"),
            models.Index(fields=["state", "due_at"], name="request_due"),
            models.Index(
                fields=["entered_by_id", "-received_at"],
                name="request_entered",
                condition=models.Q(entered_by_id__isnull=False),
            ),
            models.Index(
                fields=["publicity", "-received_at"], name="request_to_look_at", condition=models.Q(publicity="wished")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state not in FINAL

    @property
    def promised_at(self) -> datetime | None:
        """The time by which its reporter was promised the result, or at least an answer; None while nothing is owed."""
        due = self.promises.get("final") or self.promises.get("first_answer")
        return datetime.fromisoformat(due) if due else None

    def is_overdue(self, now: datetime) -> bool:
        """Say whether its current promise was missed and is still owed."""
        return self.is_open and self.due_at is not None and self.due_at < now


class Step(models.Model):
    """One line of a request's history; append-only. The columns are what held after the step."""

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=12, choices=Verb)
    state = models.CharField(max_length=12, choices=State)
    category = models.CharField(max_length=6, blank=True)
    urgency = models.CharField(max_length=9, choices=Urgency)
    place_code = models.CharField(max_length=22)
    body = models.ForeignKey("organisations.Body", on_delete=models.PROTECT, related_name="+")
    due_at = models.DateTimeField(null=True)
    note = models.TextField(_("words to the reporter"), blank=True)
    internal_note = models.TextField(_("words among officers"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="step_number_once")]
        indexes = [models.Index(fields=["verb", "at"], name="step_verb")]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.number} {self.verb}"


class Clock(models.Model):
    """A promise with a deadline, from its start until it was met or stopped; rows are never moved to another date."""

    class Milestone(models.TextChoices):
        DISPATCH = "dispatch", _("dispatch")
        SIGN = "sign", _("signature")
        FIRST_ANSWER = "first_answer", _("first answer")
        FINAL = "final", _("final answer")
        CALL_BACK = "call_back", _("call-back")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="clocks")
    milestone = models.CharField(max_length=12, choices=Milestone)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=16)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    met = models.BooleanField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "milestone", "started_at"], name="clock_once")]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="clock_running",
                condition=models.Q(ended_at__isnull=True, escalated_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone} of {self.request_id} by {self.due_at:%F %T}"


class RequestPhoto(models.Model):
    """A cleaned photo of a request, tied to the step that it came with."""

    class Moment(models.TextChoices):
        BEFORE = "before", _("before")
        AFTER = "after", _("after")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="photos")
    step_number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=6, choices=Moment)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["step_number", "order"]
        constraints = [
            models.UniqueConstraint(fields=["request", "step_number", "order"], name="photo_place_once"),
        ]

    def __str__(self) -> str:
        return f"photo {self.order} of {self.request_id}/{self.step_number}"


class Suggestion(models.Model):
    """What triage proposes for a request, how sure it is and which words led it; a person decides."""

    request = models.OneToOneField(Request, on_delete=models.CASCADE, related_name="suggestion")
    category = models.CharField(max_length=6, blank=True)
    urgency = models.CharField(max_length=9, choices=Urgency)
    confidence = models.FloatField()
    words = models.JSONField(default=list)
    model = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.category} for {self.request_id}"


class Rating(models.Model):
    """How the person who raised it judges the handling; the newest counts, earlier ones stay (three rates)."""

    class Solved(models.TextChoices):
        YES = "yes", _("solved")
        NO = "no", _("not solved")

    class Satisfied(models.TextChoices):
        YES = "yes", _("satisfied")
        MOSTLY = "mostly", _("mostly satisfied")
        NO = "no", _("not satisfied")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="ratings")
    at = models.DateTimeField()
    by_call_back = models.BooleanField(default=False)
    valid = models.BooleanField(default=True)
    responded = models.BooleanField(null=True)
    solved = models.CharField(max_length=3, choices=Solved, blank=True)
    satisfied = models.CharField(max_length=6, choices=Satisfied, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["request", "-at"], name="rating_newest")]

    def __str__(self) -> str:
        return f"rating of {self.request_id}"
