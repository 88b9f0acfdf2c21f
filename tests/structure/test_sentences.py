"""Sentences end at 。！？；, but not inside quotes, brackets and names, nor where a mark is a slip."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.structure.sentences import split


def parts(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("网点应当登记台账。柜员应当核对证件。", 2),
        ("网点应当登记台账；柜员应当核对证件。", 2),
        ("柜员应当说：“您好。请出示您的证件。”客户配合后方可办理。", 2),
        ("统一答复“系统升级；请稍候。”，不得另作解释。", 1),
        ("对特约商户（含小微商户；下同）应当逐户核实身份。", 1),
        ("按照《关于加强管理；改进服务的意见》执行有关规定。", 1),
        ("网点必须做到日清日结！不得拖延到次日处理。", 2),
        ("为什么要双人复核？因为单人操作容易出差错。", 2),
    ],
)
def test_borders(text: str, count: int) -> None:
    """Marks inside closed pairs are no borders."""
    assert len(parts(text)) == count


def test_fragments_are_joined() -> None:
    """No sentence has fewer than six characters."""
    assert parts("营业室应当公示收费标准。包括：明细。") == ["营业室应当公示收费标准。包括：明细。"]


@given(st.text(alphabet="网点应当登记。；！？“”（）《》，、：1 ", max_size=80))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_nothing_is_lost(text: str) -> None:
    """Sentences stand in order, do not overlap, and leave out nothing but blanks."""
    ranges = split(text)
    position = 0
    for start, end in ranges:
        assert not text[position:start].strip()
        assert start < end
        position = end
    assert not text[position:].strip()
