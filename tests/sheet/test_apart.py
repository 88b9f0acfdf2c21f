"""A line that asks and forbids: where it stands when it cannot be parted, and what each half may still say of the whole."""

import pytest
from msgspec.structs import replace

from digest import places, sheet
from digest.model.facts import Fact, FactKind
from digest.model.ranking import Category
from tests.sheet.understood import Said, understood


def filled(text: str, category: Category = Category.DO) -> dict[str, list]:
    """The lines of a sheet with one statement, by section."""
    made, _ = sheet.fill(*understood([Said(text=text, category=category)]), places.look("cards"))
    return {section.key: list(section.lines) for section in made.sections if section.lines}


def test_a_duty_is_never_said_among_the_bans():
    """What cannot be parted and asks for something stands among the duties, with the mark that it holds a ban."""
    text = "网点应当每日核对现金库存，柜员严禁白条抵库；会计主管应当每周查库一次并登记"
    said = filled(text, Category.BAN)

    assert [(key, [line.text for line in lines]) for key, lines in said.items()] == [("do", [text])]
    assert said["do"][0].mixed
    assert said["do"][0].category is Category.DO


@pytest.mark.parametrize(
    "text",
    [
        "柜员严禁白条抵库，不得代客户保管存单；法定代表人亲自领取的除外",
        "网点人员不得有下列行为：引导、协助客户拆分取款金额；由客户签发空白凭证；以核实为由，拖延客户办理",
    ],
)
def test_a_mere_ban_stays_among_the_bans(text):
    """What only forbids needs no mark there, and the members of its list ask for nothing."""
    said = filled(text, Category.BAN)

    assert [line.mixed for line in said["ban"]] == [False]


@pytest.mark.parametrize(
    ("text", "key", "mixed"),
    [
        ("开机前先做“网络自检”，自检未通过的设备不得使用", "do", True),
        ("延伸服务的种类包括身份核对、密码重置、账户挂失和社保卡激活等，不得在延伸服务中推介产品", "do", True),
        ("听障客户可使用手写板或者视频手语服务，任何窗口不得推脱", "right", True),
        ("宣传物料应由客户经理统一领取摆放，不应自行印制", "do", False),
        ("对冻结财产，柜员可以查询余额，但不得办理支取", "ban", False),
        ("节前原则上不再受理临时调款；确因支取集中导致库存不足的，由运营主管报分行批准后办理", "ban", False),
        ("使用尾箱钥匙，严禁有下列行为：交由他人保管；带离网点", "ban", False),
        ("公安机关认定的惩戒人员，五年内不得新开账户", "ban", False),
    ],
)
def test_the_first_statement_of_a_line_says_where_it_stands(text, key, mixed):
    """Among the bans stands what is a ban first of all: a duty or a permission that ends in one is found in its own section, marked."""
    said = filled(text, Category.BAN)

    assert [(section, [(line.text, line.mixed) for line in lines]) for section, lines in said.items()] == [(key, [(text, mixed)])]


def test_what_a_case_of_its_own_asks_for_is_parted_from_the_ban_before_it():
    """…；由卡换折的，免收工本费 is a duty in another case: it is said among the duties, the ban stays a ban."""
    said = filled("客户持存折办理业务的，不得要求换卡；养老金账户由卡换折的，免收工本费，当场办结", Category.BAN)

    assert [line.text for line in said["do"]] == ["养老金账户由卡换折的，免收工本费，当场办结"]
    assert [line.text for line in said["ban"]] == ["客户持存折办理业务的，不得要求换卡"]


TIMED = "网点应当在2026年6月30日前完成自查，柜员不得在检查期间擅自对外提供客户账户信息"


def due(text: str, words: str, value: str) -> Fact:
    """A time limit in the first sentence."""
    start = text.index(words)
    return Fact(kind=FactKind.DEADLINE, text=words, sentence=0, start=start, end=start + len(words), value=value)


@pytest.mark.parametrize(
    ("text", "shown"), [(TIMED, [["2026年6月30日前"], []]), (f"2026年6月30日前，{TIMED.replace('在2026年6月30日前', '')}", [["2026年6月30日前"], []])]
)
def test_a_time_limit_stays_with_the_duty(text, shown):
    """The time line and the chips lead to the half that asks, whatever the other is worth."""
    made, _ = sheet.fill(*understood([Said(text=text)], facts=[due(text, "2026年6月30日前", "2026-06-30")]), places.look("cards"))
    halves = sorted(made.lines, key=lambda line: line.part)

    assert [[limit.words for limit in line.limits] for line in halves] == shown
    assert [(each.line, each.day) for each in made.milestones if each.day == "2026-06-30"] == [(halves[0].number, "2026-06-30")]


def test_only_the_half_with_the_unsure_digit_is_doubtful():
    """OCR's doubt about a character is no doubt about words it does not stand in."""
    it = understood([Said(text=TIMED)])
    document = it.outline.document
    blocks = (replace(document.blocks[0], doubtful=((5, 9),)),)
    outline = replace(it.outline, document=replace(document, blocks=blocks))
    made, _ = sheet.fill(outline, it.facts, it.ranking, it.ladders, places.look("cards"))

    assert {line.category: line.doubtful for line in made.lines} == {Category.DO: True, Category.BAN: False}


@pytest.mark.parametrize(
    ("text", "boxed"),
    [
        ("客户行动不便的，可由近亲属到网点代办。代办人应当出示双方证件，柜员应当电话核实本人意愿", True),
        ("客户行动不便的，可由近亲属凭双方证件到网点代办", False),
    ],
)
def test_what_is_asked_for_beside_what_is_allowed_has_a_box(text, boxed):
    """A duty is ticked off wherever it is printed; a mere permission is not."""
    from digest.sheet.fit import draft

    look = places.look("cards")
    made, _ = sheet.fill(*understood([Said(text=text, category=Category.RIGHT)]), look)
    markup = draft(made, look).markup

    assert [section.key for section in made.sections if section.lines] == ["right"]
    assert ('box="yes"' in markup) is boxed


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("机具没有响应的，应先用查询交易确认是否入账，未确认前不得重复提交，不得让客户离柜", 1),
        ("清查尾箱应当突击进行，不得事先告知，不得由管库员自查代替", 1),
        ("网点应当在月底前完成自查并登记台账，柜员不得在检查期间擅自对外提供客户账户信息", 2),
        (
            "出现长短款的，柜员应当于发现当日报告运营主管并登记《差错登记簿》，由运营主管调阅监控、复点现金、核对传票并逐级报支行运营管理部审批后处理，不得自行垫款",
            2,
        ),
    ],
)
def test_a_short_sentence_keeps_its_ban_in_one_line(text, parts):
    """Two lines that both begin with the same case say no more than one, and cost the room of another duty; what is long or binds somebody else is parted."""
    said = [line for lines in filled(text).values() for line in lines]

    assert len(said) == parts
    assert parts > 1 or (said[0].mixed and said[0].text == text)


@pytest.mark.parametrize("category", [Category.DO, Category.CHANGE, Category.RIGHT])
def test_a_stop_is_black_wherever_it_stands(category):
    """A business that stops is marked like a ban in every section, as the foot of the sheet promises."""
    said = filled("4月1日至3日暂停办理对公开户和销户业务", category)

    assert all(line.mixed for key, lines in said.items() if key != "ban" for line in lines)


def test_a_stop_that_leaves_a_way_out_stands_among_the_bans():
    """中止…业务，客户可到柜面办理 forbids first: under 例外与可以做 the stop would be overlooked."""
    said = filled("对E级账户，中止全部非柜面业务，客户可凭本人证件到柜面办理", Category.BAN)

    assert list(said) == ["ban"]


def test_what_a_word_means_is_told_and_not_asked():
    """A definition is no duty: it stands in 内容要点, without a box."""
    said = filled("本规程所称空白凭证，是指未填写要素的存单、支票", Category.DO)

    assert list(said) == ["info"]


def test_the_bans_are_told_in_full_at_one_glance():
    """Beside the heading of the bans stand the numbers of the lines elsewhere that hold one, so that nobody takes that section for all of them."""
    duty = "网点应当每日核对现金库存，核对不符的不得签退，并立即报告"
    paper = understood([Said(text=duty), Said(text="柜员每日登记台账"), Said(text="柜员不得代客户填写凭证", category=Category.BAN)])
    made, page = sheet.fill(*paper, places.look("cards"))
    bans = next(section for section in made.sections if section.key == "ban")
    number = next(line.number for line in made.lines if line.text == duty)

    assert made.forbidding_outside(bans) == (number,)
    assert f'also="另见{number}"' in page.markup
    assert "另见" in "".join(getattr(mark, "text", "") for mark in page.marks)
    alone = understood([Said(text="柜员每日登记台账"), Said(text="柜员不得代客户填写凭证", category=Category.BAN)])
    assert "另见" not in sheet.fill(*alone, places.look("cards"))[1].markup


def test_a_post_that_the_text_does_not_name_is_printed():
    """Who must act by the heading over a line is read nowhere else: his tag does not give way for want of room."""
    texts = ["每日核对现金库存并登记" + "甲乙丙丁戊己庚辛壬癸"[: extra % 11] for extra in range(11)]
    for text in texts:
        paper = understood([Said(text=text, roles=("运营主管",))])
        marks = sheet.fill(*paper, places.look("cards"))[1].marks
        assert any("运营主管" in getattr(mark, "text", "") for mark in marks)


def test_what_the_staff_does_behind_a_permission_is_a_duty():
    """客户可…，受理人员登记…: the staff has something to do, under 必须做 with a box; what the customer may do alone has none."""
    said = filled("客户可通过电话或者柜面预约，受理人员使用交易码2033登记姓名和金额，并复述确认", Category.RIGHT)
    alone = filled("客户可通过电话或者柜面预约，网点地址见公告栏", Category.RIGHT)

    assert [line.category for line in said["do"]] == [Category.DO]
    assert "do" not in alone


@pytest.mark.parametrize(
    "text",
    [
        "符合可疑特征两项及以上的，大堂经理应将客户引导至洽谈区，运营主管立即报警并在20分钟内报告网点负责人；民警到场前，不得为客户办理转账、调额业务",
        "网点保卫人员应当依照规章履行检查职责并逐日登记检查结果。任何部门和个人不得干涉",
        "受理他人代办的，须核验客户本人出具的授权委托书和双方身份证件；无授权委托书的，不得透露客户账户信息和处理进展",
    ],
)
def test_a_ban_is_never_printed_without_the_case_of_its_sentence(text):
    """民警到场前，不得… holds only for 符合特征的: the sentence stays whole, with the mark that it holds a ban."""
    said = filled(text)

    assert [line.text for line in said["do"]] == [text]
    assert said["do"][0].mixed
    assert "ban" not in said
