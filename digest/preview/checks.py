"""What the manager confirms before a sheet is printed: draft and page in, the ticks to set out (domain: 1.8, 3.2)."""

from collections.abc import Iterator

from msgspec import Struct

from digest.archive.sources import Kept
from digest.model.outline import Light
from digest.model.page import Page
from digest.preview.draft import Deviation, Draft, spoken
from digest.preview.vocabulary import vocabulary


class Check(Struct, frozen=True, kw_only=True):
    """One thing to confirm: its key, the sentence beside the box, and what it is about, line by line."""

    key: str
    text: str
    details: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()  # to go to


def checks(draft: Draft, kept: Kept, page: Page) -> tuple[Check, ...]:
    """Everything to confirm for this draft; the same draft gives the same list."""
    return (*always(draft), *about_lines(draft), *about_gaps(draft, kept, page), *about_people(draft), *about_scope(draft, kept))


def always(draft: Draft) -> Iterator[Check]:
    """What every sheet asks for."""
    yield Check(key="read", text=f"已逐条对照原文看过（共 {len(draft.sheet.lines)} 条），责任由本网点承担")


def about_lines(draft: Draft) -> Iterator[Check]:
    """Reworded, doubtful and own lines."""
    if draft.deviations:
        told = tuple(told_of(draft, each) for each in draft.deviations)
        numbers = tuple(int(each.key[5:]) for each in draft.deviations if each.key.startswith("line-"))
        yield Check(key="deviations", text=f"{len(draft.deviations)} 处改写与原文含义不同，已逐处核准", details=told, lines=numbers)
    doubtful = [line for line in draft.sheet.lines if line.doubtful]
    if doubtful:
        numbers, told = tuple(line.number for line in doubtful), tuple(line.text for line in doubtful)
        yield Check(key="doubtful", text=f"{len(doubtful)} 条有扫描识别没把握的字，已对照原件核对数字", details=told, lines=numbers)
    own = tuple(line.text for line in draft.sheet.lines if line.number in draft.own)
    if own:
        yield Check(key="own", text=f"{len(own)} 条网点补充不是原文内容，已核实", details=own, lines=draft.own)


def told_of(draft: Draft, deviation: Deviation) -> str:
    """A deviation with the beginning of the line that is meant."""
    line = draft.line(int(deviation.key[5:])) if deviation.key.startswith("line-") else None
    return f"{f'“{line.text[:16]}…”' if line else '一句话'}：{'；'.join(deviation.messages)}"


def about_gaps(draft: Draft, kept: Kept, page: Page) -> Iterator[Check]:
    """What is missing: facts, slots, text that could not be read, glyphs."""
    sheet = draft.sheet
    missing = tuple(each.name for each in sheet.details if each.missing)
    if missing:
        yield Check(key="missing", text=f"{'、'.join(missing)}没有找到，将印“待补”，由宣讲人口头说明")
    if sheet.missing:
        yield Check(key="slots", text=f"原文里未找到：{'、'.join(sheet.missing)}（这类来文通常应有），已确认不需要或另行补充")
    alarms = (*sheet.balance.alarms, *(notice.text for notice in kept.outline.notices if notice.code.startswith("alarm")))
    if alarms:
        yield Check(key="alarms", text="原文可能没有读全，已对照原件确认没有遗漏", details=tuple(dict.fromkeys(alarms)))
    if page.missing_glyphs:
        yield Check(key="glyphs", text=f"字库缺字：{''.join(page.missing_glyphs)}，印成“〓”，已改写或将手写补上", details=page.missing_glyphs)


def about_people(draft: Draft) -> Iterator[Check]:
    """Numbers that look like a customer's."""
    told = tuple(personal("\n".join(spoken(draft.sheet)) + "\n" + draft.notes))
    if told:
        yield Check(key="personal", text="单上有疑似个人信息，已遮盖或确认可以印发", details=told)


def personal(text: str) -> Iterator[str]:
    """What looks like a person's number, itself masked."""
    for name, pattern in vocabulary().personal:
        for hit in pattern.finditer(text):
            yield f"{name}：{hit.group()[:3]}****{hit.group()[-4:]}"


def about_scope(draft: Draft, kept: Kept) -> Iterator[Check]:
    """Restricted documents: who may see it, and that every copy comes back."""
    secrecy = kept.outline.masthead.secrecy
    if Light.ORANGE not in (draft.sheet.light, secrecy.light):
        return
    told = tuple(text for text in (secrecy.marking, secrecy.scope, secrecy.reason) if text)
    yield Check(key="scope", text="运营主管已核对传达范围，本网点在范围内", details=told)
    yield Check(key="copies", text="按份编号、签名领用，会后如数收回并粉碎；不拍照、不转发")
