"""Stems and items, lists inside a paragraph, and the units made of them."""

import pytest

from digest.model.outline import Outline, Sentence, SentenceKind, Unit
from tests.build import outline_from


def sentence_with(found: Outline, words: str) -> Sentence:
    """The sentence that holds the words."""
    return next(sentence for sentence in found.sentences if words in sentence.text)


def unit_with(found: Outline, words: str) -> Unit:
    """The unit of that sentence."""
    number = sentence_with(found, words).number
    return next(unit for unit in found.units if number in unit.sentences)


LIST = """第十四条 使用重要空白凭证，严禁有下列行为：
（一）预先加盖业务印章备用；
（二）交由客户经理转交客户：
1.对公客户经理；
2.个人客户经理；
（三）携带出营业场所。
确需携带的，应当经运营主管审批并登记。"""


def test_items_hang_on_their_stem() -> None:
    """Each item knows the sentence that introduces it; the paragraph behind does not hang on it."""
    found = outline_from(LIST)
    stem = sentence_with(found, "严禁有下列行为")
    assert stem.kind is SentenceKind.STEM
    for words in ("预先加盖", "携带出营业场所"):
        assert sentence_with(found, words).stem == stem.number
        assert sentence_with(found, words).kind is SentenceKind.ITEM
    assert sentence_with(found, "确需携带").stem is None


def test_nested_lists() -> None:
    """An inner stem hangs on the outer one, its items on it."""
    found = outline_from(LIST)
    inner = sentence_with(found, "转交客户")
    assert inner.kind is SentenceKind.STEM
    assert inner.stem == sentence_with(found, "严禁有下列行为").number
    assert sentence_with(found, "个人客户经理").stem == inner.number


def test_units_of_items() -> None:
    """Items make units with their place in the list; stems and headings make none."""
    found = outline_from(LIST)
    unit = unit_with(found, "携带出营业场所")
    assert (unit.position, unit.siblings) == (2, 3)
    assert unit.stem == sentence_with(found, "严禁有下列行为").number
    numbers = {number for unit in found.units for number in unit.sentences}
    assert sentence_with(found, "严禁有下列行为").number not in numbers


def test_opening_formula_is_no_stem() -> None:
    """现将有关事项通知如下：does not turn the whole paper into one list."""
    found = outline_from("关于加强管理的通知\n各分行：\n为加强管理，现将有关事项通知如下：\n一、各网点应当登记台账。\n二、各网点应当按月核对。")
    assert all(sentence.stem is None for sentence in found.sentences)


def test_sections_are_no_items() -> None:
    """Numbered sections with headings of their own do not hang on the sentence before them."""
    text = "四、各行要做好以下工作：\n（一）岗位分离。柜员不得兼任复核。授权人员应当到场核对。\n（二）账实核对。柜员应当每日核对。主管应当每旬抽查。"
    found = outline_from(text)
    assert sentence_with(found, "不得兼任").stem is None


def test_list_inside_a_paragraph() -> None:
    """一是…；二是… in one paragraph become items of the words before them; what follows does not."""
    found = outline_from("三、各网点应当落实以下措施：一是双人复核每笔业务；二是按日核对账实；三是及时登记台账。总行将适时组织检查。")
    stem = sentence_with(found, "以下措施")
    items = [sentence for sentence in found.sentences if sentence.stem == stem.number]
    assert [item.text for item in items] == ["双人复核每笔业务；", "按日核对账实；", "及时登记台账。"]
    assert sentence_with(found, "适时组织").stem is None
    assert found.path_of(items[0].number) == "三、"


def test_numbered_list_inside_a_paragraph() -> None:
    """（一）…（二）… inside one paragraph get paths of their own."""
    found = outline_from("第八条 出现下列情形的，应当停办：（一）证件过期的；（二）信息不符的；（三）客户拒绝配合的。")
    assert found.path_of(sentence_with(found, "信息不符").number) == "第八条（二）"


def test_clauses_behind_a_colon() -> None:
    """A short stem with clauses parted by semicolons is a list without numbers."""
    found = outline_from("1.支付终端检查：是否在经营场所内；商户名称是否正确；是否被拆卸或者改装。")
    stem = sentence_with(found, "支付终端检查：")
    assert stem.kind is SentenceKind.STEM
    assert unit_with(found, "是否被拆卸").siblings == 3


def test_exceptions_stay_with_their_rule() -> None:
    """但书, 除外 and the longer limit of hard cases are one unit with the rule."""
    for text in (
        "第九条 管理员盾和操作员盾不得由同一人领取；法定代表人亲自领取的除外。",
        "第九条 网点应当自受理之日起15日内答复客户；情况复杂的，经批准可以延长，最长不得超过60日。",
        "第九条 假期内原则上不再受理临时调款；确因客户集中支取导致库存不足的，报管辖行批准后办理。",
        "第九条 柜员应当核对余额；不符的，不得签退。",
    ):
        assert len(outline_from(text).units) == 1, text


def test_separate_rules_stay_separate() -> None:
    """Two rules in one paragraph are two units."""
    assert len(outline_from("第九条 网点应当每日核对账实并登记台账。运营主管应当每旬组织一次全面查库。").units) == 2


def test_stage_with_its_days() -> None:
    """The name of a stage with its days stays with what is to be done in it."""
    found = outline_from("（一）网点自查阶段（9月22日至10月17日）。各网点应当逐枚清点业务印章。")
    assert len(found.units) == 1


def test_items_hang_on_the_sentence_that_announces_them():
    """有下列行为之一的 is the stem, though 情节严重的… and 涉嫌犯罪的…： stand between it and its items."""
    outline = outline_from(
        "示例办法\n第一条 本办法自印发之日起施行。\n"
        "第二条 经办人员有下列行为之一的，给予警告；情节严重的，调离岗位；涉嫌犯罪的，移送司法机关依法处理：\n（一）泄露客户信息；\n（二）代客户保管印章。\n"
    )
    item = next(each for each in outline.sentences if "代客户保管印章" in each.text)

    assert item.stem is not None and "有下列行为之一的" in outline.sentences[item.stem].text


@pytest.mark.parametrize(
    "text",
    [
        "第九条 近亲属可以凭双方证件代办1万元以下的支取。超过1万元的，应当电话核实客户本人意愿。",
        "第九条 柜员应当于每月10日前完成在线测试，80分以上为合格。不合格的，暂停办理业务。",
        "第九条 停业的网点应当在门口张贴公告。未公告的，不得擅自停业。",
        "第九条 吞没的银行卡由客户到网点领取；客户急需用款且能够当场核实身份的，值班人员可以双人开机取出后归还。",
        "第九条 引导客户开通新版手机银行前，应当征得客户同意；客户不需要的，不得擅自开通转账功能。",
    ],
)
def test_a_case_stays_with_the_sentence_that_says_of_what(text: str) -> None:
    """超过1万元的 alone would hold for every business; it is printed with the sentence that names the matter, or not at all."""
    assert len(outline_from(text).units) == 1


def test_a_case_that_names_its_own_matter_stands_alone() -> None:
    """发现…的 and a case of another subject are units of their own."""
    assert len(outline_from("第九条 网点应当每日核对账实。发现账实不符的，应当立即报告支行。").units) == 2


def test_a_list_for_two_trades_hangs_on_the_banks_half():
    """Where bank and payment institution are punished for one list of deeds by different laws, the deeds are told with the bank's half."""
    text = (
        "第三条 商业银行有下列情形之一的，按示例银行法处罚；支付机构有下列情形之一的，按示例支付办法处罚；涉嫌犯罪的，移送司法机关：\n"
        "（一）拖延提供资料；\n（二）隐匿原始凭证。"
    )
    outline = outline_from(text)
    stems = {outline.sentences[unit.stem].text[:4] for unit in outline.units if unit.stem is not None}
    assert stems == {"商业银行"}
