"""What was seen before, kept in the archive so that a restart neither repeats nor forgets; only hashes of names are kept."""

import hashlib
from datetime import timedelta

from digest.archive.store import Store

KEPT_DAYS = 400  # after that a file still lying there is looked at again, and recognised by its content


class Seen:
    """The marks of one place (a folder, a mailbox): an item that carries its mark needs no second look."""

    def __init__(self, store: Store, place: str) -> None:
        self.store = store
        self.place = hashed(place)

    def mark_of(self, item: str) -> str:
        """An item's mark; empty when it was never seen."""
        row = self.store.row("SELECT mark FROM watched WHERE place = ? AND item = ?", (self.place, hashed(item)))
        return str(row["mark"]) if row else ""

    def note(self, item: str, mark: str) -> None:
        """Remember an item as done."""
        self.store.run(
            "INSERT INTO watched VALUES (?, ?, ?, ?) ON CONFLICT (place, item) DO UPDATE SET mark = excluded.mark, at = excluded.at",
            (self.place, hashed(item), mark, self.store.now()),
        )

    def forget_old(self) -> None:
        """Drop what was noted too long ago, so that the list does not grow for ever."""
        before = (self.store.clock() - timedelta(days=KEPT_DAYS)).strftime("%Y-%m-%d")
        self.store.run("DELETE FROM watched WHERE place = ? AND at < ?", (self.place, before))


def hashed(name: str) -> str:
    """What is kept of a name."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]
