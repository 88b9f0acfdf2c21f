"""Sheet: what is said on the page, in order, each line with its source (step 6 hands it over, with the Page)."""

from msgspec import Struct

from digest.model.outline import Light, Span
from digest.model.ranking import Category


class Limit(Struct, frozen=True, kw_only=True):
    """A time limit of a line as its chip says it: ``when`` and ``what``; ``words`` are its words in the line, ``day`` its ISO day if it has one."""

    when: str
    words: str
    what: str = ""
    day: str = ""


class Line(Struct, frozen=True, kw_only=True):
    """One statement. ``text`` is what is printed, ``source`` the verbatim source of all its sentences.

    ``emphasis`` are [start, end) ranges of ``text`` to set bold. ``mark`` is the article (第十二条（三）). ``due`` is the
    deadline's words or empty, ``limits`` are all of the staff's own. ``units`` are all units the line carries (a list with its items carries several).
    ``part`` counts the lines that one wording was parted into (a duty and its ban); ``mixed`` marks a ban that could not be parted from its duty.
    """

    number: int
    text: str
    source: str
    category: Category = Category.DO
    units: tuple[int, ...] = ()
    sentences: tuple[int, ...] = ()
    spans: tuple[Span, ...] = ()
    mark: str = ""
    page: int | None = None
    roles: tuple[str, ...] = ()
    due: str = ""
    limits: tuple[Limit, ...] = ()
    rung: int = 0
    emphasis: tuple[tuple[int, int], ...] = ()
    doubtful: bool = False  # OCR was unsure of a digit: 请核对
    score: float = 0.0
    part: int = 0
    mixed: bool = False


class NumberRow(Struct, frozen=True, kw_only=True):
    """One row of 记住这些数: 事项｜标准｜期限, and the line it was taken from."""

    item: str
    standard: str
    due: str = ""
    mark: str = ""
    line: Line


class Section(Struct, frozen=True, kw_only=True):
    """A titled group of lines (不得做, 必须做…). ``key`` is its name in the template; empty sections are not in the sheet."""

    key: str
    title: str
    lines: tuple[Line, ...] = ()
    rows: tuple[NumberRow, ...] = ()


class Detail(Struct, frozen=True, kw_only=True):
    """One cell of the facts strip (发文机关, 施行日期…). ``missing`` prints 待补; ``computed`` prints （推算）.

    ``label`` is printed instead of the name where the paper has a word of its own (对外营业 for 施行).
    """

    name: str
    value: str
    missing: bool = False
    computed: bool = False
    label: str = ""


class Milestone(Struct, frozen=True, kw_only=True):
    """A day on the time line: ISO ``day``, the words for it, and whether it was computed.

    ``end`` is the last ISO day of a span. ``words`` are printed in place of the day, without its year (9月26日12:00前, 10月1日至8日).
    """

    day: str
    label: str
    computed: bool = False
    line: int | None = None
    end: str = ""
    words: str = ""


class Question(Struct, frozen=True, kw_only=True):
    """One check question with its answer (printed on the manager's copy only) and the line it was made from."""

    question: str
    answer: str
    line: int


class LeftOut(Struct, frozen=True, kw_only=True):
    """A candidate that is not on the page, and why (版面已满, 重复, 非网点职责…)."""

    unit: int
    text: str
    mark: str
    score: float
    why: str
    category: Category = Category.INFO


class Balance(Struct, frozen=True, kw_only=True):
    """Coverage figures for the console, the JSON and the alarm (覆盖率)."""

    characters: int
    sentences: int
    candidates: int
    placed: int
    share: float  # placed score over all candidates' score, 0..1
    alarms: tuple[str, ...] = ()


class Sheet(Struct, frozen=True, kw_only=True):
    """Everything the page says. ``light`` orange adds the restricted footer."""

    template: str
    title: str
    kind: str
    point: str  # 一句话
    point_line: int | None = None
    details: tuple[Detail, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    sections: tuple[Section, ...] = ()
    questions: tuple[Question, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    balance: Balance
    light: Light = Light.GREEN
    restriction: str = ""
    urgency: str = ""
    footer: str = ""
    contact: str = ""  # whom the source names for questions
    contact_spans: tuple[Span, ...] = ()
    missing: tuple[str, ...] = ()  # required slots 未找到
    notices: tuple[str, ...] = ()
    circulate_only: bool = False  # 传阅即可
    source_name: str = ""
    source_hash: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line in reading order, rows' lines included."""
        found: list[Line] = []
        for section in self.sections:
            found += section.lines
            found += (row.line for row in section.rows)
        return tuple(found)

    def forbidding_outside(self, section: Section) -> tuple[int, ...]:
        """The numbers of the lines of other sections that forbid or stop something, in order: with the section's own they are all bans of the page."""
        own = {line.number for line in (*section.lines, *(row.line for row in section.rows))}
        return tuple(sorted(line.number for line in self.lines if line.mixed and line.number not in own))
