"""宁德: 416 estates, each with a branch of its own; 401 building groups and 3,901 centre households stand behind them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import cycle, product

from jinlin.demo.districts import communities, in_groups, subdistricts
from jinlin.demo.estates import Size
from jinlin.demo.ground import Ground
from jinlin.demo.names import STEMS
from jinlin.demo.plans import DistrictPlan
from jinlin.demo.scene import Scene
from jinlin.demo.shares import even_shares, in_turns, uneven_shares
from jinlin.demo.stepwise import go_step_by_step
from jinlin.lists.actions import NewItem, NewList, check_items, claim_items, close_list, open_lists, settle_items
from jinlin.lists.models import Item, ItemList
from jinlin.organisations.actions import NewBody, NewFiling, NewLine, answer_filing, file_matter, write_sheets
from jinlin.organisations.models import Appointment, Body
from jinlin.people.models import Person
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import told_at
from jinlin.territory.models import Zone
from jinlin.volunteering.actions import NewPosting, NewReport, Served, claim_all, confirm_all, post_all, report_all
from jinlin.volunteering.models import Posting
from jinlin.volunteering.queries import categories

SUBDISTRICTS = ("蕉南街道", "蕉北街道", "闽东街道", "东湖街道", "金涵镇", "七星镇", "漳湾镇", "城南镇")
COMMUNITIES, ESTATES, HOUSEHOLDS = 52, 416, 41_600
BUILDING_GROUPS, CENTRE_HOUSEHOLDS = 401, 3_901
RETIRED_MEMBERS, INSTRUCTORS = 81, 146
AWARDED, ENTERED = 10, 70
AWARDED_ON, ENTERED_ON = date(2021, 6, 28), date(2021, 11, 20)
MEMBERS, REPORTS_EACH = 31_667, 3
POSTS_CLAIMED, PROBLEMS_SOLVED = 40_001, 3_501
_PROBLEMS = "楼道杂物清理 路灯报修 老人买药 停车划线 晾晒纠纷 树木修剪 管道疏通 消防通道清理"
TEAMS, PROBLEM_LISTS = 1_101, 981
LISTED, TAKEN_ON, SOLVED = date(2022, 3, 10), date(2022, 3, 14), date(2022, 5, 20)
_LISTED = "电动车停放 楼道照明 垃圾分类点 充电桩 门禁维修 绿化补种 雨棚漏水 健身器材 排水管网 停车位划线"
ON_A_LIST = 4
FIRST_REPORT, CLAIMED, SERVED = date(2021, 3, 15), date(2022, 4, 1), date(2022, 10, 15)
SET_UP, MOBILISED, SENT = date(2020, 5, 1), date(2020, 9, 1), date(2021, 4, 1)


def place(scale: int = 1) -> DistrictPlan:
    """The urban communities; with a `scale`, so many times fewer communities, estates and homes."""
    count, estates = COMMUNITIES // scale, ESTATES // scale
    households = uneven_shares(HOUSEHOLDS // scale, estates, least=45, spread=0.7, seed=11)
    sizes = in_groups([Size(own) for own in households], even_shares(estates, count))
    own = communities([f"{stem}社区" for stem in STEMS[-count:]], sizes, seed=13)
    return DistrictPlan(
        code="350999",
        name="宁德示范县",
        ground=Ground(origin=(119.5200, 26.6600), turn=12),
        subdistricts=tuple(subdistricts(SUBDISTRICTS[:count], own, even_shares(count, min(count, len(SUBDISTRICTS))))),
    )


def organise(scene: Scene, scale: int = 1) -> None:
    """A branch in every estate with its secretary on file, what stands below it, and those who help."""
    branches = scene.found(
        [
            NewBody("estate_branch", f"{zone.name}党支部", zone.community_code, zone, founded_on=SET_UP)
            for zone in scene.zones(Zone.Kind.ESTATE)
        ]
    )
    _found_households(scene, branches, scale)
    secretaries = _appoint_secretaries(scene, branches)
    _note_success(secretaries, scale)
    _mobilise_retired_members(scene, branches, RETIRED_MEMBERS // scale)
    firms = scene.bodies("property_firm")[: INSTRUCTORS // scale]
    instructors = zip(firms, scene.newcomers(len(firms)), strict=True)
    scene.appoint([scene.post("property_instructor", firm, one, SENT, listed=True) for firm, one in instructors])
    _let_members_serve(scene, branches, scale)
    _found_teams(scene, branches, TEAMS // scale)
    _keep_lists(scene, branches, PROBLEM_LISTS // scale)
    go_step_by_step(scene)


def _found_teams(scene: Scene, branches: Sequence[Body], count: int) -> None:
    """Found the volunteer teams of the estates, two or three in each."""
    names = "红色先锋 邻里互助 平安巡防"
    wanted = [(branch, name) for name in names.split() for branch in branches][:count]
    scene.found(
        [
            NewBody("volunteer_organisation", f"{branch.zone.name}{name}志愿服务队", branch.place_code, branch.zone,
                    founded_on=MOBILISED)
            for branch, name in wanted
        ]
    )  # fmt: skip


def _keep_lists(scene: Scene, branches: Sequence[Body], count: int) -> None:
    """Let the estate branches keep problem lists of four items; most are solved and closed, some wait for a last item."""
    titles = cycle(_LISTED.split())
    with told_at(scene.morning_of(LISTED)):
        lists = open_lists(
            actor=SYSTEM,
            lists=[
                NewList(
                    "problem", f"{branch.zone.name}问题清单（{number // len(branches) + 1}）", branch.place_code, branch,
                    branch.zone, items=[NewItem(next(titles)) for _ in range(ON_A_LIST)],
                )
                for number, branch in zip(range(count), cycle(branches), strict=False)
            ],
        )  # fmt: skip
    firms = {firm.zone_id: firm for firm in scene.bodies("property_firm")}
    for firm in firms.values():
        _solve(scene, firm, [one for one in lists if one.zone_id == firm.zone_id])


def _solve(scene: Scene, firm: Body, lists: Sequence[ItemList]) -> None:
    """Let the estate's firm solve all items of its lists but the last of the newest one, which stays in hand."""
    items = list(Item.objects.filter(list__in=lists).order_by("pk").values_list("pk", flat=True))
    if not items:
        return
    with told_at(scene.morning_of(TAKEN_ON)):
        claim_items(actor=SYSTEM, item_ids=items, body=firm, due_on=SOLVED)
    with told_at(scene.morning_of(SOLVED)):
        settle_items(actor=SYSTEM, item_ids=items[:-1], words="已办好")
        check_items(actor=SYSTEM, item_ids=items[:-1])
        for one in lists[:-1]:
            close_list(actor=SYSTEM, list_id=one.pk)


def _found_households(scene: Scene, branches: Sequence[Body], scale: int) -> None:
    """Found one building group in most estates, and nine or ten centre households in its building."""
    buildings = scene.buildings_of(Zone.Kind.ESTATE)
    with_group = branches[: BUILDING_GROUPS // scale]
    groups = scene.found(
        [
            NewBody("building_group", f"{branch.zone.name}1栋党小组", buildings[branch.zone_id][0], parent=branch,
                    founded_on=SET_UP)
            for branch in with_group
        ]
    )  # fmt: skip
    homes_in = in_turns(CENTRE_HOUSEHOLDS // scale, [len(scene.homes_of[group.place_code]) for group in groups])
    scene.found(
        [
            NewBody("centre_household", "党员中心户", home, parent=group, founded_on=SET_UP)
            for group, count in zip(groups, homes_in, strict=True)
            for home in scene.homes_of[group.place_code][:count]
        ]
    )


def _appoint_secretaries(scene: Scene, branches: Sequence[Body]) -> list[Appointment]:
    """Put the choice of every secretary on file with the subdistrict's committee, then give the post."""
    committees = {body.place_code: body for body in scene.bodies("community_committee")}
    chosen = scene.newcomers(len(branches))
    with told_at(scene.morning_of(SET_UP)):
        for branch, person in zip(branches, chosen, strict=True):
            _file(committees[branch.place_code], branch, person)
    roster = zip(branches, chosen, strict=True)
    return scene.appoint([scene.post("estate_secretary", branch, one, SET_UP, listed=True) for branch, one in roster])


def _file(committee: Body, branch: Body, person: Person) -> None:
    words = {
        "public_spirit": "办事公道",
        "warmth": "热心邻里的事",
        "ability": "会组织、会协调",
        "standing": "居民信得过",
    }
    title = f"{branch.zone.name}党支部书记人选"
    new = NewFiling("secretary", title, committee, words=words, person=person, post="estate_secretary", subject=branch)
    filing = file_matter(actor=SYSTEM, new=new)
    for asked in filing.answers.values_list("body_id", flat=True):
        answer_filing(actor=SYSTEM, filing_id=filing.pk, body_id=asked, verdict="pass")


def _note_success(secretaries: Sequence[Appointment], scale: int) -> None:
    """Write down who was awarded and who entered a community committee in 2021."""
    awarded, entered = secretaries[: AWARDED // scale], secretaries[-(ENTERED // scale) :]
    award = "县级“两优一先”先进个人"
    lines = [NewLine("award", one, award, AWARDED_ON, evidence="表彰决定〔2021〕12号") for one in awarded]
    write_sheets(actor=SYSTEM, sheet="secretary_awards", lines=lines)
    lines = [NewLine("entrant", one, True, ENTERED_ON, evidence="换届选举结果公告") for one in entered]
    write_sheets(actor=SYSTEM, sheet="secretary_entrants", lines=lines)


def _mobilise_retired_members(scene: Scene, branches: Sequence[Body], count: int) -> None:
    """Ask retired members who live in the estates to lead by example, and let them accept."""
    buildings = scene.buildings_of(Zone.Kind.ESTATE)
    homes = [scene.homes_of[buildings[branch.zone_id][-1]][-1] for branch in branches[:count]]
    people = zip(cycle(branches), scene.householders(homes), strict=False)
    scene.accept(scene.appoint([scene.post("retired_member_lead", branch, one, MOBILISED) for branch, one in people]))


def _let_members_serve(scene: Scene, branches: Sequence[Body], scale: int) -> None:
    """Serving members report where they live, year by year, claim posts of ten categories, and settle problems."""
    homes = [home for homes in scene.homes_of.values() for home in homes]
    count = MEMBERS // scale
    own = [homes[number * len(homes) // count] for number in range(count)]
    members = list(zip(own, scene.householders(own), strict=True))
    report_all(
        actor=SYSTEM,
        reports=[
            NewReport(home[:12], person=person, reported_on=FIRST_REPORT.replace(year=FIRST_REPORT.year + year))
            for year in range(REPORTS_EACH)
            for home, person in members
        ],
    )
    with told_at(scene.morning_of(CLAIMED)):
        claims = claim_all(actor=SYSTEM, claims=list(_claims(_put_up_posts(scene, branches, scale), members)))
    served = zip(claims[: PROBLEMS_SOLVED // scale], cycle(_PROBLEMS.split()), strict=False)
    confirm_all(actor=SYSTEM, services=[(one, Served(SERVED, 120, problem)) for one, problem in served])


def _put_up_posts(scene: Scene, branches: Sequence[Body], scale: int) -> list[Posting]:
    """Put up posts of every category in every estate, as many places as will be claimed."""
    kinds = categories(scene.playbook, Posting.Kind.POST)
    wanted = list(product(branches, kinds.items()))
    places = even_shares(POSTS_CLAIMED // scale, len(wanted))
    return post_all(
        actor=SYSTEM,
        postings=[
            NewPosting(Posting.Kind.POST, key, name, count, branch.place_code, branch, zone=branch.zone)
            for (branch, (key, name)), count in zip(wanted, places, strict=True)
        ],
    )


def _claims(posts: Sequence[Posting], members: Sequence[tuple[str, Person]]) -> Iterator[tuple[Posting, Person]]:
    """Let the members of each community take all places of its posts, one after the other."""
    living: dict[str, list[Person]] = defaultdict(list)
    for home, person in members:
        living[home[:12]].append(person)
    next_one = {code: cycle(people) for code, people in living.items()}
    for post in posts:
        yield from ((post, next(next_one[post.place_code])) for _ in range(post.places))
