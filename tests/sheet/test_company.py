"""What must not be told without its ban, its way of counting or the rest of its list, and what gives way for that."""

from collections.abc import Sequence

import pytest

from digest import compress, pipeline, places, sheet
from digest.model.profile import Profile
from digest.model.ranking import Category
from digest.model.source import Source
from digest.pipeline import Made, Rules
from digest.sheet import company, giving
from digest.sheet.point import pointed
from digest.sheet.pool import pool_of
from digest.zh import lexicon
from tests.sheet.understood import Said, understood

FULL = [Said(text=f"柜员应当在第{number}号业务办理完毕后逐笔核对凭证金额并由换人复核签章后再交客户确认", value=7.0) for number in range(60)]


def printed(said: Sequence[Said]) -> list[str]:
    """The lines of the sheet."""
    made, _ = sheet.fill(*understood(said), places.look("cards"))
    return [line.text for line in made.lines]


def made(text: str) -> Made:
    """The sheet of a circular."""
    rules = Rules(lexicon=lexicon.load(), profile=Profile())
    return pipeline.compose(pipeline.understand(Source(name="样例.txt", data=text.encode()), rules), places.look("cards"))


BAN = "网点人员不得以设备检修、人员不足或者时间已晚等任何理由拒绝客户办理小额现金存取和零钞兑换业务"


def test_a_ban_comes_before_a_duty_of_little_more_worth() -> None:
    """On a full page a duty gives way to the ban that stands beside a printed duty, though it is worth a little more."""
    beside = [Said(text="网点应当保留人工现金窗口并备足零钞", value=20.0), Said(text=BAN, category=Category.BAN, value=6.0)]
    other = Said(text="柜员不得代客户签名", category=Category.BAN, value=20.0)

    assert any("拒绝客户" in line for line in printed([*beside, other, *FULL]))


def test_a_ban_of_little_worth_displaces_nothing_far_better() -> None:
    """A warning to everybody is no reason to leave out what must be done."""
    better = [Said(text=each.text, value=30.0) for each in FULL]

    assert not any("拒绝客户" in line for line in printed([*better, Said(text=BAN, category=Category.BAN, value=6.0)]))


def test_a_ban_does_not_push_out_another() -> None:
    """Among bans the better ones stay."""
    bans = [Said(text=each.text.replace("应当", "不得"), category=Category.BAN, value=7.0) for each in FULL]
    lines = printed([*bans, Said(text=BAN, category=Category.BAN, value=6.9)])

    assert sum("换人复核" in line for line in lines) == sum("换人复核" in line for line in printed(bans))


def test_a_short_list_is_told_whole() -> None:
    """Two of three cases read as if they were all."""
    items = ["客户的证件已经过期的", "客户由他人陪同并指使办理的", "客户对账户用途答非所问并且不能出示任何辅助证明材料，又不愿意配合回访核实的"]
    listed = [
        Said(text=text, value=value, stem="有下列情形之一的，柜员应当立即停止办理并报告运营主管：")
        for text, value in zip(items, (20.0, 20.0, 5.0), strict=True)
    ]
    line = next(line for line in printed([*FULL, *listed]) if "下列情形" in line)

    assert all(item in line for item in items)


THRESHOLDS = """示例银行关于现金登记的规定
第一条 网点应当登记下列现金业务：
（一）自然人客户当日单笔或者累计5万元以上（含5万元）的现金存取；
（二）单位客户当日单笔或者累计20万元以上（含20万元）的现金存取。
累计金额以客户为单位，按存入或者支取单边累计计算。
第二条 网点应当每日核对登记簿。
"""


def test_a_limit_keeps_its_way_of_counting() -> None:
    """当日累计 without 单边累计 is added up in two ways by two tellers."""
    lines = [line.text for line in made(THRESHOLDS + "".join(f"第{number}条 {said.text}。\n" for number, said in enumerate(FULL, start=3))).sheet.lines]

    assert any("5万元以上" in line for line in lines)
    assert any("单边累计" in line for line in lines)


def test_cases_of_one_list_are_no_repeats_of_each_other() -> None:
    """活期转定期 and 定期转活期 share nearly all their words and are two cases."""
    text = (
        "示例银行关于免登记情形的规定\n第一条 下列情形网点可以不登记：\n（一）活期存款的本金或者利息转为同一户名下的定期存款；\n"
        "（二）定期存款的本金或者利息转为同一户名下的活期存款；\n（三）错账冲正。\n第二条 网点应当每日核对登记簿。\n"
    )
    understood_it = made(text).understood
    repeats = [score for score in understood_it.ranking.scores if score.repeats is not None]

    assert repeats == []


@pytest.mark.parametrize(
    ("tail", "wanted"),
    [("，重点检查登记簿、库房、尾箱、监控录像和交接记录，填写《重要空白凭证排查表》并逐项登记，随后于7月3日前报分行运营管理部", 1), ("", 0)],
)
def test_what_the_one_line_says_half_of_is_wanted_below(tail: str, wanted: int) -> None:
    """The paper's main duty with its second day is read somewhere, however long it is; what the one line says in full need not be."""
    main = Said(text=f"各网点应当于2026年6月30日前完成重要空白凭证管理的一次全面排查{tail}", value=15.0)
    it = pointed(pool_of(*understood([main, Said(text="柜员离柜应当锁好抽屉"), Said(text="发现假币的，应当当面收缴")]), look=places.look("cards")))

    assert it.points[0].unit == 0
    assert list(company.cut_short(it, {0})) == [(0,)] * wanted


def test_what_relaxes_a_long_rule_comes_along_with_it() -> None:
    """A rule too long to be one line with its relaxation asks for it; a sentence of another matter is not asked for."""
    rule = "旧版存折自2026年6月1日起停止签发，" + "网点应当逐本清点剩余库存并登记号码，由运营主管和网点负责人双人复核后签字封存，" * 5 + "于6月10日前上缴。"
    rules = Rules(lexicon=lexicon.load(), profile=Profile())
    for behind, wanted in (("客户手中的旧版存折，可继续使用至2026年9月30日。", [(1,)]), ("柜员应当每日换人核对尾箱并登记核对结果。", [])):
        it = pipeline.understand(Source(name="样例.txt", data=f"关于存折的通知\n一、{rule}{behind}".encode()), rules)
        pool = pool_of(it.outline, it.facts, it.ranking, it.ladders, look=places.look("cards"))

        assert list(company.relaxings(pool, {0: 0}, {1})) == wanted


def test_a_floor_comes_with_the_ban_beside_it() -> None:
    """Who may not refuse for want of change must know how much of it he has to hold."""
    text = "示例银行关于零钞的规定\n第一条 网点小面额纸币和硬币的备付金额不得低于3万元，其中硬币不少于5000元。对兑换零钞的合理需求，不得以库存不足为由拒绝。\n"
    it = made(text).understood
    ladders = compress.shorten(it.outline, it.facts, it.ranking.order)
    pool = pool_of(it.outline, it.facts, it.ranking, ladders, look=places.look("cards"))

    assert list(company.floors(pool, {1: 0}, {0})) == [0]
    assert list(company.floors(pool, {}, {0})) == []


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("各网点每日17:00前报送问题清单，无问题的实行零报告", True),
        ("各网点每日9:00、17:00各巡检一次自助设备并登记", True),
        ("各网点应当妥善保管登记簿", False),
        ("各网点每日开门前擦拭设备", False),
    ],
)
def test_what_is_reported_again_and_again_is_wanted(text: str, due: bool) -> None:
    """A report or a register with its day is asked after; it comes before a line of less worth."""
    pool = pool_of(*understood([Said(text=text, value=12.0)]), look=places.look("cards"))

    assert company.dues(pool, {0}) == [0] * due


def test_a_short_list_of_bans_is_told_whole() -> None:
    """Four of five bans read as if the fifth were allowed."""
    items = [
        "预先在凭证上加盖业务印章",
        "将凭证交由外部人员转交",
        "代客户保管或者填写凭证",
        "将凭证带离营业场所",
        "将凭证用于点钞练习、业务教学以及其他与办理业务没有关系的用途",
    ]
    listed = [
        Said(text=text, category=Category.BAN, value=value, stem="使用凭证，严禁有下列行为：")
        for text, value in zip(items, (20.0, 20.0, 20.0, 20.0, 7.0), strict=True)
    ]
    line = next(line for line in printed([*FULL, *listed]) if "下列行为" in line)

    assert all(item in line for item in items)


def test_what_a_limit_binds_comes_with_it() -> None:
    """Who counts as 非自然人 decides which threshold holds; a word of no printed limit needs no explanation."""
    meaning = Said(text="本办法所称单位客户，包括企业、机关团体和个体工商户", category=Category.INFO, value=0.5)
    limit = Said(text="单位客户当日现金存取20万元以上的，应当登记", category=Category.LIMIT, value=20.0)
    pool = pool_of(*understood([limit, meaning]), look=places.look("cards"))

    assert list(company.meanings(pool, {0: 0})) == [1]
    assert list(company.meanings(pool, {})) == []


URGENT = "印章遗失、被盗的，网点应当在1小时内报告管辖行"


@pytest.mark.parametrize(("case", "gone"), [("遗失、被盗", True), ("刻制", False)])
def test_what_to_do_when_something_goes_wrong_comes_before_a_lone_ban(case: str, gone: bool) -> None:
    """A ban by itself gives way to an emergency of hardly more worth, and to no other duty."""
    ban = Said(text="柜员不得在空白回单上预先签名", category=Category.BAN, value=14.0)
    asked = Said(text=URGENT.replace("遗失、被盗", case), category=Category.REPORT, value=13.0)
    pool = pointed(pool_of(*understood([ban, FULL[0], FULL[1], asked]), look=places.look("cards")))

    assert ((0,) in giving.yielding(pool, {0: 0, 1: 0}, (3,))) is gone


def test_a_ban_in_a_row_is_a_ban() -> None:
    """One row of a table says little by itself, unless it forbids something."""
    heads = ("设施", "要求")
    rows = [
        Said(text=f"{name}｜{told}", value=9.0, cells=tuple(zip(heads, (name, told), strict=True)))
        for name, told in (("轮椅", "置于门口"), ("药箱", "不得外借"))
    ]
    pool = pointed(pool_of(*understood(rows), look=places.look("cards")))

    assert not company.lone_row(pool, {1: 0}, 1)


CHANGES = """关于调整预约服务的通知
各支行：
一、服务调整
（一）预约渠道由电话预约改为手机银行预约。
（二）取消“满3个月自动续约”规则。
"""


def test_what_is_new_is_told_on_a_full_page() -> None:
    """Short sentences that say what changes from what to what, or what is done away with, are under 变了什么 though longer lines are worth more."""
    duties = "".join(f"（{number}）柜员应当于每日营业终了前核对第{number}号登记簿与实物，不符的立即报告运营主管。\n" for number in "一二三四五六七八九十")
    text = CHANGES + "".join(f"{number}、日常要求\n{duties}" for number in "二三四五六")
    found = next(section for section in made(text).sheet.sections if section.key == "change")

    assert [line.text for line in found.lines] == ["预约渠道由电话预约改为手机银行预约", "取消“满3个月自动续约”规则"]


def test_what_catches_the_rest_of_a_list_never_stands_in_for_a_concrete_item() -> None:
    """其他… is worth more than each concrete item here, and yet is printed with all of them or not at all."""
    stem = "柜员应当向运营主管报告下列可疑行为："
    words = ("拒绝出示有效身份证件", "由他人在旁指使办理", "频繁更换预留手机号码", "要求拆分金额规避登记", "声称替不认识的人收款", "办理中不断接听电话")
    concrete = [f"客户{each}且经柜员耐心解释和运营主管询问以后仍然不作合理说明的" for each in words]
    items = [Said(text=text, stem=stem, value=6.0) for text in concrete]
    lines = printed([*items, Said(text="办理业务时发现的其他可疑行为", stem=stem, value=14.0), *FULL])
    told = "".join(lines)

    assert all(text in told for text in concrete) or "其他可疑行为" not in told
