"""What proposals tell other apps: what a proposal is, and that a matter can be brought forward."""

from jinlin.deliberation import rules
from jinlin.deliberation.states import OPEN
from jinlin.people.supports import subject_of, supporters_of
from jinlin.platform.access import Actor
from jinlin.platform.dates import now
from jinlin.platform.works import Matter, describes


@describes("proposal")
def proposal_as_matter(actor: Actor, proposal_id: int) -> Matter | None:
    """Describe a proposal to whoever sees it; those who screen it work on it, and whoever brought it forward."""
    proposal = rules.visible_to(actor).filter(pk=proposal_id).first()
    if proposal is None:
        return None

    def followers() -> set[int]:
        told = {proposal.person_id} if proposal.person_id else set()
        return told | supporters_of([subject_of("proposal", proposal.pk)], now())

    works = rules.screens(actor, proposal.place_code) or rules.is_proposer(actor, proposal)
    return Matter(
        subject=f"proposal:{proposal.pk}", title=proposal.title, text=proposal.text, place_code=proposal.place_code,
        url=f"/proposals/{proposal.pk}/", may_work=works and proposal.state in OPEN, followers=followers,
    )  # fmt: skip
