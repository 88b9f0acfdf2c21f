"""The one line: the paper's window or main duty, not its highest-scored side detail; with its article where no line says it."""

from msgspec.structs import replace

from digest import places, sheet
from digest.model.facts import Fact, FactKind
from digest.model.outline import Field, Zone
from digest.model.ranking import Category
from digest.model.sheet import Line, Milestone
from digest.sheet import contact, page_text, point
from digest.sheet.lines import mark_at
from digest.sheet.pool import pool_of
from digest.zh import point as points
from tests.sheet.understood import HEAD, Said, understood

WINDOW = "2026年5月9日20:00至5月10日8:00，各网点暂停办理全部柜面业务"
SIDE = "客户遗失回单的，柜员应当核对证件后补打并加盖业务专用章，登记《回单补打登记簿》"
HEAD_OF_CHANGE = replace(HEAD, subject="柜面业务系统停机升级")


def of(said, *, head=HEAD, facts=()):
    """The candidates for the one line."""
    return pointed(understood(said, head=head, facts=facts))


def pointed(paper):
    """The pool of a paper, its one line chosen."""
    return point.pointed(pool_of(paper.outline, paper.facts, paper.ranking, paper.ladders, look=places.look("cards", None)))


def span(text, sentence):
    """The span of days at the head of a sentence."""
    return Fact(kind=FactKind.DATE, text="2026年5月9日20:00至5月10日8:00", sentence=sentence, start=0, end=23, value="2026-05-09T20:00/2026-05-10T08:00")


def test_the_window_beats_a_side_detail_of_higher_score():
    """From when to when everybody stops is the one line, however much better a special case scores."""
    pool = of([Said(text=SIDE, value=9.0), Said(text=WINDOW, value=3.0)], head=HEAD_OF_CHANGE, facts=[span(WINDOW, 1)])

    assert point.best_of(pool).text == WINDOW


def test_a_rule_for_all_beats_a_case_and_a_training():
    """What each branch must do comes before a case, and before how the paper is to be taught."""
    pool = of(
        [
            Said(text="发现凭证跳号的，应当立即停止办理，报告网点负责人并封存凭证", value=7.0),
            Said(text="各网点应于4月10日前组织全体柜员完成学习和测试", value=7.0),
            Said(text="各网点应当每日营业终了前双人清点重要空白凭证", value=5.0),
        ]
    )

    assert point.best_of(pool).text.startswith("各网点应当每日")


def test_a_point_that_no_line_says_carries_its_article():
    """What stands in no line of the sheet still says where it comes from, and is not told as left out for want of room."""
    said = [Said(text=WINDOW, value=3.0), Said(text=SIDE, value=9.0)]
    pool = of(said, head=HEAD_OF_CHANGE, facts=[span(WINDOW, 0)])

    assert point.point_of(pool, ()) == (f"{WINDOW}〔第1条〕", None)


def test_a_point_that_a_line_says_names_that_line():
    """The number of the line it is taken from goes with it."""
    paper = understood([Said(text=WINDOW, value=5.0), Said(text=SIDE, value=4.0)], head=HEAD_OF_CHANGE, facts=[span(WINDOW, 0)])
    made, _ = sheet.fill(*paper, places.look("cards", None))

    assert made.point == WINDOW
    assert next(line.text for line in made.lines if line.number == made.point_line) == WINDOW


def test_nothing_fit_leaves_the_best_line():
    """Where nothing is fit, the best line that is short enough is better than none."""
    paper = understood([Said(text="柜员｜每日清点"), Said(text="可以在柜面办理的业务，由客户自行选择渠道", value=4.0)])
    made, _ = sheet.fill(*paper, places.look("cards", None))

    assert made.point == "可以在柜面办理的业务，由客户自行选择渠道"


def test_a_change_that_the_point_says_whole_is_not_said_again():
    """变了什么 does not repeat the one line right above it; what it says is not told as left out for want of room."""
    change = "自2026年4月1日起，重要空白凭证实行双人管理"
    paper = understood([Said(text=change, category=Category.CHANGE, value=6.0), Said(text=SIDE)])
    made, _ = sheet.fill(*paper, places.look("cards", None))

    assert made.point == f"{change}〔第1条〕"
    assert [line.text for line in made.lines] == [SIDE]
    assert [left.why for left in made.left_out] == ["写在“一句话”里"]


def test_the_issuers_name_is_no_part_of_the_subject():
    """A title that begins with its house's name is about what follows; a title that does not is left whole."""
    assert point.unsigned("示例银行大额现金管理办法", "示例银行运营管理部") == "大额现金管理办法"
    assert point.unsigned("示范网点建设", "示例银行") == "示范网点建设"


CONTACT = replace(HEAD, contacts=Field(value="联系人：张三，电话：010-12345678"))
RAISED = "自2026年6月1日起，个人大额取款预约起点由5万元调整为10万元"


def test_a_change_that_nothing_stands_beside_is_a_line():
    """A paper that changes a rule is never told as 传阅即可 because its only other sentence stands in the foot."""
    paper = understood([Said(text=RAISED, category=Category.CHANGE, value=6.0), Said(text="业务咨询请拨打010-12345678。", value=1.0)], head=CONTACT)
    made, _ = sheet.fill(*paper, places.look("cards", None))

    assert not made.circulate_only
    assert [line.text for line in made.lines] == [RAISED]
    assert made.point == RAISED
    assert [left.why for left in made.left_out] == ["已印在页脚的联系栏"]


def test_what_must_be_done_is_no_contact():
    """A duty to call a number is not left out because the number stands in the foot; a bare contact is."""
    paper = understood([Said(text="发现冒名开户应当立即拨打010-12345678报告"), Said(text="联系人：张三，电话：010-12345678")], head=CONTACT)

    assert not contact.in_foot(pointed(paper), "发现冒名开户应当立即拨打010-12345678报告")
    assert not contact.in_foot(pointed(paper), "客户咨询请勿拨打010-12345678")
    assert contact.in_foot(pointed(paper), "联系人：张三，电话：010-12345678")
    assert contact.in_foot(pointed(paper), "如有疑问，请联系张三，010-12345678。")


def test_what_is_too_long_for_a_line_is_no_reason_to_circulate():
    """A duty that found no place leaves the sheet empty, not 未读到网点必须照办的事项."""
    paper = understood([Said(text="各网点应当逐户核对账户资料" + "并且逐页留存核对记录" * 30)])
    made, _ = sheet.fill(*paper, places.look("cards", None))

    assert not made.circulate_only
    assert "传阅" not in made.point


def test_half_a_sentence_above_is_not_told_as_the_whole():
    """写在“一句话”里 is said only of what stands there word for word."""
    head = "各网点应当每日营业终了前由双人清点重要空白凭证并逐项登记结果"
    paper = understood([Said(text=f"{head}，" + "清点表随传票装订" * 28), Said(text=SIDE)])
    made, _ = sheet.fill(*paper, places.look("cards", None))

    assert [left.why for left in made.left_out] == ["一句太长，请看原文"]


def test_a_line_that_has_lost_its_exception_is_not_the_point():
    """Where nothing else is fit, a shortened wording without its exception is still not set above the page."""
    whole = "各网点必须由运营主管现场授权大额取款，" + "核对客户证件与预留资料，" * 6 + "离岗期间由值班主管代为授权"
    paper = understood([Said(text=whole, short=18)])
    made, _ = sheet.fill(*paper, places.look("cards", None))

    assert "现场授权" not in made.point or "代为授权" in made.point


def test_a_full_page_does_not_say_its_one_line_twice():
    """Among many lines the one that the point says whole keeps number, article, post and box, and only its first words; the sheet keeps it all."""
    rest = [Said(text=f"{kind}管理员应当每日核对{kind}库存并登记", value=3.0) for kind in "甲乙丙丁戊己庚辛壬癸子丑寅卯"]
    paper = understood([Said(text=WINDOW, value=9.0, roles=("柜员",)), *rest], head=HEAD_OF_CHANGE, facts=[span(WINDOW, 0)])
    made, page = sheet.fill(*paper, places.look("cards", None))
    line = next(line for line in made.lines if line.number == made.point_line)

    assert (made.point, line.text, page_text.posts(line)) == (WINDOW, WINDOW, ["柜员"])
    assert "…（见一句话）</line>" in page.markup
    assert points.is_repeated(line.text, points.repeated(line.text, "见上"))
    assert not points.is_repeated(line.text, "各网点照常营业…（见上）")
    short = understood([Said(text=WINDOW, value=9.0), Said(text=SIDE)], head=HEAD_OF_CHANGE, facts=[span(WINDOW, 0)])
    assert "见一句话" not in sheet.fill(*short, places.look("cards", None))[1].markup
    assert points.repeated("网点自查阶段（9月22日至10月17日）。各网点应逐枚清点印章并登记", "见上") == "网点自查阶段…（见上）"


def test_the_foot_names_the_contact_and_no_words_that_lead_to_it():
    """联系：…请联系… stutters; the source's own lead-in still makes its sentence nothing but the contact."""
    head = replace(HEAD, contacts=Field(value="办理中的问题请联系运营部：李四，电话：010-12345678"))
    paper = understood([Said(text="柜员每日清点现金"), Said(text="办理中的问题请联系运营部：李四，电话：010-12345678")], head=head)

    assert contact.contact_of(paper.outline)[0] == "运营部：李四，电话：010-12345678"
    assert contact.in_foot(pointed(paper), "办理中的问题请联系运营部：李四，电话：010-12345678")


def test_a_number_to_call_in_need_belongs_to_the_contacts():
    """The forwarding mail's escalation number stands in the foot beside the paper's own contact, with its place in the source."""
    paper = understood([Said(text="分行报障电话统一为010-87654321，夜间转总机。"), Said(text="客户可拨打010-11112222")], head=CONTACT)
    told, spans = contact.contact_of(paper.outline)

    assert told == "张三，电话：010-12345678；分行报障电话统一为010-87654321，夜间转总机"
    assert len(spans) == 1


def test_days_alone_are_no_point_and_take_along_what_their_paragraph_says():
    """From when to when, and until when one may still claim: a bare span tells nobody what to do."""
    days, rest = "2026年5月9日至2026年6月30日。", "奖品领取截止时间为2026年7月15日24:00，逾期未领取的视为放弃"
    paper = understood([Said(text=days, value=6.0)], head=replace(HEAD, subject="开展存款有礼活动"))
    alone = point.span_of(paper.outline, pool_of(paper.outline, paper.facts, paper.ranking, paper.ladders, look=places.look("cards", None)).candidates[0], days)
    assert alone == ""

    two = understood([Said(text=days, value=6.0), Said(text=rest, value=1.0)])
    sentences = [replace(each, passage=0, node=1) for each in two.outline.sentences]
    outline = replace(two.outline, sentences=tuple(sentences), nodes=tuple(replace(node, heading="活动时间") for node in two.outline.nodes))
    candidate = pool_of(outline, two.facts, two.ranking, two.ladders, look=places.look("cards", None)).candidates[0]
    assert point.span_of(outline, candidate, days.rstrip("。")) == f"活动时间：{days}{rest}"


def test_a_new_rule_says_from_when_and_what_it_replaces():
    """The coming into force and the repeal go before the main rule, each with its article, where both are short; that it goes before others is no news."""
    force, rule = "本规程自2026年4月1日起执行，《空白凭证管理规程》（示银运管〔2019〕8号）同时废止", "各网点应当每日营业终了前双人清点重要空白凭证"
    facts = [
        Fact(kind=FactKind.EFFECTIVE, text="2026年4月1日", sentence=0, start=4, end=13, value="2026-04-01"),
        Fact(kind=FactKind.REPEAL, text="同时废止", sentence=0, start=len(force) - 4, end=len(force), value=""),
    ]
    paper = understood([Said(text=force, category=Category.CHANGE, value=4.0), Said(text=rule, value=5.0), Said(text=SIDE)], facts=facts)
    made, _ = sheet.fill(*paper, places.look("cards", None))

    assert made.point == f"{force}〔第1条〕；{rule}"
    assert force not in [line.text for line in made.lines]
    assert rule in [line.text for line in made.lines]
    differs = "本规程自2026年4月1日起执行，以前的规定与本规程不一致的，按照本规程执行"
    assert not points.replaces(differs)


def test_what_leads_to_a_line_of_first_words_leads_to_the_one_line():
    """A day beside which stands 本单4 sends the reader to a line that sends on; it names the one line itself."""
    rest = [Said(text=f"{kind}管理员应当每日核对{kind}库存并登记", value=3.0) for kind in "甲乙丙丁戊己庚辛壬癸子丑寅卯"]
    paper = understood([Said(text=WINDOW, value=9.0), *rest], head=HEAD_OF_CHANGE, facts=[span(WINDOW, 0)])
    made, _ = sheet.fill(*paper, places.look("cards", None))
    look, number = places.look("cards", None), made.point_line
    day = Milestone(day="2026-05-09", label=f"停办·本单{number}", line=number)
    other = next(line.number for line in made.lines if line.number != number)

    assert page_text.led(day.label, day, made, look) == "停办·见一句话"
    assert page_text.led_to(page_text.Clock("2小时内", f"{number}", "报告"), made, look) == page_text.Clock("2小时内", "", "报告·见一句话")
    assert page_text.led_to(page_text.Clock("2小时内", f"{other}", "报告"), made, look).lines == str(other)


def test_a_line_says_only_what_the_point_has_not_said_of_the_coming_into_force():
    """What follows the repeal in the same paragraph (已受理的仍按…) stays under 变了什么, without the words that stand above it."""
    line = Line(number=1, text="本规程自2026年4月1日起执行。4月1日前已受理的申请仍按原规程办理", source="")

    assert point.without(line, "本规程自2026年4月1日起执行").text == "4月1日前已受理的申请仍按原规程办理"
    assert point.without(line, "本规程自2026年5月1日起执行") == line


def test_the_article_mark_of_a_forwarder_says_so():
    """The branch's 第1条 is not the head office's: a reader must know which paper to open."""
    paper = understood([Said(text=SIDE), Said(text=WINDOW)])
    first, *others = paper.outline.sentences
    forwarded = replace(paper.outline, sentences=(replace(first, zone=Zone.LOCAL), *others))
    look = places.look("cards", None)

    def marks(outline):
        pool = pool_of(outline, paper.facts, paper.ranking, paper.ladders, look=look)
        return [mark_at(pool, sentence) for sentence in (0, 1)]

    assert marks(paper.outline) == ["第1条", "第2条"]
    assert marks(forwarded) == [f"{look.words.forwarded}第1条", "第2条"]
