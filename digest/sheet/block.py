"""What every part of the page can do: say how much room it needs, and be drawn there."""

from typing import Protocol

from digest.sheet.frame import Frame
from digest.sheet.pen import Pen


class Block(Protocol):
    """A part of the page."""

    @property
    def most(self) -> float:
        """Up to what height it may be given room that is left on the page; 0 if it never is."""

    def height(self, frame: Frame) -> float:
        """The room it needs in points; 0 if it has nothing to say and folds away."""

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw it from ``top`` downwards within ``height`` points."""
