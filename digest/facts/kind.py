"""Which of the twelve kinds a circular is, with confidence, from the words of its title and its body."""

import re
from collections.abc import Iterable

from digest.model.facts import Kind, KindGuess
from digest.model.outline import NodeKind, Outline
from digest.zh.lexicon import KindTrigger, Lexicon

# domain study 2: title words, then issuing department, then density in the body
BODY_SHARE = 0.5  # a body word says half of what a title word says
BODY_CAP = 2.0  # and all body words of a kind together no more than this
GENERAL = {Kind.NOTICE.value: 0.4}  # 关于做好…的通知 is said of every topic: it wins only where no topic speaks
FORM_BONUS = 4.0  # the name of the document's form (办法, 规程, 通报) at the title's very end
TITLE_END = re.compile(r"(?:的)?(?:通知|函|公告|决定|意见|令)?(?:[（(][^（）()]{1,20}[）)])?$")
ISSUED = re.compile(r"(?:印发|发布|公布|转发|下发|修订)[^《〈]{0,6}[《〈](?P<name>.+)[》〉]")
MANY_ARTICLES = 8  # a text in so many articles is a rule, whatever it talks about
ARTICLES_BONUS = 3.0
SURE = 6.0  # points at which the title alone would convince


def guess(outline: Outline, lexicon: Lexicon) -> KindGuess:
    """The kind of a document; low confidence means that the user should be asked."""
    title = outline.masthead.title.value or outline.masthead.subject or outline.document.name.rpartition(".")[0]
    body = "\n".join(sentence.text for sentence in outline.sentences)
    articles = sum(node.kind is NodeKind.ARTICLE for node in outline.nodes)
    return decide(title, outline.masthead.issuer.value, body, lexicon.kinds, articles=articles)


def decide(title: str, issuer: str, body: str, triggers: Iterable[KindTrigger], *, articles: int = 0) -> KindGuess:
    """The kind told by title, issuer, body and the number of articles (第X条)."""
    regulation = Kind.REGULATION.value
    inner = ISSUED.search(title)
    core = TITLE_END.sub("", inner["name"] if inner else title)
    points = {regulation: ARTICLES_BONUS + (FORM_BONUS if core.endswith("法") else 0.0)} if articles >= MANY_ARTICLES else {}
    evidence = {regulation: [f"{articles}条"]} if points else {}
    for trigger in triggers:
        gained = weigh(trigger, core, title + issuer, body)
        if gained:
            points[trigger.kind] = points.get(trigger.kind, 0.0) + gained
            evidence.setdefault(trigger.kind, []).append(trigger.word)
    order = sorted(points, key=lambda kind: (-points[kind], kind))
    if not order:
        return KindGuess()
    best, second = points[order[0]], points[order[1]] if len(order) > 1 else 0.0
    sure = 0.5 * (best - second) / best + 0.5 * min(best, SURE) / SURE
    return KindGuess(kind=Kind(order[0]), confidence=round(sure, 2), evidence=tuple(evidence[order[0]]), second=Kind(order[1]) if len(order) > 1 else None)


def weigh(trigger: KindTrigger, core: str, head: str, body: str) -> float:
    """What one trigger adds: in full from the title, more at its end, little from the body."""
    general = GENERAL.get(trigger.kind, 1.0)
    if trigger.place == "标题":
        if trigger.word not in head:
            return 0.0
        return trigger.weight * general + (FORM_BONUS if core.endswith(trigger.word) else 0.0)
    count = body.count(trigger.word)
    return min(BODY_CAP, trigger.weight * general * BODY_SHARE * min(count, 3) / 3) if count else 0.0
