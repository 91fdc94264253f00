"""The JSON API of requests: raise, list, read, follow, and every step."""

from jinlin.requests.api import counting, raising, reading, steps
from jinlin.requests.api.calling import categories, figures, following, router

__all__ = ["categories", "counting", "figures", "following", "raising", "reading", "router", "steps"]
