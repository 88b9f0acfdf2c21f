"""Private servers for tests and benches: started in a temporary folder, reached from this PC only, ended with the run."""

import contextlib
import getpass
import imaplib
import ipaddress
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

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


DOVECOT = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
disable_plaintext_auth = no
ssl = {ssl}
ssl_cert = <{folder}/server.crt
ssl_key = <{folder}/server.key
mail_fsync = never
{extra}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={mail} gid={mail_group} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {secure}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


def dovecot_program() -> str | None:
    """The mail server, if it is installed in the version whose settings we know."""
    program = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if program is None:
        return None
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    return program if version.startswith("2.3.") else None


def free_port() -> int:
    """A port of this PC that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Dovecot:
    """A mail server of our own with one user, reached in plain, by STARTTLS and by TLS with a certificate of our own authority."""

    def __init__(self, *, ssl: str = "yes", extra: str = "") -> None:
        program = dovecot_program()
        assert program is not None
        self.program, self.folder = program, short_folder("dgmail")
        self.port, self.secure, self.user, self.password = free_port(), free_port(), "ops@example.cn", "密码 geheim"
        import grp  # not on Windows

        root = os.geteuid() == 0
        me, group = (UNPRIVILEGED, str(as_other_user()["group"])) if root else (getpass.getuser(), grp.getgrgid(os.getegid()).gr_name)
        internal, login = ("dovecot", "dovenull") if root else (me, me)
        values = {"folder": self.folder, "internal": internal, "login": login, "group": internal if root else group, "mail": me, "mail_group": group}
        certify(self.folder)
        (self.folder / "users").write_text(f"{self.user}:{{PLAIN}}{self.password}\n", "utf-8")
        text = DOVECOT.format(**values, port=self.port, secure=self.secure, ssl=ssl, extra=extra)
        (self.folder / "dovecot.conf").write_text(text, "utf-8")
        self.folder.chmod(0o755)
        for name in ("mail", "home"):
            (self.folder / name).mkdir()
            if root:
                shutil.chown(self.folder / name, me, group)
        self.start()

    @property
    def ca(self) -> str:
        """The file with our authority's certificate."""
        return str(self.folder / "ca.crt")

    def start(self) -> None:
        """Run the server, and wait until it answers."""
        with (self.folder / "out").open("ab") as out:
            self.process = subprocess.Popen([self.program, "-F", "-c", str(self.folder / "dovecot.conf")], stdout=out, stderr=out)
        deadline = time.monotonic() + START_SECONDS
        while True:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                self.session().logout()
                return
            assert time.monotonic() < deadline and self.process.poll() is None, (self.folder / "out").read_text() + self.log()
            time.sleep(0.1)

    def log(self) -> str:
        """What the server wrote down."""
        log = self.folder / "log"
        return log.read_text("utf-8", "replace") if log.exists() else ""

    def session(self) -> imaplib.IMAP4:
        """Somebody else's session, for putting mail in and looking at flags."""
        imap = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        imap.authenticate("PLAIN", lambda _: f"\0{self.user}\0{self.password}".encode())
        return imap

    def stop(self) -> None:
        """End the server with all its sessions."""
        end(self.process)

    def close(self) -> None:
        """End it and remove its files."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextlib.contextmanager
def dovecot(**options: str) -> Iterator[Dovecot]:
    """A mail server for as long as it is needed."""
    server = Dovecot(**options)
    try:
        yield server
    finally:
        server.close()


def certify(folder: Path) -> None:
    """A certificate authority of our own, and a certificate of it for this PC."""
    authority, server = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    names = [x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)]) for text in ("digest test authority", "localhost")]
    now = datetime.now(UTC)
    for name, key, subject in (("ca", authority, names[0]), ("server", server, names[1])):
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(names[0]).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
        builder = builder.add_extension(x509.BasicConstraints(ca=name == "ca", path_length=None), critical=True)
        alternative = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        certificate = builder.add_extension(alternative, critical=False).sign(authority, hashes.SHA256())
        (folder / f"{name}.crt").write_bytes(certificate.public_bytes(Encoding.PEM))
        (folder / f"{name}.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
