"""Which lines are chosen: ours beside TextRank, jieba TF-IDF, lead and a count of modal words, on one budget, by the benchmark's scorer.

usage: python bench/quality.py [--shared ../shared] [--set dev] [--chars 900] [--sheet]
The score is the share of the readers' marked weight that fits the same number of characters (1.0 = the best that fits).
With --sheet the lines that the printed page really carries are scored as well, each sheet against its own length.
"""

import argparse
import math
import re
import runpy
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from digest import ingest, pipeline, places
from digest.model.profile import Profile
from digest.model.source import Source
from digest.zh import lexicon, words

ROOT = Path(__file__).resolve().parent.parent
MODAL = re.compile("应当|必须|不得|严禁|禁止|须|应")
DAMPING, ROUNDS = 0.85, 60  # Mihalcea and Tarau 2004, section 2.2
Sentences = list[str]
System = Callable[[Sentences], list[float]]


def textrank(sentences: Sentences) -> list[float]:
    """Sentence TextRank (Mihalcea and Tarau 2004): overlap over the logs of the lengths, power iteration."""
    bags = [set(words.cut(sentence)) for sentence in sentences]
    links = [[overlap(a, b) if i != j else 0.0 for j, b in enumerate(bags)] for i, a in enumerate(bags)]
    sums = [sum(row) or 1.0 for row in links]
    rank = [1.0] * len(sentences)
    for _ in range(ROUNDS):
        rank = [1 - DAMPING + DAMPING * sum(links[j][i] / sums[j] * rank[j] for j in range(len(rank)) if links[j][i]) for i in range(len(rank))]
    return rank


def overlap(one: set[str], other: set[str]) -> float:
    """Shared words over the logs of both lengths."""
    scale = math.log(len(one) + 1) + math.log(len(other) + 1)
    return len(one & other) / scale if scale else 0.0


def tfidf(sentences: Sentences) -> list[float]:
    """Mean TF-IDF weight of a sentence's words, each sentence a document (jieba's cut)."""
    bags = [Counter(word for word in words.cut(sentence) if len(word) > 1) for sentence in sentences]
    seen = Counter(word for bag in bags for word in bag)
    weight = {word: math.log(len(bags) / count) for word, count in seen.items()}
    return [sum(n * weight[word] for word, n in bag.items()) / math.sqrt(sum(bag.values()) or 1) for bag in bags]


def modal(sentences: Sentences) -> list[float]:
    """Modal words over the root of the length."""
    return [len(MODAL.findall(sentence)) / math.sqrt(len(sentence)) for sentence in sentences]


def lead(sentences: Sentences) -> list[float]:
    """The beginning of the text."""
    return [float(-place) for place in range(len(sentences))]


BASELINES: dict[str, System] = {"TextRank": textrank, "jieba TF-IDF": tfidf, "modal words": modal, "lead": lead}


def pick(sentences: Sentences, scores: list[float], budget: int, size: Callable[[str], int]) -> Sentences:
    """The best sentences that fit, in document order."""
    taken, used = set(), 0
    for place in sorted(range(len(sentences)), key=lambda each: (-scores[each], each)):
        if used + size(sentences[place]) <= budget:
            taken.add(place)
            used += size(sentences[place])
    return [sentences[place] for place in sorted(taken)]


def main() -> None:
    """Score every system on every text and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--set", default="dev")
    parser.add_argument("--chars", type=int, default=900)
    parser.add_argument("--sheet", action="store_true")
    given = parser.parse_args()
    corpus = given.shared / "corpus"
    scorer = runpy.run_path(str(corpus / "score_digest.py"))
    marks, readers = scorer["load"](str(corpus / given.set / "labels" / "*.tsv"))
    names = [*BASELINES, "digest", *(["digest, sheet"] if given.sheet else [])]
    table: dict[str, list[tuple[float, int, int]]] = {name: [] for name in names}
    rules = pipeline.Rules(lexicon=lexicon.load(), profile=Profile())
    for name, marked in sorted(marks.items()):
        units = scorer["unit_table"](marked, readers)
        path = corpus / given.set / "texts" / f"{name}.txt"
        understood = pipeline.understand(Source(name=path.name, data=path.read_bytes()), rules, reader=ingest.read)
        found = systems(understood, given.chars, lambda text: len(scorer["norm"](text)))
        if given.sheet:
            look = pipeline.suit(understood, [places.look(each) for each in [places.DEFAULT, *places.names()]])
            found["digest, sheet"] = [line.text for line in pipeline.compose(understood, look).sheet.lines]
        for system, lines in found.items():
            score, _, hit, vital = scorer["score"](units, lines, None if system.endswith("sheet") else given.chars)
            table[system].append((score, hit, vital))
        print(name, *(f"{system} {rows[-1][0]:.2f}" for system, rows in table.items()), sep="  ", flush=True)
    report(table, given.set, given.chars)


def systems(understood: pipeline.Understood, chars: int, size: Callable[[str], int]) -> dict[str, Sentences]:
    """The chosen lines of every system on one text."""
    sentences = [sentence.text for sentence in understood.outline.sentences if size(sentence.text)]
    found = {name: pick(sentences, system(sentences), chars, size) for name, system in BASELINES.items()}
    return found | {"digest": list(pipeline.lines(understood, chars))}


def report(table: dict[str, list[tuple[float, int, int]]], which: str, chars: int) -> None:
    """Means over all texts."""
    print(f"\n{which}, {chars} characters, {len(next(iter(table.values())))} texts")
    for system, rows in table.items():
        mean, vital = sum(row[0] for row in rows) / len(rows), sum(row[1] for row in rows) / max(1, sum(row[2] for row in rows))
        print(f"{system:<16} score {mean:.3f}   vital units {vital:.2f}")


if __name__ == "__main__":
    main()
