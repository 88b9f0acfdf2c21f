"""Sheets written by hand, so that writers are tested without the steps before them."""

from collections.abc import Sequence

from msgspec.structs import replace

from digest.model.outline import Span
from digest.model.page import Page, Spot
from digest.model.ranking import Category
from digest.model.sheet import Balance, Detail, LeftOut, Line, Milestone, NumberRow, Question, Section, Sheet

DO = (
    "办理个人现金存取款单笔5万元以上（含5万元）的，应当核对客户有效身份证件，并在系统中登记资金来源或者用途",
    "代理他人办理的，经办柜员应当同时核对代理人与被代理人身份证件，联系被代理人核实",
    "客户拒绝说明用途的，运营主管应当当场劝导，做好记录后按原规定办理，但涉嫌电信网络诈骗的除外",
    "每日营业终了前逐笔勾对大额现金登记簿，由双人签字确认",
)
BAN = (
    "不得以任何理由要求客户拆分金额办理",
    "未经授权，严禁代客户填写资金用途说明",
    "不得向客户透露可疑交易报告的任何情况",
)


def line(number: int, text: str, category: Category = Category.DO, **fields: object) -> Line:
    """One line whose source is its own text with a little more around it."""
    given: dict[str, object] = {
        "source": f"各网点办理业务时，{text}。",
        "units": (number,),
        "sentences": (number,),
        "spans": (Span(block=number, start=0, end=len(text)),),
        "mark": f"第{number}条",
        "page": 1 + number // 4,
        **fields,
    }
    return Line(number=number, text=text, category=category, **given)  # type: ignore[arg-type]


def lines(texts: Sequence[str], first: int, category: Category = Category.DO) -> tuple[Line, ...]:
    """Numbered lines; every second one has a deadline, every third a post."""
    found = []
    for place, text in enumerate(texts):
        number = first + place
        due = "2个工作日内" if place % 2 else ""
        roles = ("柜员", "运营主管") if place % 3 == 0 else ()
        found.append(line(number, text, category, due=due, roles=roles, emphasis=((0, 2),)))
    return tuple(found)


def sheet(do: Sequence[str] = DO, ban: Sequence[str] = BAN, rows: int = 3, **fields: object) -> Sheet:
    """A whole sheet: changes, duties, bans, numbers, questions, and one line left out."""
    change = lines(("登记起点由单笔10万元调整为单笔5万元",), 1, Category.CHANGE)
    duties = lines(do, 2)
    bans = lines(ban, 2 + len(do), Category.BAN)
    first = 2 + len(do) + len(ban)
    table = tuple(
        NumberRow(
            item=f"第{place + 1}档留存期限",
            standard=f"至少{5 + place}年",
            due="自业务关系结束之日起",
            mark=f"第{first + place}条",
            line=line(first + place, f"第{place + 1}档资料至少保存{5 + place}年", Category.LIMIT),
        )
        for place in range(rows)
    )
    sections = (
        Section(key="change", title="变了什么", lines=change),
        Section(key="do", title="必须做", lines=duties),
        Section(key="ban", title="不得做", lines=bans),
        Section(key="numbers", title="记住这些数", rows=table),
    )
    made = Sheet(
        template="cards",
        title="个人大额现金存取款登记",
        kind="制度办法",
        point="自2026年9月1日起，单笔5万元以上（含5万元）现金存取须登记来源或者用途。",
        details=(
            Detail(name="来源", value="示例银行运营管理部"),
            Detail(name="文号", value="示银运〔2026〕18号"),
            Detail(name="发文日", value="2026年8月6日"),
            Detail(name="施行日", value="2026年9月1日"),
            Detail(name="类型", value="制度办法"),
            Detail(name="适用岗位", value="", missing=True),
        ),
        milestones=(
            Milestone(day="2026-08-06", label="印发"),
            Milestone(day="2026-09-01", label="施行"),
            Milestone(day="2026-12-01", label="存量补登截止", computed=True),
        ),
        sections=tuple(section for section in sections if section.lines or section.rows),
        questions=(
            Question(question="客户支取现金5万元整，要登记用途吗？", answer="要：单笔5万元以上（含5万元）", line=2),
            Question(question="客户嫌麻烦，可以拆成两笔办吗？", answer="不得以任何理由要求客户拆分金额办理", line=6),
        ),
        left_out=(LeftOut(unit=99, text="各行要高度重视，加强组织领导", mark="第二十条", score=0.5, why="版面已满"),),
        balance=Balance(characters=3200, sentences=64, candidates=20, placed=11, share=0.86),
        footer="学习摘要，以原文为准　示银运〔2026〕18号",
        missing=("联系人",),
        notices=("附件2未随文送达",),
        source_name="办法.docx",
        source_hash="ab" * 32,
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def page(of: Sheet, size: float = 12.0) -> Page:
    """A page with nothing drawn: the left half of the lines in the left column, the others in the right one."""
    numbers = [one.number for one in of.lines]
    spots = tuple(
        Spot(key=f"line-{number}", x=36.0 if place < len(numbers) / 2 else 310.0, y=600.0, width=250.0, height=30.0) for place, number in enumerate(numbers)
    )
    return Page(width=595.28, height=841.89, marks=(), spots=spots, size=size, fill=0.95)
