"""What conventions do when others announce: a vote on a version has ended."""

from jinlin.conventions.actions.voting import settle_vote
from jinlin.platform.events import react_to
from jinlin.platform.works import Concluded, split_subject


@react_to(Concluded)
def decide(event: Concluded) -> None:
    """Adopt or reject the version that a vote was held for; the vote itself is asked."""
    kind, edition_id = split_subject(event.subject)
    if kind == "convention":
        settle_vote(edition_id)
