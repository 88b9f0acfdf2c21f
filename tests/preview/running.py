"""A review server in a thread for the browser's tests and the pictures, on a free port of this PC."""

import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from digest.archive.store import Store
from digest.preview.app import application
from digest.preview.guards import site_of
from digest.preview.office import Office
from digest.preview.people import Door


@dataclass(frozen=True)
class Running:
    """A server with what it works on."""

    address: str
    office: Office
    door: Door

    @property
    def start(self) -> str:
        """The start address."""
        return f"{self.address}/?key={self.door.key}"


@contextmanager
def server(home: Path, *, accounts: bool = False, samples: Path | None = None):
    """Serve until the block ends."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(64)
    port = listening.getsockname()[1]
    office = Office(Store(home / "archive.sqlite"), home, samples)
    door = Door(key="schluessel", accounts=accounts, port=port)
    site = site_of(["127.0.0.1", "localhost"], port)
    app = application(office, door, lambda: site)
    it = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, ws="none", lifespan="on", server_header=False))
    thread = threading.Thread(target=it.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not it.started:
        time.sleep(0.02)
    try:
        yield Running(f"http://127.0.0.1:{port}", office, door)
    finally:
        it.should_exit = True
        thread.join(10)
        listening.close()
