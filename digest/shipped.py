"""Files that the package brings: word lists, thresholds, texts, learned weights."""

from pathlib import Path

ROOT = Path(__file__).parent


def path(room: str, name: str) -> Path:
    """A file of a room's. ``importlib.resources`` finds it too, and loads zipfile and a dozen other modules with it."""
    return ROOT / room / name


def text(room: str, name: str) -> str:
    """What such a file says."""
    return path(room, name).read_text("utf-8")
