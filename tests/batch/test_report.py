"""The table and the page: openable anywhere, self-contained, failures first, and no cell that runs."""

import re

from digest.batch import report
from digest.batch.journal import Journal
from digest.batch.ledger import Ledger
from digest.batch.task import Fault, Result, State

PIXEL = b"\x89PNG-small"


def ledger_with(folder, *results):
    """A ledger of these results."""
    ledger = Ledger(folder, Journal(folder / "j"), "r")
    for result in results:
        list(ledger.record(result))
    return ledger


def made(path, **words):
    """A Result of a made sheet."""
    return Result(number=1, path=path, name="a", sha256="0" * 64, state=State.MADE, written=("乙/a 1.pdf",), **words)


def failed(path):
    """A Result of a failure."""
    return Result(number=2, path=path, name="", sha256="0" * 64, state=State.FAILED, fault=Fault(kind="Unreadable", code=4, words="《<b>》坏了。"))


def test_the_page_shows_failures_first_and_asks_nobody(tmp_path):
    """Failures stand before the sheets, thumbnails are inside, words are escaped, and nothing is fetched from anywhere."""
    ledger = ledger_with(tmp_path, made("/x/a.docx", title="标题<script>", picture=PIXEL), failed("/x/z.docx"))

    report.write(ledger, tmp_path)
    ledger.close()

    page = (tmp_path / report.PAGE).read_text("utf-8")
    assert page.index("z.docx") < page.index("a.docx")
    assert "data:image/png;base64," in page
    assert "<script>" not in page
    assert "<b>》" not in page
    assert 'href="%E4%B9%99/a%201.pdf"' in page
    assert re.findall(r'(?:src|href)="(?!data:)[a-z]*:?//', page) == []
    assert "default-src 'none'" in page


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(tmp_path):
    """The mark in front tells Excel it is UTF-8; a title that begins like a formula is text."""
    ledger = ledger_with(tmp_path, made("/x/a.docx", title='=HYPERLINK("http://x")'))

    report.write(ledger, tmp_path)
    ledger.close()

    data = (tmp_path / report.TABLE).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK" in data.decode("utf-8-sig")


def test_names_that_are_no_unicode_do_not_stop_the_report(tmp_path):
    """An old file system's odd name is shown as well as can be."""
    ledger = ledger_with(tmp_path, made("/x/\udcb5.\udcb5"))

    report.write(ledger, tmp_path)
    ledger.close()

    assert (tmp_path / report.TABLE).exists()
