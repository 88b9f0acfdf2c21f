"""Head, foot and law-database fields to the Masthead: what is not found stays empty, nothing is guessed."""

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from digest.model.document import Document, Notice, Part, PartKind
from digest.model.outline import Field, Masthead, Passage, Secrecy
from digest.structure import doc_number
from digest.structure.effective import Effective, find_effective
from digest.structure.foot import Foot, letter_end, read_foot
from digest.structure.head import ISSUED, ISSUERS, STARTS, Head, read_head
from digest.structure.lines import fold
from digest.structure.numbering import Label
from digest.structure.offices import OFFICE_END, is_office
from digest.structure.sources import main_part
from digest.structure.tail import printed_on
from digest.structure.titles import bare_subject, find_subject, is_title
from digest.zh import days

SENDER = re.compile(r"^[\"“']?([^<\"”'@]+?)[\"”']?\s*(?:<|$)")
SUBJECTS, SENDERS, SENT = ("主题", "subject"), ("发件人", "from"), ("发送时间", "日期", "时间", "date", "sent")
CODED = re.compile(r"^([^《》关]{2,40}?)关于")
COMPUTED = "effective_computed"


class Found(Struct, frozen=True, kw_only=True):
    """The masthead, the passages it was read from (no candidates), the main part, and what the user must know."""

    masthead: Masthead
    taken: frozenset[int]
    part: int
    notices: tuple[Notice, ...] = ()


def read_masthead(document: Document, passages: Sequence[Passage], labels: Sequence[Label | None], *, cut: Sequence[Passage], secrecy: Secrecy) -> Found:
    """All elements of the paper's masthead; ``cut`` are the passages of the 版记."""
    number = main_part(document, passages)
    own = [(passage, label) for passage, label in zip(passages, labels, strict=True) if passage.part == number]
    mine, marks = [passage for passage, _ in own], [label for _, label in own]
    head = read_head(document, mine, marks)
    end = letter_end(mine, marks)
    foot = read_foot(mine[:end])
    part = document.parts[number]
    date = find_date(head, foot, part, [passage for passage in cut if passage.part == number])
    title = head.title if part.kind is not PartKind.MAIL and not head.mail else mail_title(head, part)
    title = title if title.value else Field(value=re.sub(r"\.\w{1,5}$", "", document.name))
    effective = own_start(head) or find_effective(mine, date.value, title.value)
    masthead = Masthead(
        issuer=find_issuer(head, foot, part, title),
        doc_number=find_number(head, document),
        title=title,
        subject=find_subject(title.value),
        addressees=head.addressees,
        date=date,
        effective=effective.day,
        effective_word=effective.word,
        urgency=head.urgency,
        contacts=foot.contacts,
        note=foot.note,
        attachment_names=tuple(foot.annexes),
        secrecy=secrecy,
    )
    notices = (Notice(code=COMPUTED, text=f"施行日期按“自印发之日起”由成文日期 {date.value} 推算，请核对。"),) if effective.computed else ()
    return Found(masthead=masthead, taken=frozenset(head.taken | foot.taken), part=number, notices=notices)


def find_number(head: Head, document: Document) -> Field:
    """发文字号: in the head, the order that the line of adoption names where nothing was changed since, or the file's name."""
    if head.number.value:
        return head.number
    orders = [(number, passage) for passage in head.history for number in doc_number.orders_in(passage.text)]
    if len(orders) == 1 and sum(len(adoptions(passage.text)) for passage in head.history) == 1:
        return Field(value=orders[0][0], spans=orders[0][1].spans(0, len(orders[0][1].text)))
    return Field(value=doc_number.read_name(document.name))


def find_issuer(head: Head, foot: Foot, part: Part, title: Field) -> Field:
    """发文机关: the red head, the signature, a database field, the order's or title's first words, a mail's sender."""
    for name, value in head.keyed.items():
        if name in ISSUERS:
            return joined(value, head)
    if head.red_head.value and not (foot.signer.value and "、" in foot.signer.value):
        return head.red_head
    if foot.signer.value:
        return named_in_full(foot.signer, part)
    if found := re.match(r"^(.{3,80}?)(?:令|公告)(?:〔|第|\d)", head.number.value):
        return Field(value=found.group(1), spans=head.number.spans)
    if (found := CODED.match(fold(title.value))) and OFFICE_END.search(found.group(1)):
        return Field(value=found.group(1), spans=title.spans)
    if part.kind is PartKind.MAIL:
        return Field(value=sender(header(part, SENDERS)))
    return Field(value=sender(head.mail["发件人"].value), spans=head.mail["发件人"].spans) if head.mail else history_issuer(head)


def joined(value: Field, head: Head) -> Field:
    """A database's list of issuers, with the one that the number names and the list forgot."""
    names = [name for name in re.split(r"[,，;；、]", value.value) if name]
    rest = head.number.value.partition("令")[0]
    for name in names:
        rest = rest.replace(name, "")
    return Field(value="、".join([*([rest] if "令" in head.number.value and is_office(rest) else []), *names]), spans=value.spans)


def named_in_full(signer: Field, part: Part) -> Field:
    """A mail's signature is often shorter than its sender's name (总行消保部, 示例银行总行消保部)."""
    full = sender(header(part, SENDERS))
    return Field(value=full, spans=signer.spans) if full.endswith(signer.value) else signer


def history_issuer(head: Head) -> Field:
    """The office named in a law's line of adoption (国务院令第280号发布)."""
    for passage in reversed(head.history):
        offices = re.finditer(r"日(?!经|根据|由)([\u4e00-\u9fff、]{3,40}?)(?:令|公告|第[一二三四五六七八九十\d]+次)", fold(passage.text))
        if found := next((each for each in reversed(list(offices)) if OFFICE_END.search(each.group(1))), None):
            return Field(value=found.group(1), spans=passage.spans(0, len(passage.text)))
    return Field()


def find_date(head: Head, foot: Foot, part: Part, cut: Sequence[Passage]) -> Field:
    """成文日期: signed, or in a database field, a law's line of adoption, the printing line, a mail's date."""
    if foot.date.value:
        return foot.date
    for name, value in head.keyed.items():
        if name in ISSUED and (iso := first_day(value.value)):
            return Field(value=iso, spans=value.spans)
    for passage in reversed(head.history):
        if iso := adopted(passage.text):
            return Field(value=iso, spans=passage.spans(0, len(passage.text)))
    if iso := first_day(printed_on(cut)):
        return Field(value=iso)
    for name in ("发送时间", "时间", "日期"):
        if name in head.mail and (iso := mail_day(head.mail[name].value)):
            return Field(value=iso, spans=head.mail[name].spans)
    return Field(value=mail_day(header(part, SENT)))


def adopted(text: str) -> str:
    """The last day on which a law was adopted, changed or published, from its line of adoption."""
    known = adoptions(text)
    return known[-1] if known else ""


def adoptions(text: str) -> list[str]:
    """The days on which a law was adopted, changed or published."""
    found = [(day, text[day.end : later.start if later else None]) for day, later in pairwise([*days.find(text), None]) if day]
    return [day.iso()[:10] for day, behind in found if day.year and re.search(r"公布|发布|修订|修正|通过", behind)]


def own_start(head: Head) -> Effective | None:
    """The day from a database field or a law's line (2021年5月25日 施行)."""
    for name, value in head.keyed.items():
        if name in STARTS and (iso := first_day(value.value)):
            return Effective(day=Field(value=iso, spans=value.spans))
    for passage in reversed(head.history):
        text = fold(passage.text)
        found = re.search(r"自?((?:19|20)\d{2}年\d{1,2}月\d{1,2}日)起?施行", text)
        if found and (iso := first_day(found.group(1))):
            return Effective(day=Field(value=iso, spans=passage.spans(0, len(passage.text))))
    return None


def first_day(text: str) -> str:
    """The first full date of a text as ISO; also 2025.10.31."""
    day = next((day for day in days.find(text) if day.year), None)
    return day.iso()[:10] if day else ""


def mail_title(head: Head, part: Part) -> Field:
    """A mail's subject without its prefixes, unless the text itself carries a title."""
    subject = bare_subject(head.mail["主题"].value if "主题" in head.mail else header(part, SUBJECTS))
    if head.title.value and is_title(head.title.value) and "关于" in head.title.value:
        return head.title
    return Field(value=subject) if subject else head.title


def header(part: Part, names: Sequence[str]) -> str:
    """The first of a mail's headers under one of these names."""
    return next((value for name, value in part.headers if name.strip().lower().rstrip(":：") in names), "")


def sender(text: str) -> str:
    """A sender's name without the address."""
    found = SENDER.match(text.strip())
    return found.group(1).strip() if found else ""


def mail_day(text: str) -> str:
    """The day a mail was sent: 2025年9月3日 11:05, or the Date header of RFC 5322."""
    if not text:
        return ""
    if iso := first_day(text):
        return iso
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(text).date().isoformat()
    except (ValueError, TypeError, IndexError):
        return ""
