"""What tests of filings about persons do again and again: seat those who file and answer, and send the two forms."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from jinlin.organisations.models import Body, Filing
from jinlin.people.models import Account, Person
from jinlin.platform.dates import now
from tests.support.bodies import seat
from tests.support.community import Community


def officer_of(place: Community, body: Body, key: str = "member") -> Client:
    """Return the browser of somebody new whose post at the body lets them act for it."""
    name = f"officer-{body.pk}"
    person = Person.objects.create(name=f"办{body.pk}", created_at=now())
    Account.objects.create(username=name, person=person, date_joined=now())
    place.persons[name] = person
    seat(place, name, body, key)
    client = Client()
    client.force_login(place.account(name))
    return client


def file_at_desk(client: Client, by: Body, kind: str, **given: Any) -> HttpResponse:
    """Send the form of a new filing; headings go by their keys as `words-KEY`."""
    return client.post(f"/desk/bodies/{by.pk}/filings/{kind}/", given)


def answer_at_desk(client: Client, filing: Filing, body: Body, verdict: str, ground: str = "") -> HttpResponse:
    """Send the answer of a body to a filing, and read the filing anew."""
    given = {"body": body.pk, "verdict": verdict, "ground": ground}
    answer = client.post(f"/desk/filings/{filing.pk}/answer/", given)
    filing.refresh_from_db()
    return answer
