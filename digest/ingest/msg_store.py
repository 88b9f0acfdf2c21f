"""The property store of an Outlook item ([MS-OXMSG]): texts, bytes, days, attachments and inner messages, by property number."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct, field

from digest.ingest.encoding import decode

UNICODE, ANSI, BINARY, OBJECT = "001F", "001E", "0102", "000D"
MESSAGE_CODEPAGE, INTERNET_CODEPAGE = 0x3FFD, 0x3FDE
CODEPAGES = {936: "gb18030", 950: "cp950", 54936: "gb18030", 65001: "utf-8", 1200: "utf-16-le", 20936: "gb18030", 52936: "hz", 50220: "iso2022_jp"}
INTEGER, TIME = 0x0003, 0x0040
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


class Item(Struct):
    """A message, recipient or attachment: one storage of the compound file."""

    ole: Any
    path: tuple[str, ...] = ()
    kind: str = "message"
    fixed: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.fixed = dict(self._fixed())

    def _fixed(self) -> Iterator[tuple[int, int]]:
        """The properties of fixed length: number and raw 64-bit value."""
        data = self._stream("__properties_version1.0")
        start = (32 if not self.path else 24) if self.kind == "message" else 8
        for at in range(start, len(data) - 15, 16):
            tag, _, value = struct.unpack_from("<IIQ", data, at)
            if tag & 0xFFFF in (INTEGER, TIME):
                yield tag >> 16, value if tag & 0xFFFF == TIME else value & 0xFFFFFFFF

    def _stream(self, name: str) -> bytes:
        """The bytes of a stream of this storage; empty where there is none or it is damaged."""
        where = [*self.path, name]
        try:
            return bytes(self.ole.openstream(where).read()) if self.ole.exists(where) else b""
        except Exception:  # olefile raises many kinds on damaged chains; the rest of the item is still good
            return b""

    def binary(self, number: int) -> bytes:
        """A property's bytes."""
        return self._stream(f"__substg1.0_{number:04X}{BINARY}")

    def text(self, number: int) -> str:
        """A property's text, in whichever form it is kept."""
        wide = self._stream(f"__substg1.0_{number:04X}{UNICODE}")
        if wide:
            return wide.decode("utf-16-le", "replace").replace("\0", "")
        return decode(self._stream(f"__substg1.0_{number:04X}{ANSI}"), self.charset).text.replace("\0", "")

    @property
    def charset(self) -> str:
        """The encoding that the message claims for its narrow texts."""
        number = self.fixed.get(MESSAGE_CODEPAGE) or self.fixed.get(INTERNET_CODEPAGE) or 0
        return CODEPAGES.get(number, f"cp{number}" if number else "")

    def time(self, number: int) -> datetime | None:
        """A moment; None where it is not kept or senseless."""
        ticks = self.fixed.get(number, 0)
        try:
            return EPOCH + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def attachments(self) -> list["Item"]:
        """The attachments, in the order of their numbers."""
        depth = len(self.path)
        names = {entry[depth] for entry in self.ole.listdir(streams=True, storages=True) if tuple(entry[:depth]) == self.path and len(entry) > depth}
        return [Item(self.ole, (*self.path, name), "attachment") for name in sorted(names) if name.startswith("__attach_version1.0_")]

    def inner(self) -> "Item | None":
        """The message inside an attachment; None where it holds a file."""
        where = (*self.path, f"__substg1.0_3701{OBJECT}")
        if not self.ole.exists([*where, "__properties_version1.0"]):
            return None
        return Item(self.ole, where)
