"""The guard: no wording that changes anything binding passes; the white list's own deletions do."""

import re
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.zh import guard, trims
from tests.zh.mutations import LINES, MUTATORS, mutants, twice

MUTATIONS = 10_000


def kinds(source: str, wording: str) -> set[str]:
    """The kinds of violations of a wording."""
    return {violation.kind for violation in guard.violations(source, wording)}


def passed(spoilt: Iterable[tuple[str, str, str]]) -> tuple[int, list[tuple[str, str, str]]]:
    """How many spoilt lines there were, and those that the guard let pass."""
    every = list(spoilt)
    return len(every), [case for case in every if not guard.violations(case[1], case[2])]


@pytest.mark.slow
def test_ten_thousand_mutations() -> None:
    """Lines spoilt in one way or two, ten thousand of them: none passes, and every way of spoiling was tried."""
    count, through = passed(islice(chain(mutants(LINES), twice(LINES, 1)), MUTATIONS))

    assert count == MUTATIONS
    assert through == []
    assert {name for name, _, _ in mutants(LINES)} == set(MUTATORS)


@pytest.mark.corpus
@pytest.mark.slow
def test_corpus_mutations() -> None:
    """The same on lines of official texts, another ten thousand; empty clauses that the white list names may go."""
    folder = (Path(__file__).parents[2] / "../shared/corpus/train/units").resolve()
    if not folder.is_dir():
        pytest.skip("no ../shared/corpus here")
    lines = (line.partition("\t")[2] for path in sorted(folder.glob("*.txt")) for line in path.read_text("utf-8").splitlines()[5::2])
    fit = (line for line in lines if 15 <= len(line) <= 120 and not guard.DOUBLE.search(line))
    spoilt = (case for case in mutants(fit) if case[0] != "clause" or not guard.derivable(guard.plain(case[1]), guard.plain(case[2])))
    count, through = passed(islice(spoilt, MUTATIONS))

    assert count == MUTATIONS
    assert through == []


@pytest.mark.parametrize("line", LINES)
def test_the_source_itself_passes(line: str) -> None:
    """A line is its own faithful wording, with or without its last mark, with other commas."""
    assert guard.violations(line, line) == ()
    assert guard.violations(line, line.rstrip("。")) == ()
    assert guard.violations(line, line.replace("，", ",")) == ()


@pytest.mark.parametrize(
    ("source", "wording"),
    [
        ("为进一步加强管理，各网点应当认真核对印鉴。", "核对印鉴"),
        ("根据《示例办法》（示银发〔2025〕3号）规定，柜员不得代客户保管存单。", "柜员不得代客户保管存单"),
        ("各网点应当切实做好双人入库（以下简称入库），有效期不超过3年。", "做好双人入库，有效期不超过3年"),
        ("应当按照国家有关规定报送报表。", "应当报送报表"),
    ],
)
def test_the_white_list_passes(source: str, wording: str) -> None:
    """Purposes, references, fillers, short names and the reader's own name may go."""
    assert guard.violations(source, wording) == ()


class TestClauseOmission:
    """Duties, steps and members of a list that were left out."""

    def test_second_duty(self) -> None:
        """The second of two duties is missed, though it holds no figure."""
        assert "clause" in kinds("柜员应当登记客户身份信息，留存证件复印件。", "柜员应当登记客户身份信息。")

    def test_member_of_a_list(self) -> None:
        """One member of a list is missed."""
        assert kinds("应当登记姓名、联系方式、证件号码。", "应当登记姓名、证件号码。")

    def test_shell(self) -> None:
        """A subject with 应当 and nothing to do is no wording."""
        assert "clause" in kinds("网点应当加强管理，核对印鉴。", "网点应当")


class TestScopeBleed:
    """What was said of some is not said of all, and the other way round."""

    @pytest.mark.parametrize(
        ("source", "wording"),
        [
            ("单笔5万元以上的须核实。", "5万元以上的须核实。"),
            ("日累计限额5万元。", "限额5万元。"),
            ("仅限本人办理。", "本人办理。"),
            ("各网点全部保留人工窗口。", "各网点保留人工窗口。"),
            ("对新开立的个人账户执行B级限额。", "对个人账户执行B级限额。"),
            ("存单、存折各不超过50份。", "存单、存折不超过50份。"),
        ],
    )
    def test_scope(self, source: str, wording: str) -> None:
        """单笔, 日累计, 仅限, 全部, 各 and a condition's limiting words stay."""
        assert guard.violations(source, wording)


class TestObligationSoftening:
    """应当 stays 应当, 不得 stays 不得."""

    @pytest.mark.parametrize(("old", "new"), [("应当", "可以"), ("应当", "宜"), ("应当", "原则上应当"), ("必须", "应当"), ("不得", "不宜"), ("严禁", "不鼓励")])
    def test_softening(self, old: str, new: str) -> None:
        """No duty is weakened."""
        assert "modal" in kinds(f"柜员{old}当面核对证件。", f"柜员{new}当面核对证件。") | {
            kind.replace("negation", "modal") for kind in kinds(f"柜员{old}核对。", f"柜员{new}核对。")
        }

    def test_duty_word_dropped_behind_another_subject(self) -> None:
        """应当 goes only together with the reader's own name."""
        assert kinds("客户应当提供证件。", "客户提供证件。")


class TestLostCondition:
    """Conditions and exceptions travel with their rule."""

    @pytest.mark.parametrize(
        ("source", "wording"),
        [
            ("发现残损的，应当停止拆封。", "应当停止拆封。"),
            ("如客户拒绝，应当登记原因。", "应当登记原因。"),
            ("对于高风险客户，应当每半年审核。", "应当每半年审核。"),
            ("不得由同一人领取，但法定代表人亲自领取的除外。", "不得由同一人领取。"),
            ("除本人办理外，不得代办。", "不得代办。"),
            ("客户拒绝配合且存在可疑情形的，不得办理。", "客户拒绝配合的，不得办理。"),
            ("为客户开立账户时，应当核对证件。", "应当核对证件。"),
        ],
    )
    def test_condition(self, source: str, wording: str) -> None:
        """Neither the whole condition nor one limb of it may go."""
        assert {"condition", "exception"} & kinds(source, wording)


class TestLostApprover:
    """Who must agree, and whether one or both."""

    @pytest.mark.parametrize(
        "wording",
        ["经运营主管批准后办理。", "经网点负责人批准后办理。", "办理。", "经运营主管或网点负责人批准后办理。", "由运营主管和网点负责人办理。"],
    )
    def test_approver(self, wording: str) -> None:
        """Two approvers stay two."""
        assert guard.violations("经运营主管和网点负责人批准后办理。", wording)


def test_figures_stay_with_their_things() -> None:
    """Two right figures at each other's thing are wrong."""
    assert "number" in kinds("借记卡不超过100张，U盾不超过50个。", "借记卡不超过50张，U盾不超过100个。")


def test_double_negation_is_left_to_people() -> None:
    """A line with a double negation is quoted whole or not at all."""
    assert kinds("确需变更的，不得不重新办理，并切实登记。", "确需变更的，重新办理，并登记。") == {"double"}


def test_messages_quote_both_sides() -> None:
    """The message says what the source has and what stands there now."""
    (first, *_) = [violation for violation in guard.violations("单笔5万元以上。", "单笔50万元以上。") if violation.kind == "number"]

    assert "5万元" in first.message and "50万元" in first.message


def test_foreign_words_are_named() -> None:
    """Words of the editor's own are told apart from what was changed."""
    assert guard.foreign("柜员应当核对证件", "柜员应当仔细核对证件") == ("仔细",)
    assert not guard.is_subsequence("柜员应当核对证件", "柜员应当仔细核对证件")


@given(st.sampled_from(LINES), st.data())
@settings(derandomize=True, deadline=None, max_examples=200)
def test_any_deletion_of_something_binding_is_seen(line: str, data: st.DataObject) -> None:
    """A random deletion that touches a figure, a negation or a duty word outside the white list is refused."""
    start = data.draw(st.integers(min_value=0, max_value=len(line) - 1))
    end = data.draw(st.integers(min_value=start + 1, max_value=min(len(line), start + 12)))
    white = {place for trim in trims.find(line) for place in range(trim.start, trim.end)}
    binding = [hit for hit in re.finditer(r"\d+|不得|应当|以上|含|除外|单笔", line) if hit.start() >= start and hit.end() <= end]

    if any(not white.issuperset(range(hit.start(), hit.end())) for hit in binding):
        assert guard.violations(line, line[:start] + line[end:])
