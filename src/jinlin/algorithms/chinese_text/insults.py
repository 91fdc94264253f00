"""Words that insult people or call for harm to them, which no public word needs; found in folded text."""

from __future__ import annotations

import re

from jinlin.algorithms.chinese_text.folding import fold

_PEOPLE = (
    "(?:人|农民工|外地人|本地人|乡下人|老人|老头|老太|女人|男人|租户|租客|业主|残疾人|回民|汉人|黑人|河南人|东北人|"
    "他们|她们|你们)"
)
_INSULTS = re.compile(
    "傻[逼比叉x屄]|煞笔|沙比|脑残|白痴|智障|弱智|废物|人渣|畜生|牲口|狗东西|杂种|贱人|贱货|婊子|荡妇|死全家|不得好死|去死|"
    "他妈的|操你|草泥马|滚蛋|王八蛋|神经病|垃圾人|穷鬼|乡巴佬|老不死|死老头|死老太|"
    f"(?:打死|弄死|砍死|干掉|烧死){_PEOPLE}?|{_PEOPLE}(?:都|就|全)?(?:该死|滚出去|滚回|滚开|没素质|低人一等)|(?:赶走|赶出)所有{_PEOPLE}"
)


def find_insult(text: str) -> str:
    """Return the first word of `text` that insults or threatens people, blanks between its characters passed over; or ""."""
    found = _INSULTS.search(re.sub(r"[\s·.。*_-]+", "", fold(text)))
    return found[0] if found else ""
