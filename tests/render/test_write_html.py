"""The HTML is one file that asks nothing of the network, shows every source, and escapes whatever stood in it."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from digest.errors import BadTemplate
from digest.model.look import Look, SectionPlan
from digest.render import write_html
from digest.render.traced import traced
from tests.render import sheets

TEMPLATES = Path(__file__).parents[2] / "templates"
DESIGNS = sorted(path.parent.name for path in TEMPLATES.glob("*/sheet.html"))


def look_of(name: str = "cards", html_text: str | None = None) -> Look:
    """A look with a design's own HTML, or with another text in its place."""
    text = (TEMPLATES / name / "sheet.html").read_text("utf-8") if html_text is None else html_text
    plans = (SectionPlan(key="ban", title="不得做", reverse=True),)
    return Look(name=name, title="", page_text="", html_text=text, folder=f"templates/{name}", sections=plans)


def written(design: str, **fields: object) -> str:
    """The text of the sheet in a design."""
    sheet = sheets.sheet(**fields)
    return write_html.write(sheet, sheets.page(sheet), look_of(design)).decode()


@pytest.mark.parametrize("design", DESIGNS)
def test_each_design_says_everything(design):
    """Every line, its mark, its source, every row, day, question, and what was left out stand in the file."""
    sheet = sheets.sheet()
    text = re.sub(r"<[^>]+>", "", written(design))

    for line in sheet.lines:
        assert line.source in text
        assert line.mark in text
    for line in (one for section in sheet.sections for one in section.lines):
        assert line.text in text
    for expected in (sheet.title, sheet.point, "至少5年", "2026年12月1日", "推算", "待补", sheet.questions[0].question, sheet.left_out[0].text, sheet.footer):
        assert expected in text


@pytest.mark.parametrize("design", DESIGNS)
def test_no_request_leaves_the_page(design):
    """No address, script or import anywhere, and the policy forbids what a later edit might add."""
    text = written(design)

    assert not re.search(r"https?:|<script|<link|<iframe|@import|url\(|src=", text)
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text


@pytest.mark.parametrize("design", DESIGNS)
def test_source_text_cannot_become_markup(design):
    """Whatever a circular says is shown, never run."""
    text = written(design, title="<script>alert(1)</script>", footer='"><img src=x onerror=alert(1)>')

    assert "<script" not in text
    assert "<img" not in text


@pytest.mark.parametrize("design", DESIGNS)
def test_answers_are_on_the_managers_copy_only(design):
    """Staff see the questions; the answers come with ``answers``."""
    sheet = sheets.sheet()
    copy = write_html.write(sheet, sheets.page(sheet), replace(look_of(design), answers=True)).decode()

    assert sheet.questions[0].answer not in written(design)
    assert sheet.questions[0].answer in copy


@pytest.mark.parametrize("design", DESIGNS)
def test_restricted_sheets_say_so_above_and_below(design):
    """An orange document's words are the first and the last thing read."""
    text = written(design, restriction="内部学习·编号______·用后收回")

    assert text.count("内部学习·编号______·用后收回") >= 2


@pytest.mark.parametrize("design", DESIGNS)
def test_an_empty_sheet_is_still_a_page(design):
    """Nothing to do: no headings, no empty tables, but the words that say so."""
    text = written(design, sections=(), questions=(), milestones=(), left_out=(), circulate_only=True)

    assert "传阅即可" in text
    assert "<h2" not in text


@pytest.mark.parametrize(
    ("source", "place"),
    [
        ("<p>\n{{ sheet.titel }}", "第2行"),
        ("{% for x in y %}", "第1行"),
        ("a\nb\n{{ sheet.__class__.__mro__ }}", "第3行"),
        ("{{ 1 // 0 }}", "第1行"),
        ("{{ sheet.title|nosuch }}", "第1行"),
        ("\n{% for n in range(10**9) %}{% endfor %}", "第2行"),
    ],
)
def test_a_broken_template_is_named_with_its_line(source, place):
    """File, line and what to do; no other exception."""
    with pytest.raises(BadTemplate) as caught:
        write_html.write(sheets.sheet(), sheets.page(sheets.sheet()), look_of(html_text=source))

    assert "templates/cards/sheet.html" in str(caught.value)
    assert place in str(caught.value)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(source=st.text("甲乙丙，。1２", max_size=30), text=st.text("甲乙丙，1", max_size=12))
def test_tracing_keeps_the_source_whole(source, text):
    """The cut source joins up to itself."""
    line = replace(sheets.line(1, text), source=source)

    assert "".join(piece for piece, _ in traced(line)) == source


@settings(derandomize=True, deadline=None, max_examples=60)
@given(ranges=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=4))
def test_emphasis_never_loses_a_character(ranges):
    """Overlapping, empty and overlong ranges change nothing but boldness."""
    line = replace(sheets.line(1, "一二三四五六七八"), emphasis=tuple(ranges))

    assert "".join(piece for piece, _ in write_html.pieces(line)) == line.text
