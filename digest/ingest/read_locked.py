"""Password-protected docx and xlsx: opened with the user's password, then read as what they are."""

import struct

from msgspec.structs import replace

from digest.errors import Encrypted, Unreadable
from digest.ingest.context import Context
from digest.ingest.formats import refusal
from digest.ingest.locked import UnknownScheme, WrongPassword, decrypt
from digest.ingest.ole import opened
from digest.model.document import Document
from digest.model.source import Source


def read_locked(source: Source, context: Context) -> Document:
    """Read an encrypted Office package.

    Raises:
        Encrypted: no password, the wrong one, or an encryption that no password opens.
    """
    if not source.password:
        raise refusal("encrypted", source.name)
    info, package = _streams(source)
    try:
        data = decrypt(info, package, source.password, source.name)
    except WrongPassword as error:
        raise Encrypted(f"《{source.name}》的密码不对：请核对 --password 后再试，或在 Word/WPS 里去掉密码后另存。") from error
    except (UnknownScheme, ValueError, KeyError, struct.error) as error:
        raise Encrypted(f"《{source.name}》的加密方式（证书或权限管理）本工具打不开：请在能打开它的电脑上另存为不加密的 docx 后再试。") from error
    document = context.read_inner(Source(name=source.name, data=data))
    return replace(document, sha256=source.sha256, size=len(source.data))


def _streams(source: Source) -> tuple[bytes, bytes]:
    """The two streams of an encrypted package."""
    try:
        with opened(source.data) as box:
            return box.openstream("EncryptionInfo").read(), box.openstream("EncryptedPackage").read()
    except Exception as error:  # olefile raises many kinds on damaged files
        raise Unreadable(f"《{source.name}》已加密，而且已损坏，打不开：请向发件人重新索取后再试。") from error
