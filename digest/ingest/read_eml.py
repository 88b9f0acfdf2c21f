"""eml to Document: every message of the chain a part, attachments read as parts, what was not read named with the reason."""

import base64
import binascii
import email
import re
from collections.abc import Iterator
from email import policy
from email.message import Message

from msgspec import Struct, field

from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.encoding import decode
from digest.ingest.limits import limits
from digest.ingest.mail_body import add_mail
from digest.ingest.mail_headers import file_name, shown_headers
from digest.ingest.pictures import may_hold_text
from digest.ingest.read_html import text_of
from digest.ingest.signed import signed_content
from digest.ingest.tnef import unpack
from digest.model.document import Document, PartKind
from digest.model.source import Source

FIRST_HEADER = re.compile(rb"(?im)^(?:from|to|subject|date|received|return-path|message-id|mime-version|content-type|delivered-to|x-[\w-]+):")
BOUNDARY = re.compile(rb"(?m)^--([^\r\n\"]{1,200}?)[ \t]*\r?\n(?=[Cc]ontent-)")
JUNK_LINES = 2000  # bytes of junk before the first header that are skipped
IGNORED = frozenset(
    ("application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "message/delivery-status", "text/rfc822-headers")
)
SEALED = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"))
TNEF = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))


class File(Struct, frozen=True, kw_only=True):
    """One attached file; ``inline`` where it only adorns the body."""

    name: str
    data: bytes
    kind: str
    inline: bool = False


class Opened(Struct):
    """What one message holds."""

    bodies: list[tuple[str, str]] = field(default_factory=list)  # (plain text, page), either may be empty
    files: list[File] = field(default_factory=list)
    inner: list[Message] = field(default_factory=list)


def read_eml(source: Source, context: Context) -> Document:
    """Read a mail with all that is attached to it."""
    message = parse(source.data)
    builder = Builder(source, "eml", kind=PartKind.MAIL)
    add_message(builder, message, 0, context)
    return builder.finish()


def parse(data: bytes) -> Message:
    """Bytes to a message; a byte order mark or a junk line before the headers is skipped."""
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    found = FIRST_HEADER.search(data[:JUNK_LINES])
    head = data[: found.start()] if found else b""
    if head and not re.match(rb"(?i)[\w-]+:|from ", head):
        data = data[len(head) :]
    return email.message_from_bytes(data, policy=policy.compat32)


def add_message(builder: Builder, message: Message, depth: int, context: Context) -> None:
    """Add one message at a depth of the chain, then its files, then the messages inside it."""
    opened = Opened()
    _open(message, opened)
    deepest = add_mail(builder, shown_headers(message), opened.bodies, depth)
    outer = builder.current
    for file in opened.files:
        _add_file(builder, file, context)
    for inner in opened.inner:
        if deepest >= limits().nesting:
            builder.name_only(_subject(inner), f"转发套得太深（超过 {limits().nesting} 层），没有读")
            continue
        add_message(builder, inner, deepest + 1, context)
    builder.current = outer


def _open(part: Message, opened: Opened) -> None:
    """Sort a part, and those inside it, into bodies, files and inner messages."""
    kind = part.get_content_type()
    if kind == "message/rfc822":
        opened.inner += list(_inner(part))
    elif part.get_content_maintype() == "multipart" and not part.is_multipart():
        _open(_mended(part), opened)
    elif kind == "multipart/alternative":
        _open_alternatives(part, opened)
    elif part.is_multipart():
        for child in _children(part):
            _open(child, opened)
    elif kind in ("text/plain", "text/html") and not _is_file(part):
        opened.bodies.append(("", _page(part)) if kind == "text/html" else (_plain(part), ""))
    elif kind not in IGNORED:
        _open_file(part, opened)


def _open_file(part: Message, opened: Opened) -> None:
    """A file; what Outlook packed or a signature wraps is opened like the mail's own parts."""
    file = File(name=file_name(part), data=_bytes(part), kind=part.get_content_type(), inline=_is_inline(part))
    if file.kind in SEALED and (content := signed_content(file.data)):
        _open(parse(content), opened)
        return
    packed = unpack(file.data) if file.kind in TNEF or file.name.lower() == "winmail.dat" else None
    if packed is None or not (packed.files or packed.plain or packed.page):
        opened.files.append(file)
        return
    if not any(plain.strip() or page.strip() for plain, page in opened.bodies):
        opened.bodies.append((packed.plain, packed.page))
    opened.files += [File(name=name, data=data, kind="application/octet-stream") for name, data in packed.files]


def _mended(part: Message) -> Message:
    """A multipart whose boundary never comes: split at the boundary that does come, else plain text."""
    data = _bytes(part)
    found = BOUNDARY.search(data)
    if found:
        mended = email.message_from_bytes(b'Content-Type: multipart/mixed; boundary="%s"\n\n%s' % (found.group(1), data), policy=policy.compat32)
        if mended.is_multipart():
            return mended
    return email.message_from_bytes(b"\n" + data, policy=policy.compat32)


def _open_alternatives(part: Message, opened: Opened) -> None:
    """The same body in several forms: plain text and page are kept together, the better one is chosen later."""
    mine = Opened()
    for child in _children(part):
        _open(child, mine)
    plain = "\n".join(text for text, _ in mine.bodies if text)
    page = "\n".join(text for _, text in mine.bodies if text)
    if plain or page:
        opened.bodies.append((plain, page))
    opened.files += mine.files
    opened.inner += mine.inner


def _children(part: Message) -> list[Message]:
    """The parts of a multipart; a damaged one has none."""
    payload = part.get_payload()
    return [child for child in payload if isinstance(child, Message)] if isinstance(payload, list) else []


def _inner(part: Message) -> Iterator[Message]:
    """The messages in a message/rfc822 part; some programs encode it in base64, against the standard."""
    for child in _children(part):
        if child.keys():
            yield child
            continue
        text = child.get_payload()
        try:
            data = base64.b64decode(text if isinstance(text, str) else "", validate=False)
        except (binascii.Error, ValueError):
            data = b""
        if FIRST_HEADER.search(data[:JUNK_LINES]):
            yield parse(data)
        elif isinstance(text, str) and text.strip():
            yield child


def _is_file(part: Message) -> bool:
    """Whether a text part is an attached file and no body."""
    disposition = str(part.get("content-disposition") or "").strip().lower()
    return disposition.startswith("attachment") or bool(file_name(part))


def _bytes(part: Message) -> bytes:
    """The decoded bytes of a part, whatever its transfer encoding claims."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, binascii.Error, AssertionError, LookupError):
        data = None
    if isinstance(data, bytes):
        return data
    text = part.get_payload()
    return text.encode("utf-8", "surrogateescape") if isinstance(text, str) else b""


def _plain(part: Message) -> str:
    """A text part's text; lines that format=flowed broke are joined again."""
    text = decode(_bytes(part), _charset(part)).text.replace("\r\n", "\n")
    if str(part.get_param("format") or "").lower() == "flowed":
        text = re.sub(r"(?m)(?<=\S) \n(?=[^>\s-])", " ", text)
    return text


def _page(part: Message) -> str:
    """An html part's text."""
    return text_of(_bytes(part), _charset(part))


def _charset(part: Message) -> str:
    """The charset that a part claims; empty where it claims none that can be read."""
    value = part.get_param("charset")
    return str(value[2] if isinstance(value, tuple) else value or "")


def _add_file(builder: Builder, file: File, context: Context) -> None:
    """Read one attached file, or name it; pictures that only adorn the body are passed over."""
    if file.kind.startswith("image/") and file.inline and not may_hold_text(file.data):
        return
    if file.kind in SEALED:
        builder.name_only(file.name or "smime.p7m", "邮件内容经过加密，没有读")
        builder.note("sealed", "邮件内容经过加密，没有读：请在邮件软件中打开，另存正文和附件后再试。")
        return
    builder.attach(file.name or _nameless(file.kind), file.data, context)


def _is_inline(part: Message) -> bool:
    """Whether a picture stands in the body."""
    disposition = str(part.get("content-disposition") or "").strip().lower()
    return part.get("content-id") is not None or not disposition.startswith("attachment")


def _nameless(kind: str) -> str:
    """A name for an attachment without one."""
    return "未命名附件." + re.sub(r"\W", "", kind.rpartition("/")[2])[:8]


def _subject(message: Message) -> str:
    """A message's subject for naming it."""
    return next((value for name, value in shown_headers(message) if name == "主题"), "") or "转发的邮件"
