"""The head of a paper (版头 and the start of 主体): number, title, addressees, urgency, law-database fields."""

import re
from collections.abc import Sequence

from msgspec import Struct, field

from digest.model.document import Document, PartKind
from digest.model.outline import Field, Passage
from digest.structure import doc_number
from digest.structure.lines import TERMINAL, fold
from digest.structure.numbering import Label
from digest.structure.offices import BEHIND, offices_in
from digest.structure.titles import MADE_PUBLIC, heads_order, heads_paper, is_strong_title, is_title, without_number

NOTHING = Field()
HEAD = 18  # passages in which the head must be over
PROSE = 70  # characters with a full stop: the text has begun
URGENCY = re.compile(r"^(?:特提|特急|加急|平急|急件)$")
RED_HEAD = re.compile(r"^([\u4e00-\u9fff×*XxA-Za-z（）()、]{3,60}?)文件$")
COPY_NUMBER = re.compile(r"^(?:份号[:：]?|No\.?)?\d{6}$", re.I)
ADDRESSEE = re.compile(r"^(?!.*(?:应当|不得|下列|如下|以下|包括|附件|联系)).{2,400}[:：]$")
OFFICE = re.compile(r"各|分行|支行|部门|公司|网点|机构|银行|单位|同事|同志|中心|协会|总部|政府|委员会|主管|负责人|领导|员工|行长|经理|联社|党委|部|局|处")
KEYED = re.compile(
    r"^(发文机关|发布机关|发布单位|发文单位|颁布单位|制定机关|发布部门|发布日期|发文日期|颁布日期|成文日期|公布日期|生效日期|施行日期|实施日期|时效性|效力级别|效力|文号|发文字号)[:：](.*)$"
)
NUMBERS = {"文号", "发文字号"}
MAIL = re.compile(r"^(发件人|发送时间|时间|日期|收件人|抄送|主题)[:：](.*)$")  # the head of a mail that was pasted as text
ISSUERS = {"发文机关", "发布机关", "发布单位", "发文单位", "颁布单位", "制定机关", "发布部门"}
ISSUED = {"发布日期", "发文日期", "颁布日期", "成文日期", "公布日期"}
STARTS = {"生效日期", "施行日期", "实施日期"}
# 2000年2月3日 中华人民共和国国务院令第280号发布; (2022年12月26日…公布 自2023年3月1日起施行)
HISTORY = re.compile(
    r"^[(（]?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日.{0,160}(?:通过|公布|发布|修订|修正|施行|批准|删除|会议)[。]?[）)]?\*?$|^\*?(?:19|20)\d{2}年\d{1,2}月\d{1,2}日发布.{0,40}施行\*?$"
)


class Head(Struct, kw_only=True):
    """What was found, and which passages it took."""

    number: Field = NOTHING
    title: Field = NOTHING
    addressees: Field = NOTHING
    urgency: Field = NOTHING
    red_head: Field = NOTHING
    keyed: dict[str, Field] = field(default_factory=dict)
    history: list[Passage] = field(default_factory=list)
    order: str = ""  # 某某令, whose number stands in the next line
    mail: dict[str, Field] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    end: int = 0  # index, among the part's passages, where the text begins


def field_of(passage: Passage, value: str = "") -> Field:
    """A whole passage as a masthead element."""
    return Field(value=value or passage.text.strip("*＊ "), spans=passage.spans(0, len(passage.text)))


def read_head(document: Document, passages: Sequence[Passage], labels: Sequence[Label | None]) -> Head:
    """The head of one part."""
    head = Head()
    take_mail(head, passages[:HEAD])
    for index, passage in enumerate(passages[:HEAD]):
        if begins_text(passage, labels[index]):
            break
        head.end = index + 1
        if not take_element(head, passage):
            continue
        head.taken.add(passage.number)
    find_title(head, document, passages[: head.end])
    find_offices(head, passages[: head.end])
    find_addressees(head, passages, mail=document.parts[passages[0].part].kind is PartKind.MAIL if passages else False)
    take_repeats(head, passages[: head.end])
    return head


def begins_text(passage: Passage, label: Label | None) -> bool:
    """Whether the head is over: a numbered passage or running prose."""
    if label is not None:
        return True
    return len(passage.text) > PROSE and "。" in passage.text and not HISTORY.match(fold(passage.text)) and not MADE_PUBLIC.match(passage.text)


def take_element(head: Head, passage: Passage) -> bool:
    """Recognise one line of the head; false where it is none of these."""
    text = fold(passage.text)
    number = doc_number.read_line(passage.text)
    if keyed := KEYED.match(text):
        take_keyed(head, passage, keyed.group(1), number or keyed.group(2))
    elif URGENCY.match(text):
        head.urgency = field_of(passage, text)
    elif number:
        head.number = head.number if head.number.value else field_of(passage, number)
    elif head.order and not head.number.value and (number := doc_number.read_order(head.order, passage.text)):
        head.number = field_of(passage, number)
    elif found := RED_HEAD.match(text):
        head.red_head = head.red_head if head.red_head.value else field_of(passage, found.group(1))
    elif heads_order(text) and not head.order:
        take_order(head, passage, text)
    elif HISTORY.match(text):
        head.history.append(passage)
    else:
        return COPY_NUMBER.match(text) is not None
    return True


def take_mail(head: Head, passages: Sequence[Passage]) -> None:
    """The header lines of a mail that was pasted as text: at least its sender."""
    found = [(passage, line) for passage in passages if (line := MAIL.match(passage.text.replace(":", "：", 1)))]
    if any(line.group(1) == "发件人" for _, line in found):
        for passage, line in found:
            head.mail.setdefault(line.group(1), field_of(passage, line.group(2).strip()))
            head.taken.add(passage.number)


def take_keyed(head: Head, passage: Passage, name: str, value: str) -> None:
    """A field of a law database; the number may go on in the next line."""
    head.keyed.setdefault(name, field_of(passage, value))
    if name in NUMBERS and not head.number.value:
        if doc_number.read_line(value):
            head.number = field_of(passage, value)
        elif heads_order(value):
            head.order = value


def take_order(head: Head, passage: Passage, text: str) -> None:
    """某某令 above an order: who issues it, and the first half of its number."""
    offices = offices_in(passage) or [BEHIND.sub("", text)]
    head.order = "、".join(offices) + ("公告" if text.endswith("公告") else "令")
    if not head.red_head.value:
        head.red_head = field_of(passage, "、".join(offices))


def find_offices(head: Head, passages: Sequence[Passage]) -> None:
    """Who issues, in the line above the title."""
    for passage in passages:
        if head.title.spans and passage.spans(0, 1) and passage.spans(0, 1)[0].block >= head.title.spans[0].block:
            return
        if passage.number not in head.taken and not head.red_head.value and (offices := offices_in(passage)):
            head.red_head = field_of(passage, "、".join(offices))
            head.taken.add(passage.number)


def find_title(head: Head, document: Document, passages: Sequence[Passage]) -> None:
    """The title: a line beyond doubt, else the largest that reads like one, what an order makes public, else the first short line."""
    told = next(((passage, found.group("name")) for passage in passages if (found := MADE_PUBLIC.match(passage.text))), None)
    rest = [passage for passage in passages if passage.number not in head.taken and len(passage.text) <= 160]
    sized = sorted(rest, key=lambda passage: size_of(document, passage), reverse=True)  # stable: equals stay in order
    short = [passage for passage in sized if may_be_title(document, passage)]
    strong = next((passage for passage in rest if is_strong_title(passage.text)), None) or next((each for each in sized if is_title(each.text)), None)
    if strong is None and told and head.order:
        head.title = Field(value=told[1], spans=told[0].spans(1, 1 + len(told[1])))
        return
    bare = next((each for each in short if not heads_paper(each.text) and not offices_in(each)), None if head.mail else next(iter(short), None))
    if (passage := strong or bare) is None:
        return
    head.title = field_of(passage, without_number(passage.text.strip("*＊ ")))
    head.taken.add(passage.number)
    if not head.number.value and (number := doc_number.read_title(passage.text)):
        head.number = field_of(passage, number)


def may_be_title(document: Document, passage: Passage) -> bool:
    """Whether a short line can be the title where none reads like one."""
    return len(passage.text) >= 4 and not TERMINAL.search(passage.text) and not in_table(document, passage)


def in_table(document: Document, passage: Passage) -> bool:
    """Whether a passage is a row of a table: a paper that is all table has no title, and its first row stays a row."""
    return document.blocks[passage.runs[0].block].cell is not None


def size_of(document: Document, passage: Passage) -> tuple[float, bool]:
    """How large a passage is set, and whether it is centred."""
    style = document.blocks[passage.runs[0].block].style
    return (style.size, style.centred)


def find_addressees(head: Head, passages: Sequence[Passage], *, mail: bool) -> None:
    """主送机关: the first passage behind the title that ends with a colon and names offices."""
    for index, passage in enumerate(passages[: head.end + 2]):
        text = passage.text
        if (index or mail) and passage.number not in head.taken and ADDRESSEE.match(text) and OFFICE.search(text):
            head.addressees = field_of(passage, text.rstrip("：:"))
            head.taken.add(passage.number)
            head.end = max(head.end, index + 1)
            return


def take_repeats(head: Head, passages: Sequence[Passage]) -> None:
    """The title printed a second time, and short lines in front of it, belong to the head."""
    title = fold(head.title.value)
    for passage in passages:
        text = fold(passage.text)
        if title and (text == title or text.startswith(title)) and len(text) <= len(title) + 40:
            head.taken.add(passage.number)
