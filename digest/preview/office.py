"""What the pages work with: the archive, the branch's rules and designs, the reading queue, the pages drawn last."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from digest import pipeline, places, sheet
from digest.archive import drafts, sources
from digest.archive.sources import Kept
from digest.archive.store import Store
from digest.errors import DigestError, DoesNotFit, Unreadable
from digest.ingest.child import ChildFailed, Worker
from digest.model.look import Look
from digest.model.sheet import Sheet
from digest.model.source import Source
from digest.pipeline import Rules, Understood
from digest.preview import importing, jobs, pictures, related, taking
from digest.preview.draft import begin
from digest.preview.edits import Desk
from digest.preview.layout import Shelf
from digest.preview.taking import content_of, kept_of
from digest.zh import lexicon

MOST_OPEN = 12  # understood documents kept in memory, a few megabytes each
CHILD_SECONDS = 30.0


class Settings(Struct):
    """What the branch chose: read from its folder, and again when it is changed there."""

    rules: Rules
    looks: dict[str, Look]
    designs: list[tuple[str, str]]


class Office:
    """One running review page's means. Everything here may be called from several threads."""

    def __init__(self, store: Store, home: Path, samples: Path | None = None) -> None:
        self.store, self.home, self.samples = store, home, samples
        self.shelf = Shelf()
        self.jobs = jobs.Jobs(self.take_in)
        self._settings: Settings | None = None
        self._open: dict[int, Kept] = {}
        self._lock = threading.RLock()
        self._painter: Worker | None = None
        self._painting = threading.Lock()

    @property
    def settings(self) -> Settings:
        """Words, profile and designs; a faulty file of the branch's is told, not guessed around."""
        with self._lock:
            if self._settings is None:
                rules = Rules(lexicon=lexicon.load(places.overrides(self.home)), profile=places.profile(self.home))
                self._settings = Settings(rules, {}, [])
            return self._settings

    def forget_settings(self) -> None:
        """Read the branch's files again at the next use."""
        with self._lock:
            self._settings = None

    def look(self, name: str) -> Look:
        """A design by name; the usual one for an empty or unknown name that an old sheet carries."""
        looks = self.settings.looks
        if name not in looks:
            looks[name] = places.look(name, self.home)
        return looks[name]

    def designs(self) -> list[tuple[str, str]]:
        """Every design: its name and its title."""
        found = self.settings.designs
        if not found:
            found += [(name, self.title_of(name)) for name in places.names(self.home)]
        return found

    def title_of(self, name: str) -> str:
        """A design's title; a faulty one says so."""
        try:
            return self.look(name).title
        except DigestError:
            return f"{name}（有误，先运行 digest template check）"

    def take_in(self, source: Source, reader: jobs.Reader, who: str) -> taking.Result:
        """Read a file, keep it, and make its first draft; a file that is here already is opened as it stands."""

        def understand(given: Source) -> Kept:
            """Steps 1 to 5."""
            return kept_of(pipeline.understand(given, self.settings.rules, reader=reader))

        result, kept = taking.take_in(self.store, source, understand=understand, compose=self.compose, who=who)
        if kept is not None:
            with self._lock:
                self._open[result.source] = kept
        return result

    def new_draft(self, source: int, who: str, template: str = "") -> int:
        """A fresh draft of an archived source."""
        kept = self.kept(source)
        made = self.compose(kept, template)
        draft = begin(made)
        return drafts.create(self.store, source, content_of(draft, kept), drafts.Change(who=who, label="生成"))

    def compose(self, kept: Kept, template: str = "") -> Sheet:
        """Step 6 anew."""
        it = Understood(outline=kept.outline, facts=kept.facts, ranking=kept.ranking, ladders=kept.ladders)
        return pipeline.compose(it, self.look(template)).sheet

    def understand_again(self, source: int) -> Kept:
        """Steps 2 to 5 with the branch's present words and profile, from what was read before."""
        kept = self.kept(source)
        given = sources.load_bytes(self.store, source)
        understood = pipeline.understand(given, self.settings.rules, reader=lambda _: kept.outline.document)
        new = kept_of(understood)
        sources.add(self.store, given, new, mentions=related.mentions(new.outline), who="")
        with self._lock:
            self._open[source] = new
        return new

    def kept(self, source: int) -> Kept:
        """What was understood of a source."""
        with self._lock:
            if source not in self._open:
                self._open[source] = sources.load_kept(self.store, source)
                while len(self._open) > MOST_OPEN:
                    del self._open[next(iter(self._open))]
            return self._open[source]

    def forget(self, source: int) -> None:
        """A source left the archive."""
        with self._lock:
            self._open.pop(source, None)

    def forget_all(self) -> None:
        """The archive was replaced."""
        with self._lock:
            self._open.clear()

    def desk(self, source: int, template: str) -> Desk:
        """What edits on a source's draft may look at."""
        return Desk(look=self.look(template), kept=self.kept(source), look_named=self.look, fits=fits)

    def paint(self, source: int, number: int) -> tuple[bytes, float, float]:
        """A page of a source as picture, drawn in a limited child.

        Raises:
            DigestError: it cannot be drawn.
        """
        entry, given = sources.get(self.store, source), sources.load_bytes(self.store, source)
        data, width, height = self._in_child(pictures.source_page, given.data, entry.form, number)
        return bytes(data), float(width), float(height)

    def read_edited(self, data: bytes) -> tuple[Sheet, tuple[str, ...]]:
        """The sheet and the notes of an edited DOCX, read in a limited child.

        Raises:
            DigestError: it cannot be read.
        """
        made, notes = self._in_child(importing.read_edited, data, "改过的 Word")
        if not isinstance(made, Sheet):
            raise Unreadable("改过的 Word 读出的结果不对。请用本程序导出的 Word 修改。")
        return made, tuple(str(note) for note in notes)

    def _in_child(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """What a function gives in a limited child process, which ends if it hangs or dies."""
        with self._painting:
            if self._painter is None or not self._painter.usable:
                self._painter = Worker()
            try:
                return self._painter.run(function, *arguments, seconds=CHILD_SECONDS, total=CHILD_SECONDS)
            except ChildFailed as error:
                self._painter = None
                raise Unreadable("这个文件让读取程序停止了，已隔离。请用原来的软件打开检查，另存后再试。") from error

    def close(self) -> None:
        """End threads and children, let go of the file."""
        self.jobs.close()
        if self._painter is not None:
            self._painter.stop()
        self.store.close()


def fits(printed: Sheet, look: Look) -> bool:
    """Whether a sheet stands on one page."""
    try:
        sheet.place(printed, look)
    except DoesNotFit:
        return False
    return True
