"""How a request is named among what households support."""

from jinlin.people.supports import subject_of

KIND = "request"


def support_subject(request_id: int) -> str:
    """Return the word that names this request among what is supported."""
    return subject_of(KIND, request_id)
