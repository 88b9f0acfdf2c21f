"""Masthead: number, title, issuer, days, addressees, annexes; what is not there stays empty."""

import pytest

from digest.model.document import Block, BlockKind, Document, Part, PartKind
from digest.model.outline import Masthead
from digest.structure import build, doc_number
from digest.structure.titles import bare_subject, find_subject
from digest.zh import lexicon as lexicons
from tests.build import outline_from

NOTICE = """000123
特急
示例银行文件
示银发〔2025〕17号
示例银行关于调整柜面限额有关事项的通知
各一级分行、直属分行，总行各部门：
为加强管理，现就有关事项通知如下：
一、自2025年11月1日起，对个人账户实行分级限额管理。
二、各网点应于10月24日前完成培训。
附件：1.限额分级表
2.《调整申请表》
示例银行
2025年9月28日
（此件发至营业网点）
（联系人：林一，电话：0000-81230000）
附件1
限额分级表
本表所列限额适用于全部网点。
抄送：总行各部门。
示例银行办公室 2025年9月28日印发"""


def masthead(text: str, **fields: object) -> Masthead:
    """The masthead of a text."""
    return outline_from(text, **fields).masthead


def test_a_whole_notice() -> None:
    """Every element of a notice is found where it stands."""
    found = masthead(NOTICE)
    assert found.issuer.value == "示例银行"
    assert found.doc_number.value == "示银发〔2025〕17号"
    assert found.title.value == "示例银行关于调整柜面限额有关事项的通知"
    assert found.subject == "调整柜面限额"
    assert found.addressees.value == "各一级分行、直属分行，总行各部门"
    assert found.date.value == "2025-09-28"
    assert found.effective.value == "2025-11-01"
    assert found.urgency.value == "特急"
    assert found.attachment_names == ("限额分级表", "调整申请表")
    assert found.note.value == "（此件发至营业网点）"
    assert "林一" in found.contacts.value


def test_elements_point_at_their_words() -> None:
    """An element's spans give back its words."""
    found = outline_from(NOTICE)
    span = found.masthead.date.spans[0]
    assert found.document.blocks[span.block].raw[span.start : span.end] == "2025年9月28日"


def test_imprint_is_cut() -> None:
    """抄送 and the printing line are no sentences."""
    text = "".join(sentence.text for sentence in outline_from(NOTICE).sentences)
    assert "抄送" not in text and "印发" not in text


def test_nothing_is_guessed() -> None:
    """A bare text has a title from its first line or its name, and nothing else."""
    found = masthead("晨会提示\n网点应当提前十分钟开门。", name="晨会提示.txt")
    assert (found.doc_number.value, found.issuer.value, found.date.value, found.effective.value) == ("", "", "", "")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("银发〔2021〕259号", "银发〔2021〕259号"),
        ("示银办发[2025] 142 号", "示银办发〔2025〕142号"),
        ("示银规章﹝２０２５﹞3 号　　签发人：王一", "示银规章〔2025〕3号"),
        ("中国示例银行令〔2025〕第11号", "中国示例银行令〔2025〕第11号"),
        ("2025年第6期（总第48期）  2025年9月10日", "2025年第6期（总第48期）"),
        ("文 号：示银发〔2024〕5号", "示银发〔2024〕5号"),
        ("根据示银发〔2024〕5号文件要求，各网点应当登记。", ""),
        ("2025年9月10日", ""),
    ],
)
def test_document_numbers(line: str, number: str) -> None:
    """A line that is a number gives it in the standard form; a cited number is none."""
    assert doc_number.read_line(line) == number


def test_cited_numbers_are_not_the_papers_own() -> None:
    """The number of a repealed paper is not taken for the paper's own."""
    text = "关于加强管理的通知\n各分行：\n一、《旧办法》（示银发〔2019〕12号）同时废止，各网点应当执行新办法。\n示例银行\n2025年9月1日"
    assert masthead(text).doc_number.value == ""


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("示例银行关于加强现金管理的通知", "加强现金管理"),
        ("关于调整限额有关事项的通知", "调整限额"),
        ("示例银行关于印发《重要物品管理办法（试行）》的通知", "重要物品管理办法（试行）"),
        ("关于转发《示例银行关于做好假期营业工作的通知》的通知", "做好假期营业工作"),
        ("关于防范冒充客服诈骗的风险提示", "防范冒充客服诈骗"),
        ("个人贷款管理办法", "个人贷款管理办法"),
        ("示例银行关于印发《清分规程》的通知（示银发〔2025〕1号）", "清分规程"),
        ("示例银行关于支持养老服务发展的指导意见", "支持养老服务发展"),
        ("关于紧急停用一批支票的紧急通知", "紧急停用一批支票"),
        ("关于远程授权常见退回情形及有关要求的提示", "远程授权常见退回情形"),
    ],
)
def test_subjects(title: str, subject: str) -> None:
    """The formulas around the subject go, also nested ones."""
    assert find_subject(title) == subject


def test_mail_prefixes() -> None:
    """转发:, 【喜报】 and the like are not part of a mail's subject."""
    assert bare_subject("转发: 答复：【请阅】关于开展活动的通知") == "关于开展活动的通知"


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("本办法自2025年10月1日起施行。", "2025-10-01"),
        ("本通知自二〇二五年十月一日起执行。", ""),
        ("《规程》自2025年10月9日起执行，旧规定同时废止。", "2025-10-09"),
        ("现就有关事项通知如下，自2025年12月1日起执行。", "2025-12-01"),
        ("各网点应自9月28日起在厅堂公告屏滚动提示。", ""),
        ("2019年1月1日起施行的《示例税法》对此作出规定。", ""),
        ("旧版支票自2025年11月1日起停止出售。", ""),
    ],
)
def test_effective_day(clause: str, day: str) -> None:
    """Only the paper's own clause gives the day."""
    found = masthead(f"关于加强支票管理的通知\n各分行：\n一、各网点应当登记。\n{clause}\n示例银行\n2025年9月1日")
    assert found.effective.value == day


def test_effective_from_the_date_of_issue() -> None:
    """自印发之日起施行 is computed from the date of issue, and the user is told."""
    found = outline_from("关于加强管理的通知\n各分行：\n一、各网点应当登记。\n本通知自印发之日起施行。\n示例银行\n2025年9月1日")
    assert found.masthead.effective.value == "2025-09-01"
    assert "effective_computed" in [notice.code for notice in found.notices]


def test_a_law_with_its_history() -> None:
    """A law's line of adoption gives issuer and day."""
    found = masthead("示例管理条例\n（2022年12月26日示例监督管理委员会令2022年第9号公布 自2023年3月1日起施行）\n第一条 为了规范管理，制定本条例。")
    assert (found.date.value, found.effective.value, found.issuer.value) == ("2022-12-26", "2023-03-01", "示例监督管理委员会")


def test_law_database_fields() -> None:
    """发文机关：…, 发布日期：… in front of the text are taken as they stand."""
    found = masthead("示例管理办法\n发文机关：示例总局\n发布日期：2025.10.31\n生效日期：2026.01.01\n时效性：尚未生效\n第一条 网点应当登记。")
    assert (found.issuer.value, found.date.value, found.effective.value) == ("示例总局", "2025-10-31", "2026-01-01")


def test_joint_signers() -> None:
    """Offices that sign jointly are all named; those of one bank share its name."""
    found = masthead("关于防范诈骗的提示\n各分行：\n一、各网点应当劝阻。\n示例银行安全保卫部\n示例银行运营管理部\n2025年9月10日")
    assert found.issuer.value == "示例银行安全保卫部、运营管理部"


def mail(*layers: tuple[int, tuple[tuple[str, str], ...], str]) -> Document:
    """A mail of several layers: depth, headers, text."""
    parts = tuple(Part(number=number, kind=PartKind.MAIL, depth=depth, headers=headers) for number, (depth, headers, _) in enumerate(layers))
    lines = [(number, line) for number, (_, _, text) in enumerate(layers) for line in text.splitlines()]
    blocks = tuple(Block(number=place, raw=line, kind=BlockKind.PARAGRAPH, part=part) for place, (part, line) in enumerate(lines))
    return Document(name="转发.eml", sha256="0" * 64, form="eml", size=1000, parts=parts, blocks=blocks)


def test_the_innermost_mail_is_the_paper() -> None:
    """Title, sender and day are those of the oldest message."""
    outer = (0, (("主题", "转发: 转发: 关于规范投诉处理的通知"), ("发件人", "示例支行 <a@b.example>")), "各网点：\n请于9月12日前报送名单。\n谢谢配合！")
    inner = (
        1,
        (("主题", "关于规范投诉处理的通知"), ("发件人", "示例银行总行消保部"), ("发送时间", "2025年9月3日 11:05")),
        "各分行：\n一、网点任何员工接到投诉即为首接责任人。\n总行消保部\n2025年9月3日",
    )
    found = build(mail(outer, inner), lexicons.load())
    assert found.masthead.title.value == "关于规范投诉处理的通知"
    assert found.masthead.issuer.value == "示例银行总行消保部"
    assert found.masthead.date.value == "2025-09-03"


@pytest.mark.parametrize(
    ("title", "clause", "day", "word"),
    [
        ("关于信贷系统上线切换的通知", "9月20日（星期六）正式对外营业，全员到岗。", "2025-09-20", "对外营业"),
        ("关于开展开户有礼活动的通知", "活动时间：2025年9月15日至10月31日。", "2025-09-15", "活动开始"),
        ("关于调整转账限额的通知", "自2025年10月1日起，对转账实行分级限额。", "2025-10-01", ""),
        ("关于规范对账的通知", "自2025年10月1日起，规范对账流程。", "2025-10-01", ""),
        ("关于调整旧印章的通知", "自2025年10月1日起，停用旧印章。", "2025-10-01", "停用"),
        ("关于调整转账限额的通知", "自2025年10月1日起，新的限额启用。", "2025-10-01", ""),
        ("关于加强管理的通知", "本通知自2025年10月1日起执行。", "2025-10-01", ""),
    ],
)
def test_a_day_that_is_no_coming_into_force_keeps_the_papers_word(title: str, clause: str, day: str, word: str) -> None:
    """施行 is said of a coming into force and of any change; what is launched, opened or taken out of use keeps its own word, 规范 begins nothing."""
    found = masthead(f"{title}\n各分行：\n一、各网点应当登记。\n{clause}\n示例银行\n2025年9月1日")

    assert (found.effective.value, found.effective_word) == (day, word)


def test_a_printing_line_of_its_own_gives_the_date() -> None:
    """2013年9月24日印发 alone on its line is the date of issue where nothing was signed."""
    found = masthead("示例管理规定\n第一条 网点应当登记。\n第二条 本规定自发布之日起施行。\n抄送：办公室。\n示例银行办公室\n2013年9月24日印发")

    assert (found.date.value, found.effective.value) == ("2013-09-24", "2013-09-24")


ORDER = """示例银行业监督管理总局令
2027年第5号
《柜面业务管理办法》已经2026年12月9日示例银行业监督管理总局第11次局务会议审议通过，现予公布，自2027年3月1日起施行，请有关各方做好准备。
局　长　　王一
2027年1月11日
柜面业务管理办法
第一章　总则
第一条　为了规范柜面业务，制定本办法。
第二条　网点应当在柜台公示收费标准。"""


def test_an_order_is_titled_by_what_it_makes_public() -> None:
    """Above an order stands 某某令, which is its number and its issuer, never the title."""
    found = masthead(ORDER)
    assert found.title.value == "柜面业务管理办法"
    assert found.issuer.value == "示例银行业监督管理总局"
    assert found.doc_number.value == "示例银行业监督管理总局令2027年第5号"
    assert (found.date.value, found.effective.value) == ("2027-01-11", "2027-03-01")


def test_an_order_without_a_second_title_is_titled_by_the_name_in_it() -> None:
    """Where no line of its own says the title, the name in the order does."""
    found = masthead(ORDER.replace("柜面业务管理办法\n第一章", "第一章"))
    assert found.title.value == "柜面业务管理办法"


def test_an_order_of_several_offices() -> None:
    """Offices side by side are told apart by the blanks between them."""
    found = masthead("示例人民银行　示例金融监督管理总局令\n〔2027〕第11号\n代理业务管理办法\n第一章　总则\n第一条　网点应当核对代理人证件。")
    assert found.title.value == "代理业务管理办法"
    assert found.issuer.value == "示例人民银行、示例金融监督管理总局"
    assert found.doc_number.value == "示例人民银行、示例金融监督管理总局令〔2027〕第11号"


def test_offices_above_the_title() -> None:
    """Who issues jointly stands in the line above the title, and is no title itself."""
    found = masthead("示例监督管理总局　示例人民银行\n关于规范柜面收费的监管意见书\n示规〔2027〕31号\n各商业银行：\n一、网点应当公示收费标准。")
    assert found.title.value == "关于规范柜面收费的监管意见书"
    assert found.issuer.value == "示例监督管理总局、示例人民银行"
    assert found.doc_number.value == "示规〔2027〕31号"


def test_a_number_in_brackets_below_the_title() -> None:
    """（某某令〔2022〕第2号） on a line of its own is the number, and tells the issuer."""
    found = masthead("柜面检查规定\n（示例人民银行令〔2022〕第2号）\n第一章　总则\n第一条　网点应当配合检查。")
    assert found.doc_number.value == "示例人民银行令〔2022〕第2号"
    assert found.issuer.value == "示例人民银行"


def test_the_number_in_a_line_of_adoption() -> None:
    """The one order that a line of adoption names is the paper's number; of several none is told apart."""
    line = "（2022年12月26日示例监督管理委员会令2022年第9号公布　自2023年3月1日起施行）"
    rest = "\n第一章　总则\n第一条　网点应当公示收费标准。"
    assert masthead(f"柜面收费管理办法\n{line}{rest}").doc_number.value == "示例监督管理委员会令2022年第9号"
    changed = "1999年1月1日示例国务院令第28号公布　2010年1月1日根据示例国务院令第99号修订"
    assert masthead(f"柜面收费管理办法\n{changed}{rest}").doc_number.value == ""


def test_a_title_with_its_number_is_over() -> None:
    """What stands below 某某办法（某某〔2020〕5号令） is another line, whatever its width."""
    rows = "网点应当逐笔核对客户身份证件和业务凭证，核对不符的一律不得办理，\n并报告运营主管处理，报告应当在当日营业终了以前完成，不得拖延。\n"
    body = "".join(f"第{number}条　{rows}" for number in "一二三四五六")
    order = "《柜面消费者保护办法》已经2020年9月1日示例人民银行第6次行务会议审\n议通过，现予发布，自2020年11月1日起施行。\n2020年9月15日\n"
    found = masthead(f"示例人民银行柜面消费者保护办法（示例人民银行〔2020〕5号令）\n{order}第一章　总则\n{body}")
    assert found.title.value == "示例人民银行柜面消费者保护办法"
    assert found.doc_number.value == "示例人民银行〔2020〕5号"


@pytest.mark.parametrize("title", ["国务院关于印章管理的规定", "示例高级人民法院关于审理存单案件的规定", "示例分行办公厅关于值班的通知"])
def test_the_title_names_who_issues(title: str) -> None:
    """Whoever stands before 关于 issues the paper."""
    assert masthead(f"{title}\n一、网点应当配合。\n二、网点应当登记。").issuer.value == title.split("关于")[0]


def test_the_last_adoption_names_the_issuer() -> None:
    """A law adopted and revised in one line is of the body that spoke last."""
    line = "（2006年10月31日第十届示例大会常务委员会第二十四次会议通过　2024年11月8日第十四届示例大会常务委员会第十二次会议修订）"
    found = masthead(f"柜面法\n{line}\n第一章　总则\n第一条　网点应当配合。")
    assert found.issuer.value == "第十四届示例大会常务委员会"
    assert found.date.value == "2024-11-08"


def test_a_mail_pasted_as_text() -> None:
    """Header lines at the top of a text are a mail's: its subject is the title, its sender the issuer."""
    text = (
        "发件人：示例分行运营管理部 林一\n发送时间：2027年9月17日 18:42\n收件人：各支行运营主管\n抄送：分行科技部\n"
        "主题：转发：国庆假期网点值班安排（请今晚看完）\n各位主管：\n1.各网点应于9月24日前报送值班表。\n2.值班人员不得离岗。"
    )
    found = masthead(text)
    assert found.title.value.startswith("国庆假期网点值班安排")
    assert found.issuer.value == "示例分行运营管理部林一"
    assert found.date.value == "2027-09-17"


def test_the_kind_of_standard_is_no_title() -> None:
    """团体标准 above a standard says what kind of paper it is."""
    found = masthead("示例行业协会团体标准\nT/SL 0012—2027\n柜面服务自律要求\n第一章　总则\n第一条　网点应当公示收费标准。")
    assert found.title.value == "柜面服务自律要求"
