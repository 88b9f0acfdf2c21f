"""Days and chips at the head of the sheet: each with its own word and its place, the staff's own first."""

import pytest
from msgspec.structs import replace

from digest import places, sheet
from digest.model.document import Cell
from digest.model.facts import Fact, FactKind, Kind, Slot
from digest.model.outline import Field
from digest.model.ranking import Category
from digest.sheet import asking
from digest.sheet.page_text import clocks
from digest.sheet.pool import pool_of
from tests.sheet.understood import HEAD, Said, understood

LOOK = places.look("cards", None)


def due(text, words, sentence, value=""):
    """A hard deadline in a sentence."""
    start = text.index(words)
    return Fact(kind=FactKind.DEADLINE, text=words, sentence=sentence, start=start, end=start + len(words), value=value or words)


def made(texts, facts, **more):
    """The sheet of some sentences."""
    return sheet.fill(*understood([Said(text=text) for text in texts], facts=facts, **more), LOOK)[0]


def test_the_day_that_is_no_coming_into_force_keeps_its_word():
    """A reopening is not printed as 施行, neither on the time line nor in the facts strip."""
    head = replace(HEAD, effective_word="对外营业")
    text = "各网点应于3月20日前完成设备联调"
    done = made([text], [due(text, "3月20日前", 0, "2026-03-20")], head=head)

    assert [day.label for day in done.milestones] == ["完成设备联调·本单1", "对外营业"]
    assert next(detail.label for detail in done.details if detail.name == "施行日") == "对外营业"


def test_days_that_found_no_room_stand_on_the_line_with_their_article():
    """A hard date of the source is on the time line even where its line is not on the sheet."""
    long = "各网点应于3月10日前报送停业安排表，" + "注明停业日期、就近网点地址、联系电话、负责人姓名、替代办理方式和恢复营业时间，" * 6
    done = made(["柜员应当每日清点现金", long], [due(long, "3月10日前", 1, "2026-03-10")])

    assert long not in [line.text for line in done.lines]
    assert next((day.words, day.label) for day in done.milestones) == ("3月10日前", "报送停业安排表·第2条")


def test_two_deadlines_of_one_day_both_stand_on_the_line():
    """A fixed date is never a chip behind the line because another line's deadline falls on the same day."""
    texts = ["各网点应于3月20日16:00前报送值班名单", "3月20日下班前将学习签到表拍照发综合部邮箱", "柜员每日清点现金"]
    done = made(texts, [due(texts[0], "3月20日16:00前", 0, "2026-03-20T16:00"), due(texts[1], "3月20日下班前", 1, "2026-03-20")])
    numbers = {line.text: line.number for line in done.lines}

    assert [day.label for day in done.milestones if day.day == "2026-03-20"] == [
        f"报送值班名单·本单{numbers[texts[0]]}",
        f"拍照发学习签到表·本单{numbers[texts[1]]}",
    ]
    assert not clocks(done)


def test_a_chip_of_nothing_is_not_printed():
    """24小时内 without a word of what is to be done helps nobody."""
    texts = ["设备故障后网点应在24小时内，确保一切照常", "设备故障后网点应在2小时内报告支行"]
    done = made(texts, [due(texts[0], "24小时内", 0), due(texts[1], "2小时内", 1)])

    assert [(clock.when, clock.what) for clock in clocks(done)] == [("2小时内", "报告支行")]


def test_a_window_of_several_things_takes_no_deadlines_row():
    """A window that names all that stops is left to its line where the days by which the staff must act need the rows."""
    window = "3月18日22:00至3月19日6:00，本批机构账户的智能柜台、存取款机取现和转账暂停"
    days = [f"各网点应于3月{day}日前完成第{day}批柜员指纹采集" for day in (5, 6, 8, 10, 12, 14, 16)]
    facts = [due(text, text[5 : text.index("前") + 1], number, f"2026-03-{int(text[7 : text.index('日')]):02d}") for number, text in enumerate(days)]
    span = replace(due(window, "3月18日22:00至3月19日6:00", 7, "2026-03-18T22:00/2026-03-19T06:00"), kind=FactKind.DATE)
    done = made([*days, window], [*facts, span], head=replace(HEAD, effective=Field()))

    assert sum(day.label.startswith("完成") for day in done.milestones) == 7
    assert not any("暂停" in day.label for day in done.milestones) and any(window == line.text for line in done.lines)


def test_that_day_stands_on_the_line_by_its_name():
    """当日7:30前 of a written day is as fixed a date as that day, and no chip."""
    text = "3月20日正式对外营业，全体人员应于当日7:30前到岗"
    head = replace(HEAD, effective=Field(value="2026-03-20"), effective_word="对外营业")
    done = made([text, "柜员每日清点现金"], [due(text, "于当日7:30前", 0)], head=head)

    assert [(day.day, day.words, day.label) for day in done.milestones] == [
        ("2026-03-20", "3月20日7:30前", "到岗·本单1"),
        ("2026-03-20", "", "对外营业"),
    ]
    assert not clocks(done)


def test_a_change_is_no_single_row_of_a_table():
    """One row of many tells less than the sentence that says what changes."""
    rows = [
        Said(
            text=f"业务{number}：10{number} → 2{number}",
            category=Category.CHANGE,
            value=9.0 - number,
            cells=(("业务", f"业务{number}"), ("新旧", f"10{number} → 2{number}")),
        )
        for number in range(1, 7)
    ]
    rest = [Said(text=f"第{number}网点应当于每日营业终了前双人清点重要空白凭证并逐项登记交接情况", value=7.5) for number in range(10, 60)]
    changed = Said(text="常用编号由六位改为四位", category=Category.CHANGE, value=3.0)
    paper = understood([*rows, *rest, changed])
    blocks = tuple(
        replace(block, cell=Cell(table=0, row=block.number, column=0)) if block.number < len(rows) else block for block in paper.outline.document.blocks
    )
    paper = replace(paper, outline=replace(paper.outline, document=replace(paper.outline.document, blocks=blocks)))
    lines = [line for section in sheet.fill(*paper, LOOK)[0].sections if section.key == "change" for line in section.lines]

    assert lines and all(len(line.units) >= 3 or line.text == changed.text for line in lines)


def test_what_is_repealed_stands_in_the_place_of_what_the_facts_strip_says():
    """本规程自…起施行 and nothing else repeats 施行 where the sheet can tell what is repealed."""
    force, repeal = "本规程自2026年4月1日起施行。", "《凭证管理规程》（示银规〔2019〕3号）同时废止。"
    paper = understood([Said(text="柜员每日清点现金"), *(Said(text=text, category=Category.CHANGE) for text in (force, repeal))])
    facts = (
        Fact(kind=FactKind.EFFECTIVE, text="自2026年4月1日起施行", sentence=1, start=3, end=15, value="2026-04-01"),
        Fact(kind=FactKind.REPEAL, text="同时废止", sentence=2, start=len(repeal) - 5, end=len(repeal) - 1),
    )
    lines = [line.text for line in sheet.fill(*replace(paper, facts=replace(paper.facts, items=facts)), LOOK)[0].lines]

    assert any("同时废止" in text for text in lines)
    assert not any("起施行" in text for text in lines)


def test_a_day_without_a_known_act_says_the_lines_first_words():
    """A bare day tells nobody what to do by then."""
    text = "新版标识牌3月20日前全部焕然一新"
    done = made([text], [due(text, "3月20日前", 0, "2026-03-20")])

    assert done.milestones[0].label == "新版标识牌·本单1"


def test_the_papers_own_window_stands_on_the_line_as_a_span():
    """From when to when something runs, with its hours and its matter, is on the time line even alone; a span that only limits something is not."""
    texts = ["6月6日（星期六）22:00至6月7日（星期日）6:00暂停自助设备转账", "柜员应通过系统提交6月8日至12日现金调入计划", "柜员每日清点现金"]
    spans = [("6月6日（星期六）22:00至6月7日（星期日）6:00", 0, "2026-06-06T22:00/2026-06-07T06:00"), ("6月8日至12日", 1, "2026-06-08/2026-06-12")]
    facts = [replace(due(texts[place], words, place, value), kind=FactKind.DATE) for words, place, value in spans]
    done = made(texts, facts, head=replace(HEAD, effective=Field()))

    assert [(day.day, day.end, day.words, day.label) for day in done.milestones] == [
        ("2026-06-06", "2026-06-07", "6月6日22:00至6月7日6:00", f"暂停自助设备转账·本单{next(line.number for line in done.lines if line.text == texts[0])}")
    ]
    _, page = sheet.fill(*understood([Said(text=text) for text in texts], facts=facts, head=replace(HEAD, effective=Field())), LOOK)
    assert any(spot.key == "timeline" for spot in page.spots)


def test_a_work_notice_waits_for_no_day_of_coming_into_force():
    """待补 asks for the day only where a paper of its kind must have one (slots.tsv)."""
    said, head = [Said(text="柜员每日清点现金")], replace(HEAD, effective=Field())
    for required in (True, False):
        paper = understood(said, head=head)
        paper = replace(paper, facts=replace(paper.facts, slots=(Slot(name="何时起", required=required),)))
        cell = next(detail for detail in sheet.fill(*paper, LOOK)[0].details if detail.name == "施行日")
        assert cell.missing is required


def test_two_same_days_of_different_things_are_two_chips():
    """当日 of one line and 当日 of another are never one chip; lines that share a limit are all named."""
    texts = [
        "上门人员应当于当日登记簿册，逐项核对",
        "发现差错的，应当于当日报告支行",
        "短款金额较大时网点应当在2小时内报告支行",
        "长款原因不明时网点应当在2小时内报告支行",
    ]
    facts = [due(texts[0], "当日", 0), due(texts[1], "当日", 1), due(texts[2], "2小时内", 2), due(texts[3], "2小时内", 3)]
    chips = [(clock.when, clock.what, clock.lines) for clock in clocks(made(texts, facts))]

    assert chips == [("当日", "登记簿册", "1"), ("当日", "报告支行", "2"), ("2小时内", "报告支行", "3、4")]


def test_the_papers_own_repeal_is_on_the_sheet():
    """What no longer holds is said under 变了什么, though other lines score better and fill the page; where it is short, above all lines."""
    told, above = repealing("自2026年4月1日起施行本规程。"), repealing("本规程自2026年4月1日起施行。")
    assert any("同时废止" in line.text for section in told.sections if section.key == "change" for line in section.lines)
    assert above.point.startswith("本规程自2026年4月1日起施行。《凭证管理规程》（示银规〔2019〕3号）同时废止")


def repealing(force):
    """A full sheet of a paper that says what it repeals in its last paragraph."""
    repeal = "《凭证管理规程》（示银规〔2019〕3号）同时废止。"
    rest = [Said(text=f"第{number}网点应当于每日营业终了前双人清点重要空白凭证并逐项登记交接情况", value=9.0) for number in range(10, 60)]
    paper = understood([*rest, Said(text=force + repeal, category=Category.CHANGE, value=3.0)])
    last = len(rest)
    facts = [
        Fact(kind=FactKind.EFFECTIVE, text="自2026年4月1日起施行", sentence=last, start=3, end=15, value="2026-04-01"),
        Fact(kind=FactKind.REPEAL, text="同时废止", sentence=last, start=len(force) + len(repeal) - 5, end=len(force) + len(repeal) - 1),
    ]
    return sheet.fill(*replace(paper, facts=replace(paper.facts, items=tuple(facts))), LOOK)[0]


def test_a_short_ban_goes_with_the_line_before_it():
    """…；不得迟报 is on the sheet with its duty, though it is worth little by itself and the page is full."""
    rest = [Said(text=f"第{number}网点应当于每日营业终了前双人清点重要空白凭证并逐项登记交接情况", value=5.0) for number in range(10, 60)]
    duty = Said(text="发生突发事件的，网点应在30分钟内口头报告管辖行；", value=12.0)
    ban = Said(text="不得迟报、漏报、瞒报。", category=Category.BAN, value=0.5)
    paper = understood([*rest, duty, ban])
    *others, last = paper.outline.sentences
    beside = replace(paper, outline=replace(paper.outline, sentences=(*others, replace(last, passage=others[-1].passage))))

    assert not any("不得迟报" in line.text for line in sheet.fill(*paper, LOOK)[0].lines)
    assert any("不得迟报" in line.text for line in sheet.fill(*beside, LOOK)[0].lines)


def test_an_exception_is_asked_for_where_the_sheet_has_one():
    """One question is of an exception, though other lines score better; and no two questions say nearly the same."""
    texts = [
        ("柜面取款5万元以上的，应当核对客户身份证件", 9.0),
        ("柜面取款5万元以上的，应当核对客户身份证件并登记", 8.5),
        ("柜员不得代客户保管存单", 8.0),
        ("柜员不得代客户填写凭证金额", 7.5),
        ("补偿应当转入客户本人账户；客户无本行账户的除外", 1.0),
    ]
    done, _ = sheet.fill(*understood([Said(text=text, value=value) for text, value in texts]), LOOK)
    asked = [question.question for question in done.questions]

    assert "补偿应当转入客户本人账户，哪种情形除外？" in asked
    assert len([question for question in asked if question.startswith("柜面取款")]) <= 1


def test_three_that_fit_are_asked_and_not_the_best_alone():
    """Long questions of the best lines leave room for a third: the three that fit together are chosen, in up to three rows of the block."""
    texts = [
        ("客户单笔支取现金超过50万元且不能提供收入来源证明材料的，柜员应当在受理后10分钟内报告运营主管", 9.0),
        ("客户委托他人办理挂失并同时申请重置密码的，柜员不得在核实委托书和双方身份证件之前受理申请", 8.0),
        ("单位账户连续12个月没有发生收付活动且未欠本行债务的，柜员应当在30日内通知单位销户", 7.0),
        ("自助设备吞没的卡片应当在3日内登记", 1.0),
        ("柜员不得代客户保管存单", 1.0),
    ]
    done, page = sheet.fill(*understood([Said(text=text, value=value) for text, value in texts]), LOOK)

    assert len(done.questions) == 3 and len({question.line for question in done.questions}) == 3
    assert sum(len(question.question) for question in done.questions) <= 120
    assert page.fill <= 1.0


def test_two_days_of_one_line_never_say_the_same():
    """半年内 for the risky ones and 2年内 for all: with the same words on both days the first would be false."""
    text = "网点应当自施行之日起半年内完成较高风险客户的尽职调查，自施行之日起2年内完成全部客户的尽职调查"
    facts = [
        replace(due(text, words, 0, value=day), computed=True) for words, day in (("自施行之日起半年内", "2026-09-01"), ("自施行之日起2年内", "2028-03-01"))
    ]
    labels = [each.label.partition("·")[0] for each in made([text], facts).milestones if each.line is not None]

    assert labels == ["完成较高风险客户的尽职调查", "完成全部客户的尽职调查"]


def test_what_is_asked_does_not_hang_on_the_lines_numbers():
    """Numbers follow from the page, whose height the questions change: were they chosen or ordered by number, the page could turn round for ever."""
    texts = [
        "柜员应当在3日内登记吞没的卡片",
        "柜员应当在5日内登记作废的凭证",
        "柜员不得代客户保管存单",
        "网点不得拆分大额现金业务",
        "经办人应当在2日内归还借出的印章",
    ]
    outline, facts, ranking, ladders = understood([Said(text=text, value=9) for text in texts])
    done, _ = sheet.fill(outline, facts, ranking, ladders, LOOK)
    pool = pool_of(outline, facts, ranking, ladders, look=LOOK)
    turned = [replace(line, number=len(done.lines) + 1 - line.number) for line in reversed(done.lines)]

    assert len(done.questions) == 3
    assert [each.question for each in asking.ask(pool, turned, ())] == [each.question for each in asking.ask(pool, done.lines, ())]


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("网点自查期限延长至10月24日", "延长至10月24日", ""),
        ("原定的验收顺延至10月24日进行", "10月24日", ""),
        ("旧版登记簿有效期至10月24日", "有效期至10月24日", ""),
        ("建议提示客户提前至12月26日前办理", "提前至12月26日前", ""),
        ("处分人员3年内不得办理授权业务", "3年内", ""),
        ("网点如其未在3日内重新核实，应当登记", "3日内", ""),
        ("客户于5日内向网点提交材料", "5日内", ""),
        ("柜员接到通知后30日内，有权提出申诉", "30日内", ""),
        ("网点应于10月24日前完成自查", "10月24日前", "10月24日前"),
        ("系统恢复后2小时内网点应当补录", "2小时内", "2小时内"),
        ("网点应提前15分钟开门", "提前15分钟", "提前15分钟"),
        ("网点须在2个工作日内联系客户补办", "2个工作日内", "2个工作日内"),
    ],
)
def test_the_ledgers_limit_is_one_to_act_by(text, words, kept):
    """To when something is extended, how long a bar lasts, what customers have time for: none of it is the staff's limit."""
    assert made([text], [due(text, words, 0)]).lines[0].due == kept


def test_a_list_that_is_not_whole_is_not_asked_for():
    """Which ones? is asked only where all of them are printed."""
    stem = "有下列情形之一的，柜员应当重新核实客户身份"
    items = [Said(text=f"客户{what}；", stem=stem) for what in ("变更姓名", "证件过期")]
    for said, asked in ((items, True), ([items[0], replace(items[1], why="非网点职责")], False)):
        done, _ = sheet.fill(*understood([*said, Said(text="柜员每日清点现金")]), LOOK)
        assert any("哪些情形" in question.question for question in done.questions) is asked


def test_a_day_of_the_time_line_is_asked_for_without_a_line():
    """A deadline that found no line is asked for in the time line's words, and points to no line."""
    long = "各网点应于3月10日前报送停业安排表，" + "注明停业日期、就近网点地址、联系电话、负责人姓名、替代办理方式和恢复营业时间，" * 6
    done = made(["柜员应当每日清点现金", long], [due(long, "3月10日前", 1, "2026-03-10")])

    assert [(asked.question, asked.answer, asked.line) for asked in done.questions] == [("报送停业安排表，最迟什么时候？", "3月10日前", -1)]


def test_a_sheet_to_pass_round_asks_nothing():
    """A paper that asks for nothing is read and signed."""
    paper = understood([Said(text="柜面取款5万元以上的，柜员应当核对证件")], actionable=False)

    assert sheet.fill(*paper, LOOK)[0].questions == ()


def test_a_paper_without_a_day_of_issue_keeps_year_end():
    """Only the year of issue is left off a chip, never the bare word of 年底前."""
    text = "各网点应于年底前报送自查报告"
    done = made([text], [due(text, "年底前", 0)], head=replace(HEAD, date=Field(), effective=Field()))

    assert [clock.when for clock in clocks(done)] == ["年底前"]


def test_a_sheet_that_says_what_outsiders_must_not_know_is_marked_internal():
    """上述口径不得向客户透露 printed on a sheet that lies on the counter would be told; that secrets are kept in general marks nothing."""
    told = sheet.fill(*understood([Said(text="每户奖励20元，上述口径不得向客户透露")]), LOOK)[0]
    general = sheet.fill(*understood([Said(text="柜员应当为客户保密，不得对外提供客户的账户信息")]), LOOK)[0]

    assert told.footer.startswith("【内部】")
    assert "内部" not in general.footer


def test_the_kind_of_a_general_paper_is_the_form_its_title_ends_with():
    """指导意见 is no 工作通知; a notice, and a paper of a kind of its own, keep theirs."""

    def kind(title, found=Kind.NOTICE):
        paper = understood([Said(text="柜员每日清点现金")], head=replace(HEAD, title=Field(value=title)), kind=found)
        return next(each.value for each in sheet.fill(*paper, LOOK)[0].details if each.name == "类型")

    assert kind("关于支持养老事业发展的指导意见") == "指导意见"
    assert kind("关于停止办理旧版支票的公告（第2号）") == "公告"
    assert kind("关于规范尾箱管理的通知") == "工作通知"
    assert kind("关于做好反诈工作的意见", Kind.RISK) == "风险提示"
