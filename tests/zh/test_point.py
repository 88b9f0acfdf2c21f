"""What may be the one line: it stands alone, and its first clauses say nothing that the rest of the sentence takes back."""

import pytest

from digest.zh import point

WHOLE = "各网点应于2026年6月30日前完成一次业务印章全面清点，逐枚核对印模与登记簿，填写《业务印章清点表》，并由运营主管签字后报支行运营部"


@pytest.mark.parametrize(
    "text",
    [
        "名单调整的，应当立即开展回溯，并按前款规定报告",
        "上述业务须由两人办理",
        "按照第十二条的规定办理",
        "超过1万元的，应当电话核实客户本人",
        "网点应在当日登记登记簿",
        "符合下列情形之一的，应当拒绝",
        "“您好，请您核对姓名”",
    ],
)
def test_what_points_elsewhere_does_not_stand_alone(text: str) -> None:
    """A line that points to another sentence, to a list or to another article is never the one line."""
    assert not point.stands_alone(text)


@pytest.mark.parametrize("text", ["柜面取款20万元以上的，应当提前一日预约", "投诉应当于当日登记", "各网点每日清点现金"])
def test_a_rule_that_says_all_stands_alone(text: str) -> None:
    """Thresholds and days inside a rule do not make it dangle."""
    assert point.stands_alone(text)


def test_first_clauses_stand_for_a_long_sentence() -> None:
    """Of a long sentence the clauses that say who does what by when are enough."""
    assert next(point.openings(WHOLE, 50)) == "各网点应于2026年6月30日前完成一次业务印章全面清点，逐枚核对印模与登记簿"


@pytest.mark.parametrize(
    "text",
    [
        "各网点应当对全部存量客户逐户补录职业和联系电话，但已经销户的除外",
        "各网点应当在每日营业终了前清点全部尾箱现金，不符的，不得签退",
        "各网点应当停止受理纸质申请并撤下全部旧版单据；确需使用的，经支行批准后方可使用",
    ],
)
def test_no_rule_loses_its_exception_or_ban(text: str) -> None:
    """Where the rest limits what the first clauses say, they are not cut off from it."""
    assert list(point.openings(text, 26)) == []


def test_thresholds_are_no_side_case() -> None:
    """超过…的 is what a paper on amounts is about; 发现…的 is a case."""
    assert point.for_a_case("发现印章遗失的，应当立即报告")
    assert not point.for_a_case("取款5万元以上的，应当核对证件")


def test_everybody_is_told_through_a_day_in_front() -> None:
    """A day before the subject changes nothing."""
    assert point.to_everybody("自2026年9月1日起，各网点停用旧版凭证")
    assert not point.to_everybody("大堂经理应当提醒客户")


def test_spreading_the_paper_is_an_aside_unless_the_paper_is_about_it() -> None:
    """Training and posting are no main point, but of a training plan they are."""
    assert point.is_aside("各网点应于9月5日前完成培训", "规范尾箱管理")
    assert not point.is_aside("各网点应于9月5日前完成培训", "开展柜员业务培训")


@pytest.mark.parametrize(
    "text",
    [
        "各网点办理单笔5万元以上现金取款必须由运营主管现场审核授权|，在系统故障期间由值班主管代为授权并于次日补录登记|，离岗期间由分管行长书面指定专人代为授权",
        "各网点办理单笔5万元以上现金取款必须由运营主管现场审核授权|，特殊情况经分管行长书面批准后补办",
        "自2026年7月1日起，各网点停止受理旧版转账支票和旧版现金支票|，6月30日以前签发的继续受理至9月30日",
        "各网点应当每日营业终了前清点全部尾箱现金并登记结果|，系统停机的由值班人员手工登记",
        "各网点应当每日营业终了前清点全部尾箱现金并登记结果|，系统停机时，手工登记结果",
        "各网点应当每日营业终了前清点全部尾箱现金并登记结果|，支行按月抽查现金登记簿",
    ],
)
def test_first_clauses_never_lose_a_case_or_somebody_else(text: str) -> None:
    """An exception, a case or another actor behind the first clauses keeps them from standing for the whole."""
    whole = text.replace("|", "")
    heads = {text[:place].replace("|", "") for place, mark in enumerate(text) if mark == "|"}

    assert heads.isdisjoint(point.openings(whole, 100))
    assert next(point.openings(whole, 100)) == whole


def test_a_shorter_wording_may_not_leave_a_case_out() -> None:
    """What a shortened wording leaves out is looked at like what is cut off."""
    whole = "各网点必须双人清点尾箱并登记结果，离岗期间由值班主管代为清点，随后归档"

    assert point.loses(whole, "各网点必须双人清点尾箱并登记结果，随后归档")
    assert not point.loses(whole, "各网点必须双人清点尾箱并登记结果，离岗期间由值班主管代为清点")


def test_what_is_left_of_a_line_is_never_cut_within_a_day() -> None:
    """自2025年11… could be any day of a month, and 5… any figure."""
    assert point.repeated("自2025年11月1日起，对各类账户按照等级实行分级限额管理", "见一句话") == "自2025年11月1日起…（见一句话）"
    assert point.repeated("不得办理单笔5万元以上的现金业务，另有规定的除外", "见") == "不得办理单笔5万元以上的现金业务，另有规定的除外"
    for text in ("各网点于2025年9月30日营业终了前完成一次全品种核对并逐级报送", "柜员每日不得超过20000元办理无卡取款业务，超过的应经主管授权"):
        kept = point.repeated(text, "见").partition("…")[0]
        assert not kept[-1].isdigit()


def test_what_is_left_of_a_line_ends_within_no_bracket_and_with_the_bound_of_its_figure() -> None:
    """取款8万元（… stands open, and 5元及以… says half a bound."""
    assert point.repeated("取款8万元（含）以上的，询问用途；存款8万元（含）以上的，询问来源并登记", "见上") == "取款8万元（含）以上…（见上）"
    assert point.repeated("每个网点5元及以下小面额硬币备付金额不得低于1万元，逐日登记", "见上") == "每个网点5元及以下…（见上）"
    assert "（" not in point.repeated("网点（含离行自助）应当每日营业终了前双人清点空白凭证并登记", "见上").partition("…")[0]


def test_the_first_clauses_end_with_a_main_clause_that_is_whole() -> None:
    """A cut behind 经…批准 or 包括… has lost what may be done; a case of its own that only relaxes is left out from where it begins."""
    whole = "各网点应逐户核对预留签章与系统影像，核对面达到100%。账户超过800户的网点，经分行批准，核对期限可延长至6月24日"
    assert list(point.openings(whole, 50)) == ["各网点应逐户核对预留签章与系统影像，核对面达到100%"]
    assert not point.loses(whole, "各网点应逐户核对预留签章与系统影像，核对面达到100%")
    listed = "各网点应当在总台统一登记来访客户所办业务的种类和数量，包括为客户打印流水、办理对账，并逐日汇总"
    assert all("包括为" not in said for said in point.openings(listed, 44))


def test_a_noun_without_a_verb_does_not_stand_alone() -> None:
    """起诉要求确认…的纠纷案件 names a thing and says nothing of it."""
    assert not point.stands_alone("客户向法院起诉要求确认存单无效的纠纷案件")
    assert point.stands_alone("网点应当协助查询的案件")


def test_how_an_office_is_organised_is_told_from_what_one_does() -> None:
    """保存方式和管理机制 and 建立健全…机制 are for those who organise."""
    assert point.organises("交易记录的保存方式和管理机制，应当确保足以重现每笔交易")
    assert not point.organises("交易记录应当至少保存8年")
