"""Small stores, sources and sheets for the archive's tests, all fictional."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.archive.drafts import Content, Day
from digest.archive.issues import Printed
from digest.archive.sources import Kept
from digest.archive.store import Store
from digest.model.document import Document, Part
from digest.model.facts import Facts, Kind, KindGuess
from digest.model.outline import Field, Light, Masthead, Outline, Passage, Run, Secrecy
from digest.model.ranking import Category, Ranking
from digest.model.sheet import Balance, Line, Section, Sheet
from digest.model.source import Source


class Clock:
    """A clock that goes on by one second at every look."""

    def __init__(self) -> None:
        self.moment = datetime(2025, 9, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The next second."""
        self.moment += timedelta(seconds=1)
        return self.moment


def place_in(folder: Path) -> Path | str:
    """The archive's address for a folder; conftest.py puts a database of PostgreSQL in its place."""
    return folder / "archive.sqlite"


def store_in(folder: Path) -> Store:
    """The archive of a folder, fresh at the first time."""
    return Store(place_in(folder), Clock())


def source_of(text: str = "柜员不得代客户保管印章。", name: str = "示例.txt") -> Source:
    """A source whose bytes are its text."""
    return Source(name=name, data=text.encode())


def kept_of(source: Source, *, title: str = "", number: str = "", light: Light = Light.GREEN, effective: str = "") -> Kept:
    """What would be understood of a plain text, one passage a line."""
    lines = source.data.decode().splitlines()
    passages = tuple(Passage(number=i, text=line, runs=(Run(start=0, length=len(line), block=i, offset=0),)) for i, line in enumerate(lines))
    document = Document(name=source.name, sha256=source.sha256, form="txt", size=len(source.data), parts=(Part(number=0),), blocks=())
    masthead = Masthead(title=Field(value=title), subject=title, doc_number=Field(value=number), secrecy=Secrecy(light=light), effective=Field(value=effective))
    outline = Outline(document=document, masthead=masthead, passages=passages, nodes=(), sentences=(), units=())
    facts = Facts(kind=KindGuess(kind=Kind.REGULATION, confidence=0.9))
    return Kept(outline=outline, facts=facts, ranking=Ranking(scores=(), order=()), ladders=())


def content_of(text: str = "柜员不得代客户保管印章", *, body: str = "{}", days: tuple[Day, ...] = (), title: str = "印章管理") -> Content:
    """A draft's content as the archive sees it."""
    return Content(body=body, title=title, kind="制度办法", template="cards", text=text, roles=("柜员",), effective="2025-10-01", days=days)


def sheet_of(*texts: str) -> Sheet:
    """A sheet with one section of bans."""
    lines = tuple(Line(number=i, text=text, source=text, category=Category.BAN, roles=("柜员",)) for i, text in enumerate(texts))
    balance = Balance(characters=100, sentences=10, candidates=5, placed=len(texts), share=1.0)
    return Sheet(template="cards", title="印章管理", kind="制度办法", point="", sections=(Section(key="ban", title="不得做", lines=lines),), balance=balance)


def printed_of(*texts: str, pdf: bytes = b"%PDF-1.4 one") -> Printed:
    """A sheet with its PDF."""
    return Printed(sheet=sheet_of(*texts), pdf=pdf, text="\n".join(texts), ticks=("已逐条对照原文",))
