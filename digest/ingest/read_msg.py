"""Outlook msg to Document: the messages as mail parts, attachments read as parts; read from the property store itself."""

from datetime import UTC, datetime

from digest.errors import Unreadable
from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.encoding import HAN, decode
from digest.ingest.limits import limits
from digest.ingest.mail_body import add_mail
from digest.ingest.msg_store import Item
from digest.ingest.ole import opened
from digest.ingest.pictures import may_hold_text
from digest.ingest.read_eml import add_message, parse
from digest.ingest.rtf import page_in_rtf, text_of_rtf, unpacked
from digest.model.document import Document, PartKind
from digest.model.source import Source

SUBJECT, BODY, PAGE, PACKED = 0x0037, 0x1000, 0x1013, 0x1009
CLASS, SENT, DELIVERED = 0x001A, 0x0039, 0x0E06
SENDER, SENDER_ADDRESS, SENDER_SMTP, FOR_WHOM = 0x0C1A, 0x0C1F, 0x5D01, 0x0042
SHOWN_TO, SHOWN_COPY, IMPORTANCE = 0x0E04, 0x0E03, 0x0017
LONG_NAME, SHORT_NAME, SHOWN_NAME, DATA = 0x3707, 0x3704, 0x3001, 0x3701
MIME, CONTENT_ID = 0x370E, 0x3712
HIGH = 2
BEIJING_HOURS = 8


def read_msg(source: Source, context: Context) -> Document:
    """Read an Outlook message with all that is attached to it.

    Raises:
        Unreadable: the compound file is damaged.
    """
    try:
        ole = opened(source.data)
    except Exception as error:  # olefile raises many kinds on damaged files
        raise Unreadable(f"《{source.name}》已损坏，Outlook 邮件打不开：请让发件人重发，或在 Outlook 里另存后再试。") from error
    with ole:
        builder = Builder(source, "msg", kind=PartKind.MAIL)
        _add_item(builder, Item(ole), 0, context)
        return builder.finish()


def _add_item(builder: Builder, item: Item, depth: int, context: Context) -> None:
    """Add one message at a depth of the chain, then its attachments, then the messages inside it."""
    deepest = add_mail(builder, _headers(item), [_bodies(item)], depth)
    outer = builder.current
    inner: list[Item] = []
    for attachment in item.attachments():
        message = attachment.inner()
        if message is not None:
            inner.append(message)
        else:
            _add_file(builder, attachment, deepest, context)
    for message in inner:
        if deepest >= limits().nesting:
            builder.name_only(message.text(SUBJECT) or "转发的邮件", f"转发套得太深（超过 {limits().nesting} 层），没有读")
            continue
        _add_item(builder, message, deepest + 1, context)
    builder.current = outer


def _headers(item: Item) -> tuple[tuple[str, str], ...]:
    """The headers a reader of the mail sees, under their Chinese names."""
    name = item.text(SENDER) or item.text(FOR_WHOM)
    address = item.text(SENDER_SMTP) or item.text(SENDER_ADDRESS)
    sender = f"{name} <{address}>" if "@" in address and address not in name else name or address
    moment = item.time(SENT) or item.time(DELIVERED)
    pairs = (
        ("发件人", sender),
        ("发送时间", _shown(moment) if moment else ""),
        ("收件人", item.text(SHOWN_TO)),
        ("抄送", item.text(SHOWN_COPY)),
        ("主题", item.text(SUBJECT)),
        ("重要性", "高" if item.fixed.get(IMPORTANCE) == HIGH else ""),
    )
    return tuple((key, value.strip()) for key, value in pairs if value.strip())


def _shown(moment: datetime) -> str:
    """A moment in the branch's own time (北京时间); the store keeps universal time."""
    from datetime import timedelta, timezone

    local = moment.astimezone(timezone(timedelta(hours=BEIJING_HOURS))) if moment.tzinfo is UTC else moment
    return local.strftime("%Y-%m-%d %H:%M")


def _bodies(item: Item) -> tuple[str, str]:
    """Plain text and page of a message; where either is missing, what the packed RTF body says."""
    plain = item.text(BODY)
    raw = item.binary(PAGE)
    page = decode(raw, item.charset).text if raw else item.text(PAGE)
    if page.strip() or (plain.strip() and not HAN.search(plain)):
        return plain, page
    rtf = unpacked(item.binary(PACKED))
    page = page_in_rtf(rtf)
    return plain or ("" if page else text_of_rtf(rtf)), page


def _add_file(builder: Builder, attachment: Item, depth: int, context: Context) -> None:
    """Read one attached file, or name it; pictures that stand in the body are passed over."""
    name = (attachment.text(LONG_NAME) or attachment.text(SHORT_NAME) or attachment.text(SHOWN_NAME)).strip()
    kind, data = attachment.text(MIME).lower(), attachment.binary(DATA)
    if kind.startswith("image/") and attachment.text(CONTENT_ID) and not may_hold_text(data):
        return
    if kind.startswith("multipart/") or data[:13].lower() == b"content-type:":
        add_message(builder, parse(data), depth + 1, context)
        return
    if not data:
        builder.name_only(name or "未命名附件", "附件内容不在邮件里（可能是网盘链接），没有读")
        return
    builder.attach(name.replace("\\", "/").rpartition("/")[2] or "未命名附件", data, context)
