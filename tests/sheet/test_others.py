"""The sheet of a paper that is mainly for others: it says so, and nothing on it looks like a duty of the branch that is none."""

from msgspec.structs import replace

from digest import compress, facts, places, rank, sheet
from digest.model.profile import Profile
from digest.model.ranking import Audience, Category, Others
from digest.zh import lexicon
from tests.build import outline_from
from tests.sheet import geometry
from tests.sheet.understood import Said, understood

LOOK = places.look("cards", None)
CLAIM = "检查组应当于检查前3日将检查通知书送达，不得提前泄露"
DUTY = "网点应当于2日内提供检查组调阅的凭证"


def fill(said, others=None, audiences=()):
    """The sheet of some statements, in a paper for others or with somebody else's duties in it."""
    paper = understood(said)
    scores = tuple(replace(score, audience=audience) for score, audience in zip(paper.ranking.scores, audiences or [Audience.BRANCH] * len(said), strict=True))
    return sheet.fill(paper.outline, paper.facts, replace(paper.ranking, scores=scores, others=others), paper.ladders, LOOK)


def test_it_says_whom_it_binds_and_how_much_is_ours():
    """The first line names who must act and counts the bank's lines; no post is guessed, nothing is 待补, no question is asked."""
    others = Others(audience=Audience.REGULATOR, names=("检查组", "人民银行"), ours=frozenset({0}))
    made, page = fill([Said(text=DUTY)], others)

    assert made.circulate_only
    assert made.point == "本文主要规定检查组、人民银行自身职责，网点传阅即可；与我行有关的有下列1项。"
    assert not made.questions and not made.missing and not any(detail.missing for detail in made.details)
    geometry.check(made, page, LOOK)


def test_without_lines_of_ours_it_only_says_so():
    """No line is no 0条; what is told of another trade is called good to know."""
    others = Others(audience=Audience.OTHER_INDUSTRY, names=("支付机构",))

    assert fill([], others)[0].point == "本文主要规定支付机构自身职责，网点传阅即可。"
    told = fill([Said(text="支付机构应当将备付金全额缴存", category=Category.INFO)], others, (Audience.OTHER_INDUSTRY,))[0]
    assert told.point.endswith("传阅即可。其余供了解。")


def test_the_one_line_is_never_another_house_duty():
    """However good the regulator's line is, the branch's own is the one to remember."""
    made, _ = fill([Said(text=CLAIM, value=30.0), Said(text=DUTY, value=9.0)], audiences=(Audience.REGULATOR, Audience.BRANCH))

    assert made.point.startswith("网点应当于2日内")


def test_posts_come_from_duties_only():
    """A sanction on staff makes nobody a 适用岗位, and the cell asks for nothing where no line has a duty for the branch's people."""
    punished = Said(text="工作人员泄露秘密的，给予警告并处罚款", category=Category.PENALTY, roles=("全员",))
    made, _ = fill([Said(text=CLAIM), punished], audiences=(Audience.REGULATOR, Audience.REGULATOR))

    assert next((detail.value, detail.missing) for detail in made.details if detail.name == "适用岗位") == ("—", False)


def test_the_whole_way():
    """A paper of inspectors' duties, from text to page: rights and the duty to hand over stand there, the inspectors' duties do not."""
    duties = (
        "于检查前3日制定方案",
        "由2名以上人员组成",
        "每日记录检查过程",
        "妥善保管检查资料",
        "于5日内撰写报告",
        "将报告报上级行",
        "统筹安排检查",
        "保守秘密",
    )
    text = "现场检查工作规定\n" + "\n".join(f"第{number}条 检查组应当{duty}。" for number, duty in zip("一二三四五六七八", duties, strict=True))
    text += "\n第九条 检查组应当告知被检查人享有下列权利：\n（一）陈述、申辩的权利；\n（二）拒绝不合理要求的权利。"
    text += "\n第十条 检查组需要调阅凭证的，商业银行应当于2日内提供，不得拒绝。"
    outline, words = outline_from(text), lexicon.load()
    found = facts.find(outline, words)
    ranking = rank.score(outline, found, words, Profile())
    made, _ = sheet.fill(outline, found, ranking, compress.shorten(outline, found, ranking.order), LOOK)

    said = "".join(line.text for line in made.lines)
    assert made.point == "本文主要规定检查组自身职责，网点传阅即可；与我行有关的有下列2项。"  # the duty with its ban, the rights
    assert "陈述、申辩的权利" in said and "商业银行应当于2日内提供" in said
    assert not any(duty in said for duty in duties)
