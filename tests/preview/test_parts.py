"""The small parts: differences, torn lines, relations, checks, the source's view, pages and pictures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from digest import places
from digest.archive.sources import Relation
from digest.model.outline import Light, Secrecy
from digest.preview import checks, differences, guarding, layout, pictures, related, source_view
from digest.preview.draft import Deviation, printable
from tests.preview.made import desk, draft, kept

LETTERS = st.text(st.sampled_from("柜员不得代客保管3个工作日，。甲"), max_size=24)


@settings(derandomize=True, deadline=None)
@given(LETTERS, LETTERS)
def test_a_difference_gives_both_texts_back(before, after):
    """What stayed and went is the old text, what stayed and came is the new."""
    runs = differences.between(before, after)

    assert "".join(run.text for run in runs if run.what != differences.IN) == before
    assert "".join(run.text for run in runs if run.what != differences.OUT) == after


@settings(derandomize=True, deadline=None)
@given(LETTERS, LETTERS, st.integers(0, 20), st.integers(0, 20))
def test_carried_ranges_hold_characters_that_were_in_them(before, after, low, high):
    """Bold never spreads over other words."""
    low, high = sorted((min(low, len(before)), min(high, len(before))))
    bold = before[low:high]

    for start, end in differences.carry(((low, high),), before, after):
        assert set(after[start:end]) <= set(bold)


def test_versions_tell_each_kind_of_change():
    """Added, removed, reworded, moved and fields, each once."""
    sheet = printable(draft())
    first = next(section for section in sheet.sections if len(section.lines) > 1)
    second = next(section for section in sheet.sections if section.lines and section is not first)
    line = replace(first.lines[0], text="停用的印章应当于9个工作日内上缴分行运营管理部")
    made = {
        first.key: replace(first, lines=(line, *first.lines[2:])),
        second.key: replace(second, lines=(*second.lines, replace(line, units=(), text="网点自己的"))),
    }
    changed = replace(sheet, title="新标题", sections=tuple(made.get(section.key, section) for section in sheet.sections))

    assert sorted(each.what for each in differences.versions(sheet, changed)) == ["added", "field", "removed", "reworded"]
    assert differences.versions(sheet, sheet) == ()


def test_relations_of_a_text():
    """What it repeals is told from what it only cites; its own number is not another document."""
    found = {mention.doc_number: mention for mention in related.mentions(kept().outline)}

    assert found["示银发〔2019〕7号"].relation is Relation.REPEALS
    assert found["示银发〔2019〕7号"].title == "示例银行业务印章管理办法"
    assert "示银发〔2025〕18号" not in found


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("《示例银行印章办法》（示银发〔2019〕7号）同时废止。", Relation.REPEALS),
        ("将《示例银行印章办法》第三条修改为：柜员不得外借。", Relation.AMENDS),
        ("按照《示例银行印章办法》执行。", Relation.CITES),
    ],
)
def test_what_a_sentence_does(text, relation):
    """Repeals, amends, cites."""
    assert [mention.relation for mention in related.named(text)] == [relation]


def test_checks_grow_with_what_there_is_to_confirm():
    """Only the first for a plain sheet; more for rewordings, own lines, gaps, people, scope."""
    look = places.look("cards", None)
    page = layout.Shelf().lay(draft(), look).page
    plain = [each.key for each in checks.checks(draft(), kept(), page)]
    line = draft().sheet.lines[0]
    full = replace(draft(), own=(1,), notes="电话13812345678，身份证110101199003071234", deviations=(Deviation(key=f"line-{line.number}", messages=("数字",)),))
    full = replace(full, sheet=replace(full.sheet, light=Light.ORANGE, details=(replace(full.sheet.details[0], missing=True), *full.sheet.details[1:])))
    keys = [each.key for each in checks.checks(full, kept(), page)]
    people = next(each for each in checks.checks(full, kept(), page) if each.key == "personal")

    assert plain[0] == "read"
    assert {"read", "deviations", "own", "missing", "personal", "scope", "copies"} <= set(keys)
    assert "13812345678" not in " ".join(people.details)
    assert "scope" in [each.key for each in checks.checks(draft(), with_light(Light.ORANGE), page)]


def with_light(light):
    """The circular with another marking."""
    outline = kept().outline
    return replace(kept(), outline=replace(outline, masthead=replace(outline.masthead, secrecy=Secrecy(light=light, scope="此件发至二级分行"))))


def test_the_sources_view_marks_doubtful_characters_in_place():
    """What OCR was unsure of stands where it stands."""
    outline = kept().outline
    passage = next(passage for passage in outline.passages if "24小时" in passage.text)
    run = passage.runs[0]
    low = run.offset + passage.text.index("24") - run.start
    blocks = tuple(replace(block, doubtful=((low, low + 2),)) if block.number == run.block else block for block in outline.document.blocks)
    doubted = replace(kept(), outline=replace(outline, document=replace(outline.document, blocks=blocks)))
    told = source_view.view(doubted)["passages"][passage.number]
    marked = [each["text"][low:high] for each in told["runs"] for low, high in each["doubtful"]]

    assert marked == ["24"]


def test_numbers_on_paper_follow_the_eye():
    """Whatever the columns, the first number seen is 1 and none is missing; the same again after a move."""
    shelf, look = layout.Shelf(), places.look("cards", None)
    for told in (draft(), replace(draft(), sheet=replace(draft().sheet, sections=tuple(reversed(draft().sheet.sections))))):
        laid = shelf.lay(told, look)
        assert layout.as_seen(laid.page, len(laid.numbers)) == tuple(range(1, len(laid.numbers) + 1))
        for printed, number in enumerate(laid.numbers, start=1):
            text = next(line.text for line in laid.sheet.lines if line.number == printed)
            assert text == told.line(number).text


def test_the_same_page_is_drawn_once_and_the_same_bytes_come_out():
    """Remembered by what it says."""
    shelf, look = layout.Shelf(), places.look("cards", None)
    one, again = shelf.lay(draft(), look), shelf.lay(draft(), look)

    assert one is again
    assert shelf.picture(one, 2.0) is shelf.picture(one, 1.9)
    copied = layout.copies(one.sheet, look, 2)
    assert copied == layout.copies(one.sheet, look, 2)
    assert b"(D:20000101000000" in copied  # no clock either, or two calls differ when the second turns


def test_a_picture_file_is_shown_upright_with_its_paper():
    """A picture's longer side is taken for A4's, as the reader does."""
    import io

    from PIL import Image

    buffer = io.BytesIO()
    Image.new("RGB", (400, 200), "white").save(buffer, "PNG")
    data, width, height = pictures.source_page(buffer.getvalue(), "image", 1)

    assert data[:4] == b"\x89PNG"
    assert (round(width), round(height)) == (842, 421)


@pytest.mark.parametrize(("data", "form", "page"), [(b"%PDF", "pdf", 1), (b"junk", "image", 1), (b"", "pdf", 3)])
def test_what_cannot_be_drawn_is_told(data, form, page):
    """A sentence, never another exception."""
    from digest.errors import Unreadable

    with pytest.raises(Unreadable):
        pictures.source_page(data, form, page)


def test_the_desk_knows_wordings():
    """Each prepared wording of a line is one of its ladder's, and passes the guard."""
    from digest.preview import wordings

    for line in draft().sheet.lines:
        for rung in range(len(wordings.wordings(desk(), line))):
            text = wordings.wording(desk(), line, rung).text
            assert guarding.check(line.source, text) == ()


def test_a_day_on_the_time_line_names_its_line_as_printed():
    """The number in 截止·本单N is the one on paper, whatever the draft's own number is."""
    from digest.model.sheet import Milestone
    from digest.preview import state

    look = places.look("cards", None)
    day = Milestone(day="2025-09-20", label="截止·本单4", line=4)
    given = replace(draft(), sheet=replace(draft().sheet, milestones=(day,)))
    laid = layout.Shelf().lay(given, look)
    printed = laid.numbers.index(4) + 1

    assert state.day_view(day, laid)["label"] == f"截止·本单{printed}"
    assert laid.sheet.milestones[0].label == f"截止·本单{printed}"


def test_pages_that_cannot_be_drawn_are_shown_from_their_places():
    """An OFD's lines come with their boxes; other texts have none."""
    from digest.model.document import Box

    outline = kept().outline
    blocks = tuple(replace(block, box=Box(page=1, x0=10, top=20 * block.number, x1=90, bottom=20 * block.number + 12)) for block in outline.document.blocks)
    placed = replace(outline, document=replace(outline.document, form="ofd", blocks=blocks, pages=1))

    assert [line[5] for line in source_view.facsimile(placed)] == [block.raw for block in blocks]
    assert source_view.facsimile(outline) == []


def test_a_changed_figure_is_told_once_and_with_its_whole_bound():
    """“少于30个” of 不少于30个 would read as its opposite, and the bound beside the figure did not change."""
    (found,) = guarding.check("每个网点应当配备沙袋不少于30个。", "每个网点应当配备沙袋不少于20个")

    assert found.kind == "number"
    assert "“不少于30个”" in found.message and "“不少于20个”" in found.message
    assert {each.kind for each in guarding.check("沙袋不少于30个。", "沙袋少于30个")} & {"negation", "bound", "number"}
