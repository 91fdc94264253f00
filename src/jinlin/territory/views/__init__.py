"""Pages and small answers about places."""

from jinlin.territory.views.answers import boundaries, children, near, picker, search

__all__ = ["boundaries", "children", "near", "picker", "search"]
