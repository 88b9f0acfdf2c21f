"""A sheet about nothing real, to try a design with: every part that a page can have, twice over."""

from digest.model.look import Look
from digest.model.page import Page
from digest.model.ranking import Category
from digest.model.sheet import Balance, Detail, Limit, Line, Milestone, NumberRow, Question, Section, Sheet
from digest.sheet.fit import place

TEXTS = {
    Category.DO: ("办理单笔5万元以上（含）现金存取的，柜员应当核对客户身份证件原件", "重要空白凭证每日营业终了前由双人核对，账实不符的立即报告运营主管"),
    Category.BAN: ("不得代客户保管存单、密码或者印章", "严禁在空白凭证上预先加盖业务印章"),
    Category.CHANGE: ("登记起点由单笔10万元调整为单笔5万元", "自2026年4月1日起启用新版《大额现金登记簿》"),
    Category.STEP: ("核对证件", "登记后由运营主管授权"),
    Category.RIGHT: ("行动不便的客户可以预约上门办理", "系统故障期间可以先手工登记"),
    Category.PENALTY: ("未按规定登记的，每笔扣2分",),
    Category.INFO: ("本次调整涉及全部网点",),
}
DETAILS = {
    "来源": "示例银行运营管理部",
    "文号": "示银运管〔2026〕12号",
    "发文日": "2026年3月2日",
    "施行日": "2026年4月1日",
    "类型": "工作通知",
    "适用岗位": "",
}


def check(look: Look) -> Page:
    """The sample page in a design, so that faults of its page.xml show before a real sheet needs it.

    Raises:
        BadTemplate: the design is faulty.
        DoesNotFit: its fixed parts leave no room.
    """
    return place(sample(look), look)


def sample(look: Look) -> Sheet:
    """The sample in a design's sections."""
    sections = tuple(section for section in sections_of(look) if section.lines or section.rows)
    return Sheet(
        template=look.name,
        title="个人大额现金存取业务登记",
        kind="工作通知",
        point="登记起点由单笔10万元调整为单笔5万元",
        point_line=1,
        details=tuple(Detail(name=name, value=DETAILS.get(name, ""), missing=not DETAILS.get(name, "")) for name in look.details),
        milestones=(Milestone(day="2026-03-02", label="发文"), Milestone(day="2026-04-01", label="施行", computed=True)),
        sections=sections,
        questions=(Question(question="登记起点是单笔＿＿？", answer="5万元", line=1),) * min(1, look.questions),
        balance=Balance(characters=0, sentences=0, candidates=0, placed=0, share=0.0),
        restriction=look.words.restricted,
        urgency="加急",
        footer=look.words.disclaimer,
    )


def sections_of(look: Look) -> list[Section]:
    """Every section of the design with its lines."""
    found: list[Section] = []
    number = 0
    for plan in look.sections:
        texts = [text for category in Category if category.value in plan.categories for text in TEXTS.get(category, ())]
        lines = [line(number + place, text) for place, text in enumerate(texts, start=1)]
        number += len(lines)
        if plan.rows:
            number += 1
            row = NumberRow(item="大额现金登记起点", standard="单笔5万元以上（含）", mark="第三条", line=line(number, "大额现金登记起点单笔5万元以上（含）"))
            found.append(Section(key=plan.key, title=plan.title, rows=(row,)))
        else:
            found.append(Section(key=plan.key, title=plan.title, lines=tuple(lines)))
    return found


def line(number: int, text: str) -> Line:
    """One line with everything that a line can carry."""
    return Line(
        number=number,
        text=text,
        source=text,
        mark=f"第{number}条",
        roles=("柜员", "运营主管"),
        due="2日内",
        limits=(Limit(when="2日内", words=text[:2], what="报送"),),
        emphasis=((0, 2),),
        doubtful=number == 1,
    )
