"""The ways in which shortening goes wrong elsewhere: each stays out, line by line and over the corpus."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest import compress
from digest.model.facts import Facts
from digest.model.ladder import Ladder
from digest.model.outline import Outline
from digest.zh import guard
from tests.build import outline_from
from tests.zh.mutations import LINES, mutants

BINDING = re.compile(r"\d+(?:\.\d+)?|不得|严禁|禁止|除外|以上|以下|（含）|应当|可以|单笔|累计|全部|均|仅|至少|不超过|的，")
REFERENCE = re.compile(r"《[^》]*》(?:（[^）]*）)?|第[一二三四五六七八九十百]+[条款项]|（[^（）]*号）|（以下[^（）]*）|（[详见附][^）]*）")


def wordings(*lines: str) -> list[str]:
    """The tightest wording of each line, in a circular of its own."""
    outline, ladders = climb(lines)
    assert len(outline.units) >= len(ladders)
    return [ladder.rungs[-1].text for ladder in ladders]


def climb(lines: tuple[str, ...]) -> tuple[Outline, tuple[Ladder, ...]]:
    """Outline and ladders of a circular made of these lines."""
    outline = outline_from("\n".join(["关于加强尾箱管理的通知", *(f"{number}. {line}" for number, line in enumerate(lines, start=1))]))
    return outline, compress.shorten(outline, Facts(), range(len(outline.units)))


class TestClauseOmission:
    """No duty, no step and no member of a list is missing from the tightest wording."""

    def test_steps_stay(self) -> None:
        """All steps of a long line stay."""
        text = "".join(wordings("各网点应当切实做到双人拆封、逐箱清点、核对号码、当日入库，并登记《凭证登记簿》。"))
        for step in ("双人拆封", "逐箱清点", "核对号码", "当日入库", "登记《凭证登记簿》"):
            assert step in text


class TestScopeBleed:
    """单笔, 日累计, 仅, 全部 and each limit's own thing stay."""

    def test_limits_stay_with_their_things(self) -> None:
        """Every limit keeps the thing that it limits."""
        text = "".join(wordings("为规范管理，柜员尾箱存单、存折各不超过50份，借记卡不超过100张，单笔现金超过5万元（含）的须授权。"))
        assert "存单、存折各不超过50份，借记卡不超过100张，单笔现金超过5万元（含）的须授权" in text


class TestObligationSoftening:
    """A duty stays a duty, a ban a ban, a permission a permission."""

    @pytest.mark.parametrize("word", ["必须", "不得", "严禁", "可以", "原则上应当", "一律不得"])
    def test_force_stays(self, word: str) -> None:
        """The word of force is in the tightest wording."""
        assert word in "".join(wordings(f"柜员{word}在营业终了后离柜，认真清点尾箱。"))


EXCEPTIONS = (
    "但本人同名账户互转的除外",
    "国家另有规定的，从其规定",
    "不适用延期规定",
    "特殊原因经支行批准的例外",
    "本人办理的不受此限",
)


class TestLostException:
    """Whatever says for whom or when a rule does not hold is on every rung."""

    @pytest.mark.parametrize("exception", EXCEPTIONS)
    @pytest.mark.parametrize("opening", ["", "为进一步规范管理，", "根据《示例办法》（示银发〔2025〕3号）有关规定，", "除总行另有通知外，"])
    @pytest.mark.parametrize("tail", ["", "，确保各项要求落到实处", "，切实提升服务水平"])
    def test_exceptions_stay(self, opening: str, exception: str, tail: str) -> None:
        """The clause with the exception stands whole, wherever the empty words around it go."""
        line = f"{opening}各网点应当切实核对有关证件并在当日营业终了前登记台账{tail}，{exception}。"
        _, ladders = climb((line,))
        for rung in (rung for ladder in ladders for rung in ladder.rungs):
            assert exception in rung.text
            assert ("除总行另有通知外" in rung.text) == ("除总行" in line)

    @pytest.mark.parametrize("brackets", ["（以下简称U盾，手机盾除外）", "（详见附件1，但代办的不适用）"])
    def test_an_exception_in_brackets_stays(self, brackets: str) -> None:
        """Short names and references to annexes may go; what is said about exceptions beside them may not."""
        assert brackets in "".join(wordings(f"各网点应当在三个工作日内收回智能U盾{brackets}并在台账上登记销毁时间和经办人。"))


class TestLostSubject:
    """Who must not be told is cut only where it is the plain addressee."""

    @pytest.mark.parametrize("who", ["金融机构及其工作人员", "网点及其员工", "各网点负责人", "商业银行及其分支机构"])
    def test_a_subject_that_tells_who_stays(self, who: str) -> None:
        """及其工作人员 makes everybody answer for himself."""
        lines = tuple(f"{who.removesuffix('负责人').partition('及')[0]}应当每日核对第{number}本登记簿和实物。" for number in range(1, 5))
        assert who in wordings(*lines, f"{who}应当对客户身份资料予以保密，不得违反规定向任何单位和个人提供。")[-1]


class TestLostCondition:
    """Conditions and exceptions stay with their rule."""

    def test_condition_and_exception_stay(self) -> None:
        """Neither …的 nor 但…除外 goes."""
        text = "".join(wordings("根据《示例办法》规定，客户无法到场的，各网点应当切实安排双人上门，但客户明确拒绝的除外。"))
        assert "客户无法到场的" in text and "但客户明确拒绝的除外" in text


class TestLostApprover:
    """All approvers stay, with the word that joins them."""

    def test_both_approvers_stay(self) -> None:
        """经甲和乙批准 stays whole."""
        assert "经运营主管和网点负责人批准" in "".join(wordings("为加强管理，确需延长的，经运营主管和网点负责人批准，可以切实延长至10个工作日。"))


@given(st.lists(st.sampled_from([*LINES, *(spoilt for _, _, spoilt in list(mutants(LINES))[::7])]), min_size=1, max_size=5, unique=True))
@settings(derandomize=True, deadline=None, max_examples=80)
def test_any_circular_is_shortened_faithfully(lines: list[str]) -> None:
    """Every rung is made of its pieces, passes the guard, and keeps each figure and each binding word outside references."""
    outline, ladders = climb(tuple(lines))
    for ladder in ladders:
        check(outline, ladder)


def check(outline: Outline, ladder: Ladder) -> None:
    """One ladder's promises."""
    whole = ladder.rungs[0].text
    for rung in (*ladder.rungs, *ladder.stem_rungs):
        assert "".join(outline.sentences[piece.sentence].text[piece.start : piece.end] for piece in rung.pieces) == rung.text
        assert all(first.sentence != second.sentence or first.end <= second.start for first, second in zip(rung.pieces, rung.pieces[1:], strict=False))
    for rung in ladder.rungs[1:]:
        assert len(rung.text) < len(whole) and guard.violations(whole, rung.text) == ()
        assert figures(rung.text) == figures(whole)


def figures(text: str) -> list[str]:
    """Figures and binding words outside references, 应当 of a dropped subject aside."""
    return [word for word in BINDING.findall(REFERENCE.sub("", text.rstrip("，；。"))) if word != "应当"]


@pytest.mark.corpus
def test_corpus_is_shortened_faithfully() -> None:
    """The same on every unit of official texts."""
    texts = sorted((Path(__file__).parents[2] / "../shared/corpus").resolve().glob("*/texts/*.txt"))
    if not texts:
        pytest.skip("no ../shared/corpus here")
    count = 0
    for path in texts[::3]:
        outline = outline_from(path.read_text("utf-8"))
        for ladder in compress.shorten(outline, Facts(), range(len(outline.units))):
            count += len(ladder.rungs) - 1
            check(outline, ladder)
    assert count > 500
