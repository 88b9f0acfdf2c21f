"""A source to a draft, or to one sentence why not; what is the archive's fault and not the file's is tried again."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from digest import pipeline, places
from digest.archive import audit, sources
from digest.archive.sources import Kept
from digest.archive.store import Store
from digest.errors import ArchiveError, DigestError, SecretDocument
from digest.model.sheet import Sheet
from digest.model.source import Source
from digest.opening import Reader
from digest.pipeline import Rules, Understood
from digest.preview import taking
from digest.watch.telling import Told, What
from digest.watch.tuning import tuning
from digest.zh import lexicon

logger = logging.getLogger(__name__)
WHO = "自动收文"
Take = Callable[[Source], Told]


class Intake:
    """The steps, the branch's words and design, and the archive at the end."""

    def __init__(self, store: Store, home: Path, reader: Reader) -> None:
        self.store, self.reader = store, reader
        self.rules = Rules(lexicon=lexicon.load(places.overrides(home)), profile=places.profile(home))
        self.look = places.look("", home)
        self._stuck, self._tries = "", 0

    def take(self, source: Source) -> Told:
        """Take a file in, and tell what became of it.

        Raises:
            ArchiveError: the archive is away; try the file again later.
        """
        try:
            return self._made(source)
        except ArchiveError as error:
            if not self._often(source):
                raise
            return Told(what=What.FAILED, text=f"《{source.name}》存不进历史库：{error}")
        except SecretDocument:
            return Told(what=What.FAILED, text=taking.SECRET_TOLD)
        except DigestError as error:
            return Told(what=What.FAILED, text=str(error))
        except Exception:
            logger.exception("a file could not be taken in: our own fault")
            return Told(what=What.FAILED, text=f"《{source.name}》处理时程序出错了，这是程序的问题，不是文件的问题。请把文件类型反馈给维护者。")

    def _made(self, source: Source) -> Told:
        """The draft."""
        result, _ = taking.take_in(self.store, source, understand=self._understand, compose=self._compose, who=WHO)
        entry = sources.get(self.store, result.source)
        if result.known:
            return Told(what=What.KNOWN, text=f"{source.name}：历史库里已有《{entry.title}》，没有重复生成")
        audit.note(self.store, "收文", f"{entry.title}（{entry.sha256[:12]}）", who=WHO)
        return Told(what=What.MADE, text=f"{source.name}：已生成《{entry.title}》的草稿（第 {result.draft} 号）")

    def _understand(self, source: Source) -> Kept:
        """Steps 1 to 5."""
        return taking.kept_of(pipeline.understand(source, self.rules, reader=self.reader))

    def _compose(self, kept: Kept) -> Sheet:
        """Step 6."""
        it = Understood(outline=kept.outline, facts=kept.facts, ranking=kept.ranking, ladders=kept.ladders)
        return pipeline.compose(it, self.look).sheet

    def _often(self, source: Source) -> bool:
        """Whether the archive has refused this very file so often that it must be the file."""
        self._tries = self._tries + 1 if self._stuck == source.sha256 else 1
        self._stuck = source.sha256
        return self._tries >= tuning().tries and self._answers()

    def _answers(self) -> bool:
        """Whether the archive is there at all."""
        try:
            sources.recent(self.store, 1)
        except ArchiveError:
            return False
        return True


def guarded_reader(*, ocr: bool) -> Reader:
    """How a watch reads: in the limited child process only."""
    from digest import ingest

    return partial(ingest.read_guarded, ocr=ocr)
