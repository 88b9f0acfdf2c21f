"""The frame every block is measured and drawn in: column, type sizes and air, all moved together by one comfort value."""

from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from digest.model.look import Look
from digest.sheet.pen import SMALLEST, Type
from digest.typeset.fonts import PACKAGED, Family

A4 = (595.2756, 841.8898)
AIR = (1.8, 9.0)  # pt between two lines of a section, at comfort 0 and 1
BLOCK_AIR = (4.0, 10.0)  # pt between two blocks
HEADING = 12.0  # pt: a section heading
SMALL = 0.78  # of body size: article marks, posts


class Frame(Struct, frozen=True):
    """Where and how large: left edge and width in points, body size, comfort 0..1 (leading and air)."""

    look: Look
    left: float
    width: float
    size: float
    comfort: float = 0.0
    family: Family = PACKAGED
    quick: bool = False  # while choosing: columns of even width only, which never need less height than the best ones

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def leading(self) -> float:
        """Points from baseline to baseline of body type."""
        low, high = self.look.leading
        return self.size * (low + (high - low) * min(1.0, self.comfort))

    @property
    def air(self) -> float:
        """Points between two lines of a section."""
        return AIR[0] + (AIR[1] - AIR[0]) * self.comfort

    @property
    def block_air(self) -> float:
        """Points between two blocks."""
        return BLOCK_AIR[0] + (BLOCK_AIR[1] - BLOCK_AIR[0]) * min(1.0, self.comfort)

    @property
    def body(self) -> Type:
        """Body type."""
        return Type(size=self.size, leading=self.leading, family=self.family)

    @property
    def small(self) -> Type:
        """Type of article marks and posts."""
        return small_type(self.size, self.family)

    def column(self, left: float, width: float) -> "Frame":
        """The same within a narrower column."""
        return replace(self, left=left, width=width)

    def at(self, comfort: float) -> "Frame":
        """The same at another comfort."""
        return replace(self, comfort=comfort)


@lru_cache(maxsize=100)
def small_type(size: float, family: Family) -> Type:
    """Type of article marks and posts beside body type of a size."""
    own = max(SMALLEST, round(size * SMALL, 1))
    return Type(size=own, leading=own * 1.3, family=family)


def frame_of(look: Look, size: float, family: Family = PACKAGED) -> Frame:
    """The whole page within its margins."""
    margins = look.margins
    return Frame(look=look, left=margins.left, width=A4[0] - margins.left - margins.right, size=size, family=family)
