"""The options that a method brings by itself, and which of them its bars are about."""

from collections.abc import Sequence

from django.conf import settings
from django.utils import translation
from django.utils.translation import pgettext_lazy

from jinlin.platform.errors import Words

CONSENT: Sequence[tuple[str, Words]] = (
    ("yes", pgettext_lazy("ballot", "Yes")),
    ("no", pgettext_lazy("ballot", "No")),
    ("abstain", pgettext_lazy("ballot", "Abstain")),
)
APPRAISE: Sequence[tuple[str, Words]] = (
    ("solved", pgettext_lazy("ballot", "Solved")),
    ("partly", pgettext_lazy("ballot", "Partly solved")),
    ("unsolved", pgettext_lazy("ballot", "Not solved")),
)
FIXED = {"consent": CONSENT, "appraise": APPRAISE}
DECISIVE = {"consent": "yes", "appraise": "unsolved"}
"""The option that the bars of a method are about; in an appraisal reaching one is bad."""


def fixed_options(method: str) -> list[tuple[str, str]]:
    """Return (key, title) of the options that a method brings, titles in the language of the house."""
    with translation.override(settings.LANGUAGE_CODE):
        return [(key, str(title)) for key, title in FIXED[method]]
