"""Step 6: Outline, Facts, Ranking, Ladders and a Look in, Sheet and Page out: what is said, and where it stands on exactly one page."""

from collections import deque
from collections.abc import Sequence

from digest.model.facts import Facts
from digest.model.ladder import Ladder
from digest.model.look import Look
from digest.model.outline import Outline
from digest.model.page import Page
from digest.model.ranking import Ranking
from digest.model.sheet import Sheet


def fill(outline: Outline, facts: Facts, ranking: Ranking, ladders: Sequence[Ladder], look: Look) -> tuple[Sheet, Page]:
    """The best sheet that stands on exactly one page, and that page.

    Raises:
        DoesNotFit: even the parts every sheet has are too long for the page.
        BadTemplate: the design is faulty.
    """
    from digest.sheet import budget, point, pool

    asked = (outline, facts, ranking, ladders, look)
    for known, answer in tuple(_filled):
        if all(one is other for one, other in zip(known, asked, strict=True)):
            return answer
    answer = budget.fill(point.pointed(pool.pool_of(outline, facts, ranking, ladders, look=look)))
    _filled.append((asked, answer))
    return answer


# The last fillings, by identity: choosing a design fills two, and the chosen one is asked for again at once (a fifth of a second).
_filled: deque[tuple[tuple[object, ...], tuple[Sheet, Page]]] = deque(maxlen=2)


def fill_parts(outline: Outline, facts: Facts, ranking: Ranking, ladders: Sequence[Ladder], *, look: Look, count: int) -> tuple[tuple[Sheet, Page], ...]:
    """The document on ``count`` sheets (之一, 之二), cut between chapters, one page each.

    Raises:
        DoesNotFit: even the parts every sheet has are too long for the page.
        BadTemplate: the design is faulty.
    """
    from digest.sheet import parts, point, pool

    return parts.fill_parts(point.pointed(pool.pool_of(outline, facts, ranking, ladders, look=look)), count)


def place(sheet: Sheet, look: Look) -> Page:
    """Lay a sheet out again after edits.

    Raises:
        DoesNotFit: the sheet has grown too long for one page; nothing is ever clipped.
        BadTemplate: the design is faulty.
    """
    from digest.sheet import fit

    return fit.place(sheet, look)


def copies(sheet: Sheet, look: Look, count: int) -> tuple[Page, ...]:
    """The pages of so many copies, numbered in the restriction's blank.

    Raises:
        DoesNotFit: the sheet does not stand on one page.
        BadTemplate: the design is faulty.
    """
    from digest.sheet import handouts

    return handouts.copies(sheet, look, count)


def with_answers(sheet: Sheet, look: Look) -> tuple[Page, Look]:
    """The manager's copy, the answers to the check questions printed, and the look it was set in.

    Raises:
        DoesNotFit: the answers do not stand on the page.
        BadTemplate: the design is faulty.
    """
    from digest.sheet import handouts

    return handouts.with_answers(sheet, look)


def choose_look(looks: Sequence[Look], outline: Outline, facts: Facts, ranking: Ranking, *, ladders: Sequence[Ladder]) -> Look:
    """The design for a paper: by how little it says, else by its kind if it holds enough of it, else the first.

    Raises:
        DoesNotFit: even the parts every sheet has are too long for the page.
        BadTemplate: a design is faulty.
    """
    few = [look for look in looks if 0 < len(ranking.order) <= look.most_candidates]
    fitting = [look for look in looks if facts.kind.kind.value in look.kinds]
    if few or not fitting or fitting[0] is looks[0] or not fitting[0].least_share:
        return (few or fitting or list(looks))[0]
    held, usual = (fill(outline, facts, ranking, ladders, look)[0].balance.share for look in (fitting[0], looks[0]))
    return fitting[0] if held >= fitting[0].least_share * usual else looks[0]


def check(look: Look) -> Page:
    """The page of a sample sheet in a design.

    Raises:
        BadTemplate: the design's page.xml is faulty, told with its line.
        DoesNotFit: its fixed parts leave no room for lines.
    """
    from digest.sheet import sample

    return sample.check(look)
