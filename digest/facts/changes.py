"""What changes: old to new where the text gives both (由3个工作日改为1个工作日, rows with an old and a new column), what is done away with, a new value."""

import re
from collections.abc import Iterator

from digest.facts.reading import Reading
from digest.model.facts import Fact, FactKind

INTO = (
    r"(?:统一|正式|相应)?(?:改为|改由|改成|调整为|调整至|调整到|变更为|变为|更名为|转为|升级为|提高[至到]|上调[至到]|调高[至到]|增加[至到]"
    r"|降低?[至到]|下调[至到]|调低[至到]|缩短[至为]|压缩[至为]|延长[至为]|扩大[至为]|放宽[至为到]|收紧[至为])"
)
INTO_PLAIN = r"(?:统一|正式)?(?:改为|调整为|变更为|更名为)"
WORDS = r"(?:“[^”]{1,24}”|[^，。；：｜“”]){1,40}?"
HINT = re.compile(r"取消|改[为由成]|[调变更升]|转为|提高|[增降][加低至到]|缩短|压缩|延长|扩大|放宽|收紧|现")
FROM_TO = re.compile(rf"(?:由|从)(?:原来?的?)?(?P<old>{WORDS}){INTO}(?P<new>(?:“[^”]{{1,24}}”|[^，。；：｜“”（）()]){{1,30}})")
HEAD_TO = re.compile(
    rf"(?:^|[，。；：])(?:将|把)?(?P<old>[^，。；：｜由从将把应可]{{2,16}}?){INTO_PLAIN}(?P<new>(?:“[^”]{{1,24}}”|[^，。；：｜“”（）()]){{1,30}})"
)
ONCE_NOW = re.compile(r"(?:^|[，。；：])原(?P<old>[^，。；：｜]{2,24})[，,]现(?:改为|调整为|为)?(?P<new>[^，。；：｜]{2,24})")
# what is done away with (取消“满6个月自动升级”规则), no act of a customer's (取消预约) and no case (取消…的)
DONE_AWAY = re.compile(
    r"(?:^|[，。；：])(?:同时|全面|统一|正式|一律)?取消(?:“[^”]{2,30}”[^，。；：的]{0,8}"
    r"|[^，。；：的]{2,20}(?:规则|规定|限制|环节|要求|手续|做法|机制|流程|条件|门槛|收费|费用?|填单|审批|交易|功能))(?=[，。；]|$)"
)
# a new value without the old one (日累计限额提高至5万元): neither allowed nor asked of anybody, no case
NOW_AT = re.compile(
    r"(?:^|[，。；：])[^，。；：可应须能将]{2,20}?(?:统一|相应)?(?:提高|降低|上调|下调|调高|调低|延长|缩短|压缩|扩大|放宽|收紧)[至到为]\d[^，。；：的时]{0,16}(?=[，。；]|$)"
)
CASE = re.compile(r"(?:的|时|后|前)$")  # 由甲变更为乙的，…: a business of the customer's, no change of the paper's
ASKED = re.compile(r"，(?:应当?|须|必须|可以?|不得)")  # 甲变更为乙，应当…: a case without 的
OLD_COLUMN = re.compile(r"^(?:旧|原|调整前|变更前|修订前|修改前|现行)|(?:[（(](?:旧|原|调整前|修订前)[）)])$|(?:前|旧)$")
NEW_COLUMN = re.compile(r"^(?:新|现|调整后|变更后|修订后|修改后)|(?:[（(](?:新|现|调整后|修订后)[）)])$|(?:后|新)$")


def find(reading: Reading) -> Iterator[Fact]:
    """Changes with both values in the text, with the new one alone, or what is done away with; nothing is ever filled in from elsewhere."""
    if HINT.search(reading.plain) is None and not reading.cells:
        return
    taken: list[tuple[int, int]] = []
    for pattern in (FROM_TO, ONCE_NOW, HEAD_TO):
        for hit in pattern.finditer(reading.plain):
            start = hit.start("old") if pattern is HEAD_TO else hit.start()
            if any(start < end and begin < hit.end() for begin, end in taken):
                continue
            if CASE.search(hit["new"]) or (pattern is HEAD_TO and ASKED.match(reading.plain, hit.end())):
                continue
            taken.append((start, hit.end()))
            old, new = (reading.text[hit.start(name) : hit.end(name)] for name in ("old", "new"))
            yield reading.fact(FactKind.CHANGE, start, hit.end(), value=f"{old}→{new}", old=old, new=new)
    for pattern in (DONE_AWAY, NOW_AT):
        for hit in pattern.finditer(reading.plain):
            start = hit.start() + (reading.plain[hit.start()] in "，。；：")
            if not any(start < end and begin < hit.end() for begin, end in taken):
                taken.append((start, hit.end()))
                yield reading.fact(FactKind.CHANGE, start, hit.end(), value=reading.text[start : hit.end()])
    yield from in_row(reading)


def in_row(reading: Reading) -> Iterator[Fact]:
    """The old and the new cell of a table row."""
    old = new = None
    place = 0
    for header, value in reading.cells:
        start = reading.text.find(value, place) if value else -1
        if start < 0:
            continue
        place = start + len(value)
        if old is None and OLD_COLUMN.search(header):
            old = (start, place)
        elif new is None and NEW_COLUMN.search(header):
            new = (start, place)
    if old and new:
        first, last = reading.text[slice(*old)], reading.text[slice(*new)]
        yield reading.fact(FactKind.CHANGE, min(old[0], new[0]), max(old[1], new[1]), value=f"{first}→{last}", old=first, new=last)
