"""``digest watch``: new files of a folder, or new messages of a mailbox, become drafts in the archive until Ctrl+C."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from digest import places
from digest.commands.where import add_place_arguments
from digest.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from digest.watch.address import Mailbox
    from digest.watch.going import Watch
    from digest.watch.intake import Intake
    from digest.watch.telling import Told

MARKS = {"made": "√", "known": "＝", "failed": "×", "trouble": "！", "back": "√", "note": "·"}
PASSWORD = "DIGEST_IMAP_PASSWORD"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words of ``digest watch``."""
    parser.add_argument("where", metavar="文件夹或邮箱", help="文件夹（可以在网络共享上），或 imaps://用户@服务器/文件夹、imap://…（STARTTLS）")
    parser.add_argument("--once", action="store_true", help="处理完现有的就结束（给定时任务用）")
    parser.add_argument("--no-ocr", action="store_true", help="不识别扫描件（更快）")
    parser.add_argument("--password-file", default="", metavar="文件", help=f"邮箱密码所在的文件；也可用环境变量 {PASSWORD}，都没有就询问")
    parser.add_argument("--ca", default="", metavar="文件", help="银行自己的证书机构（PEM）")
    parser.add_argument("--plain", action="store_true", help="不加密；只许连本机，测试用")
    add_place_arguments(parser)


def run(arguments: argparse.Namespace) -> ExitCode:
    """Watch until Ctrl+C or SIGTERM."""
    from digest.archive import open_store
    from digest.watch.going import go
    from digest.watch.intake import Intake, guarded_reader

    mailbox = mailbox_of(arguments)
    password = password_of(arguments, mailbox) if mailbox else ""
    home = places.home(arguments.home)
    store = open_store(places.archive(home, arguments.archive))
    failed = False
    try:
        intake = Intake(store, home, guarded_reader(ocr=not arguments.no_ocr))
        with stopping() as stop:
            watch = watch_of(arguments.where, intake, stop, mail=(mailbox, password))
            say(f"· 正在监看 {mailbox or arguments.where}（按 Ctrl+C 结束）")
            for told in go(watch, stop, once=arguments.once):
                failed |= told.what == "failed"
                tell(told)
            watch.close()
    finally:
        store.close()
    say("· 监看已结束。")
    return ExitCode.PARTLY if arguments.once and failed else ExitCode.OK


def mailbox_of(arguments: argparse.Namespace) -> "Mailbox | None":
    """The mailbox to watch, where it is one.

    Raises:
        UsageError: the address is faulty, or there is no such folder.
    """
    from digest.watch import address

    if address.is_mailbox(arguments.where):
        return address.parse(arguments.where, ca=arguments.ca, plain=arguments.plain)
    if not Path(arguments.where).is_dir():
        raise UsageError(f"{arguments.where}：没有这个文件夹。请检查路径；网络共享请先确认能打开。")
    return None


def password_of(arguments: argparse.Namespace, mailbox: "Mailbox") -> str:
    """The mailbox's password: never a word of the command line, which others see.

    Raises:
        UsageError: there is none.
    """
    if arguments.password_file:
        try:
            return Path(arguments.password_file).read_text("utf-8-sig").splitlines()[0].strip()
        except (OSError, UnicodeDecodeError, IndexError) as error:
            raise UsageError(f"{arguments.password_file}：密码文件读不了（{error}）。请把密码写在第一行。") from error
    if given := os.environ.get(PASSWORD):
        return given
    if not sys.stdin.isatty():
        raise UsageError(f"没有邮箱密码。请用 --password-file 文件，或环境变量 {PASSWORD}。")
    from getpass import getpass

    return getpass(f"{mailbox.user} 在 {mailbox.host} 的密码（输入时不显示）：")


def watch_of(where: str, intake: "Intake", stop: Event, *, mail: "tuple[Mailbox | None, str]") -> "Watch":
    """What is watched, going on where it was left."""
    from digest.watch.folder import FolderWatch
    from digest.watch.mailbox import MailWatch
    from digest.watch.seen import Seen

    mailbox, password = mail
    if mailbox is None:
        folder = Path(where).absolute()
        seen = Seen(intake.store, str(folder))
        seen.forget_old()
        return FolderWatch(folder, intake.take, seen, stop)
    return MailWatch(mailbox, password, intake.take, seen=Seen(intake.store, f"imap://{mailbox}:{mailbox.port}"), stop=stop)


@contextmanager
def stopping() -> Iterator[Event]:
    """An event that the first Ctrl+C or SIGTERM sets; a second one ends the program at once."""
    stop = Event()
    usual = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def heard(number: int, frame: object) -> None:
        """Ask the watch to end after the file in hand."""
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in usual:
        signal.signal(number, heard)
    try:
        yield stop
    finally:
        for number, handler in usual.items():
            signal.signal(number, handler)


def tell(told: "Told") -> None:
    """One line with the time."""
    say(f"{MARKS[told.what]} {datetime.now():%m-%d %H:%M:%S} {told.text}")


def say(text: str) -> None:
    """A line that is there at once, also in a log file."""
    print(text, flush=True)
