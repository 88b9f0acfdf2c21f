"""How good the choice of lines is: ours beside TextRank, jieba TF-IDF, counted modal words and the lead, and the readers.

usage: python bench/quality.py [--shared ../shared] [--split dev] [--chars 900] [--sheet] [--profile 保险代销,外汇]

Every system gets the same characters on the same texts and is scored by the corpus's own scorer. ``--sheet`` scores the
lines that the printed sheet really carries. Beside the score: vital units found, the share of lines that are somebody
else's duty, macro-F1 of the categories on marked units, and how often a role tag's word stands in the line.
"""

import argparse
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from marks import Corpus, Paper

from digest import compress, pipeline, places, rank, sheet
from digest.model.profile import Profile
from digest.model.ranking import OTHER_HOUSES, Category, Ranking
from digest.rank.posts import posts_of
from digest.sheet import plain
from digest.zh import words
from digest.zh.lexicon import Lexicon, load

FIVE = ("do", "ban", "limit", "time", "report")
AS_GOLD = {Category.CHANGE: "info", Category.STEP: "do"}
MODAL = re.compile(r"应当|必须|不得|严禁|禁止|须|应(?!用|急|对)")
DAMPING, ROUNDS = 0.85, 30  # TextRank as published (Mihalcea and Tarau 2004)

System = Callable[[Paper, int], list[str]]


def sentences_of(paper: Paper) -> list[str]:
    """The document's sentences without headings: what the baselines choose from."""
    return [sentence.text for sentence in paper.outline.sentences if sentence.kind.value != "heading"]


def take(texts: Sequence[str], scores: Sequence[float], budget: int) -> list[str]:
    """The best sentences within the budget, in document order."""
    chosen, used = [], 0
    for place in sorted(range(len(texts)), key=lambda each: (-scores[each], each)):
        cost = plain.length(texts[place])
        if cost and used + cost <= budget:
            chosen.append(place)
            used += cost
    return [texts[place] for place in sorted(chosen)]


def lead(paper: Paper, budget: int) -> list[str]:
    """The first sentences."""
    texts = sentences_of(paper)
    return take(texts, [-float(place) for place in range(len(texts))], budget)


def modal(paper: Paper, budget: int) -> list[str]:
    """Counted modal words over the root of the length."""
    texts = sentences_of(paper)
    return take(texts, [len(MODAL.findall(text)) / math.sqrt(max(1, len(text))) for text in texts], budget)


def tfidf(paper: Paper, budget: int) -> list[str]:
    """Mean of the words' frequency times inverse sentence frequency."""
    texts = sentences_of(paper)
    cuts = [[word for word in words.cut(text) if len(word) > 1] for text in texts]
    counts = Counter(word for cut in cuts for word in cut)
    spread = Counter(word for cut in cuts for word in set(cut))
    worth = {word: counts[word] * math.log(len(texts) / spread[word]) for word in counts}
    return take(texts, [sum(worth[word] for word in cut) / max(1, len(cut)) for cut in cuts], budget)


def textrank(paper: Paper, budget: int) -> list[str]:
    """PageRank over shared words, without any library."""
    texts = sentences_of(paper)
    cuts = [frozenset(word for word in words.cut(text) if len(word) > 1) for text in texts]
    links = [[similarity(one, other) if one is not other else 0.0 for other in cuts] for one in cuts]
    totals = [sum(row) or 1.0 for row in links]
    ranks = [1.0] * len(texts)
    for _ in range(ROUNDS):
        flows = [ranks[place] / totals[place] for place in range(len(texts))]
        ranks = [1 - DAMPING + DAMPING * sum(weight * flow for weight, flow in zip(row, flows, strict=True) if weight) for row in links]
    return take(texts, ranks, budget)


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared words over the logarithms of the lengths."""
    shared = len(one & other)
    size = math.log(max(2, len(one))) + math.log(max(2, len(other)))
    return shared / size if shared else 0.0


class Ours:
    """Our ranking, with or without the page."""

    def __init__(self, lexicon: Lexicon, profile: Profile, *, page: bool) -> None:
        """Remember how to rank."""
        self.lexicon, self.profile, self.page = lexicon, profile, page
        self.rankings: dict[str, Ranking] = {}

    def __call__(self, paper: Paper, budget: int) -> list[str]:
        """The chosen lines."""
        ranking = rank.score(paper.outline, paper.facts, self.lexicon, self.profile)
        self.rankings[paper.name] = ranking
        ladders = compress.shorten(paper.outline, paper.facts, ranking.order)
        if not self.page:
            return list(pipeline.lines(pipeline.Understood(outline=paper.outline, facts=paper.facts, ranking=ranking, ladders=ladders), budget))
        made, _ = sheet.fill(paper.outline, paper.facts, ranking, ladders, places.look("", None))
        return [line.text for line in sorted(made.lines, key=lambda line: line.sentences)]


def tell(name: str, corpus: Corpus, papers: Sequence[Paper], system: System, budget: int) -> None:
    """One row of the table."""
    scores, found, wanted = [], 0, 0
    for paper in papers:
        lines = system(paper, budget)
        limit = budget if not (isinstance(system, Ours) and system.page) else 10**6
        scores.append(corpus.score(paper, lines, limit))
        hits, all_ = corpus.vital(paper, lines, limit)
        found, wanted = found + hits, wanted + all_
    print(f"{name:28s} {sum(scores) / len(scores):.3f}   vital {found}/{wanted}   {' '.join(f'{score:.2f}' for score in scores)}", flush=True)


def tell_readers(corpus: Corpus, papers: Sequence[Paper]) -> None:
    """Each reader against the others, as the corpus's scorer does it."""
    table, score = corpus.scorer["unit_table"], corpus.scorer["score"]
    for reader in range(papers[0].readers if papers[0].readers > 1 else 0):
        scores = []
        for paper in papers:
            lines = [by[reader][1] for _, by in sorted(paper.marked.items()) if reader in by and by[reader][0] >= 2]
            scores.append(score(table(paper.marked, paper.readers, skip=reader), lines)[0])
        print(f"reader {reader} against the others   {sum(scores) / len(scores):.3f}")


def tell_details(papers: Sequence[Paper], ours: Ours) -> None:
    """Categories, whose duty and role tags."""
    pairs: list[tuple[str, str]] = []
    others = tags = right = chosen = 0
    for paper in papers:
        ranking = ours.rankings[paper.name]
        for unit in paper.outline.units:
            gold, said = paper.categories_of(unit.sentences), ranking.scores[unit.number].category
            if gold and paper.grade_of(unit.sentences) > 0.5:
                pairs.append((max(sorted(gold), key=lambda each: gold[each]), AS_GOLD.get(said, said.value)))
        for number in ranking.order[:15]:
            score = ranking.scores[number]
            text = "".join(paper.outline.sentences[each].text for each in paper.outline.units[number].sentences)
            chosen, others = chosen + 1, others + (score.audience in OTHER_HOUSES)
            tags, right = tags + len(score.roles), right + sum(role in posts_of(text, ours.lexicon) for role in score.roles)
    f1 = {name: f1_of(pairs, name) for name in FIVE}
    print(f"categories: macro-F1 of five {sum(f1.values()) / len(f1):.3f}  " + "  ".join(f"{name} {value:.2f}" for name, value in f1.items()))
    print(f"best 15 lines: somebody else's duty {others / max(1, chosen):.1%}; role tags {tags}, standing in the text {right / max(1, tags):.1%}")


def f1_of(pairs: Sequence[tuple[str, str]], name: str) -> float:
    """F1 of one category over (gold, said)."""
    hits = sum(gold == said == name for gold, said in pairs)
    return 2 * hits / max(1, sum(gold == name for gold, _ in pairs) + sum(said == name for _, said in pairs))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[2] / "shared")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--chars", type=int, default=900)
    parser.add_argument("--profile", default="", help="lines of business switched on, separated by commas")
    parser.add_argument("--sheet", action="store_true", help="score the printed sheet's own lines, too")
    arguments = parser.parse_args()
    lexicon = load()
    corpus = Corpus(arguments.shared / "corpus")
    papers = corpus.papers(arguments.split, lexicon)
    profile = Profile(on=tuple(name for name in arguments.profile.split(",") if name))
    print(
        f"{arguments.split}: {len(papers)} texts, {arguments.chars} characters" + ("" if arguments.split != "train" else " (the weights have seen these texts)")
    )
    ours = Ours(lexicon, profile, page=False)
    tell("ours, plain lines", corpus, papers, ours, arguments.chars)
    if arguments.sheet:
        tell("ours, printed sheet", corpus, papers, Ours(lexicon, profile, page=True), arguments.chars)
    for name, system in (("TextRank", textrank), ("jieba TF-IDF", tfidf), ("modal words / sqrt(length)", modal), ("lead", lead)):
        tell(name, corpus, papers, system, arguments.chars)
    tell_readers(corpus, papers)
    tell_details(papers, ours)


if __name__ == "__main__":
    main()
