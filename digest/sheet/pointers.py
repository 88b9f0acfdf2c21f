"""Words that point to another place (前款, 前项, 下列 without its list): where that is, said in the article mark, for the text stays verbatim."""

import re
from collections.abc import Iterator, Sequence

from digest.model.outline import NodeKind, Outline
from digest.zh import scope
from digest.zh.numerals import to_chinese

BEFORE = re.compile(r"(?:前|上)(?P<count>[一二两三四])?款")
ITEM_BEFORE = re.compile(r"前项|上一项")
LIST = re.compile(r"(?:下列|以下(?=[^，。；：]{0,12}(?:情形|行为|情况|条件|规定|事项|名单|机构|业务|材料)))(?![^。；]{0,40}：)")
COUNTS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4}


def resolved(outline: Outline, units: Sequence[int]) -> str:
    """What a line's pointers mean, for its mark (〔前款即第一款〕), and for whom it holds; empty where it needs nothing outside itself."""
    sentences = [sentence for unit in units for sentence in outline.units[unit].sentences]
    ways = (told_of, scope_of, case_above)
    found = dict.fromkeys(told for sentence in sentences for way in ways for told in way(outline, sentence, sentences))
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
