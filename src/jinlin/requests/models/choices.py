"""The words of requests that are choices: by which way, what is wanted, how fast, how public."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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


class Outcome(models.TextChoices):
    """What came of it, apart from whether it is finished: something may be closed and not be fixed."""

    FIXED = "fixed", _("fixed")
    ANSWERED = "answered", _("answered")
    NOT_FIXED = "not_fixed", _("not fixed")
    NOT_OURS = "not_ours", _("not within our powers")
