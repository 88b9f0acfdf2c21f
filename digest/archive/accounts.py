"""Accounts (账号) with argon2 hashes and two roles, and their sessions; only hashes of session tokens are kept."""

import hashlib
import secrets
import threading
import time
import unicodedata
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct

from digest.archive.store import Store
from digest.errors import UsageError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST_PASSWORD = 10  # NIST SP 800-63B asks for 8 at least; a branch shares one LAN
LONGEST_PASSWORD = 256  # argon2 would hash more, but that is only good for wasting time
LONGEST_SESSION = 12 * 3600.0  # one working day
IDLE_SESSION = 2 * 3600.0
Seconds = Callable[[], float]
_one_at_a_time = threading.Lock()  # a hash takes 64 MB: many at once would take the PC


class Role(StrEnum):
    """What an account may do: a reader looks and prints, a manager does everything."""

    MANAGER = "manager"
    READER = "reader"


class Account(Struct, frozen=True, kw_only=True):
    """One account as listed."""

    name: str
    role: Role
    at: str
    disabled: bool


class Session(Struct, frozen=True, kw_only=True):
    """Who is logged in, and the token each of his changes must carry."""

    account: str
    role: Role
    csrf: str


@cache
def hasher() -> "PasswordHasher":
    """argon2id with the library's defaults (RFC 9106, low-memory profile)."""
    from argon2 import PasswordHasher

    return PasswordHasher()


def add(store: Store, name: str, password: str, role: Role) -> None:
    """Make an account.

    Raises:
        UsageError: the name is taken or empty, or the password too short.
    """
    name = tidy(name)
    if not name or len(name) > 40:
        raise UsageError("账号名不能为空，也不能超过 40 个字。请重新填写。")
    check_password(name, password)
    row = (name, hash_of(password), role.value, store.now())
    if not store.change("INSERT INTO account (name, hash, role, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", row):
        raise UsageError(f"已有名为“{name}”的账号。请换一个名字。")


def check_password(name: str, password: str) -> None:
    """Refuse a password that is too short, too long, or the name itself."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(f"密码至少 {SHORTEST_PASSWORD} 位，不超过 {LONGEST_PASSWORD} 位。请重新填写。")
    if name.lower() in password.lower() and len(password) < len(name) + SHORTEST_PASSWORD:
        raise UsageError("密码里不能只是账号名加几位。请换一个。")
    if len(set(password)) < 4:
        raise UsageError("密码太简单。请换一个。")


def tidy(name: str) -> str:
    """A name as it is compared: one form, no blanks around."""
    return unicodedata.normalize("NFKC", name).strip()


def hash_of(password: str) -> str:
    """The argon2 hash of a password."""
    with _one_at_a_time:
        return hasher().hash(password)


@cache
def decoy() -> str:
    """A hash that no password has, so that an unknown name takes as long as a wrong password."""
    return hash_of(secrets.token_hex(16))


def verify(store: Store, name: str, password: str) -> Account | None:
    """The account, when the password is right and it is not disabled."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    row = store.row("SELECT * FROM account WHERE name = ?", (tidy(name),))
    stored = row["hash"] if row else decoy()
    try:
        with _one_at_a_time:
            hasher().verify(stored, password[:LONGEST_PASSWORD])
    except (Argon2Error, InvalidHashError):
        return None
    return None if row is None or row["disabled"] else Account(name=row["name"], role=Role(row["role"]), at=row["at"], disabled=False)


def all_of(store: Store) -> list[Account]:
    """All accounts by name."""
    rows = store.rows("SELECT name, role, at, disabled FROM account ORDER BY name")
    return [Account(name=row["name"], role=Role(row["role"]), at=row["at"], disabled=bool(row["disabled"])) for row in rows]


def change_password(store: Store, name: str, password: str) -> None:
    """Set a new password; every session of the account ends.

    Raises:
        UsageError: the password is too short, or there is no such account.
    """
    check_password(tidy(name), password)
    with store.writing():
        if not store.change("UPDATE account SET hash = ? WHERE name = ?", (hash_of(password), tidy(name))):
            raise UsageError(f"没有名为“{name}”的账号。请刷新后再试。")
        end_all(store, name)


def disable(store: Store, name: str, disabled: bool = True) -> None:
    """Lock an account out, or let it in again.

    Raises:
        UsageError: it is the last manager.
    """
    with store.writing():
        store.hold("account")
        others = store.rows("SELECT 1 FROM account WHERE role = 'manager' AND disabled = 0 AND name <> ?", (tidy(name),))
        if disabled and not others:
            raise UsageError("至少要留一个可用的主管账号。请先建另一个主管账号。")
        store.run("UPDATE account SET disabled = ? WHERE name = ?", (int(disabled), tidy(name)))
        end_all(store, name)


def begin(store: Store, account: str, role: Role, *, seconds: Seconds = time.time) -> str:
    """Open a session; its token, which only the browser keeps."""
    token, now = secrets.token_urlsafe(32), seconds()
    with store.writing():
        store.run("DELETE FROM session WHERE made < ? OR seen < ?", (now - LONGEST_SESSION, now - IDLE_SESSION))
        store.run("INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)", (sha(token), account, role.value, secrets.token_urlsafe(32), now, now))
    return token


def session_of(store: Store, token: str, *, seconds: Seconds = time.time) -> Session | None:
    """The session of a token, unless it is over."""
    row, now = store.row("SELECT * FROM session WHERE token_sha256 = ?", (sha(token),)), seconds()
    if row is None or row["made"] < now - LONGEST_SESSION or row["seen"] < now - IDLE_SESSION:
        return None
    if now - row["seen"] > 60:  # a write per minute is enough for an idle limit of hours
        store.run("UPDATE session SET seen = ? WHERE token_sha256 = ?", (now, sha(token)))
    return Session(account=row["account"], role=Role(row["role"]), csrf=row["csrf"])


def end(store: Store, token: str) -> None:
    """Close a session."""
    store.run("DELETE FROM session WHERE token_sha256 = ?", (sha(token),))


def end_all(store: Store, name: str) -> None:
    """Close every session of an account."""
    store.run("DELETE FROM session WHERE account = ?", (tidy(name),))


def sha(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
