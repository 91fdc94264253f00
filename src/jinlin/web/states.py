"""How each state and tone looks: its ink, its icon and its word, as data."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


class Look(NamedTuple):
    """Ink (one of the tones), icon name in the sprite, and word of a chip."""

    tone: str
    icon: str
    word: str | Promise


TONES = ("brand", "working", "done", "soon", "overdue", "paused", "quiet")

TONE_ICONS = {
    "brand": "info",
    "working": "loader",
    "done": "circle-check",
    "soon": "clock-alert",
    "overdue": "triangle-alert",
    "paused": "circle-pause",
    "quiet": "circle",
}

REQUEST_LOOKS = {
    "received": Look("brand", "inbox", pgettext_lazy("request state", "received")),
    "accepted": Look("working", "clipboard-check", pgettext_lazy("request state", "accepted")),
    "declined": Look("quiet", "circle-x", pgettext_lazy("request state", "declined")),
    "dispatched": Look("working", "send", pgettext_lazy("request state", "dispatched")),
    "signed": Look("working", "file-check", pgettext_lazy("request state", "acknowledged")),
    "in_progress": Look("working", "wrench", pgettext_lazy("request state", "in progress")),
    "handled": Look("done", "check", pgettext_lazy("request state", "handled")),
    "call_back": Look("brand", "phone-call", pgettext_lazy("request state", "call-back")),
    "closed": Look("done", "circle-check", pgettext_lazy("request state", "closed")),
    "reworked": Look("soon", "rotate-ccw", pgettext_lazy("request state", "reopened")),
    "withdrawn": Look("quiet", "undo-2", pgettext_lazy("request state", "withdrawn")),
    "merged": Look("working", "layers", pgettext_lazy("request state", "merged")),
    "asked": Look("brand", "send", pgettext_lazy("part", "asked")),
    "done": Look("done", "check", pgettext_lazy("part", "done")),
    "returned": Look("soon", "undo-2", pgettext_lazy("part", "returned")),
    "called_off": Look("quiet", "circle-x", pgettext_lazy("part", "called off")),
    "transferred": Look("quiet", "arrow-right-left", pgettext_lazy("request state", "transferred")),
}
