"""M025 小区党支部书记备案: a secretary begins with the receipt of the subdistrict, and nobody else's."""

from typing import Any

import pytest

from jinlin.organisations.actions import NewFiling, answer_filing, file_matter
from jinlin.organisations.models import Appointment, Body
from jinlin.platform.access import SYSTEM
from jinlin.platform.dates import today
from jinlin.platform.errors import NotAllowed
from jinlin.playbooks.loader import load_playbook
from tests.support.community import SUBDISTRICT, Community, make_community
from tests.support.methods import work_by
from tests.support.posts import desk_of, new_body

pytestmark = [pytest.mark.django_db, pytest.mark.mechanism("M025")]


@pytest.fixture
def place(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Community:
    work_by(monkeypatch, "ningde")
    return make_community()


def test_a_choice_that_is_not_filed_is_refused_and_after_the_receipt_it_is_active(place: Community) -> None:
    office, branch = (
        new_body("subdistrict_committee", place_code=SUBDISTRICT),
        new_body("estate_branch", "幸福里小区党支部", zone=place.estates[0]),
    )
    committee, chosen, desk = Body.objects.get(kind="community_committee"), place.persons["resident"], desk_of(place)
    path = f"/desk/bodies/{branch.pk}/give-post/"
    posts = [post.key for post in desk.get(path).context["posts"]]
    form = {
        "phone": chosen.phone,
        "post": str(posts.index("estate_secretary")),
        "term_from": today().isoformat(),
        "source": "虹街发〔2026〕8号",
    }
    refused = desk.post(path, form)
    assert refused.status_code == 422 and "phone" in refused.context["form"].errors
    [kind] = [row for row in load_playbook("ningde").filing if row.key == "secretary"]
    words = {heading.key: "有具体事例" for heading in kind.headings}
    new = NewFiling("secretary", "书记人选", committee, words, subject=branch, person=chosen, post="estate_secretary")
    filing = file_matter(actor=SYSTEM, new=new)
    assert desk.post(path, form).status_code == 422, "filed, but without an answer"
    with pytest.raises(NotAllowed):
        answer_filing(actor=SYSTEM, filing_id=filing.pk, body_id=committee.pk, verdict="pass")
    answer_filing(actor=SYSTEM, filing_id=filing.pk, body_id=office.pk, verdict="pass")
    assert desk.post(path, form).status_code == 302
    held = Appointment.objects.get(body=branch, key="estate_secretary")
    assert held.is_running(today()) and held.person == chosen
