"""The only file that speaks to a mail server: read-only, encrypted, and told apart are a lost line and a refused login."""

import base64
import contextlib
import imaplib
import itertools
import re
import select
import ssl
from collections.abc import Iterator
from threading import Event
from time import monotonic
from typing import Any

from digest.errors import UsageError
from digest.watch.address import Mailbox
from digest.watch.tuning import tuning

BREATH = 0.5  # seconds between looks at the stop sign while waiting for news
PASSING = re.compile(rb"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG|ALERT)\]", re.I)  # RFC 5530: not the user's fault
TROUBLES = (imaplib.IMAP4.abort, OSError, EOFError)


class Lost(Exception):
    """The server is away, or the line to it; it may come back."""


class Balked(Exception):
    """The server is there and says no."""


class Session:
    """A logged-in session that has examined one folder."""

    def __init__(self, mailbox: Mailbox, password: str) -> None:
        """Connect.

        Raises:
            Lost: the server cannot be reached.
            UsageError: login, certificate or folder are refused.
        """
        self.mailbox = mailbox
        self._imap = reached(mailbox)
        try:
            self._log_in(password)
            self.validity = self._examine()
            words = self._ask(self._imap.capability)[1]  # once more: some servers offer IDLE only to whom they know
            self._idles = b"IDLE" in words[-1].upper().split()
        except BaseException:
            self.close()
            raise

    def _log_in(self, password: str) -> None:
        """Give the password, as text that need not be ASCII.

        Raises:
            UsageError: it is wrong; trying again would only lock the account.
        """
        try:
            if "AUTH=PLAIN" in self._imap.capabilities:
                self._imap.authenticate("PLAIN", lambda _: f"\0{self.mailbox.user}\0{password}".encode())
            else:
                self._imap.login(self.mailbox.user, password)
        except TROUBLES as error:
            raise Lost(brief(error)) from error
        except imaplib.IMAP4.error as error:
            if PASSING.search(str(error).encode()):
                raise Lost(brief(error)) from error
            raise UsageError(f"{self.mailbox}：登录被拒绝（用户或密码不对，或服务器不许这样登录）。请核对后再启动。") from error

    def _examine(self) -> int:
        """Open the folder for reading only; its UIDVALIDITY."""
        status, _ = self._ask(lambda: self._imap.select(quoted(self.mailbox.folder), readonly=True))
        if status != "OK":
            raise UsageError(f"邮箱里没有“{self.mailbox.folder}”这个文件夹，或不许读。请检查 imaps:// 地址最后一段。")
        return int(self._imap.response("UIDVALIDITY")[1][0] or 0)

    def newer_than(self, last: int) -> Iterator[int]:
        """The numbers of the messages after one, ascending, asked for in stretches."""
        top = max(self._search("*"), default=0)
        for begin in itertools.count(last + 1, tuning().mail.window):
            if begin > top:
                return
            yield from sorted(uid for uid in self._search(f"{begin}:{begin + tuning().mail.window - 1}") if uid >= begin)

    def _search(self, stretch: str) -> list[int]:
        """The messages of a stretch of numbers."""
        data = self._about("SEARCH", "UID", stretch)
        return [int(word) for word in (data[0] or b"").split()]

    def _about(self, command: str, *words: str) -> list[Any]:
        """What a command by message number gives.

        Raises:
            Balked: the server says no: without this, a message that it cannot hand out now would pass as gone.
        """
        status, data = self._ask(lambda: self._imap.uid(command, *words))
        if status != "OK":
            raise Balked(b" ".join(part for part in data if isinstance(part, bytes)).decode("utf-8", "replace")[:200])
        return data

    def size(self, uid: int) -> int:
        """A message's bytes; 0 when it is gone."""
        data = self._about("FETCH", str(uid), "(RFC822.SIZE)")
        found = re.search(rb"RFC822\.SIZE (\d+)", b" ".join(part for part in data if isinstance(part, bytes)))
        return int(found[1]) if found else 0

    def fetch(self, uid: int) -> bytes:
        """A message as it came, without marking it as read; empty when it is gone."""
        data = self._about("FETCH", str(uid), "(BODY.PEEK[])")
        return next((bytes(part[1]) for part in data if isinstance(part, tuple)), b"")

    def wait(self, stop: Event) -> None:
        """Until something may be new: told by the server where it offers that, else after a while."""
        self._imap.untagged_responses.clear()  # the library would keep every EXISTS for ever
        if not self._idles:
            stop.wait(tuning().mail.poll_seconds)
            self._ask(self._imap.noop)
            return
        self._ask(lambda: self._idle(stop))

    def _idle(self, stop: Event) -> tuple[str, list[Any]]:
        """IDLE (RFC 2177), left at the first word from the server."""
        tag = b"digest%d" % int(monotonic() * 1000)
        self._imap.send(tag + b" IDLE\r\n")
        line = self._imap.readline()
        while line and not line.startswith((b"+", tag)):
            line = self._imap.readline()
        if line.startswith(b"+"):
            end = monotonic() + tuning().mail.idle_seconds
            while not stop.is_set() and monotonic() < end and not self._speaks():
                pass
            self._imap.send(b"DONE\r\n")
        while line and not line.startswith(tag):
            line = self._imap.readline()
        if not line:
            raise EOFError
        return "OK", []

    def _speaks(self) -> bool:
        """Whether the server said something, or hung up, within a breath; what was read ahead counts."""
        return self._ahead() or bool(select.select([self._imap.sock], [], [], BREATH)[0])

    def _ahead(self) -> bool:
        """Whether bytes lie in the library's buffer, or in the encryption's."""
        line, timeout = self._imap.sock, self._imap.sock.gettimeout()
        line.setblocking(False)
        try:
            buffer: Any = self._imap.file  # a BufferedReader, whatever its declared type
            return bool(buffer.peek(1))
        except (BlockingIOError, ssl.SSLWantReadError):
            return False
        finally:
            line.settimeout(timeout)

    def _ask(self, command: Any) -> tuple[str, list[Any]]:
        """What the server answers.

        Raises:
            Lost: it does not.
        """
        try:
            status, data = command()
        except (*TROUBLES, imaplib.IMAP4.error) as error:
            raise Lost(brief(error)) from error
        return str(status), list(data)

    def close(self) -> None:
        """Take leave, if anybody still listens."""
        with contextlib.suppress(imaplib.IMAP4.error, OSError, EOFError):
            self._imap.sock.settimeout(2)
            self._imap.logout()
        with contextlib.suppress(OSError):
            self._imap.shutdown()


def reached(mailbox: Mailbox) -> imaplib.IMAP4:
    """An encrypted line to the server.

    Raises:
        Lost: it cannot be reached.
        UsageError: its certificate is not to be trusted, or it offers no encryption.
    """
    try:
        context = ssl.create_default_context(cafile=mailbox.ca or None)
    except OSError as error:
        raise UsageError(f"{mailbox.ca}：证书文件读不了（{error.strerror or error}）。请检查 --ca。") from error
    try:
        return encrypted(mailbox, context)
    except ssl.SSLCertVerificationError as error:
        raise UsageError(f"{mailbox.host}：证书不可信（{error.verify_message}）。用银行自己的证书机构时，请加 --ca 证书文件。") from error
    except (*TROUBLES, imaplib.IMAP4.error) as error:
        raise Lost(brief(error)) from error


def encrypted(mailbox: Mailbox, context: ssl.SSLContext) -> imaplib.IMAP4:
    """The line, encrypted before anything of ours is said on it."""
    timeout = tuning().mail.timeout_seconds
    if mailbox.tls == "imaps":
        return imaplib.IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=timeout)
    imap = imaplib.IMAP4(mailbox.host, mailbox.port, timeout=timeout)
    try:
        if mailbox.tls == "starttls" and "STARTTLS" not in imap.capabilities:
            raise UsageError(f"{mailbox.host}：服务器不提供加密（STARTTLS）。请改用 imaps://。")
        if mailbox.tls == "starttls":
            imap.starttls(context)
    except BaseException:
        with contextlib.suppress(OSError):  # a failed handshake has closed it already, and its own cause must be told
            imap.shutdown()
        raise
    return imap


def brief(error: BaseException) -> str:
    """A short cause."""
    return str(getattr(error, "strerror", "") or error or type(error).__name__)[:200]


def quoted(folder: str) -> str:
    """A folder's name as IMAP writes it: modified UTF-7 (RFC 3501, 5.1.3), in quotes."""
    pieces = re.findall(r"[\x20-\x7e]+|[^\x20-\x7e]+", folder)
    return '"' + "".join(seven_bit(piece) for piece in pieces).replace("\\", "\\\\").replace('"', '\\"') + '"'


def seven_bit(piece: str) -> str:
    """A stretch of ASCII, or of other characters, in modified UTF-7."""
    if piece.isascii():
        return piece.replace("&", "&-")
    return "&" + base64.b64encode(piece.encode("utf-16-be")).rstrip(b"=").replace(b"/", b",").decode() + "-"
