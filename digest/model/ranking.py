"""Ranking: every unit with its score and the reasons for it, in words a manager understands (step 4 hands it over)."""

from enum import StrEnum

from msgspec import Struct


class Category(StrEnum):
    """What a line is to the reader; decides its section on the sheet (gold categories of the label files)."""

    DO = "do"  # 必须做
    BAN = "ban"  # 不得做
    LIMIT = "limit"  # 金额、比例、次数、标准
    TIME = "time"  # 期限、生效日
    REPORT = "report"  # 报送
    ROLE = "role"  # 岗位职责
    PENALTY = "penalty"  # 罚则
    RIGHT = "right"  # 可以做、例外
    CHANGE = "change"  # 变了什么: 新旧、废止、启用
    STEP = "step"  # 操作步骤
    INFO = "info"


class Audience(StrEnum):
    """Whose duty it is (主体)."""

    BRANCH = "branch"  # 网点人员
    UNKNOWN = "unknown"  # the text names nobody
    CUSTOMER = "customer"
    HEAD_OFFICE = "head_office"
    REGULATOR = "regulator"
    OTHER_INDUSTRY = "other_industry"


OTHER_HOUSES = frozenset({Audience.HEAD_OFFICE, Audience.REGULATOR, Audience.OTHER_INDUSTRY})  # whose duty is none of the branch's


class Reason(Struct, frozen=True, kw_only=True):
    """One contribution to a score: ``name`` in Chinese, ``points`` signed, ``evidence`` the words that caused it."""

    name: str
    points: float
    evidence: str = ""


class Score(Struct, frozen=True, kw_only=True):
    """A unit's value with its reasons. ``candidate`` is false for headings, boiler-plate and others' duties (``why``).

    ``repeats`` is the number of an earlier, better unit that says the same. ``own_trade``: the duty is another trade's by
    name (收单机构), but of a trade that a bank may do itself. ``sunk``: no candidate only because the duty is somebody else's.
    """

    unit: int
    value: float
    category: Category = Category.INFO
    audience: Audience = Audience.UNKNOWN
    roles: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    candidate: bool = True
    why: str = ""
    repeats: int | None = None
    own_trade: bool = False
    sunk: bool = False


class Others(Struct, frozen=True, kw_only=True):
    """Whose duties fill a paper that is mainly for others: their kind, the names told most often; ``ours`` are the units that concern the bank."""

    audience: Audience
    names: tuple[str, ...]
    ours: frozenset[int] = frozenset()


class Ranking(Struct, frozen=True, kw_only=True):
    """``scores[i].unit == i``; ``order`` lists the candidates from best to worst. ``words`` are the topic's keywords.

    ``sunk`` are the units that are no candidates only because the duty is somebody else's, best first: they wait until all of ours are told.
    """

    scores: tuple[Score, ...]
    order: tuple[int, ...]
    sunk: tuple[int, ...] = ()
    words: tuple[tuple[str, float], ...] = ()
    actionable: bool = True  # false: nothing for the branch to do (传阅即可)
    others: Others | None = None  # the paper is for these (传阅即可)
