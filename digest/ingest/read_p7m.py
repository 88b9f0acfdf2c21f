"""A signed message in a file of its own (.p7m) to Document: what was signed is read, the signature is not checked."""

from msgspec.structs import replace

from digest.errors import Encrypted, NoText
from digest.ingest.context import Context
from digest.ingest.signed import SIGNED, signed_content
from digest.model.document import Document
from digest.model.source import Source


def read_p7m(source: Source, context: Context) -> Document:
    """Read the mail or file that was signed.

    Raises:
        Encrypted: it is sealed with the receiver's key.
        NoText: it is only a signature (.p7s); what it belongs to is another file.
    """
    content = signed_content(source.data)
    if content:
        document = context.read_inner(Source(name=source.name, data=content, password=source.password))
        return replace(document, sha256=source.sha256, size=len(source.data))
    if SIGNED in source.data[:64]:
        raise NoText(f"《{source.name}》只是一个数字签名，里面没有正文：请选与它一起发来的那个文件再试。")
    raise Encrypted(f"《{source.name}》是用收件人证书加密的邮件，本工具打不开：请在邮件软件里打开，另存正文和附件后再试。")
