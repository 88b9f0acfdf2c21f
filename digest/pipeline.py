"""The seven steps in order, on one screen: Source in, Sheet, Page and bytes out.

Steps are numbered as in docs/flow.md. No step knows another; they meet only here.
"""

from collections.abc import Sequence

from msgspec import Struct

from digest import compress, ingest, opening, rank, render, sheet
from digest.journal import step
from digest.model.facts import Facts
from digest.model.ladder import Ladder
from digest.model.look import Look
from digest.model.outline import Outline
from digest.model.page import Page
from digest.model.profile import Profile
from digest.model.ranking import Ranking
from digest.model.sheet import Sheet
from digest.model.source import Source
from digest.opening import Opener, Reader
from digest.sheet import plain
from digest.zh.lexicon import Lexicon


class Rules(Struct, frozen=True, kw_only=True):
    """How this branch reads: its words and weights, and what it does."""

    lexicon: Lexicon
    profile: Profile


class Understood(Struct, frozen=True, kw_only=True):
    """A source after steps 1 to 5: everything the sheet, the review page and ``explain`` need."""

    outline: Outline
    facts: Facts
    ranking: Ranking
    ladders: tuple[Ladder, ...]


class Made(Struct, frozen=True, kw_only=True):
    """A finished sheet with all it was made from."""

    understood: Understood
    sheet: Sheet
    page: Page


def understand(source: Source, rules: Rules, *, reader: Reader = ingest.read, opener: Opener | None = None) -> Understood:
    """Steps 1 to 5: read, structure, find facts, rank, shorten; an ``opener`` does the first three in its own way.

    Raises:
        DigestError: the file cannot be read, or a red secrecy marking forbids it.
    """
    outline, found = opener(source, rules.lexicon) if opener else opening.open_here(source, rules.lexicon, reader=reader)
    with step(4, "rank", source.name) as counts:
        ranking = rank.score(outline, found, rules.lexicon, rules.profile)
        counts |= {"candidates": len(ranking.order)}
    with step(5, "compress", source.name) as counts:
        ladders = compress.shorten(outline, found, ranking.order)
        counts |= {"ladders": len(ladders)}
    return Understood(outline=outline, facts=found, ranking=ranking, ladders=ladders)


def warm(rules: Rules, look: Look, *, opener: Opener | None = None) -> None:
    """Load all that steps 2 to 6 need by running them on one line of text: the first real file then waits for nothing."""
    compose(understand(Source(name="", data=b""), rules, reader=lambda _: opening.one_line(), opener=opener), look)


def load_writer(form: str, look: Look) -> None:
    """Load what step 7 needs for a form, which takes a twentieth of a second."""
    render.load(form, look)


def suit(understood: Understood, looks: Sequence[Look]) -> Look:
    """The design that suits what was understood, by kind and amount of text; the only one where one was named."""
    return sheet.choose_look(looks, understood.outline, understood.facts, understood.ranking, ladders=understood.ladders)


def compose(understood: Understood, look: Look) -> Made:
    """Step 6: fill the sheet and lay out its one page."""
    with step(6, "sheet", understood.outline.document.name) as counts:
        said, page = sheet.fill(understood.outline, understood.facts, understood.ranking, understood.ladders, look)
        counts |= {"template": look.name, "lines": len(said.lines), "left_out": len(said.left_out)}
    return Made(understood=understood, sheet=said, page=page)


def compose_parts(understood: Understood, look: Look, count: int) -> tuple[Made, ...]:
    """Step 6 for a long paper: ``count`` sheets (之一, 之二) cut between chapters, one page each; one is the usual sheet."""
    if count == 1:
        return (compose(understood, look),)
    with step(6, "sheet", understood.outline.document.name) as counts:
        found = sheet.fill_parts(understood.outline, understood.facts, understood.ranking, understood.ladders, look=look, count=count)
        counts |= {"template": look.name, "lines": sum(len(said.lines) for said, _ in found), "sheets": count}
    return tuple(Made(understood=understood, sheet=said, page=page) for said, page in found)


def write(made: Made, look: Look, form: str) -> bytes:
    """Step 7: the sheet as pdf, docx, html or json bytes."""
    with step(7, "render", made.sheet.source_name) as counts:
        data = render.write(made.sheet, made.page, look, form)
        counts |= {"form": form, "bytes": len(data)}
    return data


def managers_copy(made: Made, look: Look) -> bytes:
    """The sheet as a PDF with the answers to its check questions.

    Raises:
        DoesNotFit: the answers do not stand on the page.
    """
    page, told = sheet.with_answers(made.sheet, look)
    return render.write(made.sheet, page, told, "pdf")


def numbered_copies(made: Made, look: Look, count: int) -> bytes:
    """So many copies in one PDF, each with its number in the restriction's blank."""
    return render.write_copies(made.sheet, sheet.copies(made.sheet, look, count), look)


def lines(understood: Understood, characters: int) -> tuple[str, ...]:
    """Step 6 without a page: the chosen lines in document order, within a number of characters."""
    outline, ranking = understood.outline, understood.ranking
    chosen = plain.choose(outline, ranking, understood.ladders, characters)
    left = characters - sum(map(plain.length, plain.spoken(outline, chosen)))
    if ranking.sunk and left > plain.ROOM * characters:  # all of ours are told: somebody else's duties fill what is left
        theirs = plain.whole(compress.shorten(outline, understood.facts, ranking.sunk))
        chosen += plain.choose(outline, ranking, theirs, left)
    return plain.spoken(outline, chosen)
