"""What a typed address means, in the spellings that people use."""

import pytest

from jinlin.territory.addresses import Address, likeness, natural, number_key, readings


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("幸福里3号", Address("幸福里", "3")),
        ("幸福里3号楼", Address("幸福里", "3")),
        ("幸福里３号樓", Address("幸福里", "3")),
        ("幸福里三号楼二单元501室", Address("幸福里", "3", "2", "501")),
        ("3号楼2单元501", Address("", "3", "2", "501")),
        ("幸福里3栋501", Address("幸福里", "3", "", "501")),
        ("幸福里3-2-501", Address("幸福里", "3", "2", "501")),
        ("幸福里 3 2 501", Address("幸福里", "3", "2", "501")),
        ("幸福里3-501", Address("幸福里", "3", "", "501")),
        ("幸福里3-2", Address("幸福里", "3", "2")),
        ("幸福里3", Address("幸福里", "3")),
        ("幸福里十二幢", Address("幸福里", "12")),
        ("虹山路18号虹山新村3号楼", Address("虹山路18号虹山新村", "3")),
        ("幸福里A座", Address("幸福里", "a")),
        ("幸福里东1栋2门", Address("幸福里", "东1", "2")),
        ("幸福里2單元", Address("幸福里", "", "2")),
        ("幸福里", Address("幸福里")),
    ],
)
def test_the_first_reading(text, wanted):
    assert readings(text)[0] == wanted


def test_a_number_alone_may_be_a_building_or_a_room():
    assert readings("幸福里501") == [Address("幸福里", "501"), Address("幸福里", "", "", "501"), Address("幸福里501")]


def test_the_last_reading_takes_all_as_words():
    assert readings("虹山路18号")[-1] == Address("虹山路18号")
    assert readings("  -- ") == []


@pytest.mark.parametrize("name", ["3号楼", "３栋", "3幢", "三号楼", "3", "03号", "3號樓", "3单元"])
def test_numbered_names_have_one_key(name):
    assert number_key(name) == "3"


def test_likeness_and_natural_order():
    assert likeness("幸福里小区", "幸福里3号楼") == 1
    assert likeness("安宁苑", "幸福里3号楼") == 0
    assert sorted(["10号楼", "2号楼", "1号楼"], key=natural) == ["1号楼", "2号楼", "10号楼"]
