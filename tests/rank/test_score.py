"""The ranking's door: what a branch must know rises, what is nobody's or others' business sinks, each with its reasons."""

from digest import facts, rank
from digest.model.profile import Profile
from digest.model.ranking import Audience, Category
from digest.rank.features import features_of
from digest.rank.topic import find_topic
from digest.rank.view import view_units
from digest.zh import lexicon as lexicons
from tests.build import outline_from

NOTICE = """关于规范网点现金业务管理的通知
各支行：
为进一步加强现金业务管理，提高服务质量，现就有关事项通知如下。
一、办理要求
（一）柜员办理5万元以上现金支取业务，应当当面核对客户有效身份证件并登记。
（二）不得为未出示有效身份证件的客户办理现金支取业务。
（三）各网点应于每月5日前向分行运营管理部报送大额现金支取登记表。
（四）总行信息科技部负责系统改造。
（五）保险公司应当及时核定保险金。
二、工作要求
各单位要高度重视，加强组织领导，狠抓落实，确保取得实效。
"""


def ranked(text, overrides=None, **profile):
    """The outline of a text and its ranking."""
    lexicon = lexicons.load(overrides)
    outline = outline_from(text, overrides=overrides)
    return outline, rank.score(outline, facts.find(outline, lexicon), lexicon, Profile(**profile))


def score_of(outline, ranking, words):
    """The score of the unit that holds these words."""
    return next(ranking.scores[unit.number] for unit in outline.units if any(words in outline.sentences[each].text for each in unit.sentences))


def test_every_unit_has_a_score_and_candidates_are_in_order():
    """Scores stand at their unit's number; the order goes down and holds candidates only."""
    outline, ranking = ranked(NOTICE)

    assert [score.unit for score in ranking.scores] == list(range(len(outline.units)))
    values = [ranking.scores[unit].value for unit in ranking.order]
    assert values == sorted(values, reverse=True)
    assert all(ranking.scores[unit].candidate for unit in ranking.order)


def test_duties_and_bans_of_the_branch_rise_above_others_duties():
    """What tellers must do stands before what the head office builds."""
    outline, ranking = ranked(NOTICE)
    other = score_of(outline, ranking, "信息科技部").value

    assert all(score_of(outline, ranking, words).value > other for words in ("当面核对", "不得为未出示", "报送大额"))


def test_categories_follow_the_words():
    """Ban and report are told apart."""
    outline, ranking = ranked(NOTICE)

    assert score_of(outline, ranking, "不得为未出示").category is Category.BAN
    assert score_of(outline, ranking, "报送大额").category in (Category.REPORT, Category.TIME)


TAX = """关于加强宣传的通知
各支行：
一、宣传
（一）各网点应当充分利用报纸、广播、电视、网络等渠道，做好政策解读和舆论引导，加大宣传力度。
（二）对因履行职责获得的客户身份资料和交易信息，应当予以保密。
（三）坚持公开来源、事实可核的原则，做好素材收集、分类整理和案例归纳工作。
（四）客户明确表示不再使用原印鉴的，可直接办理印鉴变更。
二、原则
各网点办理业务应当遵循以下原则：
依法合规。将依法合规作为一切活动必须坚守的底线。
"""


def test_a_ban_and_a_permission_need_their_word():
    """What stands under 不得做 bars something, what stands under 可以做 allows something: else it would say the opposite on paper."""
    outline, ranking = ranked(TAX)

    for words in ("充分利用报纸", "应当予以保密", "坚持公开来源"):
        assert score_of(outline, ranking, words).category not in (Category.BAN, Category.RIGHT)
    assert score_of(outline, ranking, "不再使用原印鉴").category is not Category.BAN


RISK = """关于防范冒充客服诈骗的风险提示
各支行：
一、案件情况
柜员小陈注意到李某一直戴着耳机，随即报告运营主管。
二、作案手法
（一）谎称误开会员，以“不取消就每月扣费”制造恐慌。
（二）要求客户全程保持通话，不得告诉银行员工和家人。
三、处置要求
（一）未经家属核实，不得放行该笔转账。
"""


def test_swindlers_ways_are_no_rules():
    """What they did and what they forbade their victims never stands under 必须做 or 不得做."""
    outline, ranking = ranked(RISK)

    for words in ("柜员小陈", "谎称误开会员", "不得告诉银行员工"):
        assert not score_of(outline, ranking, words).candidate
    assert score_of(outline, ranking, "未经家属核实").candidate


def test_last_years_figures_are_a_story():
    """How many complaints there were asks for nothing, whatever its numbers."""
    outline, ranking = ranked(
        "关于投诉处理的通知\n各支行：\n今年上半年，全行受理客户投诉1.86万件，其中因网点推诿引发的重复投诉占比达23%。\n一、各网点应当在5分钟内响应投诉。"
    )

    assert not score_of(outline, ranking, "1.86万件").candidate


def test_a_stem_alone_is_no_candidate():
    """应当遵循以下原则： without what follows tells nobody anything."""
    outline, ranking = ranked(TAX)

    assert not any("以下原则：" in outline.sentences[number].text for unit in ranking.order for number in outline.units[unit].sentences[-1:])


def test_slogans_and_purposes_are_no_candidates_and_say_why():
    """Boiler-plate stays off, with a reason in Chinese."""
    outline, ranking = ranked(NOTICE)

    for words in ("高度重视", "为进一步加强"):
        found = score_of(outline, ranking, words)
        assert not found.candidate and found.why


CASES = """关于客户身份资料管理的通知
各支行：
一、柜员发现下列情形之一的，应当重新识别客户：
（一）对先前获得的客户身份资料的真实性存在疑问；
（二）为订立、履行个人作为一方当事人的合同所必需的业务变更；
（三）捏造情节获得贷款的。
二、各支行应切实加强对资金挪用的监控，发现客户挪用贷款资金的，应要求客户提前归还贷款。
三、各支行应当确定客户的风险等级。例如，通常可以划分为高、中、低三个等级。
"""


def test_cases_are_neither_stories_nor_slogans():
    """先前获得的 tells no story, the purpose of an item is a case, and a slogan before a case with its duty takes nothing from it."""
    outline, ranking = ranked(CASES)

    for words in ("先前获得的", "合同所必需", "获得贷款", "提前归还贷款"):
        assert score_of(outline, ranking, words).candidate, words


def test_an_example_is_no_candidate():
    """例如，…可以 asks for nothing, whatever words are in it."""
    outline, ranking = ranked(CASES)

    assert score_of(outline, ranking, "三个等级").why == "举例"


def test_more_sentences_and_the_case_ruled_on_are_told_as_features():
    """A unit of two sentences, and one that opens with what it is about, are seen as such; 对方 and 对于以上 are no such opening."""
    outline = outline_from(
        "贷款管理办法\n第一条 对金额不超过二十万元的贷款，可以简化调查。\n第二条 对方账户应当核实。\n第三条 贷款期限不得超过五年。但是，经批准的可以延长。"
    )
    words = lexicons.load()
    views = view_units(outline, facts.find(outline, words), words, Profile())
    found = {view.text[:2]: features_of(view, find_topic("", [view.text for view in views], words.office), words) for view in views}

    assert found["对金"]["on"] == 1.0 and "sentences" not in found["对金"]
    assert "on" not in found["对方"]
    assert found["贷款"]["sentences"] == 1.0


def test_roles_come_from_the_text_only():
    """柜员 is named and tagged; where nobody is named there is no tag."""
    outline, ranking = ranked(NOTICE)

    assert score_of(outline, ranking, "当面核对").roles == ("柜员",)
    assert score_of(outline, ranking, "不得为未出示").roles == ()


def test_whose_duty_is_told():
    """An insurer's duty is another trade's."""
    outline, ranking = ranked(NOTICE)

    assert score_of(outline, ranking, "保险公司").audience is Audience.OTHER_INDUSTRY


def test_points_are_the_sum_of_their_reasons():
    """What explain shows adds up, small change aside."""
    _, ranking = ranked(NOTICE)

    for score in ranking.scores:
        assert abs(score.value - sum(reason.points for reason in score.reasons)) < 0.5


def test_a_line_of_business_switched_on_rises():
    """Insurance lines sink unless the branch sells insurance."""
    text = NOTICE.replace("（五）保险公司应当及时核定保险金。", "（五）柜员销售保险产品应当向客户提示犹豫期。")
    outline, without = ranked(text)
    _, having = ranked(text, on=("保险代销",))

    assert score_of(outline, having, "犹豫期").value > score_of(outline, without, "犹豫期").value


def test_the_managers_own_word_counts_in_full():
    """A word with five points of its own adds at least that much."""
    outline, before = ranked(NOTICE)
    _, after = ranked(NOTICE, {"words.tsv": "own\t登记表\t5\n"})

    assert score_of(outline, after, "登记表").value >= score_of(outline, before, "登记表").value + 5


def test_repeats_name_the_better_unit():
    """The same line twice is ranked once."""
    _outline, ranking = ranked(NOTICE + "三、再次重申\n不得为未出示有效身份证件的客户办理现金支取业务。\n")
    repeats = [score for score in ranking.scores if score.repeats is not None]

    assert len(repeats) == 1 and repeats[0].unit not in ranking.order


def test_the_same_twice():
    """Ranking is deterministic."""
    assert ranked(NOTICE)[1] == ranked(NOTICE)[1]


def test_nothing_to_rank():
    """A heading alone gives an empty ranking and nothing to do."""
    _, ranking = ranked("关于某事的通知\n")

    assert not ranking.actionable


def test_internal_discipline_is_no_line_of_the_sheet():
    """What the house deducts from whom is listed as left out; a duty that ends with a deduction stays."""
    text = (
        "示例银行关于加强到岗管理的通知\n各网点：\n一、网点负责人应当于每日8:30前到岗。\n"
        "二、对脱岗、离岗的，每人次扣减绩效500元。\n三、柜员应当逐笔登记，未登记的每笔扣2分。\n"
    )
    outline, ranking = ranked(text)
    deducted = score_of(outline, ranking, "脱岗")

    assert not deducted.candidate and "扣罚" in deducted.why
    assert score_of(outline, ranking, "逐笔登记").candidate


def test_what_one_may_do_is_neither_a_duty_nor_a_ban():
    """可以不报告 does not stand under 必须做, and a right to refuse not under 不得做."""
    text = (
        "示例银行关于配合检查和报告的通知\n各网点：\n一、对符合规定条件的交易，网点可以不报告。\n"
        "二、被检查的网点享有以下权利：\n（一）拒绝提供与检查无关的档案、数据的权利；\n（二）对检查结论提出异议的权利。\n"
    )
    outline, ranking = ranked(text)

    assert score_of(outline, ranking, "可以不报告").category is Category.RIGHT
    assert score_of(outline, ranking, "拒绝提供").category is Category.RIGHT


def test_what_the_customer_does_with_his_papers_is_no_duty_of_the_staff():
    """…凭本人证件到网点领取 and 近亲属可凭…代办 allow something; what is asked for in a further case behind it changes nothing; a script forbids nobody."""
    text = (
        "示例银行关于柜面服务的通知\n各网点：\n一、遗留的银行卡，自5月6日起3个工作日内凭本人有效身份证件到网点领取。\n"
        "二、客户近亲属可凭双方身份证件和医院证明，代办5000元以下的存款支取。超过5000元的，应当视频核实本人意愿后办理。\n"
        "三、统一解释口径如下。\n“您好，免费服务不会扣费，也不需要转账取消，请先挂断电话。”\n"
    )
    outline, ranking = ranked(text)

    assert score_of(outline, ranking, "到网点领取").category is Category.RIGHT
    assert score_of(outline, ranking, "近亲属可凭").category is Category.RIGHT
    assert score_of(outline, ranking, "不会扣费").category is not Category.BAN


def test_a_duty_with_its_exception_is_a_duty():
    """What one may do where the duty is refused does not make the whole a permission."""
    text = (
        "示例银行关于入户服务的通知\n各网点：\n一、入户人员不得少于2人，出示证件，全程摄像，影像保存不少于5年。客户不同意摄像的，可由两名邻居签字证明。\n"
        "二、网点应当登记台账。\n"
    )
    outline, ranking = ranked(text)

    assert score_of(outline, ranking, "全程摄像").category is not Category.RIGHT


def test_an_opening_formula_with_a_full_stop_is_no_duty():
    """现就…工作通知如下。 only opens the paper, whatever mark it ends with."""
    outline, ranking = ranked(
        "示例银行关于核实工作的通知\n各网点：\n一、按照监管部门的要求，网点应当开展限额核实，现就有关工作通知如下。\n二、网点应当登记台账。\n"
    )

    assert not score_of(outline, ranking, "通知如下").candidate


def test_a_cover_note_that_only_passes_on_is_no_candidate():
    """转发…通知，请认真组织学习 asks for nothing that the paper itself does not ask for; what the note adds is one."""
    outline, ranking = ranked(
        NOTICE.replace("一、办理要求", "现将省行来文转发给你们，请各支行认真组织学习。\n转发省行通知，请于3月5日前报学习名单。\n一、办理要求")
    )

    assert not score_of(outline, ranking, "转发给你们").candidate
    assert score_of(outline, ranking, "报学习名单").why != "转发套语"


def test_a_form_that_is_voided_by_an_article_of_the_paper_repeals_nothing():
    """按本办法第…条作废处理 voids a sheet of paper; a rule with it is no change."""
    outline, ranking = ranked(
        "关于存单的通知\n各网点：\n一、存单应当顺号使用，不得跳号。因打印错误需要跳过的，按本办法第九条作废处理。\n二、网点应当登记台账。\n"
    )

    assert score_of(outline, ranking, "顺号使用").category is not Category.CHANGE
