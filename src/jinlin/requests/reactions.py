"""What requests do when other apps announce something."""

from jinlin.platform.access import SYSTEM
from jinlin.platform.events import react_to
from jinlin.platform.works import Answered, split_subject
from jinlin.requests.actions.talks import note_answer_of_talk


@react_to(Answered)
def keep_answer(event: Answered) -> None:
    """Put the answer that a request got at a talk on the request."""
    kind, request_id = split_subject(event.subject)
    if kind == "request":
        note_answer_of_talk(actor=SYSTEM, request_id=request_id, answer=event.text)
