"""A household's own record and the desk's pages about it, for everybody's eyes, and within their budget."""

from datetime import timedelta

import pytest

from jinlin.people.actions import give_contact
from jinlin.platform.dates import today
from tests.support.community import make_community


@pytest.mark.django_db(transaction=True)
def test_the_pages_hold_for_everybodys_eyes(new_visitor):
    community = make_community()
    home = community.homes[0].code
    give_contact(
        actor=community.actor("resident"),
        home_code=home,
        name="周家",
        phone="13812345678",
        expires_on=today() + timedelta(days=30),
        consent=True,
    )
    resident = new_visitor("phone")
    resident.sign_in(community.account("resident"))
    resident.goto(f"/me/home/{home}/")
    resident.assert_accessible()
    resident.picture("household")
    worker = new_visitor("desktop")
    worker.sign_in(community.account("community_worker"))
    for path in (f"/desk/roll/{home}/", f"/desk/roll/{home}/member/", f"/desk/roll/{home}/change/", "/desk/roll/new/"):
        worker.goto(path)
        worker.assert_accessible()
    worker.goto(f"/desk/roll/{home}/")
    worker.picture("home")
    worker.press("查看住户联系方式")
    worker.assert_accessible()


@pytest.mark.django_db
def test_the_pages_keep_their_budget(client, query_budget):
    community = make_community()
    client.force_login(community.account("resident"))
    path = f"/me/home/{community.homes[0].code}/"
    client.get(path)
    with query_budget("me/household"):
        assert client.get(path).status_code == 200
