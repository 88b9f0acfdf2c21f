"""Features, learned weights and rules to one Ranking."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from digest.model.facts import Facts
from digest.model.outline import Outline, Zone
from digest.model.profile import Profile
from digest.model.ranking import OTHER_HOUSES, Audience, Ranking, Reason, Score
from digest.rank.audience import named_after
from digest.rank.candidates import not_ours, why_not
from digest.rank.category import decide
from digest.rank.features import features_of
from digest.rank.learned import Weights, packaged
from digest.rank.others import for_others, mainly, set_apart
from digest.rank.redundancy import find_repeats
from digest.rank.topic import Topic, find_topic
from digest.rank.view import View, view_units
from digest.rank.vocabulary import POINTS, Known, Vocabulary
from digest.zh.lexicon import Lexicon

STRANGERS = frozenset({Audience.REGULATOR, Audience.OTHER_INDUSTRY})  # a post in their line is none of the branch
ASKING = frozenset({"duty", "strong", "ask", "ban", "deadline"})  # classes that ask the reader for something
TELLING = frozenset({"praise", "story", "slogan"})
FEW_PER_TALE = 0.5  # fewer asking units than half the telling ones: reports, talks, statements of principle
# share of its worth that somebody else's duty gives up beside ours; 0, 0.15, 0.3 and 0.5 gave 0.570, 0.572, 0.569 and 0.565 in
# cross-validation on train (whole program) and 0.624, 0.628, 0.630 and 0.631 on dev; readers of printed sheets want none of them
GIVES_WAY = 0.2
SMALLEST_REASON = 0.05  # points; smaller contributions are not shown


class Scales(Struct, frozen=True, kw_only=True):
    """What the units of one document are weighed with, made once for all of them."""

    lexicon: Lexicon
    topic: Topic
    weights: Weights
    vocabulary: Vocabulary
    stems: Mapping[int | None, Known]  # by the number of the stem
    points: Mapping[str, tuple[str, float]]  # a feature's name for people, and what one of it is worth in grades


def rank_units(outline: Outline, facts: Facts, lexicon: Lexicon, profile: Profile) -> Ranking:
    """Every unit scored; candidates ordered best first."""
    views = view_units(outline, facts, lexicon, profile)
    title = outline.masthead.subject or outline.masthead.title.value
    topic = find_topic(title, [view.text for view in views], lexicon.office)
    scales = scales_for(views, topic, lexicon, packaged())
    scores = tuple(score_unit(view, scales) for view in views)
    scores = tuple(drop(score, for_others(view, score.category, views, lexicon)) for score, view in zip(scores, views, strict=True))
    others = mainly(views, [score.category for score in scores], lexicon)
    if others:
        scores = tuple(set_apart(score, view, others) for score, view in zip(scores, views, strict=True))
    ours = others.ours if others else frozenset()
    order = sorted((score.unit for score in scores if score.candidate), key=lambda unit: (unit not in ours, -scores[unit].value, unit))
    repeats = find_repeats(views, order)
    return Ranking(
        scores=tuple(mark_repeat(score, repeats) for score in scores),
        order=tuple(unit for unit in order if unit not in repeats),
        sunk=tuple(sorted((score.unit for score in scores if score.sunk), key=lambda unit: (-scores[unit].value, unit))),
        words=tuple(topic.words.items()),
        actionable=bool(order) if others else is_actionable(views, scores),
        others=others,
    )


def scales_for(views: Sequence[View], topic: Topic, lexicon: Lexicon, weights: Weights) -> Scales:
    """The scales for a document's units."""
    of_stems = Vocabulary(weights.stem, weights.votes["stem"], "引语用词")
    return Scales(
        lexicon=lexicon,
        topic=topic,
        weights=weights,
        vocabulary=Vocabulary(weights.text, weights.votes["text"], "用词"),
        stems={stem: of_stems.read(text) for stem, text in {view.unit.stem: view.stem for view in views}.items()},
        points={name: worth_of(name, lexicon, weights) for name in (*lexicon.classes, *lexicon.features, *weights.features)},
    )


def worth_of(name: str, lexicon: Lexicon, weights: Weights) -> tuple[str, float]:
    """A feature's name for people and what one of it is worth, by hand and as learned."""
    title, hand = hand_points(name, lexicon)
    return title, hand * weights.prior + weights.features.get(name, 0.0)


def score_unit(view: View, scales: Scales) -> Score:
    """One unit's score with its reasons."""
    features = features_of(view, scales.topic, scales.lexicon)
    of_text, of_stem = scales.vocabulary.read(view.text), scales.stems[view.unit.stem]
    reasons = in_order([*of_text.reasons, *of_stem.reasons, *explain(view, features, scales)])
    worth = round(sum(reason.points for reason in reasons), 4)
    hollow, theirs = why_not(view), not_ours(view, worth)
    own_trade = view.audience is Audience.OTHER_INDUSTRY and bool(named_after(view.whose.actor, scales.lexicon))
    if view.audience in OTHER_HOUSES and worth > 0 and not own_trade:
        reasons = in_order([*reasons, Reason(name="别家的职责，先让本行的", points=-GIVES_WAY * worth, evidence=view.whose.actor)])
    return Score(
        unit=view.unit.number,
        value=round(sum(reason.points for reason in reasons), 4),
        category=decide(view, features, scales.weights, (of_text.votes, of_stem.votes)),
        audience=view.audience,
        roles=() if view.audience in STRANGERS else view.posts,
        reasons=tuple(reason for reason in reasons if abs(reason.points) >= SMALLEST_REASON),
        candidate=not (hollow or theirs),
        why=hollow or theirs,
        sunk=bool(theirs) and not hollow,
        own_trade=own_trade,
    )


def explain(view: View, features: Mapping[str, float], scales: Scales) -> Iterator[Reason]:
    """Each contribution in points but for the runs': the lexicon's and what was learned added up per name."""
    yield Reason(name="起评分", points=scales.weights.base * POINTS)
    words = words_by_class(view)
    for name, amount in features.items():
        title, worth = scales.points.get(name, (name, 0.0))
        if worth:
            yield Reason(name=title, points=amount * worth * POINTS, evidence=words.get(name) or teller(view, name))
    yield Reason(name="本行加减分", points=own_points(view))


def in_order(found: Iterable[Reason]) -> list[Reason]:
    """Reasons that count, largest first."""
    return sorted((reason for reason in found if reason.points), key=lambda reason: (-abs(reason.points), reason.name))


def hand_points(name: str, lexicon: Lexicon) -> tuple[str, float]:
    """A feature's name for people and its hand-set points."""
    if name in lexicon.classes:
        return lexicon.classes[name].title, abs(lexicon.classes[name].weight)
    feature = lexicon.features.get(name)
    return (feature.title, feature.weight) if feature else (name, 0.0)


def own_points(view: View) -> float:
    """Points of the words that the manager added himself: they count in full, whatever was learned."""
    return sum(hit.weight for hit in view.hits if hit.own)


def words_by_class(view: View) -> dict[str, str]:
    """The words of each class that stand in the unit."""
    found: dict[str, dict[str, None]] = {}
    for hit in view.hits:
        found.setdefault(hit.kind, {})[hit.word] = None
    return {kind: "、".join(words)[:24] for kind, words in found.items()}


def teller(view: View, name: str) -> str:
    """Who or what told a feature that is no class of words."""
    if name.startswith("whose_") or name == "familiar":
        return view.whose.actor
    return "、".join(view.whose.not_ours) if name == "not_ours" else ""


def drop(score: Score, why: str) -> Score:
    """The score as no candidate, if there is a reason."""
    return replace(score, candidate=False, why=why) if why and score.candidate else score


def mark_repeat(score: Score, repeats: Mapping[int, int]) -> Score:
    """The score with the unit it repeats, if any."""
    if score.unit not in repeats:
        return score
    return replace(score, repeats=repeats[score.unit])


def is_actionable(views: Sequence[View], scores: Sequence[Score]) -> bool:
    """Whether the document asks anything of the branch.

    What is told of others (经验、案情、喜报) asks for nothing, nor does a report or a talk with a stray "must" in it.
    """
    asking = sum(score.candidate and view.zone is not Zone.CASE and bool(view.classes & ASKING) for view, score in zip(views, scores, strict=True))
    telling = sum(bool(view.classes & TELLING) for view in views)
    return asking > 0 and asking >= FEW_PER_TALE * telling
