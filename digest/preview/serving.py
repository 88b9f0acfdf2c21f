"""Listening: on this PC only unless accounts exist; the start address, the browser, and an end by Ctrl+C."""

import ipaddress
import secrets
import socket
import threading
import webbrowser
from pathlib import Path
from typing import Any

from digest import places
from digest.archive import accounts, open_store
from digest.archive.store import Store
from digest.errors import UsageError
from digest.model.sheet import Balance, Sheet
from digest.preview.guards import Site, site_of
from digest.preview.office import Office
from digest.preview.people import Door

CERTIFICATE, KEY_FILE = "server.crt", "server.key"
MOST_CONNECTIONS = 80
HEADER_SECONDS = 15.0
ANY_ADDRESS = ("0.0.0.0", "::", "")


def run(home: Path, *, archive: str, host: str, port: int, open_browser: bool, samples: Path | None) -> None:
    """Serve until Ctrl+C."""
    import uvicorn

    from digest.preview.app import application

    store = open_store(places.archive(home, archive))
    check_accounts(store, host)
    listening = listen(host, port)
    secure = (home / CERTIFICATE).is_file() and (home / KEY_FILE).is_file()
    door = Door(key=secrets.token_urlsafe(24), accounts=not is_loopback(host), port=listening.getsockname()[1], secure=secure)
    site = site_of(names_of(host), door.port, secure=secure)
    office = Office(store, home, samples)
    threading.Thread(target=warm, args=(office,), daemon=True).start()
    config = uvicorn.Config(
        application(office, door, lambda: site),
        http=hasty_protocol(),
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=3,
        ssl_certfile=str(home / CERTIFICATE) if secure else None,
        ssl_keyfile=str(home / KEY_FILE) if secure else None,
    )
    announce(door, site, host, open_browser=open_browser)
    uvicorn.Server(config).run(sockets=[listening])


def check_accounts(store: Store, host: str) -> None:
    """A LAN address needs accounts.

    Raises:
        UsageError: there is no manager's account yet.
    """
    managers = [each for each in accounts.all_of(store) if each.role is accounts.Role.MANAGER and not each.disabled]
    if not is_loopback(host) and not managers:
        store.close()
        raise UsageError("要给局域网使用，须先有主管账号：请先在本机运行 digest serve，在“设置”页建好账号，再加 --host。")


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this PC only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """The listening socket.

    Raises:
        UsageError: the address is not this PC's, or the port is taken.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.bind((host or "0.0.0.0", port))
        listening.listen(64)
    except (OSError, OverflowError) as error:
        raise UsageError(f"{host}:{port} 不能监听（{error}）。请换一个端口，或检查地址是不是本机的。") from error
    return listening


def names_of(host: str) -> list[str]:
    """The names under which a browser may call this server."""
    if is_loopback(host):
        return ["127.0.0.1", "localhost", "::1"]
    if host not in ANY_ADDRESS:
        return [host]
    name = socket.gethostname()
    try:
        addresses = [str(found[4][0]) for found in socket.getaddrinfo(name, None)]
    except OSError:
        addresses = []
    return [name, "127.0.0.1", "localhost", *addresses]


def announce(door: Door, site: Site, host: str, *, open_browser: bool) -> None:
    """Say where the page is, and open it."""
    scheme = "https" if door.secure else "http"
    shown = "127.0.0.1" if is_loopback(host) or host in ANY_ADDRESS else host
    address = f"{scheme}://{f'[{shown}]' if ':' in shown else shown}:{door.port}/"
    if not door.accounts:
        address += f"?key={door.key}"
    told = f"审阅页已打开：{address}\n" + ("（只有这台电脑能用；按 Ctrl+C 结束）" if not door.accounts else "（凭账号登录；按 Ctrl+C 结束）")
    say(told)
    if door.accounts and not door.secure:
        say("提醒：局域网内没有加密。把证书 server.crt、server.key 放进设置文件夹，就会改用 https。")
    if open_browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def say(text: str) -> None:
    """A line for the user on the console."""
    import sys

    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def warm(office: Office) -> None:
    """Load words, weights, patterns, fonts and the segmenter while the manager still looks for his file."""
    from digest import pipeline
    from digest.preview import differences
    from digest.preview.draft import begin

    balance = Balance(characters=0, sentences=0, candidates=0, placed=0, share=0.0)
    empty = begin(Sheet(template="", title="预热", kind="", point="", balance=balance))
    office.shelf.picture(office.shelf.lay(empty, office.look("")), 2.0)
    differences.between("预热", "预热")
    pipeline.warm(office.settings.rules, office.look(""))
    office.designs()


def hasty_protocol() -> Any:
    """Uvicorn's HTTP with a time limit on the first request's head: a connection that says nothing is closed."""
    import asyncio

    from uvicorn.protocols.http.h11_impl import H11Protocol

    class Hasty(H11Protocol):
        """A connection that must begin to ask within fifteen seconds."""

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            """Start the clock."""
            super().connection_made(transport)
            self._patience = self.loop.call_later(HEADER_SECONDS, self._lose_patience)

        def connection_lost(self, exc: Exception | None) -> None:
            """Stop the clock."""
            self._patience.cancel()
            super().connection_lost(exc)

        def _lose_patience(self) -> None:
            """Close when nothing was asked yet."""
            if self.cycle is None and not self.transport.is_closing():
                self.transport.close()

    return Hasty
