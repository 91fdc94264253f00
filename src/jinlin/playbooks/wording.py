"""Words for what a playbook holds, in the language of whoever reads it."""

from fractions import Fraction
from typing import Any

from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from jinlin.platform.wording import in_a_row, with_remark
from jinlin.playbooks.adjusting import LISTS, MONEY, SHARES, Adjustable
from jinlin.playbooks.schema import Body, Clock, Playbook, Row

COLUMNS = {
    "warning_share": gettext_noop("Share of a clock after which it is due soon"),
    "households": gettext_noop("Households for each grid"),
    "tolerance": gettext_noop("Share by which a grid may differ"),
    "visits_a_week_least": gettext_noop("Visits a week, at least"),
    "visits_a_week_most": gettext_noop("Visits a week, at most"),
    "vacancy_alert_days": gettext_noop("Days until a vacant post is reported"),
    "unit_reports_active_days": gettext_noop("Days for which a unit's report counts as active"),
    "committee_member_share_least": gettext_noop("Share of members in a new owners' committee, warning below"),
    "wish_check_days": gettext_noop("Working days for the check of a small wish"),
    "wish_claim_days": gettext_noop("Days until a claimed wish goes back to the wall"),
    "wish_cost_most_fen": gettext_noop("What a small wish costs at most, in yuan"),
    "wishes_claimed_most": gettext_noop("Wishes that one person leads at a time, at most"),
    "wishes_open_most": gettext_noop("Wishes of one person under way, at most"),
    "pairs_most": gettext_noop("Residents whom one helper supports, at most"),
    "pair_days_most": gettext_noop("Days of a support pair, at most"),
    "claim_days": gettext_noop("Days until an item without claimer is a to-do, 0 for never"),
    "call_back_attempts": gettext_noop("Days of calling in vain until a call-back is not valid"),
    "statements_most": gettext_noop("Statements of one person in a conversation, at most"),
    "statements_a_sitting": gettext_noop("Statements shown to somebody at a time"),
    "days_least": gettext_noop("Days, at least"),
    "days_most": gettext_noop("Days, at most"),
    "least_shown": gettext_noop("Papers below which nothing is broken down"),
    "comment_days": gettext_noop("Days for comments on a draft, at least"),
    "least_days": gettext_noop("Days for which it is posted, at least"),
    "amount": gettext_noop("Time limit"),
    "seats": gettext_noop("Seats"),
    "needed": gettext_noop("Needed at each place"),
    "per_10000_residents": gettext_noop("For 10,000 residents"),
    "term_years": gettext_noop("Years of a term"),
    "days": gettext_noop("Working days for the answer"),
    "amount_fen": gettext_noop("Amount in yuan"),
    "every_days": gettext_noop("Days between two rounds"),
    "rating_days": gettext_noop("Days to rate"),
    "threshold": gettext_noop("Households or requests from which a trouble is hot"),
    "count": gettext_noop("Number of entries"),
    "filled": gettext_noop("Names of the entries"),
}
TABLES = {
    "": gettext_noop("General"),
    "grid_size": gettext_noop("Grids"),
    "norms": gettext_noop("Norms"),
    "clock": gettext_noop("Clocks of requests"),
    "post": gettext_noop("Posts"),
    "filing": gettext_noop("Filings"),
    "entitlement": gettext_noop("Entitlements"),
    "grid_duty": gettext_noop("Duties in the grid"),
    "rating": gettext_noop("Ratings"),
    "hot_rule": gettext_noop("Hot troubles"),
    "slot": gettext_noop("Lists that the place fills in"),
    "ballot": gettext_noop("Ballots"),
    "item_list": gettext_noop("Lists of problems, needs, projects and orders"),
    "notice": gettext_noop("Public notices"),
    "convention": gettext_noop("Conventions of estates"),
}
MILESTONES = {
    "dispatch": gettext_noop("Dispatch"),
    "sign": gettext_noop("Signing for it"),
    "first_answer": gettext_noop("First answer"),
    "final": gettext_noop("Final answer"),
    "call_back": gettext_noop("Call back"),
    "part": gettext_noop("Part of another body"),
    "whistle": gettext_noop("Answer to a whistle"),
}
UNITS = {
    "urgent_hours": gettext_noop("%(amount)s hours, day and night"),
    "natural_hours": gettext_noop("%(amount)s hours"),
    "natural_days": gettext_noop("%(amount)s days"),
    "working_hours": gettext_noop("%(amount)s working hours"),
    "working_days": gettext_noop("%(amount)s working days"),
}
URGENCIES = {
    "emergency": gettext_noop("emergencies"),
    "urgent": gettext_noop("urgent matters"),
    "ordinary": gettext_noop("ordinary matters"),
}


def speaks_chinese() -> bool:
    """Say whether names are shown as the place itself writes them."""
    return (get_language() or "zh").startswith("zh")


def name_of(row: Any) -> str:
    """Return the name of a row: as the place calls it, or in English."""
    if speaks_chinese():
        return row.short_name if isinstance(row, Body) else row.name
    return getattr(row, "name_en", row.name)


def names_of(rows: Any) -> str:
    """Return the names of rows one after the other."""
    return in_a_row(name_of(row) for row in rows)


def bodies_named(playbook: Playbook, kinds: tuple[str, ...]) -> str:
    """Return the names of kinds of body one after the other."""
    return names_of(playbook.body_kind(kind) for kind in kinds)


def level_named(playbook: Playbook, level: str | None) -> str:
    """Return what the place calls a level; empty for none."""
    return next((name_of(row) for row in playbook.chain if row.level == level), "")


def clock_about(playbook: Playbook, clock: Clock) -> str:
    """Return what a clock measures, and for which requests."""
    parts = [_(MILESTONES[clock.name])]
    if clock.category:
        parts.append(name_of(playbook.categories.by_code[clock.category]))
    if clock.urgency:
        parts.append(_(URGENCIES[clock.urgency]))
    return " · ".join(parts)


def clock_limit(clock: Clock) -> str:
    """Return how long a clock runs."""
    return _(UNITS[clock.unit]) % {"amount": clock.amount}


def about(playbook: Playbook, found: Adjustable) -> str:
    """Return which row of a playbook a value belongs to; empty for a value of the whole."""
    row: Row = found.row
    if isinstance(row, Clock):
        return clock_about(playbook, row)
    return name_of(row) if found.table and hasattr(row, "name") else ""


def label_of(playbook: Playbook, found: Adjustable) -> str:
    """Return the name of a value, with the row that it belongs to."""
    words = (about(playbook, found), _(COLUMNS[found.column]))
    return " · ".join(part for part in words if part)


def shown(found: Adjustable, value: Any) -> str:
    """Return a value as it is read: a share with its percentage, money in yuan, a clock with its unit."""
    if value is None:
        return pgettext("value", "not set")
    if found.column in LISTS:
        return in_a_row(value) or pgettext("value", "none named")
    if found.column in SHARES:
        return with_remark(Fraction(value), f"{float(Fraction(value)):.0%}")
    if found.column in MONEY:
        return _("%(amount)s yuan") % {"amount": f"{value / 100:,.2f}".removesuffix(".00")}
    if isinstance(found.row, Clock):
        return clock_limit(found.row.model_copy(update={"amount": value}))
    return str(value)
