"""The bars: entries by group, the group of the page that is looked at open, and nothing that a post does not open."""

from collections import Counter

import pytest
from django.template import Context, Template

from jinlin.platform.access import Role
from jinlin.web import navigation
from jinlin.web.navigation import DESK, DOORS, FEW, sections


@pytest.mark.parametrize("door", list(DOORS))
def test_each_entry_of_a_bar_has_a_page_and_an_icon_of_its_own(door: str):
    items = [item for group in DOORS[door] for item in group.items]
    for name in ("page", "icon"):
        twice = [one for one, count in Counter(getattr(item, name) for item in items).items() if count > 1]
        assert not twice, f"{door}: {twice}"


def test_the_bar_of_a_secretary_is_a_few_groups_with_the_one_looked_at_open():
    bar = sections("desk", "/desk/wishes/", {Role.COMMUNITY_SECRETARY})
    entries = [link for section in bar for link in section.links]
    assert len(entries) > FEW * 2 > 2 * len([section for section in bar if section.word])
    assert [[link.url for link in section.links if link.current] for section in bar if section.current] == [
        ["/desk/wishes/"]
    ]
    html = Template("{% include 'web/parts/bar.html' with bar_class='rail' %}").render(Context({"sections": bar}))
    assert html.count("<details") == len([section for section in bar if section.word])
    assert html.count(" open>") == html.count('aria-current="page"') == 1


def test_few_entries_stand_without_groups_and_a_lone_one_without_its_word(monkeypatch):
    assert not any(
        section.word for section in sections("desk", "/desk/", {Role.ADMINISTRATOR}) if len(section.links) == 1
    )
    assert not any(section.word for section in sections("resident", "/"))
    monkeypatch.setitem(navigation.DOORS, "desk", DESK[:1])
    assert not any(section.word for section in sections("desk", "/desk/"))


def test_an_entry_is_there_for_its_posts_only():
    def pages(*roles: Role) -> set[str]:
        return {link.url for section in sections("desk", "/", set(roles)) for link in section.links}

    assert "/desk/accounts/" in pages(Role.ADMINISTRATOR) - pages(Role.COMMUNITY_WORKER)
    assert "/desk/wishes/" in pages(Role.COMMUNITY_WORKER) - pages(Role.PROPERTY_MANAGER)
