"""Soft breaks: a line of its own, or running text."""

import pytest

from digest.ingest.softbreaks import split_lines

PROSE = "各网点应当于每日营业终了前核对现金和重要空白凭证"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("一行", ["一行"]),
        (f"{PROSE}，\n确保账实相符。", [f"{PROSE}，确保账实相符。"]),
        (f"{PROSE}。\n确保账实相符。", [f"{PROSE}。", "确保账实相符。"]),
        (f"{PROSE}\n（一）双人复核", [PROSE, "（一）双人复核"]),
        (f"{PROSE}\n2.双人复核", [PROSE, "2.双人复核"]),
        (f"{PROSE}\n　　各支行应当检查", [PROSE, "　　各支行应当检查"]),
        ("示例银行运营管理部\n2025年9月1日", ["示例银行运营管理部", "2025年9月1日"]),
        ("please send the report before\nfive o'clock", ["please send the report before five o'clock"]),
        ("甲\n\n \n乙", ["甲", "乙"]),
        ("\n", []),
    ],
)
def test_breaks(text, lines):
    """A break closes inside prose only."""
    assert split_lines(text) == lines


def test_titles_keep_their_lines():
    """Centred lines are those of a title: structure joins them."""
    assert split_lines("关于进一步加强重要空白凭证管理和账实核对工作\n有关事项的通知", centred=True) == [
        "关于进一步加强重要空白凭证管理和账实核对工作",
        "有关事项的通知",
    ]
