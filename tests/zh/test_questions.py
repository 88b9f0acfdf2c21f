"""Check questions: made of the line's own words, answers as well."""

import pytest

from digest.zh import questions


def test_figure_is_blanked_out() -> None:
    """The figure goes into the answer, the bound stays in the question."""
    asked = questions.ask("柜面取款5万元（含）以上的，由运营主管核实资金来源")[0]

    assert asked == questions.Asked(kind="number", question="柜面取款＿＿（含）以上的，由运营主管核实资金来源", answer="5万元")


def test_ban_becomes_may_one() -> None:
    """A plain ban is asked as 可以…吗, and the answer quotes the ban."""
    (asked,) = questions.ask("柜员不得代客户保管存单。")

    assert (asked.question, asked.answer) == ("柜员可以代客户保管存单吗？", "不可以：不得代客户保管存单")


def test_ban_is_asked_with_its_condition() -> None:
    """Out of a long sentence the ban comes with its condition and its subject, and without the rest."""
    text = "发现客户涉嫌出借账户的，柜员不得当场向客户透露判断依据，应以核实信息为由暂缓办理，并于当日营业终了前通过反洗钱系统提交可疑线索，由专员甄别。"
    (asked,) = [asked for asked in questions.ask(text) if asked.kind == "ban"]

    assert asked.question == "发现客户涉嫌出借账户的，柜员可以当场向客户透露判断依据吗？"


def test_exception_is_asked_for_behind_its_rule() -> None:
    """Which case is excepted is asked behind the rule, and never where every rule has the same exception."""
    first = questions.ask("管理员盾和操作员盾不得由同一人领取；法定代表人亲自领取的除外。")[0]

    assert (first.kind, first.question) == ("exception", "管理员盾和操作员盾不得由同一人领取，哪种情形除外？")
    assert first.answer == "法定代表人亲自领取"
    assert not [asked for asked in questions.ask("网点不得对外提供客户信息，法律另有规定的除外") if asked.kind == "exception"]


def test_a_permission_is_asked_with_its_case() -> None:
    """What may be done in a case is asked with the case."""
    (asked,) = questions.ask("客户拒绝录像的，可由见证人签字代替")

    assert asked == questions.Asked(kind="right", question="客户拒绝录像的，可以怎么办？", answer="可由见证人签字代替")


def test_a_list_of_bans_is_asked_with_its_head() -> None:
    """A member of 严禁下列行为 is asked as a ban of whoever the list speaks of."""
    asked = questions.ask("使用印章，严禁有下列行为：在空白凭证上预先盖章；单人携带印章外出")[0]

    assert (asked.kind, asked.question) == ("ban", "使用印章，可以在空白凭证上预先盖章吗？")


def test_a_ban_is_asked_with_whom_and_when() -> None:
    """The condition, else the subject, of an earlier clause goes along."""
    texts = ("系统无响应超过15分钟，立即报告运营主管，不得反复提交同一交易", "各网点至少安排2名员工在岗，不得由保安单独引导客户")
    bans = [next(asked.question for asked in questions.ask(text) if asked.kind == "ban") for text in texts]

    assert bans == ["系统无响应超过15分钟，可以反复提交同一交易吗？", "各网点可以由保安单独引导客户吗？"]


@pytest.mark.parametrize(
    "text",
    [
        "假期内余额低于5万元的，应在4小时内补钞",  # of what?
        "超过1万元的，应当电话核实",
        "网点自查阶段（9月22日至10月17日）",
        "个人账户余额连续10天超过5000元的",
        "两人不得同时离开",
        "严禁迟报、漏报、瞒报",
        "当年设立的企业，自下一年起报送报告",
        "客户一次存取的，应当登记",
        "应当遵守下列规定：保存不少于5年",
    ],
)
def test_what_a_reader_could_not_answer_is_not_asked(text: str) -> None:
    """No question without its subject or condition, none of a heading, a list's member or half a word."""
    assert questions.ask(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "公安机关认定的惩戒人员，5年内暂停其非柜面业务，3年内不得新开账户",  # who is meant would be lost
        "未经批准不得办理",  # two negations: the answer would be unsure
        "不得超过",
        "严禁有下列行为：",
        "柜员应当核对印鉴",
        "不得有其他行为，但客户本人办理的除外",
    ],
)
def test_nothing_is_forced(text: str) -> None:
    """Where no question is safe, no ban question is asked."""
    assert [asked for asked in questions.ask(text) if asked.kind == "ban"] == []


@pytest.mark.parametrize("text", ["凭证遗失的，应当在1小时内报告管辖行运营管理部", "严禁代客户点击按钮", "登记簿保管期限为5年"])
def test_answers_are_the_lines_own_words(text: str) -> None:
    """Question and answer hold nothing but the line's words and the asking."""
    for asked in questions.ask(text):
        assert asked.answer.removeprefix("不可以：") in text
        assert asked.question.replace(questions.BLANK, asked.answer) == text or asked.question.endswith("？")


def test_half_a_rule_is_not_asked_for() -> None:
    """且超限留存不得… says only half without the clause before it."""
    assert not [asked for asked in questions.ask("经批准后方可留存，且超限留存不得连续超过核定天数") if asked.kind == "ban"]


def test_a_colon_alone_makes_no_list() -> None:
    """A rule behind a colon is asked; only a stem with several items keeps its items from being asked."""
    assert [asked.kind for asked in questions.ask("第3项：柜员不得代客户保管存单")] == ["ban"]
    assert questions.ask("上门服务应当做到：录像保存不少于1年；出示工作证件") == ()


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("单位结算账户开立之日起三个工作日内，柜员不得为其办理付款业务", "单位结算账户开立之日起三个工作日内，柜员可以为其办理付款业务吗？"),
        ("账户冻结期内，柜员不得办理该账户的取款业务", "账户冻结期内，柜员可以办理该账户的取款业务吗？"),
        ("存款人死亡，继承人未办理公证手续，柜员不得支付存款", "存款人死亡，继承人未办理公证手续，柜员可以支付存款吗？"),
        ("柜员单独当班情况下，不得办理现金业务", "柜员单独当班情况下，可以办理现金业务吗？"),
        ("客户委托他人办理的，证件过期的，柜员不得办理取款业务", "客户委托他人办理的，证件过期的，柜员可以办理取款业务吗？"),
        ("发现可疑交易应当立即上报，柜员不得向客户透露信息", None),
        ("办理大额取款业务的网点应当核实资金用途，柜员不得拆分办理交易", None),
        ("柜员应当提示客户更换证件，仍未更换的，柜员不得办理业务", None),
    ],
)
def test_a_ban_is_asked_with_every_condition_or_not_at_all(text: str, question: str | None) -> None:
    """可以…吗 without its case would teach a wrong answer."""
    assert [asked.question for asked in questions.ask(text) if asked.kind == "ban"] == ([question] if question else [])


def test_the_figure_that_decides_is_asked_for() -> None:
    """A deadline or a bound is asked for before a day or a standard that only stands in the way, and never how long a code is."""
    asked = questions.ask("遗留的银行卡，自5月6日起3个工作日内凭本人有效身份证件到所属网点领取")
    assert next(each for each in asked if each.kind == "number").answer == "3个工作日"
    assert not [each for each in questions.ask("原8位业务代码停用，一律使用新5位业务代码") if each.kind == "number"]
    assert not next(each for each in questions.ask("柜面取款5万元以上的，应当核对客户身份证件") if each.kind == "number").decides


def told(text: str, kind: str) -> list[tuple[str, str]]:
    """Questions of one kind with their answers."""
    return [(asked.question, asked.answer) for asked in questions.ask(text) if asked.kind == kind]


def test_a_figure_is_cut_out_of_a_long_sentence_with_whose_rule_it_is() -> None:
    """The clause with the figure comes with its subject and its case, and what is to be done by then; the rest stays away."""
    long = "销户资料齐全的，柜员应当当场办结，各网点应于次月5日内，向管辖行报送销户清单，逐户注明原因和去向，由运营主管签字确认后归档保管，并在登记簿上写明份数"
    (cut,) = [question for question, _ in told(long, "number")]

    assert cut == "销户资料齐全的，各网点应于次月＿＿内，向管辖行报送销户清单"


@pytest.mark.parametrize(
    "text",
    [
        "网点应当在受理后5日内，报送清单",  # the act stands behind the comma and goes along
        "各网点应于每年1月1日至3月31日报送年度清单",
        "柜员应当及时录入客户回访信息并逐项核对留存的资料，最迟不超过3天，不得以业务繁忙为由拖延，逾期的由运营主管登记并在晨会上逐一说明原因",
    ],
)
def test_no_figure_without_what_it_is_of(text: str) -> None:
    """Neither half a span, nor a limit without what is to be done, nor a bound without its matter."""
    for question, _ in told(text, "number"):
        assert question.endswith("报送清单") and "至" not in question


def test_what_to_do_in_a_case() -> None:
    """A duty is asked with its case and its subject; the answer is all of it, up to the next case."""
    assert told("客户代办业务的，柜员应当核对双方证件，并对代办原因进行登记", "case") == [
        ("客户代办业务的，柜员应当怎么办？", "应当核对双方证件，并对代办原因进行登记")
    ]
    assert told("柜员发现客户使用失效证件，应当立即中止办理", "case") == [("柜员发现客户使用失效证件，应当怎么做？", "应当立即中止办理")]
    assert told("超过限额的，应当电话核实并登记", "case") == [] == told("对确实无法收回的，应当登记原因并上报", "case")


@pytest.mark.parametrize(
    ("text", "kind", "question"),
    [
        ("发现假币的，由两名持证人员当面收缴", "who", "发现假币的，由谁当面收缴？"),
        ("大堂经理可以引导客户使用手机银行", "may", "大堂经理可以引导客户使用手机银行吗？"),
        ("有下列情形之一的，柜员应当重新核实客户身份：客户变更姓名；客户证件过期", "list", "有哪些情形之一的，柜员应当重新核实客户身份？"),
        ("本规程自2026年3月1日起施行", "day", "本规程自＿＿起施行"),
        ("个人取款：交易码 110201 → 1021，须授权", "number", "个人取款：交易码 110201 → ＿＿"),
        ("消费者退订的，不得以同样方式再次发送信息", "ban", "消费者退订的，可以以同样方式再次发送信息吗？"),
    ],
)
def test_other_forms(text: str, kind: str, question: str) -> None:
    """By whom, whether one may, which ones, from when, what is new: each in the line's own words."""
    assert question in [asked for asked, _ in told(text, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "柜员不得擅自修改客户指令",  # the word gives the answer away
        "非依法律规定，不得向任何单位和个人提供",  # to provide what?
        "柜员应当按照约定的用途使用客户信息，不得超出范围使用",
        "各机构应当明确禁止外包机构转包业务",
        "经营者不得以店堂告示等方式，作出不公平的规定",
        "检查人员应当如实记录，不得拒绝、阻挠、逃避",
    ],
)
def test_a_ban_that_asks_nothing_or_too_little(text: str) -> None:
    """No ban whose answer everybody knows, none without what must not be done to what."""
    assert told(text, "ban") == []
