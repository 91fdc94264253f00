"""Builds a demo place by doing: places are founded, people appointed, and every request walks through the actions."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from django.contrib.auth.hashers import make_password

from jinlin.demo import people, texts
from jinlin.demo.accounts import PASSWORD
from jinlin.demo.founding import BEGINNING, found_place
from jinlin.demo.places import DemoPlace
from jinlin.demo.profiles import Profile
from jinlin.demo.scene import Progress, Scene
from jinlin.demo.together import act_together
from jinlin.demo.walks import ENTERED, Cast, walk
from jinlin.organisations.actions import adopt_playbook
from jinlin.people.actions import NewMember, open_households, register_households
from jinlin.people.models import Account
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import LOCAL, now, told_at
from jinlin.playbooks.loader import load_playbook
from jinlin.region.calendars import load_calendars
from jinlin.region.districts import forget_districts
from jinlin.region.models import District, Domain
from jinlin.requests.actions import load_catalogue

HOSTS = ("127.0.0.1", "localhost", "testserver")


def found_district(profile: Profile) -> District:
    """Found the demo's district (on PostgreSQL its schema too), or return the one that is there."""
    area = profile.place()
    known = District.objects.filter(code=area.code).first()
    if known is None:
        known = District.objects.create(
            code=area.code,
            name=area.name,
            schema_name=f"district_{area.code}",
            playbook=profile.name,
            service_phone=profile.phone,
            service_hours="8:30—18:00",
        )
        Domain.objects.bulk_create(Domain(domain=host, tenant=known, is_primary=host == HOSTS[0]) for host in HOSTS)
        forget_districts()
    return known


def is_built() -> bool:
    """Say whether this district holds its demo already."""
    return Account.objects.filter(username="administrator").exists()


def build(profile: Profile, report: Progress, requests: int | None = None) -> None:
    """Build the whole profile inside the current district; `requests` takes the place of the profile's own number."""
    scene, cast = found_community(profile, report)
    stories = _stories(scene.plan, list(cast.persons), profile.requests if requests is None else requests)
    cast.open_accounts([story.reporter for story in stories if story.reporter])
    _name_demo_resident(cast, stories)
    for done, story in enumerate(stories, start=1):
        walk(story, cast, scene.plan)
        if done % 50 == 0:
            report(f"requests {done}/{len(stories)}")
    if stories:
        act_together(scene, cast)


def found_community(profile: Profile, report: Progress) -> tuple[Scene, Cast]:
    """Found the place without requests: places, bodies, people, and somebody in every post."""
    playbook, plan = load_playbook(profile.name), profile.place().draw()
    scene = Scene(plan, playbook, report)
    report("places")
    load_calendars()
    found_place(plan)
    report("bodies")
    _adopt(scene)
    load_catalogue(actor=SYSTEM, playbook=playbook)
    report("households")
    _settle(scene, profile)
    report("posts")
    scene.found_at_estates(BEGINNING)
    profile.organise(scene)
    _adopt(scene)
    _staff(scene)
    return scene, Cast(staff=scene.staff, persons=scene.persons)


def _adopt(scene: Scene) -> None:
    """Found what the playbook names, as of the beginning, and write the duty list of all bodies that stand by now."""
    estates = {zone.label: zone.bodies for zone in scene.plan.estates}
    with told_at(scene.morning_of(BEGINNING)):
        adopt_playbook(actor=SYSTEM, playbook=scene.playbook, estates=estates)


def _settle(scene: Scene, profile: Profile) -> None:
    """Open a household in every home, and enter who lives in the first of them; the others are not known by name."""
    homes = [home for homes in scene.homes_of.values() for home in homes]
    open_households(actor=SYSTEM, home_codes=homes, valid_from=BEGINNING)
    known = people.residents(homes[: profile.homes_known], profile.residents)
    members = [NewMember(one.home_code, one.name, one.phone, one.role) for one in known]
    persons = register_households(actor=SYSTEM, members=members, valid_from=BEGINNING)
    scene.persons = dict(zip(known, persons, strict=True))


def _staff(scene: Scene) -> None:
    """Give every post with rights that nobody holds yet to one person at each body that has it."""
    for post in scene.playbook.post:
        if post.role and not scene.holds(post.key):
            scene.fill(post)


def _stories(plan: DemoPlace, residents: Sequence[people.Resident], count: int) -> list[texts.Story]:
    present = now().astimezone(LOCAL)
    return texts.stories(plan, residents, texts.moments(present, count), present)


def _name_demo_resident(cast: Cast, stories: Sequence[texts.Story]) -> None:
    """Give the account named `resident` to somebody with a request to rate and, if possible, others under way."""
    endings: dict[people.Resident, list[str]] = defaultdict(list)
    for story in stories:
        if story.reporter and story.channel not in ENTERED:
            endings[story.reporter].append(story.ending)
    if not endings:
        cast.open_accounts(islice((one for one in reversed(cast.persons) if one.phone), 1))
        endings = {one: [] for one in cast.accounts}
    busiest = max(endings, key=lambda one: ("handled" in endings[one], len(set(endings[one])), len(endings[one])))
    account = cast.accounts[busiest]
    account.username, account.password = "resident", make_password(PASSWORD)
    account.save(update_fields=["username", "password"])
