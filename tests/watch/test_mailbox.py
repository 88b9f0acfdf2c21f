"""A watched mail folder on a real server: read once, never changed there, and found again after every kind of loss."""

import imaplib
import itertools
import threading
import time
from email.message import EmailMessage
from email.policy import SMTP
from threading import Event

import pytest

from digest.archive import drafts, sources
from digest.errors import UsageError
from digest.watch import address
from digest.watch.going import go
from digest.watch.imap import quoted
from digest.watch.mailbox import MailWatch, name_of
from digest.watch.seen import Seen
from digest.watch.tuning import tuning
from tests import servers
from tests.watch.made import CIRCULAR, OTHER, SECRET, intake_of, kinds, store_at, titles, turns

SECONDS = 20
numbers = itertools.count(1)


@pytest.fixture(scope="module")
def server():
    """A running mail server."""
    if servers.dovecot_program() is None:
        pytest.skip("no Dovecot 2.3 here: apt-get install dovecot-imapd")
    with servers.dovecot() as it:
        yield it


@pytest.fixture
def own_server(server):
    """A server that a test may stop and start."""
    with servers.dovecot() as it:
        yield it


@pytest.fixture
def store(tmp_path):
    """An empty archive."""
    it = store_at(tmp_path / "home")
    yield it
    it.close()


class Post:
    """A mail folder of its own, and whoever puts mail into it."""

    def __init__(self, server):
        self.server, self.folder = server, f"收文&{next(numbers)}"
        self.imap = server.session()
        self.imap.create(quoted(self.folder))

    def put(self, text=CIRCULAR, subject="转发：关于印章的通知"):
        """Deliver a message."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "a@example.cn", "b@example.cn", subject
        message["Date"] = "Mon, 01 Sep 2025 09:00:00 +0800"
        message.set_content(text)
        return self.put_raw(message.as_bytes(policy=SMTP))

    def put_raw(self, raw):
        """Deliver bytes as they are."""
        assert self.imap.append(quoted(self.folder), None, None, raw)[0] == "OK"
        return raw

    def flags(self):
        """The flags of all messages."""
        self.imap.select(quoted(self.folder), readonly=True)
        found = self.imap.fetch("1:*", "(FLAGS)")[1]
        self.imap.close()
        return [flag for line in found if line for flag in imaplib.ParseFlags(line) if flag != rb"\Recent"]

    def renumber(self, raws):
        """Delete the folder and make it anew with the same messages."""
        self.imap.delete(quoted(self.folder))
        time.sleep(1.1)  # UIDVALIDITY counts seconds
        self.imap.create(quoted(self.folder))
        for raw in raws:
            self.put_raw(raw)

    def mailbox(self, tls="plain", ca=""):
        """Where the watch finds it."""
        port = self.server.secure if tls == "imaps" else self.server.port
        return address.Mailbox(host="127.0.0.1", port=port, user=self.server.user, folder=self.folder, tls=tls, ca=ca)


@pytest.fixture
def post(server):
    """A fresh mail folder."""
    it = Post(server)
    yield it
    it.imap.logout()


@pytest.fixture
def watching(store):
    """Makes watches, and hangs up at the end."""
    made = []

    def watch_over(post, *, stop=None, password=None, **where):
        taker = intake_of(store).take
        seen = Seen(store, f"imap://{post.folder}")
        made.append(MailWatch(post.mailbox(**where), password or post.server.password, taker, seen=seen, stop=stop or Event()))
        return made[-1]

    yield watch_over
    for watch in made:
        watch.close()


class Running:
    """A watch in a thread, as the command runs it, and what it told."""

    def __init__(self, watch, stop):
        self.told, self.stop = [], stop
        self.thread = threading.Thread(target=self._run, args=(watch,))
        self.thread.start()

    def _run(self, watch):
        """Note each sentence."""
        for told in go(watch, self.stop):
            self.told.append(str(told.what))

    def until(self, *kinds):
        """Wait until these were told, in this order."""
        deadline = time.monotonic() + SECONDS
        while self.told != list(kinds):
            assert time.monotonic() < deadline, self.told
            time.sleep(0.05)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop.set()
        self.thread.join(SECONDS)
        assert not self.thread.is_alive()


def test_a_message_becomes_a_source_as_it_came(store, post, watching):
    """Byte for byte, with its subject as its name."""
    raw = post.put()
    assert kinds(watching(post)) == ["made"]

    assert sources.load_bytes(store, 1).data == raw
    assert sources.get(store, 1).name == "转发：关于印章的通知.eml"
    assert titles(store) == ["加强营业网点业务印章管理"]


def test_nothing_is_changed_on_the_server(post, watching):
    """Unread stays unread, and everything stays there."""
    post.put()
    post.put(OTHER)
    assert kinds(watching(post)) == ["made", "made"]

    assert post.flags() == []
    assert post.imap.status(quoted(post.folder), "(MESSAGES UNSEEN)")[1][0].endswith(b"(MESSAGES 2 UNSEEN 2)")


@pytest.mark.slow
def test_new_mail_is_a_draft_within_seconds(post, watching):
    """The server tells (IDLE), nobody waits for the next question."""
    stop = Event()
    with Running(watching(post, stop=stop), stop) as running:
        time.sleep(1)
        begun = time.monotonic()
        post.put()
        running.until("made")
        assert time.monotonic() - begun < tuning().mail.idle_seconds / 10
        post.put(OTHER)
        running.until("made", "made")


@pytest.mark.slow
def test_a_server_without_idle_is_asked(post, watching, monkeypatch):
    """Polling finds new mail as well."""
    stop = Event()
    watch = watching(post, stop=stop)
    turns(watch, 1)
    watch._session._idles = False
    with Running(watch, stop) as running:
        time.sleep(0.5)
        post.put()
        running.until("made")


def test_a_restart_goes_on_where_it_was_left(post, watching):
    """What was dealt with is not fetched again; what came meanwhile is."""
    post.put()
    assert kinds(watching(post)) == ["made"]
    post.put(OTHER)

    assert kinds(watching(post)) == ["made"]
    assert kinds(watching(post)) == []


@pytest.mark.slow
def test_a_server_that_was_killed_and_comes_back(own_server, watching):
    """Said once that it is away, once that it is back; mail that came meanwhile is not lost."""
    post, stop = Post(own_server), Event()
    with Running(watching(post, stop=stop), stop) as running:
        post.put()
        running.until("made")
        post.imap.logout()
        own_server.stop()
        running.until("made", "trouble")
        time.sleep(3)
        own_server.start()
        again = Post(own_server)
        again.folder = post.folder
        again.put(OTHER)
        running.until("made", "trouble", "back", "made")
        again.imap.logout()


def test_a_renumbered_mailbox_is_read_anew_without_doubles(store, post, watching):
    """Another UIDVALIDITY: everything is looked at again and recognised by its bytes, and what is new is found."""
    raws = [post.put(), post.put(OTHER)]
    assert kinds(watching(post)) == ["made", "made"]
    post.renumber([*raws, CIRCULAR.replace("印章", "凭证").encode()])

    assert kinds(watching(post)) == ["note", "known", "known", "made"]
    assert len(drafts.recent(store)) == 3


def test_the_same_message_twice_is_recognised(store, post, watching):
    """A second delivery makes no second draft."""
    post.put_raw(post.put())

    assert kinds(watching(post)) == ["made", "known"]
    assert len(drafts.recent(store)) == 1


@pytest.mark.parametrize(
    "raw", [b"PK\x03\x04 no archive", b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: application/pdf\r\n\r\n%PDF-broken\r\n--x--\r\n"]
)
def test_a_broken_message_is_told_once_and_stops_nobody(post, watching, raw):
    """Not told again after a restart; the next message goes on."""
    post.put_raw(raw)
    post.put()
    assert kinds(watching(post)) == ["failed", "made"]

    assert kinds(watching(post)) == []


def test_a_secret_message_leaves_no_trace(store, post, watching, tmp_path):
    """Refused without its subject."""
    post.put(SECRET, subject="密押规定")
    ((what, text),) = turns(watching(post))
    assert (what, "密级" in text, "密押" in text) == ("failed", True, False)
    store.close()

    kept = b"".join(path.read_bytes() for path in (tmp_path / "home").iterdir())
    assert "密押".encode() not in kept


def test_a_message_that_is_gone_is_passed_over(post, watching):
    """Deleted by somebody between two looks: no noise."""
    post.put()
    post.imap.select(quoted(post.folder))
    post.imap.store("1", "+FLAGS", r"\Deleted")
    post.imap.expunge()
    post.imap.close()
    post.put(OTHER)

    assert kinds(watching(post)) == ["made"]


@pytest.mark.parametrize(("times", "told"), [(2, ["trouble", "back", "made", "made"]), (99, ["trouble", "back", "failed", "made"])])
def test_a_message_that_the_server_will_not_hand_out(post, watching, monkeypatch, times, told):
    """For a moment: it is not lost. For good: told once and passed over, and the next one goes on."""
    post.put()
    post.put(OTHER)
    left, usual = [None] * times, imaplib.IMAP4.uid

    def refusing(self, command, *words):
        if command == "FETCH" and words[0] == "1" and left:
            left.pop()
            return "NO", [b"[SERVERBUG] Internal error"]
        return usual(self, command, *words)

    monkeypatch.setattr(imaplib.IMAP4, "uid", refusing)
    assert kinds(watching(post)) == told


def test_many_messages_are_asked_for_in_stretches(post, watching, monkeypatch):
    """A large folder is not listed at once, and none is left out."""
    for number in range(7):
        post.put_raw(b"PK\x03\x04 no archive %d" % number)
    monkeypatch.setattr("digest.watch.imap.tuning", lambda: type("T", (), {"mail": type("M", (), {"window": 2, "timeout_seconds": 10})})())

    assert kinds(watching(post), 1) == ["failed"] * 7


@pytest.mark.parametrize("tls", ["imaps", "starttls"])
def test_encrypted_with_the_banks_own_authority(post, watching, tls):
    """The certificate is checked: trusted with the authority's file, refused without it."""
    post.put()
    assert kinds(watching(post, tls=tls, ca=post.server.ca)) == ["made"]
    with pytest.raises(UsageError, match=r"证书不可信.*--ca"):
        turns(watching(post, tls=tls))


def test_a_server_without_encryption_is_refused(watching):
    """No password goes over the line in plain."""
    with servers.dovecot(ssl="no") as plain:
        post = Post(plain)
        with pytest.raises(UsageError, match="不提供加密"):
            turns(watching(post, tls="starttls"))
        post.imap.logout()


def test_a_wrong_password_ends_at_once(post, watching):
    """Trying again would lock the account; the password is not repeated in the sentence."""
    with pytest.raises(UsageError, match="登录被拒绝") as caught:
        turns(watching(post, password="falsch-geheim"))

    assert "falsch-geheim" not in str(caught.value)


def test_a_missing_folder_is_said(post, watching):
    """With its name."""
    post.folder = "没有的"
    with pytest.raises(UsageError, match="没有的"):
        turns(watching(post))


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("imaps://me:geheim@mail.example.cn/INBOX", "不要写密码"),
        ("imaps://mail.example.cn/INBOX", "缺用户"),
        ("imap://me@mail.example.cn:x/INBOX", "写得不对"),
    ],
)
def test_faulty_addresses_are_refused(where, told):
    """Without repeating a password."""
    with pytest.raises(UsageError, match=told) as caught:
        address.parse(where)

    assert "geheim" not in str(caught.value)


def test_plain_is_for_this_pc_only():
    """Elsewhere it is refused, however the switch stands."""
    with pytest.raises(UsageError, match="只能用于本机"):
        address.parse("imap://me@mail.example.cn/INBOX", plain=True)
    assert address.parse("imap://a%40b.cn@127.0.0.1:1143/%E6%94%B6%E6%96%87", plain=True).folder == "收文"


@pytest.mark.parametrize(
    ("name", "told"), [("INBOX", '"INBOX"'), ("收文", '"&ZTZlhw-"'), ("A&B", '"A&-B"'), ('a"b', '"a\\"b"'), ("台北/日本語", '"&U,BTFw-/&ZeVnLIqe-"')]
)
def test_folder_names_in_modified_utf7(name, told):
    """As RFC 3501 writes them (its own example among them)."""
    assert quoted(name) == told


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"Subject: =?utf-8?b?5Y2w56ug?=\r\n\r\n", "印章.eml"),
        (b"Subject: =?utf-8?b?!!?=\r\n\r\n", None),
        (b"Subject: =?no-such?q?x?=\r\n\r\n", "邮件 7.eml"),
        (b"\xff\x00", "邮件 7.eml"),
        (b"Subject: a/b\\c\r\n d\r\n\r\n", "a b c d.eml"),
    ],
)
def test_a_subject_never_breaks_the_watch(head, name):
    """Broken encodings fall back to the number; nothing in it is a path."""
    assert name_of(head, 7) == name or name is None
