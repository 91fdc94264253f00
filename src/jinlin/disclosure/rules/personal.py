"""What may never become public, whoever looked at it before."""

import re
from collections.abc import Collection, Iterable, Sequence

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from jinlin.algorithms.chinese_text import Finding, PersonalKind, find_personal, mask_personal
from jinlin.algorithms.chinese_text.personal import MASK
from jinlin.platform.errors import Invalid
from jinlin.platform.wording import in_a_row

NEVER_PUBLIC = frozenset(PersonalKind) - {PersonalKind.NAME, PersonalKind.LANDLINE}
"""Kinds of personal data that no public word holds. Names are left to the person who looks, since many words only look
like one; a landline is an office's more often than a person's."""

KIND_NAMES = {
    PersonalKind.EMAIL: _("e-mail address"),
    PersonalKind.IDENTITY_NUMBER: _("identity number"),
    PersonalKind.BANK_CARD: _("bank card number"),
    PersonalKind.MOBILE: _("mobile number"),
    PersonalKind.LANDLINE: _("telephone number"),
    PersonalKind.WECHAT: _("WeChat account"),
    PersonalKind.QQ: _("QQ account"),
    PersonalKind.PLATE: _("number plate"),
    PersonalKind.HOME: _("flat"),
    PersonalKind.NAME: _("name"),
}


def findings_in(text: str, names: Sequence[str] = ()) -> list[Finding]:
    """Return what is personal in `text`, in order; `names` are those of people who are known to have to do with it."""
    known = [
        Finding(PersonalKind.NAME, match.start(), match.end())
        for match in (re.finditer("|".join(map(re.escape, names)), text) if names else ())
    ]
    others = [
        one for one in find_personal(text) if not any(one.start < own.end and own.start < one.end for own in known)
    ]
    return sorted([*known, *others], key=lambda finding: finding.start)


def redacted(text: str, names: Sequence[str] = ()) -> str:
    """Return `text` with everything personal and these names covered; a proposal for the person who looks."""
    for name in names:
        text = text.replace(name, MASK * len(name))
    covered, findings = mask_personal(text)
    while findings:
        covered, findings = mask_personal(covered)
    return covered


def proposed(text: str, keep_names: bool) -> str:
    """Return `text` as it could become public: everything personal covered, or only what is never public."""
    if not keep_names:
        return redacted(text)
    for finding in find_personal(text):
        if finding.kind in NEVER_PUBLIC:
            text = text[: finding.start] + MASK * (finding.end - finding.start) + text[finding.end :]
    return text


def personal_kinds(text: str) -> list[PersonalKind]:
    """Return what the text holds that is never public, in order."""
    return [finding.kind for finding in find_personal(text) if finding.kind in NEVER_PUBLIC]


def refuse_personal(words: Iterable[tuple[str, str]]) -> None:
    """Look through (field, text) pairs once more before they become public.

    Raises:
        Invalid: naming what is still in which field.
    """
    wrong = {}
    for field, text in words:
        kinds = dict.fromkeys(str(KIND_NAMES[kind]) for kind in personal_kinds(text))
        if kinds:
            said = _("This still tells who somebody is (%(what)s); cover it before it becomes public.")
            wrong[field] = said % {"what": in_a_row(kinds)}
    if wrong:
        raise Invalid(fields=wrong)


def to_confirm(words: Iterable[str], names: Sequence[str] = ()) -> list[str]:
    """Return the stretches that look personal but may be shown once a person has confirmed them, each once, in order."""
    found = (
        text[finding.start : finding.end]
        for text in words
        for finding in findings_in(text, names)
        if finding.kind not in NEVER_PUBLIC
    )
    return list(dict.fromkeys(found))


def refuse_unconfirmed(words: Sequence[tuple[str, str]], allowed: Collection[str], names: Sequence[str] = ()) -> None:
    """Look through (field, text) pairs: nothing that is never public, and no name that nobody has confirmed.

    Raises:
        Invalid: naming what is still in which field.
    """
    refuse_personal(words)
    wrong = {}
    for field, text in words:
        left = [stretch for stretch in to_confirm([text], names) if stretch not in allowed]
        if left:
            said = _("This may tell who somebody is: %(what)s. Cover it, or confirm that it may be shown.")
            wrong[field] = said % {"what": in_a_row(left)}
    if wrong:
        raise Invalid(fields=wrong)


def marked(text: str, names: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Return the text in pieces: (words, name of what they tell, empty where they tell nothing)."""
    pieces, done = [], 0
    for finding in findings_in(text, names):
        pieces += [(text[done : finding.start], ""), (text[finding.start : finding.end], str(KIND_NAMES[finding.kind]))]
        done = finding.end
    return [(words, kind) for words, kind in [*pieces, (text[done:], "")] if words]


def counted_kinds(text: str, names: Sequence[str] = ()) -> str:
    """Return what was found and how often, such as 电话1处、姓名2处."""
    kinds = [str(KIND_NAMES[finding.kind]) for finding in findings_in(text, names)]
    return in_a_row(
        _now("%(kind)s ×%(count)s") % {"kind": kind, "count": kinds.count(kind)} for kind in dict.fromkeys(kinds)
    )
