"""A sentence's clauses: what is hidden in brackets, and where the text is cut."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.zh import brackets, clauses, trims

HIDDEN = re.compile(r"“[^“”]*”|《[^《》]*》|「[^「」]*」|（[^（）]*）|〔[^〔〕]*〕")


def one_by_one(text):
    """The first bracket blanked out, and again the first, until there is none: right, and slow."""
    plain = trims.canonical(text)
    while hit := HIDDEN.search(plain):
        plain = plain[: hit.start()] + brackets.BLANK * (hit.end() - hit.start()) + plain[hit.end() :]
    return plain


@given(st.text("“”《》「」（）〔〕()，甲", max_size=40) | st.text("“”《》（）甲", max_size=40) | st.text("（）“”", max_size=60))
def test_brackets_are_blanked_as_one_by_one(text):
    """However brackets stand in one another or cross, each character stays in its place and the same ones are hidden."""
    plain = clauses.masked(text)

    assert len(plain) == len(text)
    assert plain == one_by_one(text)


@pytest.mark.parametrize("text", ["柜员（甲）、" * 40_000, "（" * 40_000 + "）" * 40_000, "（“" * 40_000 + "”）" * 40_000, "《（" * 40_000])
def test_many_brackets_take_no_long_time(text):
    """Each bracket is looked at a few times, not the whole text once for each of them; one by one would take minutes."""
    assert len(clauses.masked(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("转账超过10,000元的,应当核实", ["转账超过10,000元的，", "应当核实"]),
        ("限额为1,250,000.00元，须登记", ["限额为1,250,000.00元，", "须登记"]),
        ("满１０,０００元须登记", ["满10,000元须登记"]),
        ("不超过10,每日不超过500元", ["不超过10，", "每日不超过500元"]),
        ("限2026,1000元起", ["限2026，", "1000元起"]),
        ("首次5,10000元封顶", ["首次5，", "10000元封顶"]),
    ],
)
def test_a_clause_does_not_end_within_a_number(text, cut):
    """The comma between the thousands of a number is no comma between clauses; any other one is."""
    plain = clauses.masked(text)

    assert [plain[clause.start : clause.end] for segment in clauses.segments(plain) for clause in segment] == cut


@pytest.mark.parametrize(
    ("text", "stopping"),
    [
        ("5月1日至3日暂停办理对公开户业务", True),
        ("存取款机取现和转账暂停；手机银行不受影响", True),
        ("旧版收据自5月1日起停止使用，余量上缴", True),
        ("原四位编号停用，一律使用新编号", True),
        ("停用凭证，网点应当登记", False),
        ("暂停期间客户急需用款的，引导其到邻近网点", False),
        ("告知客户“系统暂停运行”", False),
        ("单笔不得超过3万元", False),
        ("对E级账户，中止全部非柜面业务，客户可在柜面办理", True),
        ("跨行系统假期关闭，资金于节后到账", True),
        ("证件不符的，不予办理，并登记", True),
        ("自查凭证的领取、交接、停用，以及销毁情况", False),
        ("纠纷案件的受理与中止", False),
    ],
)
def test_a_business_that_stops_is_told_from_a_name_that_says_so(text, stopping):
    """What is stopped is as black as a ban, wherever it stands; a bound of a number is no stop."""
    assert clauses.stops(text) is stopping


def test_a_right_asks_for_nothing():
    """拒绝…的权利 has no box to tick."""
    assert not clauses.asks("拒绝提供无关报表的权利")
    assert clauses.asks("可由他人代办；有疑问的，应当核实")


@pytest.mark.parametrize(
    ("text", "prohibiting"),
    [
        ("因不可抗力未能支付的，应当在消除后及时支付", False),
        ("发现登记不准确的，有权请求更正", False),
        ("到期后借款人不能还款，网点应当当日报告", False),
        ("柜员不能代客户输入密码", True),
        ("假期内不再受理调款；确需的，由主管电话报支行批准后办理", True),
    ],
)
def test_a_word_that_only_looks_like_a_ban_forbids_nothing(text, prohibiting):
    """不可抗力 and 不准确 are words, and what somebody cannot do is a case where the sentence asks for something: a duty under 不得做 says the opposite."""
    assert clauses.prohibits(text) is prohibiting


@pytest.mark.parametrize(
    ("text", "declaring", "defining"),
    [
        ("本规程所称大额，是指单笔5万元以上", True, True),
        ("更改的凭证无效", True, False),
        ("逾期的，视为放弃，网点应当登记", False, False),
        ("柜员应当核对证件", False, False),
        ("视为预约的，不得另行收费", False, False),
    ],
)
def test_what_only_says_what_is_meant_is_nothing_to_tick(text, declaring, defining):
    """A box is printed for what can be done; what counts as what, and what a word means, cannot."""
    assert (clauses.declares(text), clauses.defines(text)) == (declaring, defining)


def test_a_right_of_the_customer_may_bring_a_duty_of_ours():
    """客户可申请…。网点应在2日内上门 is ours to do; a duty for a further case leaves the right a right."""
    assert clauses.turns_to_us("行动不便的客户可申请上门。网点应在2日内上门")
    assert not clauses.turns_to_us("客户可由亲属代办。超过1万元的，应当核实")
    assert clauses.only_asks("除规定可用现金的外，应当通过转账结算")
    assert not clauses.only_asks("超过规定的，应当转账，小额的可以用现金")
