"""What meetings do when another app tells that a work for one of their matters has ended."""

from jinlin.meetings.actions.reopening import reopen_if_poor
from jinlin.platform.events import react_to
from jinlin.platform.works import Concluded, split_subject


@react_to(Concluded)
def look_at_the_appraisal(ended: Concluded) -> None:
    """Take a resolution up again after a poor appraisal."""
    kind, row_id = split_subject(ended.subject)
    if kind == "resolution":
        reopen_if_poor(row_id)
