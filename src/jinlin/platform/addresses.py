"""Addresses of lists: the same filters on another page, or without one of them."""

from django.http import QueryDict

PAGE_WORDS = frozenset({"older", "newer", "done"})
"""What an address says of the page, as against the filters."""


def same_list(given: QueryDict, *, without: str = "", **more: str) -> str:
    """Return the query part of an address with the same filters: another page, or without one filter."""
    query = QueryDict(mutable=True)
    for name, values in given.lists():
        if name not in PAGE_WORDS and name != without:
            query.setlist(name, [value for value in values if value])
    query.update({name: value for name, value in more.items() if value})
    return f"?{query.urlencode()}"
