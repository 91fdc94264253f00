"""Personal data in running text, found and masked before something becomes public.

The finder would rather mark a word too many than a person too few: what it finds is shown to a person with the question
whether it shall be hidden. Numbers are known by their form and check digits; accounts and names by the words before
them, since Chinese names have no mark of their own. 张先生 and 李某 are already anonymous and stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

MASK = "*"


class PersonalKind(StrEnum):
    """What a finding is."""

    EMAIL = "email"
    IDENTITY_NUMBER = "identity_number"
    BANK_CARD = "bank_card"
    MOBILE = "mobile"
    LANDLINE = "landline"
    WECHAT = "wechat"
    QQ = "qq"
    PLATE = "plate"
    HOME = "home"
    NAME = "name"


class Finding(NamedTuple):
    """A stretch of the text that tells who somebody is: `text[start:end]`."""

    kind: PersonalKind
    start: int
    end: int


def mask_personal(text: str) -> tuple[str, list[Finding]]:
    """Return `text` with everything personal covered character by character, and the findings in order.

    The masked text is as long as `text`, so that the findings hold for both.
    """
    findings = find_personal(text)
    masked, done = [], 0
    for finding in findings:
        masked += [text[done : finding.start], MASK * (finding.end - finding.start)]
        done = finding.end
    return "".join(masked) + text[done:], findings


def find_personal(text: str) -> list[Finding]:
    """Return what is personal in `text`, in order and without overlaps; full-width and hidden characters are seen."""
    plain, origin = _plain(text)
    taken = bytearray(len(plain))
    found = []
    for kind, start, end in _candidates(plain):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append(Finding(kind, origin[start], origin[end - 1] + 1))
    return sorted(found, key=lambda finding: finding.start)


_HALF_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}


def _plain(text: str) -> tuple[str, list[int]]:
    """Return the text in half width without invisible characters, and where each character stood."""
    origin = [place for place, character in enumerate(text) if unicodedata.category(character) != "Cf"]
    return "".join(text[place] for place in origin).translate(_HALF_WIDTH), origin


# Words that lead to a number or an account, with what people put between.
_AFTER_CUE = r"(?:号码|账号|帐号|群号|号|群|id)?[ \t]*[:是为]?[ \t]*"
_GAP = "[ -]?"

_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[0-9]{{6}}{_GAP}[0-9]{{8}}{_GAP}[0-9]{{3}}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(rf"(?<![0-9])(?:\+?86{_GAP})?1[3-9][0-9]{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}(?![0-9])")
_BANK_CARD = re.compile(rf"(?<![0-9])[3-69][0-9]{{3}}(?:{_GAP}[0-9]{{4}}){{3}}(?:{_GAP}[0-9]{{1,3}})?(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])\(?0[1-9][0-9]{1,2}\)?[ -]?[2-9][0-9]{6,7}(?:[-转][0-9]{1,5})?(?![0-9])")
_LOCAL_LINE = re.compile(rf"(?:电话|座机|固话|致电|联系方式){_AFTER_CUE}([2-9][0-9]{{6,7}})(?![0-9])")
_WECHAT = re.compile(
    rf"(?<![a-z])(?:微信|威信|薇信|v信|wechat|weixin|vx|wx){_AFTER_CUE}([a-z0-9][a-z0-9_-]{{4,24}})", re.IGNORECASE
)
_QQ = re.compile(rf"(?<![a-z])(?:qq|扣扣|企鹅){_AFTER_CUE}([1-9][0-9]{{4,11}})(?![0-9])", re.IGNORECASE)
_PLATE = re.compile(
    "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"
    "[A-HJ-NP-Z][ ·•]?(?=[A-Z]*[0-9])[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![A-Za-z0-9])"
)

_NUMERAL = "[0-9〇零一二两三四五六七八九十]{1,4}"
_BUILDING = rf"(?:[A-Za-z]|{_NUMERAL})(?:号楼|#楼?|栋|幢|座|楼)"
_ENTRANCE = rf"{_NUMERAL}(?:单元|门洞|门)"
_FLOOR = rf"{_NUMERAL}[层楼]"
_ROOM = rf"[A-Za-z]?{_NUMERAL}(?:号房|室|户|房)"
_HOMES = (
    re.compile(rf"(?:{_BUILDING} ?(?:{_ENTRANCE} ?)?|{_ENTRANCE} ?)(?:{_FLOOR} ?)?{_ROOM}"),
    re.compile(rf"(?:{_BUILDING} ?(?:{_ENTRANCE} ?)?|{_ENTRANCE} ?)[0-9]{{3,4}}(?![0-9年月日号元米平个户人套型])"),
    re.compile(r"(?<![0-9-])[0-9]{1,3}(?:[-—][0-9]{1,2})?[-—][0-9]{3,4}[室房]"),
    re.compile(r"(?<![0-9-])[0-9]{1,2}[-—][0-9]{1,2}[-—][0-9]{3,4}(?![0-9-])"),
    re.compile(r"(?<![0-9])[0-9]{3,4}(?:号房|室|房)(?!间)"),
)

_SURNAME = (
    "(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|宇文|长孙|司徒|夏侯|端木|南宫|"
    "[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅皮卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄米贝臧戴谈宋庞熊纪舒屈项祝董梁杜阮"
    "蓝季贾江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫房裘缪丁邓洪包石崔吉龚程邢裴陆荣翁荀惠甄封储靳段焦侯全班仰"
    "宁仇甘祖武符刘景詹龙叶黎白蒲赖卓屠乔谭申冉桑桂牛尚温庄晏柴瞿阎慕连习向古易廖耿匡文寇广欧沃利师巩关查游肖区岳闫涂])"
)
# Characters that follow a name more often than they end one, so that 我叫张三住在 gives 张三.
_GIVEN = r"(?!先生|女士|小姐|阿姨|师傅|主任|经理|书记|同志|老师|大爷|大妈|医生|某|姓|总)[\u4e00-\u9fff]"
_GIVEN_LAST = r"[^\W\da-zA-Z_住是的在家于今电手身联现因和与及向来有反系为人也被已就都从对家先女同，]"
# Words that begin with a surname and follow 业主, 居民 and the like.
_NO_NAME = (
    "(?!利[益用]|管[部理]|尤其|谢谢|祖籍|房[产屋门顶]|安[全宁心排置]|费用|申[请报诉]|连[续同]|"
    "查[阅出看询明封验]|方[提面便式案可]|区[^\u4e00-\u9fff]|区[域内排别旁包等全较住]|高[度兴层龄]|马上|于|"
    "常[常年住]|全[体部家]|关[注心于系]|严[重格]|任[何意]|白天|广[大泛]|易|应|曾经|强[烈制]|向|顾[虑客]|"
    "温[馨暖]|时|满[意足])"
)
_NAME = rf"({_NO_NAME}{_SURNAME}{_GIVEN}(?:{_GIVEN_LAST})?)"
_DOTTED_NAME = r"([\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8}){1,3})"
_PERSON = "联系人|投诉人|举报人|反映人|来电人|申请人|当事人|报修人|负责人|经办人|户主|业主|居民|村民|住户|租户|本人"
_NAMES = (
    re.compile(rf"(?:我叫|名叫|叫做|姓名|名字)(?:[ \t]*[:是为叫])?[ \t]*{_NAME}"),
    re.compile(rf"(?:{_PERSON})(?:姓名|名字|名)?[ \t]*(?:[:是为叫][ \t]*){_NAME}"),
    re.compile(rf"(?:联系人|投诉人|举报人|申请人|户主){_NAME}"),
    re.compile(rf"(?:我是|业主|居民|村民|住户|本人){_NAME}(?![\u4e00-\u9fff])"),
    re.compile(rf"(?:我叫|姓名|名叫|{_PERSON})[ \t]*[:是为]?[ \t]*{_DOTTED_NAME}"),
)


def _candidates(plain: str) -> Iterator[Finding]:
    """Yield what may be personal, the surest kinds first, as places in the plain text."""
    yield from _whole(PersonalKind.EMAIL, _EMAIL.finditer(plain))
    yield from _whole(PersonalKind.IDENTITY_NUMBER, filter(_is_identity, _IDENTITY.finditer(plain)))
    yield from _whole(PersonalKind.BANK_CARD, filter(_is_bank_card, _BANK_CARD.finditer(plain)))
    yield from _whole(PersonalKind.MOBILE, _MOBILE.finditer(plain))
    yield from _whole(PersonalKind.LANDLINE, _LANDLINE.finditer(plain))
    yield from _part(PersonalKind.LANDLINE, _LOCAL_LINE.finditer(plain))
    yield from _part(PersonalKind.QQ, _QQ.finditer(plain))
    yield from _part(PersonalKind.WECHAT, _WECHAT.finditer(plain))
    yield from _whole(PersonalKind.PLATE, _PLATE.finditer(plain))
    for home in _HOMES:
        yield from _whole(PersonalKind.HOME, home.finditer(plain))
    for name in _NAMES:
        yield from _part(PersonalKind.NAME, name.finditer(plain))


def _whole(kind: PersonalKind, matches: Iterable[re.Match[str]]) -> Iterator[Finding]:
    return (Finding(kind, *match.span()) for match in matches)


def _part(kind: PersonalKind, matches: Iterable[re.Match[str]]) -> Iterator[Finding]:
    return (Finding(kind, *match.span(1)) for match in matches)


def _digits(match: re.Match[str]) -> str:
    return re.sub("[ -]", "", match[0])


# GB 11643-1999: weights of the first seventeen digits and the check character for each remainder.
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"


def _is_identity(match: re.Match[str]) -> bool:
    """Say whether 18 characters are a resident identity number: right check digit, or at least a birthday in it.

    A number with one wrong digit still tells who it is, so a plausible date of birth is enough.
    """
    number = _digits(match).upper()
    remainder = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False)) % 11
    return number[17] == _CHECK_CHARACTERS[remainder] or _is_birthday(number[6:14])


def _is_birthday(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year >= 1900
    except ValueError:
        return False


def _is_bank_card(match: re.Match[str]) -> bool:
    """Say whether the digits satisfy the check of ISO/IEC 7812 (Luhn)."""
    digits = [int(digit) for digit in reversed(_digits(match))]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
