"""Learn the ranking's weights from the readers' marks and write them into the package.

usage: python bench/train_rank.py ../shared/corpus            train on ``train`` and bench/marked, write digest/rank/weights.tsv and its packed form
       python bench/train_rank.py ../shared/corpus --check    five-fold cross-validation by document, no file is written
       python bench/train_rank.py ../shared/corpus --curve    learning curve on dev (train alone, our own texts alone, both)
       python bench/train_rank.py ../shared/corpus --ablate   what each group of features is worth in cross-validation
       ... --benchmark-only                                   leave out the texts of our own writing (bench/marked)

Ridge regression on a unit's mean grade (0..3): runs of one to three characters of the unit and of its stem, the features of
digest/rank/features.py, and what bench/rated_words.tsv says of the runs (its share is folded into the runs' weights, so that a
word no marked text has is not worth nothing); solved by conjugate gradients; deterministic.
"""

import argparse
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from marks import OWN, Corpus, Paper

from digest.choose import Offer, likeness, pick
from digest.model.profile import Profile
from digest.rank import learned, packed
from digest.rank.category import categorise
from digest.rank.features import features_of
from digest.rank.topic import find_topic
from digest.rank.view import view_units
from digest.zh.lexicon import Lexicon, load

TARGET = Path(__file__).parents[1] / "digest" / "rank" / "weights.tsv"
RATED = Path(__file__).parent / "rated_words.tsv"
LAMBDA = 1.5  # ridge penalty; with DENSE 0.02 and rated words 1.5 and 3 gave 0.567 and 0.569 on train (whole program, cross-validation), 0.624 and 0.621 on dev
STEM = 0.7  # weight of the stem's runs beside the unit's own
DENSE = 0.02  # weight of the features beside the runs: little, so that runs explain what they can; 0.05, 0.02, 0.008 gave 0.555, 0.565, 0.566 on train
# and 9.2, 10.3, 11.8 % of others' duties among the best lines of dev
FREED = frozenset({"sentences", "on"})  # features that what was left unexplained on train asked for: these few are left more freedom
FREER = 0.1  # 0.05, 0.1 and 0.2 did alike
# of our own texts beside the benchmark's: 1, 0.5 and 0.3 gave 0.583, 0.586 and 0.590 on train, which are within the noise; at 0.3 the fictional circulars
# lost a weight-3 point, at 0.5 none
OWN_SHARE = 0.5
DENSE_CATEGORY = 0.05  # the same for the votes on categories
GIVEN = 0.1  # weight of the rated words' three columns; 0.05, 0.1, 0.2 did alike
RAREST = 2  # units a run must stand in
PRIOR = 0.15  # standard deviations of the lexicon score added: the most that costs nothing in cross-validation; keeps circulars sane
PRUNE = 0.06  # weights below leave the file: 0.05 cost dev 0.001, 0.08 cost 0.002
PRUNE_CATEGORY = 0.03  # 0, 0.02, 0.04 and 0.08 gave a macro-F1 of 0.750, 0.748, 0.737 and 0.713 on dev
CIRCULARS = ("c", "g")  # first letters of our own texts that are a bank's circulars: the rarest kind, counted in full
FOLDS = 5
STEPS = 200  # of conjugate gradients; it stops long before
BUDGETS = (600, 750, 900, 1050, 1200)
GOLD = ("do", "ban", "limit", "time", "report", "role", "penalty", "right", "info")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One unit as the learner sees it."""

    paper: str
    unit: int
    text: learned.Runs
    stem: learned.Runs
    features: dict[str, float]
    prior: float
    grade: float
    categories: dict[str, float]
    rule: str
    rated: dict[str, float]


def rows_of(paper: Paper, lexicon: Lexicon) -> list[Row]:
    """All units of a paper."""
    outline = paper.outline
    views = view_units(outline, paper.facts, lexicon, Profile())
    topic = find_topic(outline.masthead.subject or outline.masthead.title.value, [view.text for view in views], lexicon.office)
    found = []
    for view in views:
        features, text, stem = features_of(view, topic, lexicon), learned.runs(view.text), learned.runs(view.stem)
        found.append(
            Row(
                paper=paper.name,
                unit=view.unit.number,
                text=text,
                stem=stem,
                features=features,
                prior=hand_score(features, lexicon),
                grade=paper.grade_of(view.unit.sentences),
                categories=paper.categories_of(view.unit.sentences),
                rule=categorise(view).value,
                rated=rated_of(text, stem),
            )
        )
    return found


@cache
def rated_words() -> dict[str, int]:
    """The rated words and their scores, -3 to 3."""
    lines = RATED.read_text("utf-8").splitlines()
    return {word: int(score) for word, score in (line.split("\t") for line in lines if line[0] != "#")}


def rated_of(text: learned.Runs, stem: learned.Runs) -> dict[str, float]:
    """Three columns: what speaks for the unit, what against it, and both of its stem; damped as runs are."""
    scores = rated_words()

    def total(found: learned.Runs, least: int, most: int) -> float:
        return sum(scores[run] for run in found if run in scores and least <= scores[run] <= most) / learned.damp(found) if found else 0.0

    return {"good": total(text, 1, 3), "bad": total(text, -3, -1), "stem": total(stem, -3, 3)}


def hand_score(features: dict[str, float], lexicon: Lexicon) -> float:
    """Points by the lexicon alone."""
    total = 0.0
    for name, value in features.items():
        if name in lexicon.classes:
            total += abs(lexicon.classes[name].weight) * value
        elif name in lexicon.features:
            total += lexicon.features[name].weight * value
    return total


@dataclass(frozen=True, kw_only=True)
class Scales:
    """What each column is multiplied with before fitting (its freedom)."""

    columns: dict[tuple[str, str], int]
    scale: np.ndarray


class Matrix:
    """Sparse rows by columns, enough for conjugate gradients."""

    def __init__(self, entries: Iterable[tuple[int, int, float]], shape: tuple[int, int]) -> None:
        """Keep the entries as three arrays."""
        rows, columns, values = zip(*entries, strict=True)
        self.rows, self.columns, self.values, self.shape = np.array(rows), np.array(columns), np.array(values, float), shape

    def times(self, vector: np.ndarray) -> np.ndarray:
        """Matrix times vector."""
        return np.bincount(self.rows, self.values * vector[self.columns], self.shape[0])

    def back(self, vector: np.ndarray) -> np.ndarray:
        """Transposed matrix times vector."""
        return np.bincount(self.columns, self.values * vector[self.rows], self.shape[1])


def raw_columns(row: Row) -> Iterable[tuple[tuple[str, str], float]]:
    """A row's columns as the package will count them."""
    for kind, found in (("text", row.text), ("stem", row.stem)):
        if found:
            damped = learned.damp(found)
            yield from (((kind, run), 1 / damped) for run in found)
    yield from ((("feature", name), value) for name, value in row.features.items())
    yield from ((("rated", name), value) for name, value in row.rated.items() if value)


def find_scales(rows: Sequence[Row], *, drop: Callable[[str, str], bool] = lambda kind, name: False, dense: float = DENSE) -> Scales:
    """The columns worth keeping and their scale: rare runs get more freedom each, features as their spread tells."""
    spread: Counter[tuple[str, str]] = Counter()
    square: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for column, value in raw_columns(row):
            spread[column] += 1
            square[column] += value * value
    kept = sorted(column for column, count in spread.items() if count >= RAREST and not drop(*column))
    scale = np.array([column_scale(column, spread[column], square[column], len(rows), {"feature": dense, "rated": GIVEN}) for column in kept])
    texts = [place for place, column in enumerate(kept) if column[0] == "text"]
    size = math.sqrt(sum(scale[place] ** 2 * square[kept[place]] for place in texts) / len(rows)) if texts else 1.0
    runs = np.array([column[0] in ("text", "stem") for column in kept])
    return Scales(columns={column: place for place, column in enumerate(kept)}, scale=np.where(runs, scale / size, scale))


def column_scale(column: tuple[str, str], count: int, square: float, total: int, freedom: Mapping[str, float]) -> float:
    """Inverse document frequency for runs, one over the spread (times their kind's freedom) for features and rated words."""
    if column[0] in freedom:
        return (FREER if column[1] in FREED and column[0] == "feature" else freedom[column[0]]) / max(0.05, math.sqrt(square / total))
    return (STEM if column[0] == "stem" else 1.0) * (math.log((1 + total) / (1 + count)) + 1)


def fit(
    rows: Sequence[Row], target: np.ndarray, scales: Scales, *, penalty: float = LAMBDA, within: bool = False
) -> tuple[float, dict[tuple[str, str], float]]:
    """Ridge weights per column, and the base. ``within``: only what differs within a text is to be explained, as only that is ever chosen by."""
    entries = [
        (number, scales.columns[column], value * scales.scale[scales.columns[column]])
        for number, row in enumerate(rows)
        for column, value in raw_columns(row)
        if column in scales.columns
    ]
    matrix = Matrix(entries, (len(rows), len(scales.columns)))
    names = sorted({row.paper for row in rows}) if within else [""]
    groups = Groups(np.array([names.index(row.paper) if within else 0 for row in rows]), np.array([share_of(row) if within else 1.0 for row in rows]))
    weights = conjugate(matrix, groups, target, penalty)
    base = groups.mean(target - matrix.times(weights))
    return base, {column: float(weights[place] * scales.scale[place]) for column, place in scales.columns.items()}


def share_of(row: Row) -> float:
    """How much a row counts: our own texts less, but a bank's circulars among them."""
    return 1.0 if row.paper.startswith(CIRCULARS) or not (OWN / f"{row.paper}.txt").exists() else OWN_SHARE


@dataclass(frozen=True)
class Groups:
    """Rows by group, each with what it counts; all rows of a group count the same."""

    numbers: np.ndarray
    shares: np.ndarray

    def mean(self, values: np.ndarray) -> float:
        """The mean over all rows."""
        return float(values @ self.shares / self.shares.sum())

    def apart(self, values: np.ndarray) -> np.ndarray:
        """What is left of the values less their group's mean, times what each row counts."""
        means = np.bincount(self.numbers, values) / np.maximum(1, np.bincount(self.numbers))
        return (values - means[self.numbers]) * self.shares


def conjugate(matrix: Matrix, groups: Groups, target: np.ndarray, penalty: float) -> np.ndarray:
    """Solve (X'X + penalty) w = X'y with columns centred within each group."""

    def apply(vector: np.ndarray) -> np.ndarray:
        return matrix.back(groups.apart(matrix.times(vector))) + penalty * vector

    weights = np.zeros(matrix.shape[1])
    residual = matrix.back(groups.apart(target))
    direction, size = residual.copy(), float(residual @ residual)
    for _ in range(STEPS if size else 0):
        moved = apply(direction)
        step = size / float(direction @ moved)
        weights += step * direction
        residual -= step * moved
        after = float(residual @ residual)
        if after < 1e-8:
            break
        direction, size = residual + after / size * direction, after
    return weights


def train(rows: Sequence[Row], *, drop: Callable[[str, str], bool] = lambda kind, name: False) -> learned.Weights:
    """Rows to the package's weights."""
    base, weights = fit(rows, np.array([row.grade for row in rows]), find_scales(rows, drop=drop), within=True)
    spread = float(np.std([row.prior for row in rows])) or 1.0
    tables: dict[str, dict[str, float]] = {"text": {}, "stem": {}, "feature": {}, "rated": {}}
    for (kind, name), weight in weights.items():
        tables[kind][name] = weight
    fold_rated(tables)
    for kind in ("text", "stem"):
        tables[kind] = {name: weight for name, weight in tables[kind].items() if abs(weight) >= PRUNE}
    return learned.Weights(
        base=base,
        prior=0.0 if drop("prior", "") else PRIOR / spread,
        features=tables["feature"],
        text=tables["text"],
        stem=tables["stem"],
        categories=GOLD,
        votes=train_categories(rows),
    )


def fold_rated(tables: Mapping[str, dict[str, float]]) -> None:
    """Add each rated word's share to its run's weights: the sum over runs stays the same, and the package needs no list of its own."""
    shares = tables["rated"]
    for word, score in rated_words().items():
        for kind, share in (("text", shares.get("good" if score > 0 else "bad", 0.0)), ("stem", shares.get("stem", 0.0))):
            if share:
                tables[kind][word] = tables[kind].get(word, 0.0) + share * score


def train_categories(rows: Sequence[Row]) -> dict[str, learned.Votes]:
    """One ridge per gold category over the marked units; the rules' answer counts as a feature. Rows as the file has them."""
    marked = [with_rule(row) for row in rows if row.grade > 0.5]
    scales = find_scales(marked, drop=lambda kind, name: kind == "rated", dense=DENSE_CATEGORY)
    found = []
    for category in GOLD:
        target = np.array([row.categories.get(category, 0.0) / sum(row.categories.values()) for row in marked])
        base, weights = fit(marked, target, scales, penalty=1.0)
        found.append({("base", ""): base} | {each: weight for each, weight in weights.items() if abs(weight) >= PRUNE_CATEGORY})
    names = sorted(frozenset().union(*found))
    rows_of_kind: dict[str, dict[str, str]] = {kind: {} for kind in learned.VOTES[1:]}
    for kind, name in names:
        rows_of_kind[kind][name] = " ".join(f"{table.get((kind, name), 0.0):.2g}" for table in found)
    return {kind: learned.Votes(written) for kind, written in rows_of_kind.items()}


def with_rule(row: Row) -> Row:
    """The row with the rules' category among its features, weighty."""
    return replace(row, features={**row.features, f"rule_{row.rule}": 1.0})


def value(row: Row, weights: learned.Weights) -> float:
    """The row's predicted grade, as the package computes it."""
    dense = sum(weights.features.get(name, 0.0) * each for name, each in row.features.items())
    return weights.base + dense + learned.weigh(row.text, weights.text) + learned.weigh(row.stem, weights.stem) + weights.prior * row.prior


def category(row: Row, weights: learned.Weights) -> str:
    """The likeliest gold category."""
    columns = list(raw_columns(with_rule(row)))
    known = [(weights.votes[kind][each], v) for (kind, each), v in columns if kind != "rated" and each in weights.votes[kind].written]
    totals = np.array(weights.votes["base"][""]) + sum(v * np.array(row) for row, v in known)
    return max(zip(totals, GOLD, strict=True))[1]


def whole_lines(paper: Paper, values: Sequence[float], budget: int, corpus: Corpus) -> list[str]:
    """Units chosen whole, stems before their items: the ranking without compression."""
    outline = paper.outline
    texts = ["".join(outline.sentences[number].text for number in unit.sentences) for unit in outline.units]

    def length(number: int) -> float:
        return float(len(corpus.norm(outline.sentences[number].text)))

    offers = [
        Offer(value=each, costs=(max(1.0, sum(map(length, unit.sentences))),), group=unit.stem, alike=alike)
        for unit, each, alike in zip(outline.units, values, likeness(texts), strict=True)
    ]
    groups = {unit.stem: length(unit.stem) for unit in outline.units if unit.stem is not None}
    chosen = [outline.units[number] for number in pick(offers, budget, groups=groups)]
    numbers = sorted({number for unit in chosen for number in (*unit.sentences, *([unit.stem] if unit.stem is not None else []))})
    return [outline.sentences[number].text for number in numbers]


def figure(papers: Sequence[Paper], rows: Sequence[Row], values: np.ndarray, corpus: Corpus) -> float:
    """Mean score over papers and budgets, whole units only."""
    found = []
    for paper in papers:
        mine = [float(each) for row, each in zip(rows, values, strict=True) if row.paper == paper.name]
        found += [corpus.score(paper, whole_lines(paper, mine, budget, corpus), budget) for budget in BUDGETS]
    return float(np.mean(found))


def folds_of(names: Sequence[str], seed: int = 0) -> dict[str, int]:
    """Document to fold, shuffled by a fixed seed."""
    order = np.random.RandomState(seed).permutation(len(names))
    return {names[each]: place % FOLDS for place, each in enumerate(order)}


def cross_values(rows: Sequence[Row], trainer: Callable[[Sequence[Row]], learned.Weights]) -> tuple[np.ndarray, list[str]]:
    """Each row's value and category by weights that never saw its document."""
    folds = folds_of(sorted({row.paper for row in rows}))
    values, categories = np.zeros(len(rows)), [""] * len(rows)
    for fold in range(FOLDS):
        weights = trainer([row for row in rows if folds[row.paper] != fold])
        for place, row in enumerate(rows):
            if folds[row.paper] == fold:
                values[place], categories[place] = value(row, weights), category(row, weights)
    return values, categories


def macro_f1(pairs: Sequence[tuple[str, str]], classes: Sequence[str]) -> float:
    """Macro-F1 of (gold, said) over some classes."""
    found = []
    for name in classes:
        hits = sum(gold == said == name for gold, said in pairs)
        found.append(2 * hits / max(1, sum(gold == name for gold, _ in pairs) + sum(said == name for _, said in pairs)))
    return float(np.mean(found))


def gold_category(row: Row) -> str:
    """The category most grade mass says."""
    return max(GOLD, key=lambda name: (row.categories.get(name, 0.0), name))


def tell(name: str, papers: Sequence[Paper], rows: Sequence[Row], values: np.ndarray, corpus: Corpus) -> None:
    """Print one line of a table: the benchmark's texts, then those of our own writing where there are any."""
    cells = []
    for part in (corpus.names("train"), sorted({paper.name for paper in papers} - set(corpus.names("train")))):
        mine = np.array([row.paper in part for row in rows])
        if mine.any():
            grades = np.array([row.grade for row in rows])[mine]
            found = figure([paper for paper in papers if paper.name in part], rows, values, corpus)
            cells.append(f"score {found:.3f}  r {np.corrcoef(values[mine], grades)[0, 1]:.3f}")
    print(f"{name:44s} {'   own texts: '.join(cells)}", flush=True)


def check(papers: Sequence[Paper], rows: Sequence[Row], corpus: Corpus) -> None:
    """Cross-validation on train."""
    tell("lexicon alone", papers, rows, np.array([row.prior - min(r.prior for r in rows) for row in rows]), corpus)
    values, categories = cross_values(rows, train)
    tell("learned, cross-validated", papers, rows, values, corpus)
    pairs = [(gold_category(row), said) for row, said in zip(rows, categories, strict=True) if row.grade > 0.5]
    ruled = [(gold_category(row), row.rule) for row in rows if row.grade > 0.5]
    five = ("do", "ban", "limit", "time", "report")
    print(f"categories, macro-F1 of five: learned {macro_f1(pairs, five):.3f}, rules {macro_f1(ruled, five):.3f}")
    print("by class", {name: round(macro_f1(pairs, (name,)), 2) for name in GOLD})


def ablate(papers: Sequence[Paper], rows: Sequence[Row], corpus: Corpus) -> None:
    """Cross-validation without one group at a time."""
    groups: dict[str, Callable[[str, str], bool]] = {
        "all": lambda kind, name: False,
        "without runs of the unit": lambda kind, name: kind == "text",
        "without runs of the stem": lambda kind, name: kind == "stem",
        "without features": lambda kind, name: kind == "feature",
        "without rated words": lambda kind, name: kind == "rated",
        "without the lexicon's prior": lambda kind, name: kind == "prior",
        "without whose duty": lambda kind, name: kind == "feature" and name.startswith(("whose_", "not_ours", "familiar", "stranger")),
        "without runs of three": lambda kind, name: kind in ("text", "stem") and len(name) == 3,
    }
    for name, drop in groups.items():
        values, _ = cross_values(rows, lambda part, drop=drop: train(part, drop=drop))  # type: ignore[misc]
        tell(name, papers, rows, values, corpus)


def curve(rows: Sequence[Row], corpus: Corpus, lexicon: Lexicon) -> None:
    """How much 10, 20 and all of the benchmark's texts give on dev, our own texts alone, and ours beside theirs; mean of four draws."""
    papers = corpus.papers("dev", lexicon)
    others = [row for paper in papers for row in rows_of(paper, lexicon)]
    theirs = corpus.names("train")
    own = sorted({row.paper for row in rows} - set(theirs))

    def tell_part(label: str, fixed: Sequence[str], names: Sequence[str], counts: Sequence[int]) -> None:
        for count in counts:
            found = []
            for seed in range(4 if count < len(names) else 1):
                drawn = {names[each] for each in np.random.RandomState(seed).permutation(len(names))[:count]} | set(fixed)
                weights = train([row for row in rows if row.paper in drawn])
                found.append(figure(papers, others, np.array([value(row, weights) for row in others]), corpus))
            print(f"{label} {count:3d} texts  score {np.mean(found):.3f}  ({min(found):.3f}-{max(found):.3f})", flush=True)

    tell_part("benchmark", (), theirs, (10, 20, len(theirs)))
    if own:
        steps = [count for count in (10, 20, 40) if count < len(own)] + [len(own)]
        tell_part("own", (), own, steps)
        tell_part("benchmark and own", theirs, own, steps)


def write(weights: learned.Weights, papers: Sequence[Paper], units: int) -> str:
    """The weights file's text."""
    own = sum(1 for paper in papers if (OWN / f"{paper.name}.txt").exists())
    lines = [
        "# 排序权重：由阅读者的标注学来，勿手改；要改分请改词表（words.tsv 等）",
        f"# learned by bench/train_rank.py on {date.today().isoformat()} from {len(papers) - own} official texts of the benchmark's train part"
        f" and {own} texts of our own writing (bench/marked), {units} units",
        "# kind\tname\tweight in grades (0-3); votes: share of each category, in the order of the row categories:",
        f"single\tbase\t{weights.base:.5g}",
        f"single\tprior\t{weights.prior:.5g}",
    ]
    for kind, table in {"feature": weights.features, "text": weights.text, "stem": weights.stem}.items():
        lines += [f"{kind}\t{name}\t{weight:.2g}" for name, weight in sorted(table.items())]
    lines += [f"votes\tcategories:\t{' '.join(GOLD)}"]
    lines += [f"votes\t{kind}:{name}\t{row}" for kind, table in weights.votes.items() for name, row in table.written.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run as asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    for name in ("check", "curve", "ablate", "benchmark-only"):
        parser.add_argument(f"--{name}", action="store_true")
    arguments = parser.parse_args()
    corpus, lexicon = Corpus(arguments.corpus), load()
    papers = corpus.papers("train", lexicon) + ([] if arguments.benchmark_only else corpus.own(lexicon))
    rows = [row for paper in papers for row in rows_of(paper, lexicon)]
    if arguments.check:
        return check(papers, rows, corpus)
    if arguments.ablate:
        return ablate(papers, rows, corpus)
    if arguments.curve:
        return curve(rows, corpus, lexicon)
    text = write(train(rows), papers, len(rows))
    TARGET.write_text(text, "utf-8", newline="\n")
    TARGET.with_name(learned.PACKED).write_bytes(packed.pack(text))
    sys.stdout.write(f"{TARGET}: {TARGET.stat().st_size} bytes\n")
    return None


if __name__ == "__main__":
    main()
