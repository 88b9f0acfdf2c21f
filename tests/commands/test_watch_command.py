"""``digest watch`` as a process of its own: drafts within seconds, a clean end, nothing lost or doubled when it is killed."""

import os
import signal
import subprocess
import sys
import time

import pytest

from digest.archive import drafts, sources
from digest.archive.store import Store
from digest.errors import ExitCode
from tests import servers
from tests.preview.made import CIRCULAR

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")]
SECONDS = 60


def circular(number):
    """One of several different circulars."""
    return CIRCULAR.replace("18号", f"{number}号")


@pytest.fixture
def folder(tmp_path):
    """An empty folder to watch."""
    folder = tmp_path / "收文"
    folder.mkdir()
    return folder


@pytest.fixture
def begin(tmp_path):
    """Starts ``digest watch``; what still runs at the end is killed."""
    running = []

    def start(*words, **settings):
        command = [sys.executable, "-m", "digest", "watch", *map(str, words), "--no-ocr", "--home", str(tmp_path / "home")]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **settings})
        running.append(process)
        return process

    yield start
    for process in running:
        process.kill()
        process.communicate()


def drafts_within(store, number):
    """Wait until so many drafts are there."""
    deadline = time.monotonic() + SECONDS
    while len(drafts.recent(store)) < number:
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_draft_within_seconds_and_a_clean_end(folder, begin, tmp_path):
    """SIGTERM ends it with a word and exit code 0."""
    process = begin(folder)
    assert "正在监看" in process.stdout.readline()
    (folder / "甲.txt").write_text(CIRCULAR)
    assert process.stdout.readline().startswith("√")
    process.send_signal(signal.SIGTERM)
    rest = process.communicate(timeout=SECONDS)[0]

    assert (process.returncode, rest) == (0, "· 监看已结束。\n")
    assert len(drafts.recent(Store(tmp_path / "home" / "archive.sqlite"))) == 1


def test_killed_at_any_moment_each_file_is_one_draft(folder, begin, tmp_path):
    """Kill -9 in the middle, several times: at the end all are there, none twice."""
    for number in range(12):
        (folder / f"{number}.txt").write_text(circular(number))
    for seconds in (1.5, 3.0, 4.0, 5.0):
        process = begin(folder)
        time.sleep(seconds)
        process.kill()
        process.wait()
    assert begin(folder, "--once").wait(SECONDS) == 0

    store = Store(tmp_path / "home" / "archive.sqlite")
    made = drafts.recent(store)
    assert len(made) == len({draft.source for draft in made}) == 12
    assert store.sound()


def test_once_ends_by_itself_and_tells_failures_by_its_code(folder, begin):
    """For a task that runs at seven in the morning."""
    (folder / "甲.txt").write_text(CIRCULAR)
    assert begin(folder, "--once").wait(SECONDS) == 0
    (folder / "坏.docx").write_bytes(b"PK\x03\x04")
    assert begin(folder, "--once").wait(SECONDS) == ExitCode.PARTLY


def test_a_missing_folder_or_password_is_said(folder, begin):
    """With the exit code for a wrong call."""
    missing = begin(folder / "没有")
    assert "没有这个文件夹" in missing.communicate(timeout=SECONDS)[0]
    silent = begin("imaps://me@127.0.0.1/INBOX", DIGEST_IMAP_PASSWORD="")
    assert "DIGEST_IMAP_PASSWORD" in silent.communicate(timeout=SECONDS)[0]

    assert missing.returncode == silent.returncode == ExitCode.USAGE


def test_two_watches_and_one_postgres(folder, begin):
    """Two PCs that watch the same share into the same archive make one draft of each file."""
    pytest.importorskip("psycopg", reason="PostgreSQL's driver is not installed")
    if servers.postgres_programs() is None:
        pytest.skip("no PostgreSQL server programs here: apt-get install postgresql")
    with servers.postgres() as server:
        address = server.database("digest")
        for number in range(6):
            (folder / f"{number}.txt").write_text(circular(number))
        both = [begin(folder, "--once", "--archive", address) for _ in range(2)]
        assert [process.wait(SECONDS) for process in both] == [0, 0]
        store = Store(address)
        made = drafts.recent(store)
        kept = sources.recent(store)
        store.close()

    assert len(made) == len({draft.source for draft in made}) == len(kept) == 6


def test_a_mailbox_by_its_address(begin, tmp_path):
    """The password comes from a file; nothing shows it."""
    if servers.dovecot_program() is None:
        pytest.skip("no Dovecot 2.3 here: apt-get install dovecot-imapd")
    with servers.dovecot() as server:
        imap = server.session()
        imap.append("INBOX", None, None, b"Subject: x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + CIRCULAR.encode())
        imap.logout()
        (tmp_path / "密码.txt").write_text(server.password + "\n")
        where = f"imap://{server.user}@127.0.0.1:{server.port}/INBOX"
        process = begin(where, "--once", "-v", "--ca", server.ca, "--password-file", tmp_path / "密码.txt")
        told = process.communicate(timeout=SECONDS)[0]

    assert process.returncode == 0, told
    assert "√" in told
    assert server.password not in told
