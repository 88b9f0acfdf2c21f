"""A mailbox's address: ``imaps://user@host/folder`` or ``imap://…`` to values, and nothing in it that must stay secret."""

import ipaddress
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from digest.errors import UsageError

PORTS = {"imap": 143, "imaps": 993}


class Mailbox(Struct, frozen=True, kw_only=True):
    """Where mail comes in. ``tls`` is imaps (from the first byte), starttls, or plain (this PC only)."""

    host: str
    port: int
    user: str
    folder: str
    tls: str
    ca: str = ""  # the bank's own certificate authority, a file

    def __str__(self) -> str:
        return f"{self.user}@{self.host}/{self.folder}"


def is_mailbox(where: str) -> bool:
    """Whether an address is a mailbox's, not a folder's."""
    return where.lower().startswith(("imap://", "imaps://"))


def parse(where: str, *, ca: str = "", plain: bool = False) -> Mailbox:
    """An address as a Mailbox.

    Raises:
        UsageError: something is missing or not allowed.
    """
    try:
        parts = urlsplit(where)
        port = parts.port or PORTS[parts.scheme]
    except ValueError:
        raise UsageError("邮箱地址写得不对。请写成 imaps://用户@服务器/文件夹。") from None
    if parts.password is not None:
        raise UsageError("邮箱地址里不要写密码（别人看得到）。请用 --password-file 文件，或环境变量 DIGEST_IMAP_PASSWORD。")
    if not parts.hostname or not parts.username:
        raise UsageError("邮箱地址里缺用户或服务器。请写成 imaps://用户@服务器/文件夹。")
    if plain and not is_loopback(parts.hostname):
        raise UsageError("--plain（不加密）只能用于本机。连别的服务器请去掉它；用银行自己的证书时加 --ca 证书文件。")
    tls = "plain" if plain else "imaps" if parts.scheme == "imaps" else "starttls"
    return Mailbox(host=parts.hostname, port=port, user=unquote(parts.username), folder=unquote(parts.path.strip("/")) or "INBOX", tls=tls, ca=ca)


def is_loopback(host: str) -> bool:
    """Whether a host is this PC."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
