"""A register comes in with three clicks, and the pages about places hold for everybody's eyes."""

import pytest
from playwright.sync_api import expect

from tests.support.community import COMMUNITY, make_community

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_register_comes_in_with_three_clicks(desktop):
    community = make_community()
    desktop.sign_in(community.account("community_worker"))
    page = desktop.goto("/desk/places/import/")
    desktop.assert_accessible()
    rows = "".join(f"{COMMUNITY},紫藤苑,5,1,{floor}01\n" for floor in range(1, 7))
    contents = ("社区代码,小区,楼栋,单元,房号\n" + rows).encode()
    page.set_input_files("input[type=file]", files=[{"name": "名册.csv", "mimeType": "text/csv", "buffer": contents}])
    desktop.press("试跑文件")
    desktop.assert_accessible()
    desktop.press("入库6户")
    page.get_by_text("名册已入库").wait_for()
    desktop.assert_accessible()
    page.goto(desktop.address + f"/desk/places/?of={COMMUNITY}")
    desktop.assert_accessible()
    expect(page.get_by_role("link", name="紫藤苑")).to_be_visible()


def test_the_place_pages_fit_a_phone(phone):
    community = make_community()
    phone.sign_in(community.account("community_worker"))
    for path in ("/desk/places/", "/desk/places/?q=3号楼", "/desk/places/import/"):
        phone.goto(path)
        phone.assert_accessible()
