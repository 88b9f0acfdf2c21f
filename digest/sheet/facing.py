"""Everything on the sheet but its lines, its time line and its questions: facts strip, footer; nothing is invented, what is missing says so."""

from collections.abc import Sequence

from msgspec.structs import replace

from digest import __version__
from digest.model.facts import FactKind, Kind
from digest.model.look import Look
from digest.model.outline import Field, Light, Outline
from digest.model.sheet import Detail, Line
from digest.sheet.page_text import UNSEEN, chinese_day
from digest.sheet.pool import ASKS_NOTHING, Pool
from digest.zh import clauses, point

EFFECTIVE = "施行日"
COMPUTED = "effective_computed"  # the notice that the day was counted from the date of issue
POSTS = "适用岗位"
MUST_SHOW = ("来源", EFFECTIVE, POSTS)  # domain.md 3.2: these three show 待补; the others a dash
FROM_WHEN = "何时起"  # the slot without which no day of coming into force is looked for: a work notice or a campaign has none (slots.tsv)
ALARMS = frozenset(  # notices that say that less was read than was written; they are told on the sheet itself
    (
        *("sparse", "sparse_pages", "garbled", "incomplete", "lost", "text_only", "cut", "encoding"),
        *("pages_unread", "pages_lost", "picture_not_read", "attachment_not_read", "sealed", "tricky_path"),
    )
)
HASH_SHOWN = 10
MOST_POSTS = 4
EVERYBODY = "全员"


def details(pool: Pool, lines: Sequence[Line]) -> tuple[Detail, ...]:
    """The cells of the facts strip in the design's order."""
    head = pool.outline.masthead
    posts = posts_of(pool, lines)
    values = {
        "来源": head.issuer.value,
        "文号": head.doc_number.value,
        "发文日": chinese_day(head.date.value),
        EFFECTIVE: chinese_day(head.effective.value),
        "类型": kind_of(pool),
        POSTS: EVERYBODY if EVERYBODY in posts else "、".join(posts[:MOST_POSTS]) + ("等" if len(posts) > MOST_POSTS else ""),
        "主送": head.addressees.value,
        "联系人": head.contacts.value,
    }
    must = must_show(pool, lines)
    found = (detail(name, values.get(name, ""), must=must, computed=name == EFFECTIVE and effective_computed(pool)) for name in pool.look.details)
    return tuple(replace(each, label=head.effective_word) if each.name == EFFECTIVE else each for each in found)


def kind_of(pool: Pool) -> str:
    """The kind of paper; in place of the general one the form that the title itself ends with (指导意见)."""
    kind = pool.facts.kind.kind
    return (point.form_of(pool.outline.masthead.title.value) if kind is Kind.NOTICE else "") or kind.value


def must_show(pool: Pool, lines: Sequence[Line]) -> tuple[str, ...]:
    """The cells that say 待补 where nothing was found; the posts only where a line has a duty for the branch's people."""
    if not lines or not pool.ranking.actionable or pool.ranking.others is not None:
        return ()
    dated = any(slot.name == FROM_WHEN and slot.required for slot in pool.facts.slots)
    unasked = {POSTS if not any(ours(pool, line.units) for line in lines) else "", EFFECTIVE if not dated else ""}
    return tuple(name for name in MUST_SHOW if name not in unasked)


def ours(pool: Pool, units: Sequence[int]) -> bool:
    """Whether the staff of the branch must act, and not the customer or an office."""
    return any(pool.ours(unit) for unit in units if unit in pool.candidates)


def posts_of(pool: Pool, lines: Sequence[Line]) -> tuple[str, ...]:
    """The posts of the lines on the sheet that have a duty for them; where they name none, those of the best lines of the whole paper.

    A paper for others names no posts but those of its lines.
    """
    shown = tuple(dict.fromkeys(role for line in lines if line.category not in ASKS_NOTHING for role in line.roles))
    scores = (pool.ranking.scores[unit] for unit in (pool.ranking.order if pool.ranking.others is None else ()))
    return shown or tuple(dict.fromkeys(role for score in scores if score.category not in ASKS_NOTHING for role in score.roles))


def detail(name: str, value: str, *, must: Sequence[str], computed: bool) -> Detail:
    """One cell; missing where it must show and there is nothing."""
    if value:
        return Detail(name=name, value=value, computed=computed)
    return Detail(name=name, value="" if name in must else UNSEEN, missing=name in must)


def effective_computed(pool: Pool) -> bool:
    """Whether the day of coming into force was worked out and not printed."""
    effective: Field = pool.outline.masthead.effective
    return any(notice.code == COMPUTED for notice in pool.outline.notices) or any(
        fact.computed and fact.value == effective.value for fact in pool.facts.items if fact.kind is FactKind.EFFECTIVE
    )


def footer_of(outline: Outline, look: Look, lines: Sequence[Line]) -> str:
    """What the sheet is, where it comes from and by which rules it was made; that it is internal where a line itself says that outsiders must not know."""
    head = outline.masthead
    source = head.doc_number.value or head.title.value or outline.document.name
    edition = look.edition or __version__
    partial = f"【{look.words.partial}】" if alarms_of(outline) else ""
    internal = f"【{look.words.internal}】" if restriction_of(outline, look) == "" and any(clauses.confides(line.text) for line in lines) else ""
    return f"{internal}{partial}{look.words.disclaimer}（{source}）　规则版本 {edition}　原文校验 {outline.document.sha256[:HASH_SHOWN]}"


def alarms_of(outline: Outline) -> tuple[str, ...]:
    """What tells that less was read than was written, once each."""
    return tuple(dict.fromkeys(notice.text for notice in (*outline.document.notices, *outline.notices) if notice.code in ALARMS))


def restriction_of(outline: Outline, look: Look) -> str:
    """The words of a restricted sheet; empty for an open one."""
    secrecy = outline.masthead.secrecy
    return look.words.restricted if secrecy.light is Light.ORANGE else ""
