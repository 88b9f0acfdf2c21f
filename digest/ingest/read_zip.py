"""zip and 7z bundles to Document: each file in it read as an attached paper, the circular first; what is not read is named.

Nothing is ever written to disk, so a path out of the folder can do no harm; such a member is named and left alone all the same.
"""

import hashlib
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from digest.errors import DigestError, Encrypted, NoText, TooMuch, Unreadable
from digest.ingest.builder import Builder
from digest.ingest.context import Context
from digest.ingest.encoding import decode
from digest.ingest.limits import MEGABYTE, limits
from digest.ingest.zipped import Zipped
from digest.model.document import Document
from digest.model.source import Source

UTF8_FLAG = 0x800
UNICODE_PATH = 0x7075  # extra field in which some programs keep the true name
LITTER = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$|\._)", re.I)
ANNEX = re.compile(r"^(附件|附表|附录|附：|attachment|annex|appendix)", re.I)
TRICKY = re.compile(r"(^|/)\.\.(/|$)|^/|^[A-Za-z]:")
SAME_PAPER = ("docx", "doc", "wps", "rtf", "ofd", "pdf")  # the same paper in several formats, the best to read first
DIGITS = re.compile(r"(\d+)")
NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


class Member(Struct, frozen=True):
    """One file of a bundle, its bytes not yet taken out."""

    name: str  # with its folders
    size: int
    load: Callable[[], bytes]

    @property
    def shown(self) -> str:
        """The name without folders."""
        return PurePosixPath(self.name).name


def read_zip(source: Source, context: Context) -> Document:
    """Read a zip bundle."""
    zipped = Zipped(source.data, source.name)
    members = [
        Member(_true_name(info), info.file_size, lambda info=info: zipped.read_member(info, source.password))  # type: ignore[misc]
        for info in zipped.members
        if info.filename and not info.is_dir()
    ]
    return _read_bundle(source, members, context, "zip")


def read_7z(source: Source, context: Context) -> Document:
    """Read a 7z bundle."""
    files = _unpacked(source)
    members = [Member(name, len(data), lambda data=data: data) for name, data in files.items()]  # type: ignore[misc]
    return _read_bundle(source, members, context, "7z")


def _true_name(info: zipfile.ZipInfo) -> str:
    """A member's name as its maker meant it: Chinese Windows writes GBK where the format knows only code page 437."""
    told = _told_name(info.extra)
    if told:
        return told.replace("\\", "/")
    name = info.orig_filename
    if not info.flag_bits & UTF8_FLAG:
        try:
            name = decode(name.encode("cp437")).text
        except UnicodeEncodeError:
            name = info.orig_filename
    return name.split("\0")[0].replace("\\", "/")


def _told_name(extra: bytes) -> str:
    """The UTF-8 name in the Unicode Path extra field; empty where there is none."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        at += 4 + size
    return ""


def _unpacked(source: Source) -> dict[str, bytes]:
    """The files of a 7z archive in memory, within the limits.

    Raises:
        Encrypted: a password is needed or wrong.
        TooMuch: it inflates beyond the limits.
        Unreadable: it is damaged.
    """
    import py7zr
    from py7zr.exceptions import DecompressionBombError, PasswordRequired
    from py7zr.io import BytesIOFactory

    room = limits().inflated_megabytes * MEGABYTE
    try:
        with py7zr.SevenZipFile(io.BytesIO(source.data), password=source.password or None, max_extract_size=room) as archive:
            listed = [each for each in archive.list() if not each.is_directory]
            _refuse_bomb(source, listed)
            plain = [each.filename for each in listed if not TRICKY.search(each.filename.replace("\\", "/")) and not LITTER.search(each.filename)]
            factory = BytesIOFactory(room)
            if plain:
                archive.extract(targets=plain, factory=factory)
            return {name: _product(factory, name) for name in plain}
    except (PasswordRequired, DecompressionBombError) as error:
        raise _bomb(source) if isinstance(error, DecompressionBombError) else _locked(source) from error
    except DigestError:
        raise
    except Exception as error:  # py7zr raises whatever a damaged header leads to
        if source.password:
            raise _locked(source) from error
        raise Unreadable(f"《{source.name}》不完整或已损坏，7z 打不开：请重新下载或向发件人重新索取后再试。") from error


def _product(factory: object, name: str) -> bytes:
    """The bytes that were unpacked under a name; py7zr keeps them under the full path that it would have written."""
    products: dict[str, io.BytesIO] = getattr(factory, "products", {})
    for path, product in products.items():
        if path == name or path.endswith("/" + name):
            product.seek(0)
            return product.read()
    return b""


def _refuse_bomb(source: Source, listed: Sequence[object]) -> None:
    """Refuse a 7z archive by the sizes that it states."""
    allowed = limits()
    stated = sum(int(getattr(each, "uncompressed", 0) or 0) for each in listed)
    swollen = stated > allowed.ratio_from_megabytes * MEGABYTE and stated > allowed.inflate_ratio * max(1, len(source.data))
    if len(listed) > allowed.members or stated > allowed.inflated_megabytes * MEGABYTE or swollen:
        raise _bomb(source)


def _bomb(source: Source) -> TooMuch:
    """The refusal of a bundle that swells."""
    return TooMuch(f"《{source.name}》展开后大得不正常（像“压缩炸弹”），为安全起见没有读：请向发件人核实，或先解压再逐个放进来。")


def _locked(source: Source) -> Encrypted:
    """The refusal of an encrypted bundle."""
    advice = "密码不对：请核对 --password 后再试" if source.password else "设了密码：请加 --password 密码 再试"
    return Encrypted(f"《{source.name}》{advice}，或先解压再处理。")


def _read_bundle(source: Source, members: Sequence[Member], context: Context, form: str) -> Document:
    """All members as attached papers; one that cannot be read is named with the reason."""
    builder = Builder(source, form)
    seen: dict[str, str] = {}
    papers: dict[str, str] = {}
    for member in _in_order(members):
        if TRICKY.search(member.name):
            builder.name_only(member.shown, "文件路径指向压缩包之外，为安全起见没有读")
            builder.note("tricky_path", f"《{source.name}》里有路径异常的文件（{member.shown}），没有读：请向发件人核实。")
            continue
        _add(builder, member, (seen, papers), context)
    if not builder.attachments:
        raise NoText(f"《{source.name}》是空的压缩包，里面没有文件：请向发件人重新索取后再试。")
    locked = [each for each in builder.attachments if not each.read]
    if len(locked) == len(builder.attachments) and all("密码" in each.why for each in locked):
        raise _locked(source)
    return builder.finish()


def _add(builder: Builder, member: Member, known: tuple[dict[str, str], dict[str, str]], context: Context) -> None:
    """Read one member, unless it is the same file or the same paper as one before."""
    seen, papers = known
    stem, _, suffix = member.shown.rpartition(".")
    paper = stem if suffix.lower() in SAME_PAPER else ""
    if paper and paper in papers:
        builder.name_only(member.shown, f"与《{papers[paper]}》同名，只读了后者")
        return
    try:
        data = member.load()
    except (Encrypted, Unreadable) as error:
        builder.name_only(member.shown, str(error))
        builder.note("attachment_not_read", f"附件《{member.shown}》没有读进来：{error}", member.shown)
        return
    mark = hashlib.sha256(data).hexdigest()
    if mark in seen:
        builder.name_only(member.shown, f"与《{seen[mark]}》内容相同，只读了一份")
        return
    seen[mark] = member.shown
    if builder.attach(member.shown, data, context) and paper:
        papers[paper] = member.shown


def _in_order(members: Sequence[Member]) -> Iterator[Member]:
    """The circular before its annexes, annexes by number, of one paper the format that is best to read."""
    worth = [member for member in members if not LITTER.search(member.name)]
    yield from sorted(worth, key=_place)


def _place(member: Member) -> tuple[object, ...]:
    """Where a member comes: depth of folder, annex or not, name with its numbers as numbers, format."""
    stem, _, suffix = member.shown.rpartition(".")
    pieces = tuple((0, int(piece), "") if piece.isdigit() else (1, 0, piece) for piece in DIGITS.split(stem.translate(NUMERALS)) if piece)
    rank = SAME_PAPER.index(suffix.lower()) if suffix.lower() in SAME_PAPER else len(SAME_PAPER)
    return bool(ANNEX.match(member.shown)), pieces, rank, member.name
