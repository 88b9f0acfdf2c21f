"""Two processes for a long PDF: the same document as from one, whatever becomes of the second."""

import os

import pytest

from digest import ingest
from digest.ingest import child, child_aide
from digest.model.source import Source
from tests.ingest.make_docx import pack, para
from tests.ingest.make_pdf import Pdf

LONG = 10**7


@pytest.fixture(autouse=True)
def two_cores(monkeypatch):
    """A computer of two cores, and no child left over before or after."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    child.stop()
    yield
    child.stop()


@pytest.fixture
def answers(monkeypatch):
    """What the parent got from the second process, in order."""
    found = []
    ask = child_aide.found

    def asked(pipe, seconds):
        found.append(ask(pipe, seconds))
        return found[-1]

    monkeypatch.setattr(child_aide, "found", asked)
    return found


def paper(pages):
    """A PDF of that many pages, each with lines of its own."""
    made = Pdf()
    for page in range(pages):
        if page:
            made.page()
        made.lines([f"第{page + 1}条 网点应当在{page + 1}日内核对第{page + 1}号登记簿。", "核对不符的，不得办理业务。"])
    return Source(name="长.pdf", data=made.data())


def test_the_last_pages_come_from_the_second_process(answers):
    """The document is the same, block for block, as the one that one process reads alone; the helper is ended."""
    source = paper(30)
    ingest.prepare(source.name, size=LONG)
    helper = child._helpers[0]

    assert ingest.read_guarded(source) == ingest.read(source)
    assert len(answers) == 1
    assert answers[0]
    assert not helper.process.is_alive()


def test_a_second_process_that_died_is_done_without(answers):
    """Its pages are read by the first: nothing is lost, nothing is told."""
    source = paper(30)
    ingest.prepare(source.name, size=LONG)
    child._helpers[0].process.kill()
    child._helpers[0].process.join()

    assert ingest.read_guarded(source) == ingest.read(source)
    assert answers == [None]


def test_a_short_paper_and_another_form_never_ask(answers):
    """A file that is large but short, or no PDF after all, is read by one process, and the helper is ended."""
    for source in (paper(3), Source(name="通知.pdf", data=pack(para("第一条 甲。")))):
        ingest.prepare(source.name, size=LONG)
        helper = child._helpers[0]
        assert ingest.read_guarded(source) == ingest.read(source)
        assert not helper.process.is_alive()
    assert answers == []


@pytest.mark.parametrize(("name", "size", "cores"), [("长.pdf", 100, 2), ("长.docx", LONG, 2), ("长.pdf", LONG, 1)])
def test_no_second_process_where_it_would_not_help(monkeypatch, name, size, cores):
    """A small PDF, any other form, or one core: one process."""
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    ingest.prepare(name, size=size)
    assert child._helpers == []
