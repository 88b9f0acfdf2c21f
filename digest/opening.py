"""Steps 1 to 3 in one go, Source to Outline and Facts: in this process, or all three in the child that reads.

In the child the limits on time and memory hold for whatever a hostile file makes of steps 2 and 3 as well, and this process loads
steps 4 to 7 meanwhile. Steps are timed where they run; the journal tells them the same either way.
"""

import time
from collections.abc import Callable
from functools import partial

from digest import facts, ingest, structure
from digest.errors import SecretDocument
from digest.journal import Value, milliseconds, step
from digest.model.document import Block, Document, Part
from digest.model.facts import Facts
from digest.model.outline import Light, Masthead, Node, NodeKind, Outline, Passage, Run, Sentence, SentenceKind, Unit
from digest.model.source import Source
from digest.zh.lexicon import Lexicon

Reader = Callable[[Source], Document]
Opened = tuple[Outline, Facts]
Opener = Callable[[Source, Lexicon], Opened]
Done = tuple[Outline, Facts, float, float]  # what the child hands back: with the milliseconds of steps 2 and 3; plain values only
LINE = "各网点应当于每日营业前核对现金。"


def open_here(source: Source, lexicon: Lexicon, *, reader: Reader = ingest.read) -> Opened:
    """Read, structure and find facts in this process.

    Raises:
        DigestError: the file cannot be read, or a red secrecy marking forbids it.
    """
    with step(1, "ingest", source.name) as counts:
        document = reader(source)
        counts |= of_document(document)
    with step(2, "structure", source.name) as counts:
        outline = structure.build(document, lexicon)
        counts |= of_outline(outline)
        refuse_secret(outline)
    with step(3, "facts", source.name) as counts:
        found = facts.find(outline, lexicon)
        counts |= {"facts": len(found.items)}
    return outline, found


def open_in_child(source: Source, lexicon: Lexicon, *, ocr: bool = True) -> Opened:
    """The same in the warm child process.

    Raises:
        DigestError: as ``open_here``; TooMuch where the child hung, crashed or ran out of memory.
    """
    with step(1, "ingest", source.name) as counts:
        begun = time.perf_counter()
        outline, found, *spent = ingest.read_guarded_then(source, partial(go_on, lexicon=lexicon), ocr=ocr)
        counts |= of_document(outline.document) | {"ms": round(milliseconds(begun) - sum(spent), 1)}
    with step(2, "structure", source.name) as counts:
        counts |= of_outline(outline) | {"ms": spent[0]}
        refuse_secret(outline)
    with step(3, "facts", source.name) as counts:
        counts |= {"facts": len(found.items), "ms": spent[1]}
    return outline, found


def go_on(document: Document, *, lexicon: Lexicon) -> Done:
    """What the child does with a document it has read."""
    begun = time.perf_counter()
    outline = structure.build(document, lexicon)
    between = time.perf_counter()
    found = facts.find(outline, lexicon)
    return outline, found, round(1000 * (between - begun), 1), milliseconds(between)


def load() -> None:
    """Import what ``go_on`` needs, in a child that is waiting for its first file."""
    import digest.facts.gather
    import digest.structure.assemble  # noqa: F401


def one_line() -> Document:
    """A document of one line, to load ahead with."""
    return Document(name="", sha256="", form="txt", size=0, parts=(Part(number=0),), blocks=(Block(number=0, raw=LINE),))


def open_nothing(_source: Source, _lexicon: Lexicon) -> Opened:
    """The one line as steps 1 to 3 would hand it over, without loading any of them: for a process whose child runs them."""
    passage = Passage(number=0, text=LINE, runs=(Run(start=0, length=len(LINE), block=0, offset=0),))
    sentence = Sentence(number=0, kind=SentenceKind.PLAIN, text=LINE, passage=0, start=0, end=len(LINE), node=0)
    outline = Outline(
        document=one_line(),
        masthead=Masthead(),
        passages=(passage,),
        nodes=(Node(number=0, parent=None, kind=NodeKind.ROOT),),
        sentences=(sentence,),
        units=(Unit(number=0, sentences=(0,)),),
    )
    return outline, Facts()


def of_document(document: Document) -> dict[str, Value]:
    """The journal's counts of step 1."""
    return {"form": document.form, "bytes": document.size, "pages": document.pages or 0, "blocks": len(document.blocks)}


def of_outline(outline: Outline) -> dict[str, Value]:
    """The journal's counts of step 2."""
    return {"sentences": len(outline.sentences), "units": len(outline.units)}


def refuse_secret(outline: Outline) -> None:
    """Stop at a red secrecy marking, before anything is ranked, stored or shown.

    Raises:
        SecretDocument: the document carries 绝密, 机密, 秘密 or the like in a marking position.
    """
    secrecy = outline.masthead.secrecy
    if secrecy.light is Light.RED:
        raise SecretDocument(
            f"{outline.document.name}：{secrecy.reason or '标有密级'}（{secrecy.marking}），按保密规定不生成学习单，也不留存。"
            "请走保密渠道传达；若标注有误，请由定密部门更正后再试。"
        )
