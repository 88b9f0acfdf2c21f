"""The review page (审阅页): a small server for this PC, where the manager reads, changes and prints what the steps made."""

from pathlib import Path


def run(home: Path, *, archive: str = "", host: str = "127.0.0.1", port: int = 0, open_browser: bool = True, samples: Path | None = None) -> None:
    """Serve the review page until Ctrl+C; ``archive`` is an address where it is not the one of ``home``.

    Raises:
        UsageError: a LAN address was asked for and there is no account yet.
        ArchiveError: the archive cannot be opened.
    """
    from digest.preview.serving import run as serve

    serve(home, archive=archive, host=host, port=port, open_browser=open_browser, samples=samples)
