"""What is proposed and decided in the demo of Hongshan: proposals in every state, a vote that is open, a judged repair."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import islice

from jinlin.algorithms.place_codes import Level
from jinlin.deliberation.actions import NewProposal, decline, raise_proposal, route, support
from jinlin.demo.scene import Scene
from jinlin.organisations.models import Body
from jinlin.people.models import Person
from jinlin.platform.access import SYSTEM, Actor
from jinlin.platform.dates import now, told_at
from jinlin.territory.models import Place
from jinlin.voting import actions
from jinlin.voting.actions import NewBallot, NewOption, NewQuestion
from jinlin.voting.models import Ballot

DAY = timedelta(days=1)
PROPOSALS = (
    ("resident", "给老楼加装电梯前先开一次说明会", "楼上楼下都想先听听怎么分摊", "deliberation_meeting"),
    ("member", "把空置的门房改成议事亭", "", "party_joint_meeting"),
    ("resident", "车棚充电桩换成自动断电的", "夜里充电不放心", ""),
    ("delegate", "在花坛里种菜", "", "declined"),
)
SUPPORTERS = 5


def decide_together(scene: Scene, homes: Sequence[str]) -> None:
    """Let residents propose, let one building vote and another judge a repair, within the last weeks."""
    people = scene.householders(homes[40 : 40 + 2 * SUPPORTERS])
    committee, place = scene.bodies("residents_committee")[0], scene.plan.communities[0].code
    with told_at(now() - 6 * DAY):
        for line, person in zip(PROPOSALS, people, strict=False):
            _propose(line, place, person, people[len(PROPOSALS) :])
    buildings = list(islice(dict.fromkeys(code[: Level.BUILDING] for code in homes), 2))
    _vote(committee, place, buildings[0])
    _judge(committee, place, buildings[1])


def _actor_of(person: Person) -> Actor:
    return Actor(account_id=0, person_id=person.pk)


def _propose(line: tuple[str, str, str, str], place: str, person: Person, others: Sequence[Person]) -> None:
    proposer, title, text, forum = line
    made = raise_proposal(actor=_actor_of(person), new=NewProposal(proposer, title, place, text))
    if forum == "declined":
        decline(actor=SYSTEM, proposal_id=made.pk, answer="花坛是公共绿地，社区在东门留了共享菜园，可以报名")
    elif forum:
        route(actor=SYSTEM, proposal_id=made.pk, forums=[forum], reason="涉及多方，先当面谈")
        for other in others:
            support(actor=_actor_of(other), proposal_id=made.pk)


def _vote(committee: Body, place: str, building: str) -> None:
    """Hold a vote of a building that has three days left."""
    questions = (NewQuestion("先做哪一项", tuple(map(NewOption, ("楼道照明", "门禁", "屋面防水")))),)
    ballot = _announced("household_choice", "本楼微改造先做哪一项", committee, place, building, questions, days=(4, 3))
    _hand_in(ballot, ("o1", "o3", "o3", "o2", "o3", "o1", "o3"))


def _judge(committee: Body, place: str, building: str) -> None:
    """Let those concerned judge a repair, and count what they say."""
    ballot = _announced(
        "appraisal", "楼道照明修得怎样", committee, place, building, (NewQuestion("修好了吗"),), days=(9, -2)
    )
    _hand_in(ballot, ("solved",) * 8 + ("partly",) * 2 + ("unsolved",))
    actions.count_ballot(actor=SYSTEM, ballot_id=ballot.pk)


def _announced(
    kind: str,
    title: str,
    body: Body,
    place: str,
    building: str,
    questions: tuple[NewQuestion, ...],
    days: tuple[int, int],
) -> Ballot:
    since, left = days
    opens_at, closes_at = now() - since * DAY, now() + left * DAY
    with told_at(opens_at):
        new = NewBallot(
            kind, title, "请各户商量后投一票。", body, place, (building,), Place.objects.get(code=building).address, opens_at,
            closes_at, questions,
        )  # fmt: skip
        made = actions.prepare_ballot(actor=SYSTEM, new=new)
        return actions.announce_ballot(actor=SYSTEM, ballot_id=made.pk)


def _hand_in(ballot: Ballot, keys: Sequence[str]) -> None:
    question = ballot.questions.get()
    with told_at(ballot.opens_at + DAY):
        for entry, key in zip(ballot.roll.order_by("pk"), keys, strict=False):
            actions.enter_paper(actor=SYSTEM, ballot_id=ballot.pk, entry_id=entry.pk, marks={question.pk: [key]})
