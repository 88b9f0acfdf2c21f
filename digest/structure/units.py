"""Sentences to units: what is chosen or left as one; a rule with its exception, an item with its stem."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from digest.model.outline import SentenceKind, Unit
from digest.structure.draft import Draft, Work
from digest.structure.lists import item_node
from digest.zh import scope
from digest.zh.lexicon import Lexicon

STAGE = re.compile(r"[（(][^（）()]*\d[^（）()]*[）)][。：]$")  # 网点自查阶段（9月22日至10月17日）。: says when, not what
LONGEST_STAGE = 40  # characters
CASE = re.compile(r"[^，。；：]{2,16}的，")  # a case: what it is a case of stands before
# a case without its matter (超过1万元的, 不合格的): of what, the sentence before says
BARE_CASE = re.compile(r"(?:超过|超出|不足|低于|逾期|未|不|无|确需|确有|确因|经解释|仍)[^，。；：]{0,14}的，")
ALLOWS = re.compile(r"，可以?(?!能)|^对[^。；]*可以")  # what a special case allows is no part of what its rule asks for: beside it, never without it
NAMED = re.compile(r"本(?:办法|规定|细则|规程|通知|条例|法)|第[^，。；：]{1,6}条|《")  # a case that says itself of what it is one
CUSTOMER_CASE = re.compile(r"客户[^，。；：]{2,20}的，")
REFUSED = re.compile(
    r"[^，。；：]{0,12}(?:拒绝|无法|不愿|不能|不便|未能|难以|不同意|不配合|不要求)(?:使用|采用|进行|办理|提供)?(?P<what>[^，。；：]{2,10})的，"
)
AGENT = re.compile(r"，由[^，。；：]{2,24}?(?P<act>[^，。；：]{2})[。；]$")  # 由发卡银行报告。
ALIKE = 0.6  # share of the characters that two cases have in common
SHORT_PAIR = 130  # characters of clauses or of one item's sentences that stay together
LONGEST = 220  # characters; a longer pair is two units
LONGEST_SCOPED = 150  # characters of sentences that hold for what the first of them names; a longer one names it in its article mark
MOST_TAKEN = 3  # units that a sentence behind them makes one
LEAST_BOUND = 6  # characters; less is no statement


def make_units(work: Work, lexicon: Lexicon) -> tuple[Unit, ...]:
    """All units in document order; headings and stems make none of their own."""
    groups = group(work, lexicon)
    positions = place_items(work, groups)
    return tuple(
        Unit(
            number=number,
            sentences=tuple(found),
            stem=work.drafts[found[0]].stem,
            position=position,
            siblings=siblings,
            rule=number - 1 if number and special_of(work, groups[number - 1], found[0], lexicon) else None,
        )
        for number, (found, (position, siblings)) in enumerate(zip(groups, positions, strict=True))
    )


def special_of(work: Work, found: Sequence[int], index: int, lexicon: Lexicon) -> bool:
    """Whether a sentence that opens a unit tells a special case of the unit before it: only its length parted them."""
    draft, before = work.drafts[index], work.drafts[found[-1]]
    if found[-1] != index - 1 or draft.stem is not None or not same_place(draft, before) or ends_stem(work, index):
        return False
    text, rule = draft.text, "".join(work.drafts[each].text for each in found)
    return is_special(text, rule, lexicon) or (BARE_CASE.match(text) is not None and not NAMED.search(text))


def is_special(text: str, before: str, lexicon: Lexicon) -> bool:
    """Whether a sentence is an exception to, a case of, or the next step behind what stands right before it."""
    return bool(lexicon.cues["例外"].search(text) or lexicon.cues["承前"].match(text)) or refuses(text, before) or scope.special(text, before)


def group(work: Work, lexicon: Lexicon) -> list[list[int]]:
    """Sentence numbers of each unit."""
    groups: list[list[int]] = []
    for index, draft in enumerate(work.drafts):
        if draft.kind in (SentenceKind.HEADING, SentenceKind.STEM):
            continue
        if groups and binds(work, groups[-1], index, lexicon):
            groups[-1].append(index)
        elif taken := behind(work, groups, index):
            groups[-taken:] = [[*(each for found in groups[-taken:] for each in found), index]]
        else:
            groups.append([index])
    return groups


def binds(work: Work, found: Sequence[int], index: int, lexicon: Lexicon) -> bool:
    """Whether a sentence must not be parted from the unit before it."""
    draft, before = work.drafts[index], work.drafts[found[-1]]
    if found[-1] != index - 1 or not same_place(draft, before) or ends_stem(work, index):
        return False
    if STAGE.search(before.text) and before.first and len(before.text) <= LONGEST_STAGE:
        return len(draft.text) <= LONGEST - len(before.text)
    if lexicon.cues["标题词"].search(before.text) and before.first:  # 机构范围。: left a sentence because the next says nothing without it
        return len(draft.text) <= LONGEST - len(before.text)
    length = sum(len(work.drafts[each].text) for each in found) + len(draft.text)
    if is_special(draft.text, before.text, lexicon) and not (scope.special(draft.text, before.text) and ALLOWS.search(draft.text)):
        return length <= LONGEST
    if before.text.endswith(scope.STOPS) and scope.beside(draft.text, before.text):
        return length <= LONGEST
    return length <= SHORT_PAIR and (leans_on(draft, before, lexicon.cues["照常"]) or (draft.stem is not None and draft.node == before.node))


def behind(work: Work, groups: Sequence[Sequence[int]], index: int) -> int:
    """How many of the last units a sentence is one with: those back to the rule it relaxes (可先限制后告知: to 告知), or to who it holds for."""
    draft, here = work.drafts[index], paragraph(work, index)
    within = [found for found in groups[-MOST_TAKEN:] if found[0] in here]
    lengths = [sum(len(work.drafts[each].text) for found in within[place:] for each in found) + len(draft.text) for place in range(len(within))]
    if not within or len(draft.text) < LEAST_BOUND or ends_stem(work, index):
        return 0
    if scope.relaxes(draft.text):
        what = scope.relaxed(draft.text)
        named = [place for place, found in enumerate(within) if what and any(what in work.drafts[each].text for each in found)]
        place = named[-1] if named else len(within) - 1
        return len(within) - place if lengths[place] <= LONGEST else 0
    found = scope.inherited([work.drafts[each].text for each in here])
    opened = [place for place, each in enumerate(within) if found is not None and here[found[0]] in each]
    return len(within) - opened[0] if opened and lengths[opened[0]] <= LONGEST_SCOPED else 0


def ends_stem(work: Work, index: int) -> bool:
    """Whether a sentence goes on with a list's opening (银行…下列情形…；支付机构…；涉嫌犯罪的，移送…：) and not with the half before it, which is another's."""
    items = next((draft for draft in work.drafts[index + 1 : index + 2] if draft.stem is not None), None)
    return items is not None and items.stem is not None and items.stem < index - 1 and work.drafts[items.stem].passage == work.drafts[index].passage


def paragraph(work: Work, index: int) -> list[int]:
    """A sentence with those right before it in its paragraph, under the same stem."""
    draft, first = work.drafts[index], index
    while first and work.drafts[first - 1].kind not in (SentenceKind.HEADING, SentenceKind.STEM) and same_place(work.drafts[first - 1], draft):
        first -= 1
    return list(range(first, index + 1))


def same_place(one: Draft, other: Draft) -> bool:
    """Whether two sentences stand in one paragraph under one stem."""
    return (one.passage, one.stem) == (other.passage, other.stem)


def leans_on(draft: Draft, before: Draft, usual: re.Pattern[str]) -> bool:
    """Whether a sentence takes its subject or its matter from the one before (不符的，不得签退): alone it would say something else."""
    if BARE_CASE.match(draft.text):
        return True
    if not before.text.endswith("；"):
        return False
    case = CASE.match(draft.text) is not None and (draft.inherited or not draft.subject or CUSTOMER_CASE.match(draft.text) is not None)
    return case or usual.search(before.text + draft.text) is not None or alike(draft, before)


def refuses(text: str, before: str) -> bool:
    """Whether a sentence tells the case in which what the one before asks for is refused or cannot be (全程录像。客户拒绝录像的，…): its exception."""
    hit = REFUSED.match(text)
    return hit is not None and hit["what"] in before


def alike(draft: Draft, before: Draft) -> bool:
    """Whether two halves of one sentence are cases of one matter (存款…的，询问来源；取款…的，询问用途 or 由甲报告；由乙报告)."""
    heads = [text.partition("，")[0] for text in (before.text, draft.text)]
    cases = all(head.endswith("的") for head in heads) and likeness(*heads) >= ALIKE
    agents = [AGENT.search(each.text) for each in (before, draft)]
    return cases or (None not in agents and len({hit["act"] for hit in agents if hit}) == 1)


def likeness(one: str, other: str) -> float:
    """How much two heads have in common, 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def place_items(work: Work, groups: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Position and number of siblings of each unit among the items of its stem."""
    nodes: dict[int, list[int]] = {}
    for draft in work.drafts:
        if draft.stem is not None:
            node = item_node(work, draft, draft.stem)
            if node not in nodes.setdefault(draft.stem, []):
                nodes[draft.stem].append(node)
    return [place_item(work, work.drafts[found[0]], nodes) for found in groups]


def place_item(work: Work, draft: Draft, nodes: dict[int, list[int]]) -> tuple[int, int]:
    """Where an item stands in its list; (0, 1) for anything else."""
    if draft.stem is None:
        return 0, 1
    return nodes[draft.stem].index(item_node(work, draft, draft.stem)), len(nodes[draft.stem])
