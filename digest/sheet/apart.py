"""A line that asks and forbids at once as two: the duty among the duties, the ban under 不得做, each with its own source; else marked."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from digest.model.facts import FactKind
from digest.model.ladder import Piece
from digest.model.look import SectionPlan
from digest.model.outline import Span
from digest.model.ranking import Category
from digest.model.sheet import Line
from digest.sheet.lines import Wording, doubtful, due_of, limits_of, line_of, word
from digest.sheet.pool import ASKS_NOTHING, Candidate, Pool
from digest.zh import clauses, mixed

MAY_DEFINE = frozenset({Category.DO, Category.ROLE, Category.RIGHT})  # a limit or a day is worth its number even where it only says what is meant
TOLD = ASKS_NOTHING | {Category.CHANGE}  # what is only told there hides no ban from anybody
Placed = tuple[Line, SectionPlan | None]


def placed(pool: Pool, rungs: Mapping[int, int]) -> tuple[Placed, ...]:
    """The line of units that stand together with its section, or its halves with theirs."""
    return pool.once(("placed", *rungs.items()), lambda: tuple((blackened(pool, line, plan), plan) for line, plan in place(pool, rungs)))


def blackened(pool: Pool, line: Line, plan: SectionPlan | None) -> Line:
    """The line, marked wherever it stands if it forbids or stops a business, as the foot promises; those among the bans are black as they are."""
    barred = clauses.forbids(line.text) or clauses.stops(line.text)
    marked = barred and plan is not None and not plan.reverse and pool.ranking.actionable and line.category not in ASKS_NOTHING
    return replace(line, mixed=True) if marked and pool.look.plan_for(Category.BAN.value) is not None else line


def place(pool: Pool, rungs: Mapping[int, int]) -> tuple[Placed, ...]:
    """As ``placed``, worked out."""
    line, plan = line_of(pool, rungs), pool.plan_of(tuple(rungs))
    duty, ban, told = (pool.look.plan_for(category.value) for category in (Category.DO, Category.BAN, Category.INFO))
    if told is not None and line.category in MAY_DEFINE and clauses.defines(line.text):
        return ((replace(line, category=Category.INFO), told),)
    if duty is not None and line.category is Category.RIGHT and pool.ranking.actionable and clauses.staff_follows(line.text):
        return ((replace(line, category=Category.DO), duty),)
    if plan is None or duty is None or ban is None or not (forbids(pool, line) or plan.reverse):
        return ((line, plan),)
    found = halves(pool, rungs, line) if duty != ban else ()
    asked = duty if plan.reverse or plan.rows else plan
    if found:
        return tuple((half, ban if half.category is Category.BAN else asked) for half in found)
    made = whole(pool, rungs)
    return ((made, (pool.look.plan_for(made.category.value) or duty) if made.category is not line.category and plan.reverse else plan),)


def forbids(pool: Pool, line: Line) -> bool:
    """Whether a line holds a ban that the reader must not miss."""
    return pool.ranking.actionable and line.category not in TOLD and clauses.forbids(line.text)


def whole(pool: Pool, rungs: Mapping[int, int]) -> Line:
    """The line of units in one piece: marked where it asks and forbids, and then a duty, for among the bans it would be read as forbidden."""
    line, plan = line_of(pool, rungs), pool.plan_of(tuple(rungs))
    duty, ban = pool.look.plan_for(Category.DO.value), pool.look.plan_for(Category.BAN.value)
    if plan is None or duty is None or ban is None or not pool.ranking.actionable or line.category in TOLD:
        return line
    forbidding = clauses.forbids(line.text)
    if not plan.reverse or duty == ban:
        return replace(line, mixed=forbidding and not plan.reverse)
    opens = mixed.opening(line.text)
    if opens is clauses.Sort.MAY and not mixed.turned(line.text):
        return replace(line, mixed=forbidding, category=Category.RIGHT)
    moved = opens in (clauses.Sort.DUTY, clauses.Sort.PLAIN) or (forbidding and clauses.asks(line.text))
    return replace(line, mixed=forbidding and moved, category=Category.DO) if moved else line


def texts(pool: Pool, candidate: Candidate, text: str) -> tuple[str, ...]:
    """What a unit's wording will be printed as: itself, or its halves; for estimates."""
    told = candidate.group is not None or candidate.score.category in TOLD or not pool.ranking.actionable
    found = () if told else parted(text)
    return tuple(half.text(text) for half in found) or (text,)


def halves(pool: Pool, rungs: Mapping[int, int], line: Line) -> tuple[Line, ...]:
    """The duty and the bans of a line as lines of their own; empty where it is one statement."""
    wording = word(pool, rungs)
    found = parted(line.text) if wording.pieces else ()
    asks = Category.DO if line.category is Category.BAN else line.category
    return tuple(replace(half_line(pool, wording, line, half), part=place, category=Category.BAN if half.ban else asks) for place, half in enumerate(found))


def parted(text: str) -> tuple[mixed.Half, ...]:
    """The halves of a wording that are worth two lines; none where one line with its mark says as much in less room."""
    found = mixed.halves(text)
    return found if found and mixed.worth_parting(text, found) else ()


def half_line(pool: Pool, wording: Wording, line: Line, half: mixed.Half) -> Line:
    """One half as a line: its text, and of the source only what it was made from."""
    text, places = half.laid(line.text)
    own = tuple((place, tuple(cut(wording, *around))) for place, around in zip(places, half.ranges, strict=True))
    said = Wording(text, tuple((place + offset, piece) for place, pieces in own for offset, piece in pieces))
    outline = pool.outline
    whole = [stretch for _, pieces in own for stretch in stretches(piece for _, piece in pieces)]
    named = [(piece, fact) for piece in whole for fact in pool.facts_of(piece.sentence) if fact.kind is FactKind.ROLE]
    posts = {fact.value for piece, fact in named if holds(piece, fact.start, fact.end)}
    posts |= set(line.roles) - {fact.value for _, fact in named}  # told by the heading or the sentence before: they hold for both halves
    sentences = tuple(dict.fromkeys(piece.sentence for piece in whole))
    spans = tuple(span for piece in whole for span in spans_of(pool, piece))
    known = {limit.words for limit in line.limits}
    return replace(
        line,
        text=text,
        source="".join(outline.sentences[piece.sentence].text[piece.start : piece.end] for piece in whole),
        sentences=sentences,
        spans=spans,
        roles=tuple(role for role in line.roles if role in posts or role in text),
        due=due_of(pool, sentences, said),
        limits=() if half.ban else tuple(limit for limit in limits_of(pool, sentences, said) if limit.words in known),
        doubtful=doubtful(pool, spans),
        score=line.score * min(1.0, len(text) / len(line.text)),
    )


def cut(wording: Wording, start: int, end: int) -> Iterator[tuple[int, Piece]]:
    """The pieces of characters [start, end) of a wording, each with its place behind ``start``."""
    for place, piece in wording.pieces:
        low, high = max(start, place), min(end, place + piece.end - piece.start)
        if low < high:
            yield low - start, Piece(sentence=piece.sentence, start=piece.start + low - place, end=piece.start + high - place)


def stretches(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Pieces of one sentence as one, with what was trimmed between them."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and piece.sentence == last.sentence:
            last = Piece(sentence=last.sentence, start=last.start, end=piece.end)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def holds(piece: Piece, start: int, end: int) -> bool:
    """Whether characters of a sentence stand in a piece of it."""
    return piece.start <= start and end <= piece.end


def spans_of(pool: Pool, piece: Piece) -> tuple[Span, ...]:
    """Where a piece stands in the source."""
    return pool.outline.spans_of(piece.sentence, piece.start, piece.end)
