"""Ladders: shorter wordings that say the same, made only of the source's own characters."""

from digest import compress
from digest.model.facts import Facts
from digest.model.ladder import Ladder
from digest.zh import guard
from tests.build import outline_from

CIRCULAR = """关于加强尾箱管理的通知
一、为进一步加强尾箱管理，各网点应当切实做好尾箱交接，双人入库。
二、各网点应当按照《示例办法》（示银发〔2025〕3号）的有关规定认真核对印鉴，单笔5万元（含）以上的须经运营主管批准。
三、各网点不得代客户保管存单。
四、有下列情形之一的，各网点不得办理：
（一）证件过期；
（二）印鉴不符。
"""


def ladders() -> tuple[Ladder, ...]:
    """The ladders of all units of the circular above."""
    outline = outline_from(CIRCULAR)
    return compress.shorten(outline, Facts(), range(len(outline.units)))


def test_one_ladder_per_unit_longest_first() -> None:
    """Every unit has its whole wording, and each further rung is shorter."""
    for ladder in ladders():
        lengths = [len(rung.text) for rung in ladder.rungs]

        assert ladder.rungs[0].name == "全文"
        assert lengths == sorted(lengths, reverse=True) and len(set(lengths)) == len(lengths)


def test_pieces_are_the_source() -> None:
    """The pieces, read in the source and joined, are the rung's text."""
    outline = outline_from(CIRCULAR)
    for ladder in ladders():
        for rung in (*ladder.rungs, *ladder.stem_rungs):
            assert "".join(outline.sentences[piece.sentence].text[piece.start : piece.end] for piece in rung.pieces) == rung.text


def test_rungs_pass_the_guard() -> None:
    """No rung changes anything binding."""
    for ladder in ladders():
        for rung in ladder.rungs:
            assert guard.violations(ladder.rungs[0].text, rung.text) == ()


def test_openings_references_and_fillers_go() -> None:
    """Purpose openings, references and fillers are gone from the tightest wording; the figures are not."""
    tightest = "\n".join(ladder.rungs[-1].text for ladder in ladders())

    assert "为进一步" not in tightest and "切实" not in tightest and "示银发" not in tightest
    assert "单笔5万元（含）以上的须经运营主管批准" in tightest


def test_stem_stays_apart_and_keeps_its_colon() -> None:
    """Items of a list share the stem's wordings, which end with a colon."""
    hanging = [ladder for ladder in ladders() if ladder.stem_rungs]

    assert len(hanging) == 2
    assert all(rung.text.endswith("：") for ladder in hanging for rung in ladder.stem_rungs)


def test_a_sentence_that_tells_nothing_leans_on_the_one_before() -> None:
    """在公告屏滚动提示 does not say what is to be shown: it is only printed behind the sentence that does."""
    outline = outline_from("第一条 5月2日23:00起手机银行暂停转账。各网点应自4月28日起在厅堂公告屏滚动提示。各网点应当公示投诉电话和负责人姓名。")
    ladders = compress.shorten(outline, Facts(), range(len(outline.units)))

    assert [ladder.dangling for ladder in ladders] == [False, True, False]


def test_what_holds_for_a_scope_too_long_to_name_cannot_stand_alone() -> None:
    """A later sentence needs its paragraph's opening where no mark can say for whom it holds; a short scope is named in the mark."""
    rest = "网点应当逐户登记名称、地址、联系人、联系电话、经营范围和最近三个月的收款笔数，由主管复核签字后按季度装订成册保存。"
    long = f"一、对连续两年没有任何一笔主动收款并且没有留下有效联系电话的商户，停止收款。{rest * 3}当日结算款由网点负责人面谈后放行。"

    for text, dangling in ((long, True), (f"一、对E级商户，停止收款。{rest * 3}当日结算款由网点负责人面谈后放行。", False)):
        outline = outline_from(text)
        last = compress.shorten(outline, Facts(), range(len(outline.units)))[-1]

        assert last.rungs[0].text.startswith("当日结算款") and last.dangling is dangling


def test_what_closes_a_lists_opening_holds_for_the_banks_half_too() -> None:
    """Where one opening speaks of banks and of another trade, the bank's items keep the case that closes it and hold for both."""
    opening = "第一条 银行有下列情形之一的，由人民银行给予警告；支付机构有下列情形之一的，由人民银行责令停办；涉嫌犯罪的，移送公安机关："
    outline = outline_from(f"{opening}\n（一）拒绝提供账册；\n（二）藏匿账册。")
    stem = compress.shorten(outline, Facts(), range(len(outline.units)))[-1].stem_rungs[0].text

    assert "银行有下列" in stem and "支付机构" not in stem and stem.endswith("涉嫌犯罪的，移送公安机关：")


def test_the_formula_of_passing_a_paper_on_is_in_no_wording() -> None:
    """A cover note's salutation and formula are not what is to be done; the change that it tells behind them is, and a day is never cut."""
    told = {
        "各部室：现将省行运营部来文转发给你们，请结合《考核要点》抓好落实，并提醒柜员：查库由每月2次改为3次。": "提醒柜员：查库由每月2次改为3次",
        "现将检查方案转发给你们，请认真组织学习，并于3月5日前报学习情况。": "请认真组织学习，并于3月5日前报学习情况",
        "转发文件，应当登记。": "转发文件，应当登记",
    }
    for source, wording in told.items():
        outline = outline_from(f"关于查库的通知\n一、{source}\n")
        ladders = compress.shorten(outline, Facts(), range(len(outline.units)))

        assert ladders[-1].rungs[0].text.rstrip("。") == wording
        assert not guard.violations(source, wording)
