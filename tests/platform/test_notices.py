"""Notices are in the language of the house, whoever acted."""

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from jinlin.people.models import Person
from jinlin.platform.dates import now
from jinlin.platform.messages import notify
from jinlin.platform.models import Notice

pytestmark = pytest.mark.django_db


def test_a_notice_is_in_the_language_of_the_house() -> None:
    reader = Person.objects.create(name="林", created_at=now())
    with translation.override("en"):
        notify([reader.pk], gettext_lazy("“%(title)s”: %(state)s."), {"title": "灯", "state": gettext_lazy("closed")})
    assert Notice.objects.get(person_id=reader.pk).text == "“灯”：已办结。"
