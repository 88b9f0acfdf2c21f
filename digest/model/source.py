"""Source: the bytes of one file as the user handed it over."""

import hashlib

from msgspec import Struct


class Source(Struct, frozen=True, kw_only=True):
    """One input file (来文): its name (no folder), its bytes, and an optional password for encrypted files."""

    name: str
    data: bytes
    password: str = ""

    @property
    def sha256(self) -> str:
        """Hex digest of the bytes: printed in the sheet's footer so that the source can be told again."""
        return hashlib.sha256(self.data).hexdigest()
