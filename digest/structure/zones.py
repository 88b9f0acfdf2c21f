"""Zones: opening, definitions, penalties, closing, sample contracts, local layers, cases; the phrases are in structure.tsv."""

import re

from digest.model.document import Document, PartKind
from digest.model.outline import NodeKind, SentenceKind, Zone
from digest.structure.draft import Draft, Work
from digest.structure.masthead import Found
from digest.zh.lexicon import Lexicon

PARTIES = re.compile(r"甲方|乙方|丙方|立约人|本合约|本合同|本协议")
RESTARTS = ("第一章", "第一条")
HEADS = 8  # headings in front of a charter's first article
WINDOW = 15  # sentences around one
PARTIES_SHARE = 0.4  # of the window that must name the parties of a contract
FIRST_SHARE = 0.12  # of the sentences: an opening stands at the start (domain.md 4.2)


def mark_zones(work: Work, document: Document, lexicon: Lexicon, found: Found) -> None:
    """Set every sentence's zone, in place; the rules behind outrank those before."""
    by_node = zones_of_nodes(work, lexicon)
    title = found.masthead.title.value
    told = lexicon.cues["案情"].search(title) is not None and not re.search(r"提示|防范|预警", title)
    samples = sample_nodes(work, lexicon)
    for index, draft in enumerate(work.drafts):
        draft.zone = by_node.get(draft.node, Zone.BODY)
        if draft.zone is Zone.BODY:
            draft.zone = zone_of_text(work, index, draft, lexicon)
        if told and draft.zone in (Zone.BODY, Zone.OPENING):
            draft.zone = Zone.CASE
        if draft.node in samples:
            draft.zone = Zone.SAMPLE
    mark_charters(work, lexicon)
    mark_contracts(work)
    mark_definition_items(work)
    mark_local(work, document, found.part)


def zones_of_nodes(work: Work, lexicon: Lexicon) -> dict[int, Zone]:
    """Nodes under a heading that tells their zone."""
    found: dict[int, Zone] = {}
    for node in work.nodes:
        zone = zone_of_heading(node.heading, node.kind, lexicon) or (found.get(node.parent) if node.parent is not None else None)
        if zone:
            found[node.number] = zone
    return found


def zone_of_heading(heading: str, kind: NodeKind, lexicon: Lexicon) -> Zone | None:
    """What a heading says of the text below it."""
    if not heading or len(heading) > 30:
        return None
    if kind in (NodeKind.CHAPTER, NodeKind.SECTION, NodeKind.H1):
        if lexicon.cues["章罚则"].search(heading):
            return Zone.PENALTY
        if lexicon.cues["章附则"].search(heading):
            return Zone.CLOSING
    return Zone.CASE if lexicon.cues["章案情"].search(heading) else None


def zone_of_text(work: Work, index: int, draft: Draft, lexicon: Lexicon) -> Zone:
    """What a sentence says of itself."""
    cues = lexicon.cues
    if index <= FIRST_SHARE * len(work.drafts) + 3 and cues["缘由"].search(draft.text) and draft.stem is None:
        return Zone.OPENING
    if cues["定义"].search(draft.text):
        return Zone.DEFINITION
    if cues["罚则"].search(draft.text):
        return Zone.PENALTY
    if cues["讲话"].search(draft.text) or cues["案情"].search(draft.text):
        return Zone.CASE
    return Zone.CLOSING if cues["收尾"].search(draft.text) else Zone.BODY


def mark_definition_items(work: Work) -> None:
    """Items of a definition belong to it."""
    for draft in work.drafts:
        if draft.stem is not None and work.drafts[draft.stem].zone is Zone.DEFINITION and draft.zone is Zone.BODY:
            draft.zone = Zone.DEFINITION


def sample_nodes(work: Work, lexicon: Lexicon) -> set[int]:
    """Nodes of annexes whose heading says contract, charter or form text."""
    found: set[int] = set()
    heads: dict[int, str] = {}
    for draft in work.drafts:
        if draft.kind is SentenceKind.HEADING:
            heads.setdefault(draft.node, draft.text)
    for node in work.nodes:
        above = node.parent in found
        is_sample = node.kind is NodeKind.ANNEX and lexicon.cues["范本题"].search(heads.get(node.number, "")) is not None
        if above or is_sample:
            found.add(node.number)
    return found


def mark_charters(work: Work, lexicon: Lexicon) -> None:
    """Charters and contracts behind the rules: 第一条 comes again under a heading that names one."""
    sample = seen = False
    for index, draft in enumerate(work.drafts):
        label = work.nodes[draft.node].label
        if work.nodes[draft.node].kind is NodeKind.ANNEX:
            sample = False
        elif label in RESTARTS and (index == 0 or work.drafts[index - 1].node != draft.node):
            heads = headings_before(work, index)
            sample = (sample and not heads) or (seen and any(lexicon.cues["范本题"].search(head) for head in heads))
            seen = True
        if sample:
            draft.zone = Zone.SAMPLE


def headings_before(work: Work, index: int) -> list[str]:
    """The unbroken run of headings in front of a sentence."""
    found: list[str] = []
    for draft in reversed(work.drafts[max(0, index - HEADS) : index]):
        if draft.kind is not SentenceKind.HEADING:
            break
        found.append(draft.text)
    return found


def mark_contracts(work: Work) -> None:
    """Stretches in which the parties of a contract are named all the time."""
    flags = [PARTIES.search(draft.text) is not None for draft in work.drafts]
    sums = [0]
    for flag in flags:
        sums.append(sums[-1] + flag)
    for index, draft in enumerate(work.drafts):
        low, high = max(0, index - WINDOW // 2), min(len(flags), index + WINDOW // 2 + 1)
        if sums[high] - sums[low] >= PARTIES_SHARE * (high - low) and high - low >= WINDOW // 2:
            draft.zone = Zone.SAMPLE


def mark_local(work: Work, document: Document, paper: int) -> None:
    """What forwarders wrote around the paper."""
    outer = {part.number for part in document.parts if part.kind is PartKind.MAIL and part.number != paper}
    for draft in work.drafts:
        if work.passages[draft.passage].part in outer:
            draft.zone = Zone.LOCAL
