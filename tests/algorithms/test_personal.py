"""Personal data in text: what must be found, what must stay, and masks that keep their places."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jinlin.algorithms.chinese_text import PersonalKind, find_personal, mask_personal

# Invented numbers; the check digits are right.
IDENTITY = "430202199001011238"
CARD = "6222020200112233440"


def luhn_digit(number: str) -> str:
    return next(str(d) for d in range(10) if luhn_sum(number + str(d)) % 10 == 0)


def luhn_sum(number: str) -> int:
    digits = [int(digit) for digit in reversed(number)]
    return sum(digits[::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])


@pytest.mark.parametrize(
    ("text", "kind", "personal"),
    [
        ("请打13812345678联系", PersonalKind.MOBILE, "13812345678"),
        ("电话：138 1234 5678。", PersonalKind.MOBILE, "138 1234 5678"),
        ("+86-138-1234-5678", PersonalKind.MOBILE, "+86-138-1234-5678"),
        ("手机１３８１２３４５６７８", PersonalKind.MOBILE, "１３８１２３４５６７８"),
        ("138\u200b1234\u200b5678", PersonalKind.MOBILE, "138\u200b1234\u200b5678"),
        ("2019-12-20 13812345678", PersonalKind.MOBILE, "13812345678"),
        ("0731-85123456", PersonalKind.LANDLINE, "0731-85123456"),
        ("(027)87654321转802", PersonalKind.LANDLINE, "(027)87654321转802"),
        ("座机：85123456", PersonalKind.LANDLINE, "85123456"),
        (f"身份证{IDENTITY}", PersonalKind.IDENTITY_NUMBER, IDENTITY),
        ("11010519491231002X", PersonalKind.IDENTITY_NUMBER, "11010519491231002X"),
        ("430202 19900101 1231", PersonalKind.IDENTITY_NUMBER, "430202 19900101 1231"),
        ("a.b-c@example.com.cn谢谢", PersonalKind.EMAIL, "a.b-c@example.com.cn"),
        ("加我微信：wx_123456", PersonalKind.WECHAT, "wx_123456"),
        ("vx abc12345", PersonalKind.WECHAT, "abc12345"),
        ("QQ群号:123456789", PersonalKind.QQ, "123456789"),
        ("车牌湘A·12B45被划", PersonalKind.PLATE, "湘A·12B45"),
        ("粤BD12345占道", PersonalKind.PLATE, "粤BD12345"),
        ("我住3号楼2单元501室", PersonalKind.HOME, "3号楼2单元501室"),
        ("五栋二单元三零一", PersonalKind.HOME, None),
        ("五栋二单元三零一室漏水", PersonalKind.HOME, "五栋二单元三零一室"),
        ("12栋1203漏水", PersonalKind.HOME, "12栋1203"),
        ("B座15楼1503室", PersonalKind.HOME, "B座15楼1503室"),
        ("8-1-602漏水", PersonalKind.HOME, "8-1-602"),
        ("501室噪音", PersonalKind.HOME, "501室"),
        ("我叫张三，住在这里", PersonalKind.NAME, "张三"),
        ("我叫李小明住在这里", PersonalKind.NAME, "李小明"),
        ("我叫张三住在这里", PersonalKind.NAME, "张三"),
        ("姓名：欧阳娜娜 电话", PersonalKind.NAME, "欧阳娜娜"),
        ("联系人:王建国", PersonalKind.NAME, "王建国"),
        ("联系人王建国电话", PersonalKind.NAME, "王建国"),
        ("本人刘芳，反映", PersonalKind.NAME, "刘芳"),
        ("申请人：阿不都·热合曼", PersonalKind.NAME, "阿不都·热合曼"),
    ],
)
def test_personal_data_is_found(text, kind, personal):
    found = [(finding.kind, text[finding.start : finding.end]) for finding in find_personal(text)]
    assert found == ([(kind, personal)] if personal else [])


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月2日10:30，3号楼2单元电梯坏了",
        "订单号2026030210301234567890",
        "拨打12345、110、119",
        "金额138123456元",
        "全小区1200户，300户没有供暖，三室一厅",
        "3栋2019年建成，6号楼1000平米",
        "业主常常反映，居民马上就要入住，业主于昨日报修",
        "联系人：张先生，我是业主",
        "微信公众号和QQ群里都说了",
        "我叫了物业三次",
        "2026-03-02至2026-04-05",
        "住户高度关注",
    ],
)
def test_what_is_not_personal_stays(text):
    assert mask_personal(text) == (text, [])


def test_bank_cards_need_their_check_digit():
    card = CARD[:-1] + luhn_digit(CARD[:-1])
    assert [finding.kind for finding in find_personal(f"卡号{card}")] == [PersonalKind.BANK_CARD]
    grouped = "6222 0202 0011 223" + luhn_digit("622202020011223")
    assert [finding.kind for finding in find_personal(grouped)] == [PersonalKind.BANK_CARD]
    wrong = card[:-1] + str((int(card[-1]) + 1) % 10)
    assert find_personal(f"卡号{wrong}") == []


def test_an_identity_number_with_a_slip_is_still_found():
    slipped = IDENTITY[:-1] + str((int(IDENTITY[-1]) + 1) % 10)
    assert [finding.kind for finding in find_personal(slipped)] == [PersonalKind.IDENTITY_NUMBER]
    assert find_personal("430202199013411238") == []


def test_masking_keeps_the_rest_in_place():
    text = "我叫张三，住3号楼2单元501室，电话13812345678，请尽快。"
    masked, findings = mask_personal(text)
    assert masked == "我叫**，住**********，电话***********，请尽快。"
    assert [finding.kind for finding in findings] == [PersonalKind.NAME, PersonalKind.HOME, PersonalKind.MOBILE]


PIECES = st.sampled_from(
    ["我叫张三", "13812345678", "3号楼2单元501室", IDENTITY, "，", " ", "微信ab_12345", "姓名：", "电", "8"]
)


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)))
def test_findings_are_ordered_apart_and_masked(text):
    masked, findings = mask_personal(text)
    assert len(masked) == len(text)
    end = 0
    for finding in findings:
        assert end <= finding.start < finding.end <= len(text)
        assert set(masked[finding.start : finding.end]) == {"*"}
        assert masked[end : finding.start] == text[end : finding.start]
        end = finding.end
    assert masked[end:] == text[end:]


@given(st.text(alphabet="，。 电梯a", max_size=10), st.integers(0, 10**8 - 1))
def test_no_mobile_number_gets_through(around, rest):
    masked, _ = mask_personal(f"{around}139{rest:08d}{around}")
    assert f"{rest:08d}" not in masked


@pytest.mark.parametrize(
    "text",
    [
        "1" * 100_000,
        "3号楼" * 33_000,
        "a" * 50_000 + "@" + "a." * 25_000,
        "一" * 100_000,
        "1-" * 50_000,
        "·汉" * 50_000,
    ],
    ids=["digits", "buildings", "e-mail", "numerals", "dashes", "dots"],
)
def test_very_long_texts_are_quick(text):
    start = time.process_time()
    mask_personal(text)
    assert time.process_time() - start < 2
