"""Private servers for tests and benches: started in a temporary folder, reached from this PC only, ended with the run."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

UNPRIVILEGED = "postgres" if os.name == "posix" and "postgres:" in Path("/etc/passwd").read_text() else "nobody"
START_SECONDS = 30


def short_folder(prefix: str) -> Path:
    """A temporary folder whose path is short enough for a socket's name."""
    return Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))


def as_other_user() -> dict[str, object]:
    """Arguments for a program that refuses to run as root."""
    return {"user": UNPRIVILEGED, "group": UNPRIVILEGED if UNPRIVILEGED == "postgres" else "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}


def end(process: subprocess.Popen[bytes], by: int = signal.SIGTERM) -> None:
    """End a server that we started."""
    if process.poll() is None:
        process.send_signal(by)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def postgres_programs() -> Path | None:
    """The folder with initdb and postgres, if they are installed."""
    packaged = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    folders = [*reversed(packaged), *([Path(found).parent] if found else [])]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


class Postgres:
    """A PostgreSQL of our own, with one database for each name asked for."""

    def __init__(self, settings: tuple[str, ...] = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")) -> None:
        programs = postgres_programs()
        assert programs is not None
        self.programs = programs
        self.settings = (*settings, "listen_addresses=", "max_connections=40")
        self.folder = short_folder("dgpg")
        self.data = self.folder / "data"
        if os.geteuid() == 0:
            shutil.chown(self.folder, UNPRIVILEGED)
        command = [str(programs / "initdb"), "-D", str(self.data), "-U", "digest", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **as_other_user())
        self.start()

    def start(self) -> None:
        """Run the server, and wait until it answers."""
        command = [str(self.programs / "postgres"), "-D", str(self.data), "-k", str(self.folder)]
        command += [word for setting in self.settings for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **as_other_user())
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            assert time.monotonic() < deadline, (self.folder / "log").read_text()
            time.sleep(0.05)

    def answers(self) -> bool:
        """Whether it takes connections."""
        import psycopg

        try:
            psycopg.connect(self.address("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, by: int = signal.SIGINT) -> None:
        """End the server: at once, but orderly."""
        end(self.process, by)

    def address(self, name: str) -> str:
        """Where a database is."""
        return f"postgresql://digest@/{name}?host={self.folder}"

    def database(self, name: str) -> str:
        """The address of a database, made when it is not there yet."""
        import psycopg

        with psycopg.connect(self.address("postgres"), autocommit=True) as connection, contextlib.suppress(psycopg.errors.DuplicateDatabase):
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template0 ENCODING UTF8'.encode())
        return self.address(name)

    def close(self) -> None:
        """End it and remove its files."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def postgres(**options: tuple[str, ...]) -> Iterator[Postgres]:
    """A server for as long as it is needed."""
    server = Postgres(**options)
    try:
        yield server
    finally:
        server.close()


class Schemas:
    """A schema of its own (quicker to make than a database) for each folder that a test would keep an SQLite file in."""

    def __init__(self, server: Postgres) -> None:
        self.server = server
        self._names: dict[Path, str] = {}

    def of(self, folder: Path) -> str:
        """The address of the folder's schema."""
        import psycopg

        name = self._names.setdefault(folder, f"s{len(self._names)}")
        with psycopg.connect(self.server.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {name}".encode())
        return f"{self.server.address('postgres')}&options=-csearch_path%3D{name}"
