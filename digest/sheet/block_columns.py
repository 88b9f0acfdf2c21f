"""Two columns of sections: bans head the right one; the cut and the widths are chosen so that both end together."""

from dataclasses import dataclass, field

from digest.sheet.block_section import Section
from digest.sheet.frame import Frame
from digest.sheet.pen import HAIR, Pen

GUTTER = 16.0
SECTION_AIR = 6.0
SPLITS = (0.5, 0.46, 0.54, 0.42, 0.58)  # share of the left column, the even one first
SPLIT_COST = 4.0  # pt of height an uneven split must save
CUT_COST = 16.0  # pt of height a section cut in two must save
FEW = 3  # lines: fewer stand in one column over the whole width


@dataclass(frozen=True, slots=True)
class Plan:
    """Which sections stand where, the left share, and both heights."""

    left: tuple[Section, ...]
    right: tuple[Section, ...]
    share: float
    heights: tuple[float, float]
    cost: float

    @property
    def height(self) -> float:
        """The taller column."""
        return max(self.heights)


@dataclass(frozen=True, slots=True)
class Columns:
    """Sections in one or two columns."""

    sections: tuple[Section, ...]
    count: int = 2
    flexible: bool = False
    plans: dict[tuple[float, float, float], Plan] = field(default_factory=dict, compare=False)

    def filled(self) -> tuple[Section, ...]:
        """The sections that have lines."""
        return tuple(section for section in self.sections if section.lines())

    def height(self, frame: Frame) -> float:
        """The taller column; nothing without lines."""
        return self.plan(frame).height if self.filled() else 0.0

    def plan(self, frame: Frame) -> Plan:
        """The best arrangement, found once for a frame."""
        key = (frame.size, frame.comfort, frame.width)
        if key not in self.plans:
            self.plans[key] = self.find_plan(frame)
        return self.plans[key]

    def find_plan(self, frame: Frame) -> Plan:
        """Try every split of widths and every place to cut."""
        filled = self.filled()
        if self.count < 2 or sum(len(section.lines()) for section in filled) < FEW:
            return Plan(filled, (), 1.0, (stack_height(filled, frame), 0.0), 0.0)
        best: Plan | None = None
        for share in SPLITS:
            for left, right, cuts in arrangements(filled):
                heights = tuple(stack_height(part, each) for part, each in zip((left, right), columns(frame, share), strict=True))
                cost = max(heights) + (SPLIT_COST if share != SPLITS[0] else 0.0) + CUT_COST * cuts
                if best is None or cost < best.cost:
                    best = Plan(left, right, share, (heights[0], heights[1]), cost)
        assert best is not None
        return best

    def draw(self, pen: Pen, top: float, frame: Frame, height: float) -> None:
        """Draw both columns down to the same line."""
        plan = self.plan(frame)
        if not plan.right:
            draw_stack(pen, top, frame, (plan.left, height))
            return
        for part, column in zip((plan.left, plan.right), columns(frame, plan.share), strict=True):
            draw_stack(pen, top, column, (part, height))
        middle = frame.left + (frame.width - GUTTER) * plan.share + GUTTER / 2
        pen.rule((middle, top), (middle, top - height + 2), 0.4, gray=HAIR)


def columns(frame: Frame, share: float) -> tuple[Frame, Frame]:
    """The frames of both columns."""
    room = frame.width - GUTTER
    return frame.column(frame.left, room * share), frame.column(frame.left + room * share + GUTTER, room * (1 - share))


def arrangements(sections: tuple[Section, ...]) -> list[tuple[tuple[Section, ...], tuple[Section, ...], int]]:
    """Every way to share sections out in reading order: (left, right, sections cut in two); reverse ones may lead the right column."""
    found: list[tuple[tuple[Section, ...], tuple[Section, ...], int]] = []
    for index, section in enumerate(sections):
        if index:
            found.append((sections[:index], sections[index:], 0))
        for at in range(1, len(section.lines())):
            one, two = section.cut(at)
            found.append(((*sections[:index], one), (two, *sections[index + 1 :]), 1))
    found += [(left, right, 0) for left, right in paired(sections)]
    if not found:
        found.append((sections, (), 0))
    return found


def paired(sections: tuple[Section, ...]) -> list[tuple[tuple[Section, ...], tuple[Section, ...]]]:
    """Bans at the head of the right column, the other sections shared out in any way that keeps their order."""
    bans = tuple(section for section in sections if section.reverse)
    rest = tuple(section for section in sections if not section.reverse)
    if not bans or not rest:
        return []
    found = []
    for mask in range(1, 2 ** len(rest)):
        left = tuple(section for index, section in enumerate(rest) if mask >> index & 1)
        right = tuple(section for index, section in enumerate(rest) if not mask >> index & 1)
        found.append((left, (*bans, *right)))
    return found


def stack_height(sections: tuple[Section, ...], frame: Frame) -> float:
    """Sections below each other."""
    return sum(section.height(frame) for section in sections) + SECTION_AIR * max(0, len(sections) - 1)


def draw_stack(pen: Pen, top: float, frame: Frame, stack: tuple[tuple[Section, ...], float]) -> None:
    """Draw sections below each other, the spare height shared out by their lines."""
    sections, height = stack
    spare = max(0.0, height - stack_height(sections, frame))
    weight = sum(len(section.lines()) for section in sections)
    y = top
    for section in sections:
        high = section.height(frame) + spare * len(section.lines()) / max(1, weight)
        section.draw(pen, y, frame, high)
        y -= high + SECTION_AIR
