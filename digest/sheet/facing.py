"""Everything on the sheet but its lines: facts strip, time line, point, questions, footer; nothing is invented, what is missing says so."""

from collections.abc import Sequence
from itertools import pairwise

from digest import __version__
from digest.model.facts import Fact, FactKind
from digest.model.look import Look
from digest.model.outline import Field, Light, Outline, SentenceKind
from digest.model.ranking import Category
from digest.model.sheet import Detail, Line, Milestone, Question, Section
from digest.sheet.lines import line_of
from digest.sheet.page_text import UNSEEN, chinese_day
from digest.sheet.pool import Pool
from digest.zh import questions

MUST_SHOW = ("来源", "施行日", "适用岗位")  # domain.md 3.2: these three show 待补; the others a dash
YEAR_ONLY = "的年份"
MOST_MILESTONES = 4
LONG_QUESTION = 60
LONGEST_POINT = 66
LEAST_POINT = 16
SHORT_POINT = 34  # characters of one line of the point's type; domain.md 3.2 asks for 40 at most
AT_A_GLANCE = 0.3  # more for a line so short
WITH_DAY = 0.3  # more for a line that says by when (domain.md 3.2: from when, who, what)
# which categories may give the point, and how good its line must be beside the best one
POINT_ORDER = (
    ((Category.CHANGE,), 0.5),
    ((Category.BAN, Category.DO, Category.TIME, Category.REPORT, Category.CHANGE), 0.5),
    (tuple(Category), 0.0),
)
LEAST_QUESTION = 10  # characters: a shorter one has lost what it asks about
SHORT_QUESTION = 40  # characters that stand on one line; longer questions come after
ALARMS = frozenset(  # notices that say that less was read than was written; they are told on the sheet itself
    (
        *("sparse", "sparse_pages", "garbled", "incomplete", "lost", "text_only", "cut", "encoding"),
        *("pages_unread", "pages_lost", "picture_not_read", "attachment_not_read", "sealed", "tricky_path"),
    )
)
HASH_SHOWN = 10
MOST_POSTS = 4
EVERYBODY = "全员"


def title_of(outline: Outline) -> str:
    """The subject, else the title, else the file's name."""
    head = outline.masthead
    return head.subject or head.title.value or outline.document.name.rsplit(".", 1)[0]


def details(pool: Pool, lines: Sequence[Line]) -> tuple[Detail, ...]:
    """The cells of the facts strip in the design's order."""
    head = pool.outline.masthead
    posts = posts_of(pool, lines)
    values = {
        "来源": head.issuer.value,
        "文号": head.doc_number.value,
        "发文日": chinese_day(head.date.value),
        "施行日": chinese_day(head.effective.value),
        "类型": pool.facts.kind.kind.value,
        "适用岗位": EVERYBODY if EVERYBODY in posts else "、".join(posts[:MOST_POSTS]) + ("等" if len(posts) > MOST_POSTS else ""),
        "主送": head.addressees.value,
        "联系人": head.contacts.value,
    }
    must = MUST_SHOW if lines and pool.ranking.actionable else ()
    return tuple(detail(name, values.get(name, ""), must=must, computed=name == "施行日" and effective_computed(pool)) for name in pool.look.details)


def posts_of(pool: Pool, lines: Sequence[Line]) -> tuple[str, ...]:
    """The posts of the lines on the sheet; where they name none, those of the best lines of the whole paper."""
    shown = tuple(dict.fromkeys(role for line in lines for role in line.roles))
    scores = (pool.ranking.scores[unit] for unit in pool.ranking.order)
    return shown or tuple(dict.fromkeys(role for score in scores for role in score.roles))


def detail(name: str, value: str, *, must: Sequence[str], computed: bool) -> Detail:
    """One cell; missing where it must show and there is nothing."""
    if value:
        return Detail(name=name, value=value, computed=computed)
    return Detail(name=name, value="" if name in must else UNSEEN, missing=name in must)


def effective_computed(pool: Pool) -> bool:
    """Whether the day of coming into force was worked out and not printed."""
    effective: Field = pool.outline.masthead.effective
    return any(fact.computed and fact.value == effective.value for fact in pool.facts.items if fact.kind is FactKind.EFFECTIVE)


def milestones(pool: Pool, lines: Sequence[Line]) -> tuple[Milestone, ...]:
    """Coming into force and the days of the lines on the sheet, in order; the day of issue, which is over, stands in the facts strip."""
    head = pool.outline.masthead
    found = {}
    if is_day(head.effective.value):
        found[head.effective.value] = Milestone(day=head.effective.value, label="施行", computed=effective_computed(pool))
    for line in lines:
        for fact in days_of(pool, line):
            day = fact.value[:10]
            found.setdefault(day, Milestone(day=day, label=f"截止·本单{line.number}", computed=worked_out(fact), line=line.number))
    days = sorted(found.values(), key=lambda each: each.day)
    while len(days) > MOST_MILESTONES and any(day.line is not None for day in days):
        days.remove(next(day for day in reversed(days) if day.line is not None))
    return tuple(days)


def days_of(pool: Pool, line: Line) -> list[Fact]:
    """The hard deadlines of a line that name a day and stand in its text."""
    found = [fact for sentence in line.sentences for fact in pool.facts_of(sentence)]
    return [fact for fact in found if fact.kind is FactKind.DEADLINE and fact.hard and is_day(fact.value[:10]) and fact.text in line.text]


def worked_out(fact: Fact) -> bool:
    """Whether a day was counted from another one; a year taken from the date of issue is no count, the day stands in the text."""
    return fact.computed and not fact.basis.endswith(YEAR_ONLY)


def is_day(value: str) -> bool:
    """Whether a value is a whole ISO day."""
    return chinese_day(value) != value


def point_of(pool: Pool, sections: Sequence[Section]) -> tuple[str, int | None]:
    """The one line to remember, worded as on the sheet or, where that is too long, in its shortest wording; and that line's number.

    What changes from when goes first, then bans and duties by score, raised by how far they speak of what the paper is about
    (BLUF: the main point first); never a bare 本办法自…起施行, which the facts strip says.
    """
    lines = [line for section in sections for line in (*section.lines, *(row.line for row in section.rows))]
    lines = [line for line in lines if not from_table(pool, line)] or lines
    best = max((line.score for line in lines), default=0.0)
    for categories, least in POINT_ORDER:
        good = [line for line in lines if line.category in categories and line.score >= best * least]
        fitting = [(line, line.text if len(line.text) <= LONGEST_POINT else tightest(pool, line)) for line in good]
        fitting = [(line, text) for line, text in fitting if LEAST_POINT <= len(text) <= LONGEST_POINT and "｜" not in text]
        if fitting:
            near = about(title_of(pool.outline), [text for _, text in fitting])
            worth = [
                line.score / len(line.units) * (1 + close + WITH_DAY * bool(line.due) + AT_A_GLANCE * (len(text) <= SHORT_POINT))
                for (line, text), close in zip(fitting, near, strict=True)
            ]
            line, text = fitting[worth.index(max(worth))]
            return text, line.number
    return "", None


def from_table(pool: Pool, line: Line) -> bool:
    """Whether a line was a row of a table: cells strung together do not read as the one thing to remember."""
    return any(pool.outline.sentences[sentence].kind is SentenceKind.ROW for sentence in line.sentences)


def about(title: str, texts: Sequence[str]) -> list[float]:
    """How far each text speaks of the title's subject: the share of its character pairs, those that stand everywhere counting less."""
    held = {pair: [pair in text for text in texts] for pair in sorted({a + b for a, b in pairwise(title) if (a + b).isalnum()})}
    weights = {pair: 1 / (1 + sum(found)) for pair, found in held.items()}
    whole = sum(weights.values()) or 1.0
    return [sum(weights[pair] for pair, found in held.items() if found[place]) / whole for place in range(len(texts))]


def tightest(pool: Pool, line: Line) -> str:
    """The shortest wording of a line."""
    return line_of(pool, dict.fromkeys(line.units, max(len(pool.candidates[unit].rungs) for unit in line.units))).text


def ask(lines: Sequence[Line], most: int) -> tuple[Question, ...]:
    """Check questions from the best lines, each of another kind as far as they go."""
    offered = [
        (line, asked)
        for line in sorted(lines, key=lambda each: -each.score)
        for asked in questions.ask(line.text)[:2]
        if not asked.question.startswith(questions.BLANK) and len(asked.question) >= LEAST_QUESTION
    ]
    found: list[tuple[Question, str]] = []
    for longest, fresh in ((SHORT_QUESTION, True), (SHORT_QUESTION, False), (LONG_QUESTION, True), (LONG_QUESTION, False)):
        for line, asked in offered:
            taken, kinds = {question.line for question, _ in found}, {kind for _, kind in found}
            if len(found) < most and len(asked.question) <= longest and line.number not in taken and (asked.kind not in kinds or not fresh):
                found.append((Question(question=asked.question, answer=asked.answer, line=line.number), asked.kind))
    return tuple(question for question, _ in sorted(found, key=lambda each: each[0].line))


def footer_of(outline: Outline, look: Look) -> str:
    """What the sheet is, where it comes from and by which rules it was made."""
    head = outline.masthead
    source = head.doc_number.value or head.title.value or outline.document.name
    edition = look.edition or __version__
    partial = f"【{look.words.partial}】" if alarms_of(outline) else ""
    return f"{partial}{look.words.disclaimer}（{source}）　规则版本 {edition}　原文校验 {outline.document.sha256[:HASH_SHOWN]}"


def alarms_of(outline: Outline) -> tuple[str, ...]:
    """What tells that less was read than was written, once each."""
    return tuple(dict.fromkeys(notice.text for notice in (*outline.document.notices, *outline.notices) if notice.code in ALARMS))


def restriction_of(outline: Outline, look: Look) -> str:
    """The words of a restricted sheet; empty for an open one."""
    secrecy = outline.masthead.secrecy
    return look.words.restricted if secrecy.light is Light.ORANGE else ""
