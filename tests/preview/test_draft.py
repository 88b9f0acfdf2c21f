"""The draft: lasting numbers inside, numbers from 1 on paper, and whose words are whose."""

from msgspec.structs import replace

from digest import sheet
from digest.archive.values import dump, load
from digest.preview import draft as drafts
from digest.preview.draft import Deviation, Draft
from tests.preview.made import desk, draft


def test_begins_with_lasting_numbers():
    """Each line has a number of its own, and what points to lines still points to them."""
    made = draft()

    assert made.numbers == tuple(range(len(made.sheet.lines)))
    assert all(question.answer.rpartition("：")[2] in made.line(question.line).text for question in made.sheet.questions)


def test_comes_back_from_the_archive():
    """A draft is plain values."""
    assert load(Draft, dump(draft())) == draft()


def test_paper_is_numbered_in_reading_order():
    """Numbers on paper start at 1 and leave no gap, whatever the draft's own numbers are."""
    made = draft()
    first, rest = made.sheet.sections[0], made.sheet.sections[1:]
    turned = replace(made, sheet=replace(made.sheet, sections=(replace(first, lines=tuple(reversed(first.lines))), *rest)))
    printed = drafts.printable(turned)

    assert [line.number for line in printed.lines] == list(range(1, len(printed.lines) + 1))
    assert printed.lines[0].text == first.lines[-1].text
    assert printed.point.endswith(printed.lines[printed.point_line - 1].text)


def test_own_and_reworded_lines_are_marked_on_paper():
    """Nobody takes the branch's words for head office's."""
    made = replace(draft(), own=(0,), deviations=(Deviation(key="line-1", messages=("数字",)),))
    printed = drafts.printable(made)

    assert printed.lines[0].mark == "网点补充"
    assert printed.lines[1].mark.endswith("网点改写")
    assert printed.lines[2].mark == draft().line(2).mark


def test_notes_stand_on_paper_and_fit():
    """Each paragraph of the notes is a marked line."""
    printed = drafts.printable(replace(draft(), notes="周三补学\n\n请假者回来签名"))

    assert [line.text for line in printed.sections[-1].lines] == ["周三补学", "请假者回来签名"]
    assert sheet.place(printed, desk().look).fill > 0.5


def test_all_words_are_found():
    """What the sheet says is what the search sees."""
    words = drafts.words_of(draft().sheet)

    assert all(line.text in words for section in draft().sheet.sections for line in section.lines)
    assert "示银发〔2025〕18号" in words
