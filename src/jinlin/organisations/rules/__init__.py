"""Who may do what with bodies, posts, filings, work and sheets."""

from jinlin.organisations.rules.posts import bodies_visible_to, may_appoint, may_end, may_fill, visible_to

__all__ = ["bodies_visible_to", "may_appoint", "may_end", "may_fill", "visible_to"]
