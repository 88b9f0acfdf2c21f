"""Line breaking: the kinsoku rules hold at every width, quantities stay whole, no character is lost."""

from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from digest.typeset import linebreak
from digest.typeset.fonts import PACKAGED
from digest.typeset.linebreak import MOST_STRETCH, TOLERANCE, Setting, break_lines, set_line
from digest.typeset.measure import NO_END, NO_START, is_han

TEXT = (
    "收单机构应当自发布之日起1年内完成全部存量特约商户的身份信息核实（依据《中国人民银行关于加强支付受理终端及相关业务管理的通知》"
    "（银发〔2021〕259号）第十二条），于2022年3月1日前形成工作报告备查；单笔超过20万元以上（含）的，应在5个工作日内报告。"
)
QUANTITIES = ("1年内", "〔2021〕259号", "第十二条", "2022年3月1日前", "20万元以上", "5个工作日")
WORDS = st.sampled_from(
    ["柜员", "应当", "不得", "（", "）", "《", "》", "，", "。", "；", "“", "”", "20万元", "5个工作日", "ATM", "〔2025〕37号", "、", "：", " ", "%"]
)


def lines_of(text: str, width: float, **more: float) -> list[str]:
    """The lines of a text as plain strings."""
    paragraph = break_lines(text, Setting(width=width, **more))
    return ["".join(unit.text for unit in paragraph.units[line.start : line.stop]) for line in paragraph.lines]


@pytest.mark.parametrize("width", range(8, 46))
def test_no_line_starts_or_ends_with_a_forbidden_mark(width):
    """At every width no line starts with ，。）》 or the like and none ends with （《."""
    lines = lines_of(TEXT, width)

    assert all(line[0] not in NO_START for line in lines)
    assert all(line.rstrip()[-1] not in NO_END for line in lines)


@pytest.mark.parametrize("width", range(8, 46))
def test_quantities_stay_with_their_units(width):
    """At every width a figure and its unit, a date and a document number stand on one line."""
    lines = lines_of(TEXT, width)

    for quantity in QUANTITIES:
        assert any(quantity in line for line in lines), quantity


@pytest.mark.parametrize("width", range(8, 30))
def test_a_telephone_number_is_never_broken(width):
    """400-555-0199 stands on one line at every width that holds it."""
    assert any("400-555-0199" in line for line in lines_of("出现系统故障时网点应当立即拨打技术支持电话400-555-0199，同时登记", width))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(parts=st.lists(WORDS, min_size=1, max_size=60), width=st.floats(min_value=4, max_value=40))
def test_breaking_loses_nothing_and_never_sticks_out(parts, width):
    """Whatever the text and the width, all characters are on the lines and no line with a choice is wider than its room."""
    text = "".join(parts)
    paragraph = break_lines(text, Setting(width=width))

    assert "".join(unit.text for unit in paragraph.units) == text
    assert [line.start for line in paragraph.lines][1:] == [line.stop for line in paragraph.lines][:-1]
    for line in paragraph.lines:
        assert line.width <= line.room + TOLERANCE or line.stop - line.start == 1


def cheapest(paragraph, setting):
    """The least cost of all ways to break a paragraph's units, each tried."""
    parts = paragraph.units
    left, right = linebreak._edges(parts)
    cost = [0.0] + [float("inf")] * len(parts)
    for stop in range(1, len(parts) + 1):
        for start in range(stop):
            if stop < len(parts) and not parts[stop - 1].breaks:
                continue
            room = setting.width - (setting.last if stop == len(parts) else 0.0)
            wide = right[stop - 1] - left[start]
            if wide <= room + linebreak.TOLERANCE or start == stop - 1:
                cost[stop] = min(cost[stop], cost[start] + price(wide, room, last=stop == len(parts)))
    return cost[-1]


def price(wide, room, *, last):
    """What one line costs."""
    short = linebreak.SHORT_LAST_COST if last and wide < linebreak.SHORT_LAST else 0.0
    slack = 0.0 if last else max(0.0, room - wide)
    return linebreak.LINE_COST + short + (slack / room) ** 2 * linebreak.SLACK_COST


@settings(max_examples=200, deadline=None, derandomize=True)
@given(parts=st.lists(WORDS, min_size=1, max_size=40), width=st.floats(min_value=7, max_value=30), last=st.sampled_from([0.0, 4.5]))
def test_no_other_way_of_breaking_costs_less(parts, width, last):
    """The lines are the best of all ways allowed, however many are passed over unseen."""
    setting = Setting(width, last=last)
    paragraph = break_lines("".join(parts), setting)
    lines = paragraph.lines
    assume(lines)

    cost = sum(price(line.width, line.room, last=line.stop == len(paragraph.units)) for line in lines)

    assert cost == pytest.approx(cheapest(paragraph, setting))


@settings(max_examples=80, deadline=None, derandomize=True)
@given(parts=st.lists(WORDS, min_size=1, max_size=60), width=st.floats(min_value=6, max_value=40))
def test_glyphs_stand_in_order_inside_the_line(parts, width):
    """Runs follow each other from left to right, hold every visible character once, and end inside the room."""
    paragraph = break_lines("".join(parts), Setting(width=width))
    for number, line in enumerate(paragraph.lines):
        runs = set_line(paragraph, number)
        shown = "".join(run.text for run in runs)
        assert shown == "".join(unit.text for unit in paragraph.units[line.start : line.stop])
        for left, right in pairwise(runs):
            assert right.x >= left.end - 0.6  # marks may share a square
        assert all(run.spacing <= MOST_STRETCH + 1e-6 for run in runs)


def test_justified_lines_end_together():
    """All lines but the last of a plain Han paragraph end at the right edge."""
    text = "网点应当在营业终了前核对重要空白凭证并登记交接情况" * 5
    paragraph = break_lines(text, Setting(width=19.4))

    for number in range(len(paragraph.lines) - 1):
        assert set_line(paragraph, number)[-1].end == pytest.approx(19.4, abs=0.05)


def test_a_word_wider_than_the_line_is_cut():
    """An address no line can hold is cut between characters and nothing sticks out."""
    address = "https://example.com/" + "a" * 120
    lines = lines_of(f"请登录{address}填报。", 20.0)

    assert "".join(lines) == f"请登录{address}填报。"
    assert len(lines) > 3


def test_an_empty_text_has_no_lines():
    """Nothing to set gives nothing."""
    assert break_lines("", Setting(width=10.0)).lines == ()


def test_room_kept_at_the_end_moves_the_last_word():
    """Room kept free on the last line is kept free."""
    free = break_lines("柜员应当双人复核" * 3, Setting(width=12.0, last=6.0))

    assert free.lines[-1].width <= 6.0 + TOLERANCE


def test_a_tight_paragraph_keeps_room_at_its_end_without_another_line():
    """Set a little closer, a text leaves room beside its last line; no line sticks out by more than its gaps can give back."""
    text = "柜员应当在营业终了前双人复核现金实物并登记簿册，核对无误后签字留存备查"
    usual, close = (break_lines(text, Setting(width=18.8, last=3.0, tight=tight)) for tight in (False, True))

    assert (len(usual.lines), len(close.lines)) == (3, 2)
    assert all(set_line(close, number)[-1].end <= line.room + TOLERANCE for number, line in enumerate(close.lines))


def test_bold_ranges_change_the_font_and_not_the_text():
    """A bold range is set in the bold font; the characters stay."""
    paragraph = break_lines("不得办理业务", Setting(width=20.0, bold=((0, 2),)))
    runs = set_line(paragraph, 0)

    assert [(run.text, run.font) for run in runs] == [("不得", PACKAGED.bold), ("办理业务", PACKAGED.regular)]


def test_han_and_latin_get_a_little_air_that_copies_as_nothing():
    """Between Han and digits stand less than 0.10 em, so that viewers copy no blank."""
    runs = set_line(break_lines("满5个", Setting(width=20.0)), 0)
    gaps = [right.x - left.end for left, right in pairwise(runs)]

    assert all(0 < gap < 0.10 for gap in gaps)
    assert is_han("满")


@pytest.mark.parametrize("width", [8.2, 9.2, 10.2, 11.2, 12.2])
def test_a_blank_is_never_torn(width):
    """＿＿ in a check question stands on one line: half a blank looks like an empty word."""
    paragraph = break_lines("贷款展期期限超过＿＿的，累计不得超过原期限的一半", Setting(width=width))
    texts = ["".join(unit.text for unit in paragraph.units[line.start : line.stop]) for line in paragraph.lines]
    assert sum("＿＿" in text for text in texts) == 1
