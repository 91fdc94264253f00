"""The demo place is built by the real actions, with something in every state and somebody in every role."""

from jinlin.demo.accounts import ACCOUNTS
from jinlin.demo.build import build, is_built
from jinlin.demo.profiles import PROFILES
from jinlin.disclosure.models import Disclosure
from jinlin.people.models import Account, Household, Residence
from jinlin.platform.access import Role
from jinlin.requests.models import Request
from jinlin.requests.states import State

COUNT = 150


def test_the_demo_is_built_whole(district):
    build(PROFILES["hongshan"], lambda words: None, requests=COUNT)
    assert is_built()
    assert (Household.objects.count(), Residence.objects.count()) == (2_000, 6_000)
    assert Request.objects.count() == COUNT
    assert len(set(Request.objects.values_list("state", flat=True))) >= len(State) - 3
    assert Disclosure.objects.exists()
    names = {account.username for account in ACCOUNTS}
    # Hongshan has no body whose members work on its own matters only.
    assert names == {"resident", *Role} - {Role.BODY_MEMBER}
    assert Account.objects.filter(username__in=names).count() == len(names)
