"""Words that point to another place (前款, 前项, 下列 without its list): where that is, said in the article mark, for the text stays verbatim."""

import re
from collections.abc import Iterator, Sequence

from digest.model.outline import NodeKind, Outline, SentenceKind, Unit
from digest.zh import scope
from digest.zh.numerals import to_chinese

BEFORE = re.compile(r"(?:前|上)(?P<count>[一二两三四])?款")
ITEM_BEFORE = re.compile(r"前项|上一项")
LIST = re.compile(r"(?:下列|以下(?=[^，。；：]{0,12}(?:情形|行为|情况|条件|规定|事项|名单|机构|业务|材料)))(?![^。；]{0,40}：)")
NUMBER = re.compile(r"\d")
FEWEST_LISTS = 2  # of one article, from which on an item's label alone tells nothing
EXCEPTION = "另有例外"
COUNTS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}


def resolved(outline: Outline, units: Sequence[int]) -> str:
    """What a line's pointers mean, for its mark (〔前款即第一款〕), and for whom it holds; empty where it needs nothing outside itself."""
    sentences = [sentence for unit in units for sentence in outline.units[unit].sentences]
    ways = (told_of, scope_of, case_above)
    found = dict.fromkeys(told for sentence in sentences for way in ways for told in way(outline, sentence, sentences))
    found |= dict.fromkeys((*exception_behind(outline, units), *followed_in(outline, sentences)))
    return "".join(f"〔{told}〕" for told in found)


def told_of(outline: Outline, number: int, printed: Sequence[int]) -> Iterator[str]:
    """Each pointer of one sentence with its place."""
    sentence = outline.sentences[number]
    hit = BEFORE.search(sentence.text)
    if hit and (place := paragraphs_before(outline, number, COUNTS.get(hit["count"] or "", 1))):
        yield f"{hit.group()}即{place}"
    hit = ITEM_BEFORE.search(sentence.text)
    if hit and (place := item_before(outline, sentence.node)):
        yield f"{hit.group()}即{place}"
    hit = LIST.search(sentence.text)
    if hit and sentence.stem is None and (place := list_behind(outline, number, printed)):
        yield f"{hit.group()}即{place}"


def scope_of(outline: Outline, number: int, printed: Sequence[int]) -> Iterator[str]:
    """For whom or what a sentence holds, where only one before it in its paragraph says so, which is not in the line (指D级账户): its own words."""
    numbers = outline.paragraph_to(number)
    found = scope.inherited([outline.sentences[each].text for each in numbers])
    if found is not None and numbers[found[0]] not in printed and len(found[1]) <= scope.LONGEST_NAMED:
        yield f"指{found[1]}"


def case_above(outline: Outline, number: int, _: Sequence[int]) -> Iterator[str]:
    """For which case a step holds, where only the sentence that announces the steps says so (客户申请提高限额的，按下列流程办理：): its own words."""
    sentence = outline.sentences[number]
    parent = outline.nodes[sentence.node].parent
    if sentence.stem is not None or parent is None:
        return
    above = [each.text for each in outline.sentences[:number] if each.node == parent]
    case = scope.announced(above[-1]) if above else ""
    if case and len(case) <= scope.LONGEST_NAMED:
        yield f"指{case}"


def exception_behind(outline: Outline, units: Sequence[int]) -> Iterator[str]:
    """That the rule has an exception, where the sentence behind it that allows one is not in the line."""
    behind = outline.units[max(units) + 1 : max(units) + 2]
    if behind and behind[0].rule == max(units) and scope.allows("".join(outline.sentences[each].text for each in behind[0].sentences)):
        yield EXCEPTION


def followed_in(outline: Outline, printed: Sequence[int]) -> Iterator[str]:
    """For what else a line's number holds, where another article says so (办理境内汇款的，应当参照执行本办法第三十四条): its own words."""
    articles = {label for each in printed if NUMBER.search(outline.sentences[each].text) and (label := article_of(outline, each))}
    for sentence in outline.sentences if articles else ():
        what, article = scope.follows(sentence.text)
        if article in articles and sentence.number not in printed and len(what) <= scope.LONGEST_NAMED:
            yield f"{what}参照执行"


def article_of(outline: Outline, number: int) -> str:
    """The label of the article in which a sentence stands; empty outside of articles."""
    node: int | None = outline.sentences[number].node
    while node is not None and outline.nodes[node].kind is not NodeKind.ARTICLE:
        node = outline.nodes[node].parent
    return outline.nodes[node].label if node is not None else ""


def with_paragraph(outline: Outline, unit: Unit, path: str) -> str:
    """The mark of a list's item with its paragraph, where its article holds several lists (第七条（五） as 第七条第二款（五）)."""
    if unit.stem is None or not (article := article_of(outline, unit.stem)) or article not in path:
        return path
    stem = outline.sentences[unit.stem]
    own = [sentence for sentence in outline.sentences if sentence.node == stem.node]
    lists = {each.passage for each in own if each.kind is SentenceKind.STEM}
    paragraphs = sorted({each.passage for each in own})
    if outline.nodes[stem.node].kind is not NodeKind.ARTICLE or len(lists) < FEWEST_LISTS:
        return path
    return path.replace(article, f"{article}第{to_chinese(paragraphs.index(stem.passage) + 1)}款", 1)


def paragraphs_before(outline: Outline, number: int, count: int) -> str:
    """The paragraphs of an article right before a sentence's own (第一款, 第一款和第二款 as 第一至第二款); empty where it has none before."""
    node = outline.sentences[number].node
    while outline.nodes[node].kind is not NodeKind.ARTICLE:
        parent = outline.nodes[node].parent
        if parent is None:
            return ""
        node = parent
    here = outline.sentences[number].passage
    last = len({sentence.passage for sentence in outline.sentences if sentence.node == node and sentence.passage <= here}) - 1
    if last < count:
        return ""
    return f"第{to_chinese(last)}款" if count == 1 else f"第{to_chinese(last - count + 1)}至第{to_chinese(last)}款"


def item_before(outline: Outline, node: int) -> str:
    """The label of the item before a sentence's own."""
    here = outline.nodes[node]
    before = [each.label for each in outline.nodes if each.parent == here.parent and each.kind is here.kind and each.number < node]
    return before[-1].rstrip("、.．") if before and here.kind is not NodeKind.ARTICLE else ""


def list_behind(outline: Outline, number: int, printed: Sequence[int]) -> str:
    """The first and the last label of the list behind a sentence that is printed without it."""
    behind = outline.sentences[number + 1 : number + 2]
    if not behind or outline.nodes[behind[0].node].parent != outline.sentences[number].node or behind[0].number in printed:
        return ""
    node = outline.nodes[behind[0].node]
    labels = [each.label.rstrip("、.．") for each in outline.nodes if each.parent == node.parent and each.kind is node.kind and each.number >= node.number]
    return f"{labels[0]}至{labels[-1]}" if len(labels) > 1 and labels[0] else ""
