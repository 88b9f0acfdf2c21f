"""A unit's features: classes of words, place, make, numbers and whose duty; names as in classes.tsv and features.tsv."""

import math
import re
from collections.abc import Iterator

from digest.model.facts import FactKind
from digest.model.outline import SentenceKind, Zone
from digest.model.ranking import OTHER_HOUSES, Audience
from digest.rank.learned import letters
from digest.rank.topic import Topic
from digest.rank.view import View
from digest.zh.lexicon import Lexicon

ACTIONS = frozenset({"check", "record", "control", "tell", "report", "serve"})
STEM_CLASSES = {
    "stem_duty": frozenset({"duty", "strong", "ask"}),
    "stem_ban": frozenset({"ban"}),
    "stem_limit": frozenset({"limit"}),
    "stem_report": frozenset({"report"}),
    "stem_penalty": frozenset({"penalty"}),
}
ZONES = {
    Zone.OPENING: "zone_opening",
    Zone.DEFINITION: "zone_definition",
    Zone.PENALTY: "zone_penalty",
    Zone.CLOSING: "zone_closing",
    Zone.SAMPLE: "zone_sample",
    Zone.LOCAL: "zone_local",
    Zone.CASE: "zone_case",
}
MEASURES = frozenset({FactKind.AMOUNT, FactKind.RATIO, FactKind.COUNT, FactKind.RETENTION, FactKind.CHANGE})
TIMES = frozenset({FactKind.DEADLINE, FactKind.EFFECTIVE})
TAIL_ITEM = re.compile(r"^(?:[^，；。]{0,12}(?:规定|认定|要求|约定)的)?其他[^，；。]{0,40}[。；]?$")
ON = re.compile(r"对(?!方|象|比|照|账|于?以上)")  # 对金额不超过二十万元的贷款，…: opens with the case it rules on
MOST_SENTENCES = 3
CONTRASTS = ("bank",)
LONG = 110  # characters: P95 of sentence lengths in the domain study
SHORT = 8


def features_of(view: View, topic: Topic, lexicon: Lexicon) -> dict[str, float]:
    """Feature values of a unit, only those that are not zero."""
    found = dict(class_features(view, lexicon))
    found.update(place_features(view))
    found.update(contrast_features(view))
    found.update(make_features(view, lexicon))
    found.update(topic_features(view, topic))
    return {name: value for name, value in found.items() if value}


def class_features(view: View, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """Each class's points, counted in hits of usual weight; the sign stays with the class."""
    for key, points in lexicon.points(view.hits).items():
        weight = lexicon.classes[key].weight
        if points and weight:
            yield key, points / abs(weight)


def place_features(view: View) -> Iterator[tuple[str, float]]:
    """Where the unit stands and on what it hangs."""
    if view.zone in ZONES:
        yield ZONES[view.zone], 1.0
    if view.stem:
        yield "item", 1.0
        for name, classes in STEM_CLASSES.items():
            yield name, float(not classes.isdisjoint(view.stem_classes))
    yield "row", float(view.kind is SentenceKind.ROW)
    yield "early", max(0.0, 1 - 10 * view.place)
    yield "late", max(0.0, 10 * view.place - 9)


def contrast_features(view: View) -> Iterator[tuple[str, float]]:
    """How the unit differs from its document: a law on many trades has few lines for a bank, and those matter."""
    kinds = view.classes | view.stem_classes
    for key in CONTRASTS:
        share = view.shares.get(key, 0.0)
        yield f"rare_{key}", (1 - share) if key in kinds else 0.0
        yield f"missing_{key}", share if key not in kinds else 0.0


def make_features(view: View, lexicon: Lexicon) -> Iterator[tuple[str, float]]:
    """Whose duty it is, what it measures, how it is written."""
    kinds = view.classes
    if view.audience is not Audience.UNKNOWN:
        yield f"whose_{view.audience.value}", 0.5 if view.whose.inherited else 1.0
    yield "not_ours", float(bool(view.whose.not_ours))
    penal = "penalty" in kinds or view.zone is Zone.PENALTY
    measures = min(2, sum(fact.kind in MEASURES for fact in view.facts))
    times = min(2, sum(fact.kind in TIMES and fact.hard for fact in view.facts))
    yield ("penalty_numbers" if penal else "numbers"), float(measures)
    yield ("their_deadline" if penal or view.audience in OTHER_HOUSES else "own_deadline"), float(times)
    yield "acts", float(len({hit.word for hit in view.hits if hit.kind in ACTIONS}) > 1)
    yield "act_artefact", float("artefact" in kinds and not ACTIONS.isdisjoint(kinds))
    yield "post", float(any(fact.kind is FactKind.ROLE for fact in view.facts))
    yield "condition", float("的，" in view.plain)
    length = len(letters(view.text))
    yield "long", max(0.0, math.log(length / LONG)) if length else 0.0
    yield "short", float(length < SHORT)
    yield "length", math.log1p(length) / math.log(LONG)
    yield "familiar", view.familiar
    yield "stranger", float(view.named and view.audience is Audience.UNKNOWN)
    yield "colon", float(view.text.rstrip().endswith("："))
    yield "tail_item", float(TAIL_ITEM.match(view.text) is not None)
    yield "sentences", float(min(MOST_SENTENCES, len(view.unit.sentences)) - 1)
    yield "on", float(ON.match(view.text) is not None)


def topic_features(view: View, topic: Topic) -> Iterator[tuple[str, float]]:
    """How near the unit is to the title and to the rest."""
    yield "title", topic.near_title(view.unit.number)
    yield "central", topic.central(view.unit.number)
