"""Cleaning: characters go or are mapped one to one, and every passage still points at its raw characters."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import structure
from digest.structure.clean import WIDTHS, make_passage
from digest.structure.lines import Line
from digest.zh import lexicon
from tests.build import document_from, outline_from

SAME = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。", "。": "."}


def cleaned(*lines: str) -> str:
    """The text of one paragraph made of these lines."""
    blocks = document_from("\n".join(lines)).blocks
    return make_passage(0, [Line(block=block, start=0, end=len(block.raw)) for block in blocks]).text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("应当在 15 日内  报告", "应当在15日内报告"),
        ("推 进 网 点 建 设", "推进网点建设"),
        ("２０２５ 年 ４ 月", "2025年4月"),
        ("«示例银行章程»", "《示例银行章程》"),
        ("POS 机具 和 Word 文件 a b", "POS机具和Word文件a b"),
        ("网点应当登记,并留存;不得代办.", "网点应当登记，并留存；不得代办。"),
        ("单笔1,000元,手续费0.5%", "单笔1,000元，手续费0.5%"),
        ("8:30至17:00营业", "8:30至17:00营业"),
        ("(一)核对证件(原件)", "（一）核对证件（原件）"),
        ("第一条　网点应当登记。", "第一条 网点应当登记。"),
        ("维护支付市场秩。序，保护客户", "维护支付市场秩序，保护客户"),
        ("60周岁（含）。以上客户", "60周岁（含）以上客户"),
        ("超过1。 6万家", "超过1.6万家"),
        ("⼯作⽇", "工作日"),
        ("共5份。但，另有规定的除外", "共5份。但，另有规定的除外"),
    ],
)
def test_cleaning(raw: str, text: str) -> None:
    """Blanks inside Chinese, widths, marks and slips are put right; figures keep theirs."""
    assert cleaned(raw) == text


def test_lines_join_without_blanks() -> None:
    """A word cut by the line's end is whole again."""
    assert cleaned("  网点应当在营业终了前完成账", "实核对。") == "网点应当在营业终了前完成账实核对。"


@given(st.lists(st.text(alphabet="网点 应当，。,.()（）１２3 4.5%Ａb\u3000:;“”《》«»年月日", min_size=1, max_size=30), min_size=1, max_size=4))
@settings(derandomize=True, deadline=None, max_examples=200)
def test_offsets_round_trip(lines: list[str]) -> None:
    """Each character of a passage is the raw character it points at, or its twin of another width."""
    found = outline_from("\n".join(lines))
    for passage in found.passages:
        covered = 0
        for run in passage.runs:
            raw = found.document.blocks[run.block].raw[run.offset : run.offset + run.length]
            text = passage.text[run.start : run.start + run.length]
            assert len(raw) == len(text)
            for one, other in zip(raw, text, strict=True):
                assert other in (one, SAME.get(one), one.translate(WIDTHS), SAME.get(one.translate(WIDTHS)))
            covered += run.length
        assert covered == len(passage.text)


def test_spans_of_a_wrapped_sentence() -> None:
    """A sentence over two lines has a span in each block."""
    source = "各网点应于九月三十日营业终了前完成一次全品种账\n实核对，并由运营主管复核签字后留存备查不得遗漏任\n何一项。实施细则由总行另行通知。"
    found = structure.build(document_from(source), lexicon.load())
    first = found.sentences[0]
    assert first.text.startswith("各网点应于") and first.text.endswith("何一项。")
    assert [span.block for span in found.spans_of(0)] == [0, 1, 2]
