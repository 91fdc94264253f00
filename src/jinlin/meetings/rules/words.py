"""Which words may stand on an agenda, in minutes and in resolutions."""

import unicodedata

from django.utils.translation import gettext as _

from jinlin.algorithms.chinese_text import find_personal
from jinlin.disclosure.rules import refuse_personal
from jinlin.platform.errors import Invalid
from jinlin.playbooks.schema import Forum

CONTROL = {"Cc", "Cs", "Co"}


def clean(words: str, *, field: str, longest: int, needed: bool = True) -> str:
    """Return words without control characters and outer space. Raises: Invalid, at the field."""
    kept = "".join(
        c for c in unicodedata.normalize("NFC", words) if c in "\n\t" or unicodedata.category(c) not in CONTROL
    )
    kept = kept.strip()
    if needed and not kept:
        raise Invalid(fields={field: _("Please say it in a few words.")})
    if len(kept) > longest:
        raise Invalid(fields={field: _("At most %(most)s characters fit.") % {"most": longest}})
    return kept


def clean_for(forum: Forum, words: str, *, field: str, longest: int, needed: bool = True, public: bool = False) -> str:
    """Return words that may be written down at this table; where it works with numbers only, nothing personal at all.

    Words that everybody reads are `public`: they hold no telephone number, flat and the like. Raises: Invalid, at the field.
    """
    kept = clean(words, field=field, longest=longest, needed=needed)
    if forum.numbers_only and find_personal(kept):
        raise Invalid(fields={field: _("This table works with numbers: leave names, telephone numbers and flats out.")})
    if public:
        refuse_personal([(field, kept)])
    return kept
