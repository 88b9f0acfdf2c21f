"""Filling a page: exactly one, full, nothing clipped, what does not fit listed with its reason."""

from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from digest import places, sheet
from digest.model.document import Notice
from digest.model.facts import Fact, FactKind, Kind, Slot
from digest.model.outline import Field, Span
from digest.model.page import Glyphs
from digest.model.ranking import Category
from digest.render import write_docx_fit
from digest.sheet import budget
from digest.sheet.block_line import split_list
from digest.sheet.pool import pool_of
from tests.sheet import geometry
from tests.sheet.understood import HEAD, Said, understood

WITHOUT_SHRINKING = (Phase.explicit, Phase.generate)  # five hundred pages are slow enough
DESIGNS = tuple(sorted(places.names(None)))
PHRASES = (
    "柜员应当核对客户身份证件原件",
    "单笔5万元以上（含）的现金存取须登记",
    "网点应于2026年4月30日前报送《自查报告》",
    "不得代客户保管存单、密码",
    "经运营主管授权后办理",
    "双人会同开箱清点",
    "每日营业终了前换人核对",
    "严禁在空白凭证上预先加盖印章",
    "确因特殊情况不能当日办理的，最迟不超过3个工作日",
    "对公账户交易限额由20万元调整为10万元",
)
TEXT = st.lists(st.sampled_from(PHRASES), min_size=1, max_size=9).map("，".join)
ODD = st.text(alphabet="喆㛃𬱖𠮷😀\u200b\ufeff①㎡☐ABCxyz0123456789（）《》“”、；：&<>\"'{}%\x01\ud800\t", max_size=30)
DAY = st.dates(min_value=date(2024, 1, 1), max_value=date(2027, 12, 31)).map(date.isoformat)
CATEGORY = st.sampled_from(list(Category))


@st.composite
def papers(draw):
    """A random paper: any number of statements of any length, category and worth, some under stems, some odd."""
    said = []
    for _ in range(draw(st.integers(0, 45))):
        text = draw(TEXT) + draw(st.one_of(st.just(""), ODD))
        stem = draw(st.sampled_from(("", "", "", "网点应当做到以下几点：", "有下列情形之一的，不得办理业务：")))
        said.append(
            Said(
                text=text,
                category=draw(CATEGORY),
                value=draw(st.floats(0, 20, allow_nan=False)),
                stem=stem,
                short=draw(st.integers(0, 60)),
                roles=tuple(draw(st.lists(st.sampled_from(("柜员", "大堂经理", "运营主管", "客户经理", "网点负责人")), max_size=4, unique=True))),
                why=draw(st.sampled_from(("", "", "", "标题"))),
            )
        )
    head = replace(
        HEAD, date=Field(value=draw(DAY)), effective=Field(value=draw(DAY)), subject=draw(TEXT)[:60], urgency=Field(value=draw(st.sampled_from(("", "特急"))))
    )
    return understood(said, head=head, facts=deadlines(said, draw), actionable=draw(st.booleans()) or len(said) > 3)


def deadlines(said, draw):
    """A deadline at the beginning of some statements: on a day, or so many days after an event."""
    found = []
    sentence, stem = 0, ""
    for each in said:
        if each.stem and each.stem != stem:
            sentence += 1
        stem = each.stem
        if draw(st.booleans()):
            value = draw(st.one_of(DAY, st.just("3个工作日内")))
            end = draw(st.integers(2, 9))
            found.append(Fact(kind=FactKind.DEADLINE, text=each.text[:end], sentence=sentence, start=0, end=end, value=value, computed=draw(st.booleans())))
        sentence += 1
    return found


def stress(paper, design):
    """One random paper in one design."""
    look = places.look(design)
    made, page = sheet.fill(*paper, look)
    geometry.check(made, page, look)
    assert sheet.place(made, look) == page
    numbers = [int(spot.key[5:]) for spot in page.spots if spot.key.startswith("line-")]
    assert numbers == sorted(numbers)
    docx = write_docx_fit.fit(made, page, look)
    assert docx.height <= page.height - docx.margins[0] - docx.margins[2] - write_docx_fit.RESERVE


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(paper=papers(), design=st.sampled_from(DESIGNS))
def test_any_paper_on_two_sheets_gives_two_sound_pages(paper, design):
    """Cut in two, both halves are as sound as a whole sheet, and say nothing twice."""
    look = places.look(design)
    parts = sheet.fill_parts(*paper, look=look, count=2)
    units = [{unit for line in made.lines for unit in line.units} for made, _ in parts]
    told = [(unit, line.part) for made, _ in parts for line in made.lines for unit in line.units]

    assert len(parts) == 2
    assert not units[0] & units[1]
    assert len(told) == len(set(told))
    for made, page in parts:
        geometry.check(made, page, look)
        write_docx_fit.fit(made, page, look)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(paper=papers(), design=st.sampled_from(DESIGNS))
def test_any_paper_gives_one_sound_page(paper, design):
    """Whatever the paper says and however much, one page comes out with nothing clipped and nothing overlapping."""
    stress(paper, design)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")  # a failing paper is long to write down
@settings(max_examples=500, deadline=None, derandomize=True, phases=WITHOUT_SHRINKING, suppress_health_check=list(HealthCheck))
@given(paper=papers(), design=st.sampled_from(DESIGNS))
def test_five_hundred_papers_give_one_sound_page_each(paper, design):
    """The same, five hundred times."""
    stress(paper, design)


def long_paper(count=60):
    """A paper with far more to say than a page holds."""
    categories = (Category.DO, Category.BAN, Category.DO, Category.LIMIT, Category.RIGHT, Category.CHANGE)
    return understood(
        [
            Said(
                text=f"第{number}项：" + "，".join(PHRASES[(number + k) % len(PHRASES)] for k in range(3)),
                category=categories[number % 6],
                value=20 - number / 4,
            )
            for number in range(count)
        ]
    )


@pytest.mark.parametrize("design", DESIGNS)
def test_a_long_paper_fills_the_page(design):
    """With enough to say the page is filled to at least nine tenths, and the rest is listed with its reason."""
    look = places.look(design)
    made, page = sheet.fill(*long_paper(), look)

    assert page.fill >= 0.9
    assert len(made.left_out) + len({unit for line in made.lines for unit in line.units}) == 60
    assert all(left.why for left in made.left_out)


def test_the_best_lines_are_on_the_page():
    """The three best statements are printed."""
    made, _ = sheet.fill(*long_paper(), places.look("cards"))
    placed = {unit for line in made.lines for unit in line.units}

    assert {0, 1, 2} <= placed


def test_lines_are_numbered_as_they_stand_on_the_page():
    """Numbers run down the page without a gap: across, then the left column, then the right one."""
    made, page = sheet.fill(*long_paper(), places.look("cards"))
    keys = [spot.key for spot in page.spots if spot.key.startswith("line-")]

    assert keys == [f"line-{number}" for number in range(1, len(made.lines) + 1)]


def test_a_date_on_the_time_line_is_never_broken():
    """However many limits stand beside it, each date of the time line stands on one line."""
    texts = [f"{day}前完成自查，并在{n}个工作日内报告" for n, day in enumerate(("11月24日", "12月10日", "12月20日", "12月25日"), start=3)]
    facts = [
        Fact(kind=FactKind.DEADLINE, text=f"2025年{text[:6]}", sentence=n, start=0, end=11, value=f"2025-{text[:2]}-{text[3:5]}")
        for n, text in enumerate(texts)
    ]
    paper = understood([Said(text=f"2025年{text}") for text in texts], head=replace(HEAD, date=Field(value="2025-11-20")), facts=facts)
    _, page = sheet.fill(*paper, places.look("cards"))
    printed = [mark for mark in page.marks if isinstance(mark, Glyphs) and mark.size == 10.5 and spot_of(page, "timeline", mark)]

    baselines = {round(mark.y, 1) for mark in printed}
    rows = ["".join(mark.text for mark in sorted(printed, key=lambda mark: mark.x) if round(mark.y, 1) == y) for y in baselines]

    assert len(rows) <= 2
    for day in ("11月24日", "12月10日", "12月20日", "12月25日", "2026年4月1日"):
        assert any(day in row for row in rows), day


@pytest.mark.parametrize(
    ("dated", "text", "limit", "shown"),
    [
        ("", "年底前完成自查", "年底前", "年底前"),
        ("", "年度终了后10日内报送自查报告", "年度终了后10日内", "年度终了后10日内"),
        ("2026-03-02", "年底前完成自查", "年底前", "年底前"),
        ("2026-03-02", "2026年6月30日前完成自查", "2026年6月30日前", "6月30日前"),
        ("", "2026年6月30日前完成自查", "2026年6月30日前", "2026年6月30日前"),
    ],
)
def test_only_the_year_of_the_paper_is_left_out_of_a_limit(dated, text, limit, shown):
    """A chip leaves out the year of the paper's date; of a paper without one it leaves out nothing."""
    fact = Fact(kind=FactKind.DEADLINE, text=limit, sentence=0, start=0, end=len(limit), value="", hard=True)
    made, _ = sheet.fill(*understood([Said(text=text)], head=replace(HEAD, date=Field(value=dated)), facts=[fact]), places.look("cards"))

    assert [each.when for line in made.lines for each in line.limits] == [shown]


def spot_of(page, key, mark):
    """Whether a mark stands in a spot."""
    return any(spot.y <= mark.y <= spot.y + spot.height for spot in page.spots if spot.key == key)


def test_items_share_one_stem():
    """Chosen items of one list are one line: the stem once, then the items."""
    stem = "有下列情形之一的，不得办理业务："
    made, _ = sheet.fill(
        *understood([Said(text=text, stem=stem, category=Category.BAN) for text in ("证件过期；", "代理人无授权；", "印鉴不符。")]), places.look("cards")
    )

    assert [line.text for line in made.lines] == ["有下列情形之一的，不得办理业务：证件过期；代理人无授权；印鉴不符"]
    assert made.lines[0].units == (0, 1, 2)


def test_a_part_of_a_list_says_that_it_is_a_part():
    """Where not all items of a list are printed, the article mark says how many there are."""
    stem = "网点应当做到以下几点："
    said = [Said(text="核对证件；", stem=stem, value=20), Said(text="这一项不在候选之列；", stem=stem, why="不是网点的职责")]
    made, _ = sheet.fill(*understood(said), places.look("cards"))

    assert "2项中1项" in made.lines[0].mark


def test_an_item_of_two_paragraphs_is_one_item():
    """Paragraphs are not counted as items: two of an item's three are a selection, not two of three items."""
    stem = "符合下列条件的，可以不报告："
    outline, *others = understood(
        [Said(text=text, stem=stem, value=20) for text in ("活期转定期。", "定期续存。")] + [Said(text="其三。", stem=stem, why="不选")]
    )
    units = [replace(unit, position=0 if unit.number < 2 else 1, siblings=2) for unit in outline.units]
    made, _ = sheet.fill(replace(outline, units=tuple(units)), *others, places.look("cards"))

    assert "2项中1项" in made.lines[0].mark


def test_what_is_missing_says_so():
    """A paper without issuer, effective day and posts shows 待补 for each, and guesses nothing."""
    paper = understood([Said(text="核对证件原件并留存复印件")], head=type(HEAD)())
    paper = replace(paper, facts=replace(paper.facts, slots=(Slot(name="何时起", required=True),)))
    made, _ = sheet.fill(*paper, places.look("cards"))

    assert {detail.name for detail in made.details if detail.missing} == {"来源", "施行日", "适用岗位"}


def test_a_paper_without_duties_is_only_circulated():
    """Nothing to do gives a short sheet that says so."""
    look = places.look("cards")
    made, page = sheet.fill(*understood([Said(text="我行在比赛中获得一等奖", category=Category.INFO)], actionable=False), look)

    assert made.circulate_only
    assert made.point == look.words.circulate
    assert not made.missing and not any(detail.missing for detail in made.details)
    geometry.check(made, page, look)


def test_a_paper_passed_round_tells_its_good_points():
    """A paper without duties (指导意见) fills its page with its good points; of weak ones it tells few."""
    texts = [f"鼓励网点优化{each}服务流程" for each in ("存折", "现金", "转账", "挂失", "代发", "汇款", "理财", "开户", "对账")]
    good, _ = sheet.fill(*understood([Said(text=text, value=20) for text in texts], actionable=False), places.look("cards"))
    weak, _ = sheet.fill(
        *understood([Said(text=text, value=20 if not number else 2) for number, text in enumerate(texts)], actionable=False), places.look("cards")
    )

    assert good.circulate_only
    assert len(good.lines) == len(texts)
    assert len(weak.lines) == 4


def test_a_paper_that_says_nothing_gives_a_sheet_that_says_so():
    """No statements at all still give one composed page."""
    look = places.look("cards")
    made, page = sheet.fill(*understood([]), look)

    assert made.circulate_only and not made.lines
    geometry.check(made, page, look)


def test_a_line_longer_than_the_page_is_left_out():
    """A statement that no page can hold is listed, and the others are printed."""
    said = [Said(text="，".join(PHRASES * 40), value=50), Said(text="双人会同开箱清点", value=5)]
    made, _ = sheet.fill(*understood(said), places.look("cards"))

    assert [line.text for line in made.lines] == ["双人会同开箱清点"]
    assert [left.unit for left in made.left_out] == [0]


def test_a_missing_glyph_is_named():
    """A character that no font has is named on the page's value, and printed as 〓."""
    _, page = sheet.fill(*understood([Said(text="客户𠮷田太郎应当出示证件原件")]), places.look("cards"))

    assert page.missing_glyphs == ("𠮷",)


def test_the_same_input_gives_the_same_page():
    """Two runs give equal values."""
    look = places.look("ledger")

    assert sheet.fill(*long_paper(), look) == sheet.fill(*long_paper(), look)


def test_table_rows_say_their_columns():
    """A row of a table names what each cell is, and its source spans hold those names."""
    cells = (("交易名称", "个人活期取款"), ("新交易码", "1021"), ("变化说明", "20万元（含）以上远程授权"))
    made, _ = sheet.fill(*understood([Said(text="个人活期取款｜1021｜20万元（含）以上远程授权", cells=cells)]), places.look("cards"))

    assert made.lines[0].text == "个人活期取款：新交易码 1021，20万元（含）以上远程授权"


def test_old_and_new_stand_as_a_pair():
    """The old and the new value of one matter are read as 旧 → 新, without either column's name twice."""
    cells = (("项目", "单日限额"), ("调整前限额", "20万元"), ("调整后限额", "10万元"))
    made, _ = sheet.fill(*understood([Said(text="单日限额｜20万元｜10万元", cells=cells)]), places.look("cards"))

    assert made.lines[0].text == "单日限额：限额 20万元 → 10万元"


def test_a_ban_stands_among_the_bans_and_its_duty_among_the_duties():
    """A long line that asks and forbids is parted: both halves keep when and who, each has its own source, and nothing is lost."""
    duty = "客户要求纸质回单的，柜员应当即时打印并加盖业务专用章，逐笔注明补打日期、原交易流水号和受理窗口，经客户本人当面核对"
    text = f"{duty}，不得要求客户自行前往自助设备打印"
    made, _ = sheet.fill(*understood([Said(text=text)]), places.look("cards"))
    said = {section.key: [line.text for line in section.lines] for section in made.sections}

    assert said["do"] == [duty]
    assert said["ban"] == ["客户要求纸质回单的，柜员不得要求客户自行前往自助设备打印"]
    assert all(line.spans and line.source.rstrip("，") == line.text for line in made.lines)


def test_a_ban_that_cannot_be_parted_is_marked():
    """不符的，不得… says nothing without what goes before it: the line stays whole and shows that it holds a ban."""
    text = "运营主管应当逐项核对现金实物与系统余额并签字留存；不符的，不得开窗营业，并立即报告管辖行"
    made, page = sheet.fill(*understood([Said(text=text)]), places.look("cards"))

    assert [line.text for line in made.lines] == [text]
    assert made.lines[0].mixed
    assert 'mixed="yes"' in page.markup
    assert "黑底序号：含禁止" in page.markup


def test_no_legend_where_no_number_needs_one():
    """The foot explains the black number of a duty only where there is one: the bar above the bans says what theirs are."""
    _, page = sheet.fill(*understood([Said(text="不得在空白凭证上预先加盖业务印章", category=Category.BAN)]), places.look("cards"))

    assert "黑底序号" not in page.markup


def test_the_annex_is_said_once():
    """Where all lines of a section come from one annex its heading says so, and the lines keep only their article."""
    outline, *others = understood([Said(text="每日营业终了前双人核对现金"), Said(text="凭证运抵后当面拆封清点起讫号码")])
    nodes = tuple(replace(node, path=f"附件1 {node.path}") if node.path else node for node in outline.nodes)
    _, page = sheet.fill(replace(outline, nodes=nodes), *others, places.look("cards"))

    assert "必须做（附件1）" in page.markup
    assert 'mark="第1条"' in page.markup


def test_the_contact_stands_in_the_foot():
    """Whom the source names for questions is printed once, at the foot, with its place in the source."""
    spans = (Span(block=0, start=0, end=4),)
    head = replace(HEAD, contacts=Field(value="联系人：张示例，电话：0000-12345678", spans=spans))
    said = [Said(text="双人会同开箱清点"), Said(text="联系人：张示例，电话：0000-12345678。", category=Category.INFO)]
    made, page = sheet.fill(*understood(said, head=head), places.look("cards"))

    assert made.contact == "张示例，电话：0000-12345678"
    assert made.contact_spans == spans
    assert page.markup.count("0000-12345678") == 1


def test_little_text_out_of_a_big_file_is_an_alarm():
    """What the reader and the outline say of lost text comes first on the console; other notices are only told."""
    paper = understood([Said(text="双人会同开箱清点")])
    notices = (Notice(code="sparse", text="文件很大，读出的字很少，请核对原件"), Notice(code="tracked", text="含修订痕迹，按接受修订后的文字读入"))
    told = replace(paper.outline, notices=notices)
    made, _ = sheet.fill(told, paper.facts, paper.ranking, paper.ladders, places.look("cards"))

    assert made.balance.alarms == ("文件很大，读出的字很少，请核对原件",)
    assert len(made.notices) == 2


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("code", ["pages_unread", "attachment_not_read", "text_only"])
def test_partial_reading_is_said_on_the_page(design, code):
    """A page or an attachment that was not read is told on the printed sheet, not only on the console."""
    paper = understood([Said(text="双人会同开箱清点")])
    look = places.look(design)
    told = replace(paper.outline, notices=(Notice(code=code, text="第 2 页没有读"),))
    whole, _ = sheet.fill(paper.outline, paper.facts, paper.ranking, paper.ladders, look)
    made, page = sheet.fill(told, paper.facts, paper.ranking, paper.ladders, look)

    assert made.footer == f"【{look.words.partial}】{whole.footer}"
    assert look.words.partial in page.markup


@pytest.mark.parametrize("design", DESIGNS)
def test_at_most_a_tenth_is_bold(design):
    """Emphasis stays under a tenth of the statements' characters, rows of numbers included."""
    made, _ = sheet.fill(*long_paper(), places.look(design))
    bold = sum(end - start for line in made.lines for start, end in line.emphasis)

    assert 0 < bold <= 0.1 * sum(len(line.text) for line in made.lines)


def test_the_point_speaks_of_the_subject():
    """Of two lines nearly as good, the one about the title's subject is the one to remember; a table row never is."""
    said = [
        Said(text="值班人员应当保持通讯畅通，不得擅自离岗脱岗", value=5.2),
        Said(text="重要空白凭证应当由双人管理，每日营业终了前清点", value=5.0),
        Said(
            text="规范重要空白凭证管理｜双人管理｜每日清点核对",
            value=6.0,
            cells=(("事项", "规范重要空白凭证管理"), ("标准", "双人管理"), ("期限", "每日清点核对")),
        ),
    ]

    made, _ = sheet.fill(*understood(said), places.look("cards", None))

    assert made.point.startswith("重要空白凭证")


def test_a_design_that_would_leave_out_too_much_gives_way():
    """A ledger is taken for its kinds as long as it holds nearly what the cards hold."""
    ledger, cards = replace(places.look("ledger", None), most_lines=6), places.look("cards", None)
    much = understood(
        [
            Said(text=f"第{number}网点应当在当日营业终了前核对现金、重要空白凭证、业务印章和库房钥匙，逐项登记交接情况，由运营主管签字确认后报支行备查")
            for number in range(10, 50)
        ],
        kind=Kind.SYSTEM,
    )
    little = understood([Said(text=f"网点应当在{number}月5日前核对并登记") for number in range(1, 7)], kind=Kind.SYSTEM)

    def chosen(paper):
        return sheet.choose_look((cards, ledger), paper.outline, paper.facts, paper.ranking, ladders=paper.ladders).name

    assert chosen(little) == ledger.name
    assert chosen(much) == cards.name


def test_a_search_that_keeps_missing_the_page_does_not_give_up(monkeypatch):
    """Where every estimate is a little too much, the budget goes on shrinking: no page stays half empty for it."""
    paper = understood([Said(text=f"第{number}网点应当在当日营业终了前核对并登记") for number in range(10, 60)])
    pool = pool_of(paper.outline, paper.facts, paper.ranking, paper.ladders, look=places.look("cards", None))
    search = budget.Search(pool, 10.5, 10_000, budget.offered(pool)[0])
    monkeypatch.setattr(budget.Search, "overflow", lambda self, choice: 0.5 if len(choice) > 20 else len(choice) * 20.0 - 1000)

    assert len(budget.chosen(search)) == 20


def test_the_colon_of_a_time_opens_no_list():
    """每日18:30前报送；… is one sentence, not 每日18: with 30前 as its first item."""
    assert len(split_list("每日18:30前报送日报；中断的15分钟内报告；恢复后补报", ())) == 1
    assert len(split_list("应当做到：核对证件；登记信息；留存影像", ())) == 4
