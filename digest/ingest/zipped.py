"""Bytes of a zip to its members, within the limits: bombs, lying sizes and damage end in one sentence."""

import io
import zipfile
import zlib

from digest.errors import Encrypted, TooMuch, Unreadable
from digest.ingest.limits import MEGABYTE, limits

ENCRYPTED_FLAG = 0x1
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, IndexError, KeyError, UnicodeError)


class Zipped:
    """A zip archive held in memory; ``name`` is the file's name for messages."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.taken = 0  # bytes inflated so far: the sizes that the archive states can lie
        try:
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as error:
            raise Unreadable(f"《{name}》不完整或已损坏（打不开压缩结构）：请重新下载或向发件人重新索取后再试。") from error
        self.members = self.archive.infolist()
        self.by_name = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in self.members}
        self._refuse_bomb(len(data))

    def _refuse_bomb(self, packed: int) -> None:
        """Refuse by the stated sizes, before anything is inflated."""
        allowed = limits()
        stated = sum(member.file_size for member in self.members)
        swollen = stated > allowed.ratio_from_megabytes * MEGABYTE and stated > allowed.inflate_ratio * max(packed, 1)
        if len(self.members) > allowed.members or stated > allowed.inflated_megabytes * MEGABYTE or swollen:
            raise self._bomb()

    def _bomb(self) -> TooMuch:
        return TooMuch(f"《{self.name}》展开后大得不正常（像“压缩炸弹”），为安全起见没有读：请向发件人核实，或用原来的软件另存后再试。")

    def has(self, path: str) -> bool:
        """Whether a member exists; case and a leading slash do not matter."""
        return path.lstrip("/").lower() in self.by_name

    def read(self, path: str) -> bytes:
        """The bytes of one member.

        Raises:
            Unreadable: no such member, or it is damaged.
            TooMuch: it inflates beyond the limits.
            Encrypted: it needs a password.
        """
        member = self.by_name.get(path.lstrip("/").lower())
        if member is None:
            raise Unreadable(f"《{self.name}》缺少内部文件 {path}，已损坏：请用原来的软件打开，另存后再试。")
        return self.read_member(member)

    def read_member(self, member: zipfile.ZipInfo, password: str = "") -> bytes:
        """The same for a member of ``members``."""
        if member.flag_bits & ENCRYPTED_FLAG and not password:
            raise Encrypted(f"《{self.name}》里的 {member.filename} 设了密码：请加 --password 密码 再试，或先解压再处理。")
        allowed = limits()
        room = min(allowed.member_megabytes * MEGABYTE, allowed.inflated_megabytes * MEGABYTE - self.taken)
        try:
            with self.archive.open(member, pwd=password.encode("utf-8") or None) as stream:
                data = stream.read(room + 1)
        except RuntimeError as error:
            raise Encrypted(f"《{self.name}》的密码不对：请核对 --password 后再试。") from error
        except DAMAGE as error:
            raise Unreadable(f"《{self.name}》里的 {member.filename} 已损坏：请重新下载或向发件人重新索取后再试。") from error
        self.taken += len(data)
        if len(data) > room:
            raise self._bomb()
        return data
