"""The JSON API of what is public: records, and notices with objections."""

from jinlin.disclosure.api.notices import router as notices
from jinlin.disclosure.api.records import router

__all__ = ["notices", "router"]
