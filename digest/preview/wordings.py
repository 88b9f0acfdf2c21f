"""Lines out of what was understood: a unit's line in one of its prepared wordings, and which wordings a line has."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from digest.archive.sources import Kept
from digest.model.look import Look
from digest.model.outline import Outline
from digest.model.ranking import Category
from digest.model.sheet import Line
from digest.preview.edits import Desk
from digest.sheet import apart
from digest.sheet import pool as pools
from digest.sheet.lines import line_of
from digest.zh import emphasis

NAMES = ("全文", "精简", "最简")


@lru_cache(maxsize=8)
def pool_of(kept: "Same", look: Look) -> pools.Pool:
    """The candidates of a document in a design."""
    it = kept.kept
    return pools.pool_of(it.outline, it.facts, it.ranking, it.ladders, look=look)


class Same:
    """A value that is compared by being the same object: hashing a whole document at each look-up would be slow."""

    __slots__ = ("kept",)

    def __init__(self, kept: Kept) -> None:
        self.kept = kept

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.kept is other.kept

    def __hash__(self) -> int:
        return id(self.kept)


def pool(desk: Desk) -> pools.Pool:
    """The candidates of the desk's document."""
    return pool_of(Same(desk.kept), desk.look)


def unit_line(desk: Desk, unit: int, number: int, rung: int = 0) -> Line | None:
    """A unit as a line; None where there is no such unit."""
    if not 0 <= unit < len(desk.kept.outline.units):
        return None
    found = pool(desk)
    line = apart.whole(found, {unit: rung}) if unit in found.candidates else whole_line(desk.kept, unit)
    return replace(line, number=number, emphasis=emphasis.ranges(line.text))


def whole_line(kept: Kept, unit: int) -> Line:
    """A unit that was no candidate, in its own words, its stem before it."""
    outline, it = kept.outline, kept.outline.units[unit]
    own = "".join(outline.sentences[number].text for number in it.sentences)
    stem = outline.sentences[it.stem].text if it.stem is not None else ""
    sentences = tuple(dict.fromkeys(([it.stem] if it.stem is not None else []) + list(it.sentences)))
    scored = next((score for score in kept.ranking.scores if score.unit == unit), None)
    return Line(
        number=0,
        text=(f"{stem.rstrip('：:，')}：" if stem else "") + own.rstrip("；。"),
        source=stem + own,
        category=scored.category if scored else Category.INFO,
        units=(unit,),
        sentences=sentences,
        spans=tuple(span for number in sentences for span in outline.spans_of(number)),
        mark=outline.path_of(it.sentences[0]) if it.sentences else "",
        page=outline.page_of(it.sentences[0]) if it.sentences else None,
        roles=scored.roles if scored else (),
        score=scored.value if scored else 0.0,
    )


def wordings(desk: Desk, line: Line) -> tuple[str, ...]:
    """The names of a line's prepared wordings, longest first; empty where there is no choice, as for the half of a sentence."""
    found = pool(desk)
    if not line.units or any(unit not in found.candidates for unit in line.units):
        return ()
    if line_of(found, dict.fromkeys(line.units, 0)).source != line.source:
        return ()
    most = max(len(found.candidates[unit].rungs) for unit in line.units)
    return NAMES[:most] if most > 1 else ()


def wording(desk: Desk, line: Line, rung: int) -> Line | None:
    """The line in another of its prepared wordings."""
    if not 0 <= rung < len(wordings(desk, line)):
        return None
    return line_of(pool(desk), dict.fromkeys(line.units, rung))


def units_of_sentence(outline: Outline, sentence: int) -> Sequence[int]:
    """The units a sentence belongs to, those it leads as their stem last."""
    own = [unit.number for unit in outline.units if sentence in unit.sentences]
    return own or [unit.number for unit in outline.units if unit.stem == sentence]
