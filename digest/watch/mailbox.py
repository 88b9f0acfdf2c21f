"""A mail folder, asked again and again: each message after the last one goes to the intake as it came, once.

How far we are is one mark: UIDVALIDITY and the last number dealt with. A server that numbers its messages anew (another UIDVALIDITY)
is read from the beginning, and what is here already is recognised by its bytes.
"""

import email.errors
from collections.abc import Generator, Iterator
from email.header import decode_header, make_header
from email.parser import BytesHeaderParser
from threading import Event

from digest.errors import ArchiveError
from digest.ingest.limits import MEGABYTE, limits
from digest.model.source import Source
from digest.watch.address import Mailbox
from digest.watch.imap import Balked, Lost, Session
from digest.watch.intake import Take
from digest.watch.seen import Seen
from digest.watch.telling import Outage, Told, What
from digest.watch.tuning import tuning

ITEM = "uid"
HEAD = 65_536  # bytes in which the subject must stand
LONGEST_NAME = 60


class MailWatch:
    """One watched mail folder."""

    def __init__(self, mailbox: Mailbox, password: str, take: Take, *, seen: Seen, stop: Event) -> None:
        self.mailbox, self.take, self.seen, self.stop = mailbox, take, seen, stop
        self._password = password
        self._session: Session | None = None
        self._pause = 0.0
        self._balked, self._times = 0, 0  # the message that the server would not hand out, and how often
        self._server = Outage(f"邮箱 {mailbox}")
        self._archive = Outage("历史库")

    def turn(self) -> Iterator[Told]:
        """Take in what is new; a lost server or archive is told once and tried again at the next turn.

        Raises:
            UsageError: the server refuses login, folder or encryption.
        """
        try:
            if self._session is None:
                self._session = Session(self.mailbox, self._password)
            self._pause = 0.0
            yield from self._new_ones(self._session)
            yield from self._there()
        except (Lost, Balked) as error:
            self._hang_up()
            yield from self._server.began(f"连不上（{error}）")
        except ArchiveError as error:
            self._slow_down()
            yield from self._archive.began(str(error).rstrip("。"))

    def rest(self) -> None:
        """Wait for the server to say something; after a loss, longer each time."""
        if self._pause or self._session is None:
            self.stop.wait(self._pause)
            return
        try:
            self._session.wait(self.stop)
        except Lost:
            self._hang_up()

    @property
    def idle(self) -> bool:
        """Whether every message was dealt with."""
        return not self._server.away and not self._archive.away

    def close(self) -> None:
        """Take leave of the server."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _hang_up(self) -> None:
        """Drop the line; the next try comes after a pause."""
        self.close()
        self._slow_down()

    def _slow_down(self) -> None:
        """Double the pause."""
        mail = tuning().mail
        self._pause = min(mail.longest_pause, self._pause * 2 or mail.first_pause)

    def _new_ones(self, session: Session) -> Iterator[Told]:
        """Deal with each message after the last."""
        last = yield from self._last(session)
        for uid in session.newer_than(last):
            if self.stop.is_set():
                return
            told = self._attempt(session, uid)
            if told and told.what is What.FAILED and self.stop.is_set():
                return  # the reading may have been stopped with us: take it again after the restart
            self.seen.note(ITEM, f"{session.validity}:{uid}")
            yield from self._there()
            if told:
                yield told

    def _there(self) -> Iterator[Told]:
        """Server and archive have done their part."""
        yield from self._server.over()
        yield from self._archive.over()

    def _last(self, session: Session) -> Generator[Told, None, int]:
        """The number of the last message dealt with; told when the server has begun to count anew."""
        validity, _, last = self.seen.mark_of(ITEM).partition(":")
        if validity and validity != str(session.validity):
            yield Told(what=What.NOTE, text=f"邮箱 {self.mailbox} 重新编号了（服务器搬家或重建过），从头核对一遍；已有的不会重复生成。")
        return int(last) if validity == str(session.validity) else 0

    def _attempt(self, session: Session, uid: int) -> Told | None:
        """One message; None when it is gone meanwhile. One that the server refuses again and again is told and passed over."""
        try:
            return self._fetched(session, uid)
        except Balked as error:
            self._times = self._times + 1 if self._balked == uid else 1
            self._balked = uid
            if self._times < tuning().tries:
                raise
            return Told(what=What.FAILED, text=f"第 {uid} 封邮件服务器不给（{error}），已跳过。请在邮箱里另存后单独放入。")

    def _fetched(self, session: Session, uid: int) -> Told | None:
        """One message, if the server hands it out."""
        size, most = session.size(uid), limits().file_megabytes
        if size > most * MEGABYTE:
            return Told(what=What.FAILED, text=f"第 {uid} 封邮件超过 {most} MB，没有读。请把附件另存后单独放入。")
        raw = session.fetch(uid) if size else b""
        return self.take(Source(name=name_of(raw, uid), data=raw)) if raw else None


def name_of(raw: bytes, uid: int) -> str:
    """A message's name as a file: its subject, as far as that can be told."""
    try:
        subject = str(make_header(decode_header(str(BytesHeaderParser().parsebytes(raw[:HEAD]).get("subject", "")))))
    except (email.errors.MessageError, LookupError, ValueError):
        subject = ""
    clean = "".join(sign if sign.isprintable() and sign not in '\\/:*?"<>|' else " " for sign in subject)
    clean = " ".join(clean.encode("utf-8", "replace").decode().split())
    return f"{clean[:LONGEST_NAME] or f'邮件 {uid}'}.eml"
