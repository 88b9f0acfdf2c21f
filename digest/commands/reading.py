"""What several commands share: the user's words and profile, and how files are read."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread

from digest import ingest, pipeline, places
from digest.errors import DigestError
from digest.model.document import Document
from digest.model.look import Look
from digest.model.source import Source
from digest.options import Options
from digest.pipeline import Reader, Rules
from digest.zh import lexicon


def rules_of(home: Path) -> Rules:
    """The lexicon with the user's own words, and the branch's profile.

    Raises:
        BadTemplate: a line of the user's files is faulty.
    """
    return Rules(lexicon=lexicon.load(places.overrides(home)), profile=places.profile(home))


def reader_of(options: Options) -> Reader:
    """How files are read: in the limited child process unless switched off."""
    return partial(ingest.read_guarded if options.guarded else ingest.read, ocr=options.ocr)


def ready_reader(paths: Sequence[Path], options: Options, rules: Rules, looks: Sequence[Look]) -> Reader:
    """As ``reader_of``, with the loading of what comes after reading begun at once, beside the child's reading of the first file."""
    reader = reader_of(options)
    if not options.guarded or not paths[0].is_file():
        return reader
    ingest.prepare(paths[0].name)
    loading = Thread(target=warm_quietly, args=(rules, looks[0]))
    loading.start()

    def read(source: Source) -> Document:
        try:
            return reader(source)
        finally:
            loading.join()  # else both threads would load the same

    return read


def warm_quietly(rules: Rules, look: Look) -> None:
    """Load ahead; a faulty design or word list is told by the run itself, with the file it came up at."""
    with suppress(DigestError):
        pipeline.warm(rules, look)
