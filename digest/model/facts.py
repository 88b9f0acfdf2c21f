"""Facts: dates, amounts, deadlines and the like, each with the characters it stands on (step 3 hands them over)."""

from enum import StrEnum

from msgspec import Struct


class FactKind(StrEnum):
    """What a fact is about."""

    DATE = "date"
    EFFECTIVE = "effective"  # 自…起施行
    DEADLINE = "deadline"  # 2日内, 9月30日前, 每月5日前
    AMOUNT = "amount"  # 5万元以上（含）
    RATIO = "ratio"  # 20%
    COUNT = "count"  # 不超过20张, 双人
    RETENTION = "retention"  # 保存5年
    REPORT_TO = "report_to"  # 报送分行运营管理部
    FORM = "form"  # 《××登记簿》, 附件1
    TRANSACTION = "transaction"  # 交易码 4310
    CONTACT = "contact"
    PENALTY = "penalty"
    REPEAL = "repeal"  # 同时废止
    CHANGE = "change"  # 由…调整为…
    ROLE = "role"  # 柜员, 大堂经理


class Fact(Struct, frozen=True, kw_only=True):
    """One fact at characters [start, end) of a sentence's text.

    ``text`` is verbatim, ``value`` normalised (ISO date, plain number with unit). ``hard`` tells a hard deadline from
    及时/定期. ``computed`` marks a day worked out from a rule (自印发之日起30日内) and ``basis`` says from what.
    ``old``/``new`` are filled for CHANGE only where the text gives both.
    """

    kind: FactKind
    text: str
    sentence: int
    start: int
    end: int
    value: str = ""
    hard: bool = True
    computed: bool = False
    basis: str = ""
    old: str = ""
    new: str = ""


class Kind(StrEnum):
    """The twelve kinds of circular (来文类型)."""

    REGULATION = "制度办法"
    NOTICE = "工作通知"
    BULLETIN = "通报"
    RISK = "风险提示"
    SYSTEM = "系统上线"
    PROCEDURE = "操作规程"
    CAMPAIGN = "营销活动"
    INSPECTION = "检查整改"
    AML = "反诈反洗钱账户"
    COMPLAINT = "消保投诉"
    SECURITY = "安保"
    AGEING = "适老化"


class KindGuess(Struct, frozen=True, kw_only=True):
    """The kind with its confidence (0..1), the words that told it, and the runner-up."""

    kind: Kind = Kind.NOTICE
    confidence: float = 0.0
    evidence: tuple[str, ...] = ()
    second: Kind | None = None


class Slot(Struct, frozen=True, kw_only=True):
    """One must-know slot of the kind (何时起、报送、联系人…): filled by sentences, or missing (未找到)."""

    name: str
    required: bool
    sentences: tuple[int, ...] = ()


class Facts(Struct, frozen=True, kw_only=True):
    """All facts of a document in sentence order, its kind and the kind's slots."""

    items: tuple[Fact, ...] = ()
    kind: KindGuess = KindGuess()
    slots: tuple[Slot, ...] = ()

    def of(self, sentence: int) -> tuple[Fact, ...]:
        """The facts that stand in one sentence."""
        return tuple(fact for fact in self.items if fact.sentence == sentence)
