"""Watches over small fictional circulars."""

from threading import Event

from digest import ingest
from digest.archive import drafts
from digest.archive.store import Store
from digest.watch.folder import FolderWatch
from digest.watch.intake import Intake
from digest.watch.seen import Seen
from tests.preview.made import CIRCULAR

OTHER = CIRCULAR.replace("印章", "钥匙").replace("18号", "19号")
SECRET = "机密★1年\n" + CIRCULAR.replace("印章", "密押")


def intake_of(store):
    """The real steps, read in this process."""
    return Intake(store, store.home, ingest.read)


def store_at(folder):
    """An archive in a folder, which is the user's own folder too."""
    folder.mkdir(exist_ok=True)
    store = Store(folder / "archive.sqlite")
    store.home = folder
    return store


def watch_over(folder, store, stop=None):
    """A watch as the command builds it."""
    return FolderWatch(folder, intake_of(store).take, Seen(store, str(folder)), stop or Event())


def turns(watch, number=4):
    """What is told within some looks, as (kind, text)."""
    return [(str(told.what), told.text) for _ in range(number) for told in watch.turn()]


def kinds(watch, number=4):
    """The kinds of what is told within some looks."""
    return [what for what, _ in turns(watch, number)]


def titles(store):
    """The titles of the drafts, the first first."""
    return [draft.title for draft in reversed(drafts.recent(store))]
