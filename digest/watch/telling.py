"""What a watch tells its user, and how it keeps from telling the same trouble twice."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct


class What(StrEnum):
    """Kinds of news."""

    MADE = "made"  # a new draft
    KNOWN = "known"  # the archive has it already
    FAILED = "failed"  # this file cannot be taken in
    TROUBLE = "trouble"  # share, server or archive is away
    BACK = "back"  # it is there again
    NOTE = "note"


class Told(Struct, frozen=True, kw_only=True):
    """One sentence for the user."""

    what: What
    text: str


class Outage:
    """Something that may be away for a while: said once when it goes, once when it is back."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.away = False

    def began(self, cause: str) -> Iterator[Told]:
        """It is away."""
        if not self.away:
            self.away = True
            yield Told(what=What.TROUBLE, text=f"{self.name}：{cause}。恢复后会自动继续，不用重新启动。")

    def over(self) -> Iterator[Told]:
        """It is there."""
        if self.away:
            self.away = False
            yield Told(what=What.BACK, text=f"{self.name}已恢复，继续监看。")
