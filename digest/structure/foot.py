"""The end of a letter: signature with date, list of annexes, notes in brackets (GB/T 9704-2012 clauses 7.3.4-7.3.7)."""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from digest.model.outline import Field, NodeKind, Passage
from digest.structure.head import NOTHING, field_of
from digest.structure.lines import fold
from digest.structure.numbering import Label, read_label
from digest.structure.offices import OFFICE_END, offices_in
from digest.zh import days

OPEN, CLOSE = ("（", "("), ("）", ")")
LONGEST_CONTACT = 120  # characters; of a longer passage only the contact itself is taken
ZONE = 30  # passages before the annexes in which a signature may stand
ANNEX_LIST = re.compile(r"^附(?:件|表|录)?[:：](?:\d{1,2}[.．、])?(.{2,120})$")
ANNEX_MORE = re.compile(r"^(?:附件)?\d{1,2}[.．、:：]?(.{2,120})$")
ANNEX_HEAD = re.compile(r"^附(?:件|录|表)?(?:\d{1,2}|[一二三四五六七八九十]{1,3})?[:：]?$")
NOTE = re.compile(r"^\*?[（(](?:此件|本件|联系人|联系电话|联系方式|公开|内部|不予公开|依申请公开|主动公开|信息公开).{0,200}[）)]?\*?$")
CONTACT = re.compile(r"(?:联系人|联系方式|联系电话|咨询电话|业务咨询|技术支持|电话)[:：]?")
DATE_ALONE = re.compile(r"^(?:(?:19|20)\d{2}年\d{1,2}月\d{1,2}日|[〇○Ο零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)$")
DATE_BEHIND = re.compile(r"^(.{3,40}?)((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)$")
SIGNER = re.compile(r"^[^。；：，]{3,60}$")
OFFICIAL = re.compile(r"^(?:主席|主任|局长|行长|部长|总理|会长|行长)|(?:行长|局长|主席|主任|总理)[\u4e00-\u9fff]{2,4}$")


class Foot(Struct, kw_only=True):
    """What was found, and which passages it took."""

    signer: Field = NOTHING
    date: Field = NOTHING
    note: Field = NOTHING
    contacts: Field = NOTHING
    annexes: list[str] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)


def letter_end(passages: Sequence[Passage], labels: Sequence[Label | None]) -> int:
    """Index of the first annex's head line, where the letter is over."""
    for index, (passage, label) in enumerate(zip(passages, labels, strict=True)):
        if index and label and label.kind is NodeKind.ANNEX and (ANNEX_HEAD.match(fold(passage.text)) or heads_text(labels, index)):
            return index
    return len(passages)


def heads_text(labels: Sequence[Label | None], index: int) -> bool:
    """Whether 附件：名称 is followed at once by its chapters or articles, and so is the annex's own head."""
    following = labels[index + 1] if index + 1 < len(labels) else None
    return following is not None and following.kind in (NodeKind.CHAPTER, NodeKind.ARTICLE) and following.ordinal == 1


def read_foot(passages: Sequence[Passage]) -> Foot:
    """The end of a letter, from its passages."""
    foot = Foot()
    find_annexes(foot, passages)
    find_signature(foot, passages)
    for passage in passages[-ZONE:]:
        text = fold(passage.text)
        if NOTE.match(text) and (not text.startswith(("（联系", "(联系"))):
            foot.note = foot.note if foot.note.value else field_of(passage)
            foot.taken.add(passage.number)
    contact = next((passage for passage in reversed(passages) if CONTACT.search(passage.text) and re.search(r"\d{4,}", passage.text)), None)
    if contact:
        found = CONTACT.search(contact.text)
        label = read_label(contact.text)
        start = found.start() if found and len(contact.text) > LONGEST_CONTACT else label.end if label else 0
        foot.contacts = contact_field(contact, start)
    return foot


def contact_field(passage: Passage, start: int) -> Field:
    """The contact from ``start`` on, up to the bracket that closes around it: what stands behind is another matter."""
    text, depth, end = passage.text, 0, len(passage.text)
    start += text[start : start + 1] in OPEN
    for place in range(start, len(text)):
        depth += (text[place] in OPEN) - (text[place] in CLOSE)
        if depth < 0:
            end = place
            break
    return Field(value=text[start:end].strip("()。 "), spans=passage.spans(start, end))


def find_annexes(foot: Foot, passages: Sequence[Passage]) -> None:
    """附件说明: 附件：1.…, 2.… in the letter."""
    for index, passage in enumerate(passages):
        found = ANNEX_LIST.match(fold(passage.text))
        if not found or index < 2:
            continue
        foot.annexes += split_names(passage.text)
        foot.taken.add(passage.number)
        for more in passages[index + 1 :]:
            text = fold(more.text)
            if not ANNEX_MORE.match(text) or DATE_ALONE.match(text):
                break
            foot.annexes += split_names(more.text)
            foot.taken.add(more.number)
        return


def split_names(text: str) -> list[str]:
    """附件：1.甲办法2.乙表 to its names."""
    bare = re.sub(r"^附\s*(?:件|表|录)?\s*[:：]\s*", "", text)
    pieces = re.split(r"(?:^|(?<=[^\d年第.〔]))\d{1,2}[.．、](?=[^\d])", bare)
    names = [re.sub(r"[。；;]$", "", piece).strip() for piece in pieces]
    return [name[1:-1] if name.startswith("《") and name.endswith("》") and name.count("《") == 1 else name for name in names if name]


def find_signature(foot: Foot, passages: Sequence[Passage]) -> None:
    """The last line that is a date, with the offices above it; a law's date behind its preamble counts too."""
    for index in range(len(passages) - 1, -1, -1):
        text = fold(passages[index].text)
        if DATE_ALONE.match(text):
            take_date(foot, passages[index], text)
            take_signers(foot, passages[:index])
            return
        both = DATE_BEHIND.match(text)
        if both and OFFICE_END.search(both.group(1)) and SIGNER.match(both.group(1)):
            take_date(foot, passages[index], both.group(2))
            foot.signer = Field(value=both.group(1), spans=passages[index].spans(0, len(both.group(1))))
            return


def take_date(foot: Foot, passage: Passage, text: str) -> None:
    """Note the date of issue."""
    iso = days.parse(text.replace("Ο", "〇"))
    if iso:
        foot.date = field_of(passage, iso)
        foot.taken.add(passage.number)


def names_in(passage: Passage) -> list[str]:
    """The offices in one line: side by side, or two of them with the bank's name before each (甲银行安保部 甲银行运营部)."""
    text = fold(passage.text)
    if len(offices := offices_in(passage)) > 1:
        return offices
    twice = re.fullmatch(r"(([\u4e00-\u9fff]{2,12}?(?:银行|分行|公司|协会))[\u4e00-\u9fff]{2,16})(\2[\u4e00-\u9fff]{2,16})", text)
    return [twice.group(1), twice.group(3)] if twice else [text]


def joint_name(names: Sequence[str]) -> str:
    """Offices of one house in one name: 甲银行安全保卫部、运营管理部."""
    house = re.match(r"[\u4e00-\u9fff]{2,12}?银行(?!业)", names[0])
    if not house or len(names) == 1 or any(len(name) <= house.end() or not name.startswith(house.group()) for name in names):
        return "、".join(names)
    return "、".join([names[0], *(name[house.end() :] for name in names[1:])])


def take_signers(foot: Foot, before: Sequence[Passage]) -> None:
    """The signing offices in the lines above the date; several of them sign jointly (联合行文)."""
    lines: list[Passage] = []
    for passage in reversed(before):
        text = fold(passage.text)
        if OFFICIAL.search(text) and len(text) <= 40:
            foot.taken.add(passage.number)
            continue
        if not SIGNER.match(text) or not OFFICE_END.search(text) or passage.number in foot.taken:
            break
        lines.insert(0, passage)
    if lines:
        spans = tuple(span for passage in lines for span in passage.spans(0, len(passage.text)))
        foot.signer = Field(value=joint_name([name for passage in lines for name in names_in(passage)]), spans=spans)
        foot.taken.update(passage.number for passage in lines)
