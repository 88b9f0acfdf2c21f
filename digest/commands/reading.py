"""What several commands share: the user's words and profile, and how files are read."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread

from digest import ingest, opening, pipeline, places
from digest.errors import DigestError
from digest.model.look import Look
from digest.model.source import Source
from digest.opening import Opened, Opener, Reader
from digest.options import Options
from digest.pipeline import Rules
from digest.zh import lexicon
from digest.zh.lexicon import Lexicon


def rules_of(home: Path) -> Rules:
    """The lexicon with the user's own words, and the branch's profile.

    Raises:
        BadTemplate: a line of the user's files is faulty.
    """
    return Rules(lexicon=lexicon.load(places.overrides(home)), profile=places.profile(home))


def reader_of(options: Options) -> Reader:
    """How files are read: in the limited child process unless switched off."""
    return partial(ingest.read_guarded if options.guarded else ingest.read, ocr=options.ocr)


def ready_opener(paths: Sequence[Path], options: Options, rules: Rules, looks: Sequence[Look]) -> Opener:
    """How files are opened: steps 1 to 3 in the child unless switched off, beside the loading, begun at once, of what comes after."""
    if not options.guarded:
        return partial(opening.open_here, reader=reader_of(options))
    opener = partial(opening.open_in_child, ocr=options.ocr)
    if not paths[0].is_file():
        return opener
    ingest.prepare(paths[0].name, opening.load)
    loading = Thread(target=warm_quietly, args=(rules, looks[0], options.forms))
    loading.start()

    def opened(source: Source, lexicon: Lexicon) -> Opened:
        try:
            return opener(source, lexicon)
        finally:
            loading.join()  # else both threads would load the same

    return opened


def warm_quietly(rules: Rules, look: Look, forms: Sequence[str]) -> None:
    """Load ahead; a faulty design or word list is told by the run itself, with the file it came up at."""
    with suppress(DigestError):
        pipeline.warm(rules, look, opener=opening.open_nothing)
        for form in forms:
            pipeline.load_writer(form, look)
