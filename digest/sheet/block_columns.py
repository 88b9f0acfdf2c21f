"""Two columns of sections: bans head the right one; the cut and the widths are chosen so that both end together."""

from collections.abc import Sequence
from itertools import accumulate

from msgspec import Struct, field

from digest.sheet.block_section import BAR, BAR_BELOW, Section
from digest.sheet.frame import Frame
from digest.sheet.pen import HAIR, Pen

GUTTER = 16.0
SECTION_AIR = 6.0
SPLITS = (0.5, 0.46, 0.54, 0.42, 0.58)  # share of the left column, the even one first
SPLIT_COST = 4.0  # pt of height an uneven split must save
CUT_COST = 10.0  # pt of height a section cut in two must save
EVEN = 1.5  # lines by which columns may differ before other splits are tried
FEW = 3  # lines: fewer stand in one column over the whole width


class Plan(Struct, frozen=True):
    """Which sections stand where, and the left column's share of the width."""

    left: tuple[Section, ...]
    right: tuple[Section, ...]
    share: float


class Columns(Struct, frozen=True):
    """Sections in one or two columns."""

    sections: tuple[Section, ...]
    count: int = 2
    most: float = 0.0
    plans: dict[tuple[float, float, bool], Plan] = field(default_factory=dict)

    def filled(self) -> tuple[Section, ...]:
        """The sections that have lines."""
        return tuple(section for section in self.sections if section.count)

    def height(self, frame: Frame) -> float:
        """The taller column; nothing without lines."""
        if not self.filled():
            return 0.0
        plan = self.plan(frame)
        left, right = columns(frame, plan.share) if plan.right else (frame, frame)
        return max(stack_height(plan.left, left), stack_height(plan.right, right))

    def plan(self, frame: Frame) -> Plan:
        """The best arrangement, found once for a size and kept at every comfort."""
        key = (frame.size, frame.width, frame.quick)
        if key not in self.plans:
            self.plans[key] = self.find_plan(frame)
        return self.plans[key]

    def find_plan(self, frame: Frame) -> Plan:
        """The even split if its columns end together, else the split and the cut that need the least height."""
        filled = self.filled()
        if self.count < 2 or sum(section.count for section in filled) < FEW:
            return Plan(filled, (), 1.0)
        found = []
        ways = arrangements(filled)
        for number, share in enumerate(SPLITS):
            cost, plan = best_cut(filled, ways, columns(frame, share), share)
            found.append((cost + (SPLIT_COST if number else 0.0), number, plan))
            if number == 0 and (frame.quick or is_even(plan, frame)):
                break
        return min(found, key=lambda each: each[:2])[2]

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


def is_even(plan: Plan, frame: Frame) -> bool:
    """Whether both columns end within a line or two of each other, no section cut."""
    left, right = columns(frame, plan.share)
    cut = plan.right[0].start > 0 if plan.right else True
    return not cut and abs(stack_height(plan.left, left) - stack_height(plan.right, right)) < EVEN * frame.leading


Way = tuple[tuple[Section, ...], tuple[Section, ...], int]  # left column, right column, sections cut in two


def best_cut(sections: tuple[Section, ...], ways: Sequence[Way], frames: tuple[Frame, Frame], share: float) -> tuple[float, Plan]:
    """The way to share sections out that needs the least height at one split, with its cost."""
    left = Heights(sections, frames[0])
    right = left if frames[0].width == frames[1].width else Heights(sections, frames[1])
    options = [(max(left.sum(one), right.sum(two)) + CUT_COST * cuts, one, two) for one, two, cuts in ways]
    cost, one, two = min(options, key=lambda option: option[0])
    return cost, Plan(one, two, share)


class Heights:
    """Heights of sections and parts of them in one column, each line measured once."""

    def __init__(self, sections: tuple[Section, ...], frame: Frame) -> None:
        """Measure every line."""
        self.frame = frame
        self.lines: dict[int, list[float]] = {}
        for section in sections:
            self.lines[id(section.element)] = [0.0, *accumulate(section.heights(frame)[1:])]

    def sum(self, sections: tuple[Section, ...]) -> float:
        """Sections below each other."""
        total = SECTION_AIR * max(0, len(sections) - 1)
        for section in sections:
            ends = self.lines[id(section.element)]
            stop = len(ends) - 1 if section.stop is None else section.stop
            total += BAR + BAR_BELOW + ends[stop] - ends[section.start]
        return total


def arrangements(sections: tuple[Section, ...]) -> list[Way]:
    """Every way to share sections out in reading order; reverse ones may lead the right column."""
    found: list[Way] = [(left, right, 0) for left, right in paired(sections)]
    for index, section in enumerate(sections):
        if index:
            found.append((sections[:index], sections[index:], 0))
        for at in range(1, section.count):
            one, two = section.cut(at)
            found.append(((*sections[:index], one), (two, *sections[index + 1 :]), 1))
    return found or [(sections, (), 0)]


def paired(sections: tuple[Section, ...]) -> list[tuple[tuple[Section, ...], tuple[Section, ...]]]:
    """Bans at the head of the right column, the other sections shared out in any way that keeps their order."""
    bans = tuple(section for section in sections if section.reverse)
    rest = tuple(section for section in sections if not section.reverse)
    if not bans or not rest:
        return []
    found = []
    for mask in range(1, 2 ** len(rest), 2):
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
    weight = sum(section.count for section in sections)
    y = top
    for section in sections:
        high = section.height(frame) + spare * section.count / max(1, weight)
        section.draw(pen, y, frame, high)
        y -= high + SECTION_AIR
