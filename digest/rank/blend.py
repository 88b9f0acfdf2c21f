"""Features, learned weights and rules to one Ranking."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from digest.model.facts import Facts
from digest.model.outline import Outline, Zone
from digest.model.profile import Profile
from digest.model.ranking import OTHER_HOUSES, Audience, Ranking, Reason, Score
from digest.rank.audience import named_after
from digest.rank.candidates import why_not
from digest.rank.category import decide
from digest.rank.features import features_of
from digest.rank.learned import Runs, Weights, damp, packaged, telling
from digest.rank.others import for_others, mainly, set_apart
from digest.rank.redundancy import find_repeats
from digest.rank.topic import Topic, find_topic
from digest.rank.view import View, view_units
from digest.zh.lexicon import Lexicon

STRANGERS = frozenset({Audience.REGULATOR, Audience.OTHER_INDUSTRY})  # a post in their line is none of the branch
POINTS = 10.0  # a point of the sheet is a tenth of a reader's grade (0..3)
ASKING = frozenset({"duty", "strong", "ask", "ban", "deadline"})  # classes that ask the reader for something
TELLING = frozenset({"praise", "story", "slogan"})
FEW_PER_TALE = 0.5  # fewer asking units than half the telling ones: reports, talks, statements of principle
EVIDENCE = 3  # runs shown as evidence
# share of its worth that somebody else's duty gives up beside ours; 0, 0.15, 0.3 and 0.5 gave 0.570, 0.572, 0.569 and 0.565 in
# cross-validation on train (whole program) and 0.624, 0.628, 0.630 and 0.631 on dev; readers of printed sheets want none of them
GIVES_WAY = 0.2
SMALLEST_REASON = 0.05  # points; smaller contributions are not shown


def rank_units(outline: Outline, facts: Facts, lexicon: Lexicon, profile: Profile) -> Ranking:
    """Every unit scored; candidates ordered best first."""
    views = view_units(outline, facts, lexicon, profile)
    title = outline.masthead.subject or outline.masthead.title.value
    topic = find_topic(title, [view.text for view in views], lexicon.office)
    scores = tuple(score_unit(view, topic, lexicon, packaged()) for view in views)
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
        words=topic.words,
        actionable=bool(order) if others else is_actionable(views, scores),
        others=others,
    )


def score_unit(view: View, topic: Topic, lexicon: Lexicon, weights: Weights) -> Score:
    """One unit's score with its reasons."""
    features = features_of(view, topic, lexicon)
    reasons = explain(view, features, lexicon, weights)
    worth = round(sum(reason.points for reason in reasons), 4)
    why = why_not(view, worth)
    own_trade = view.audience is Audience.OTHER_INDUSTRY and bool(named_after(view.whose.actor, lexicon))
    if view.audience in OTHER_HOUSES and worth > 0 and not own_trade:
        reasons = in_order([*reasons, Reason(name="别家的职责，先让本行的", points=-GIVES_WAY * worth, evidence=view.whose.actor)])
    return Score(
        unit=view.unit.number,
        value=round(sum(reason.points for reason in reasons), 4),
        category=decide(view, features, weights),
        audience=view.audience,
        roles=() if view.audience in STRANGERS else view.posts,
        reasons=tuple(reason for reason in reasons if abs(reason.points) >= SMALLEST_REASON),
        candidate=not why,
        why=why,
        own_trade=own_trade,
    )


def explain(view: View, features: Mapping[str, float], lexicon: Lexicon, weights: Weights) -> list[Reason]:
    """Each contribution in points, largest first: the lexicon's and what was learned added up per name."""
    found = [Reason(name="起评分", points=weights.base * POINTS)]
    found += run_reasons("用词", view.runs, weights.text)
    found += run_reasons("引语用词", view.stem_runs, weights.stem)
    words = words_by_class(view)
    for name, amount in features.items():
        title, hand = hand_points(name, lexicon)
        points = amount * (hand * weights.prior + weights.features.get(name, 0.0)) * POINTS
        found.append(Reason(name=title, points=points, evidence=words.get(name) or teller(view, name)))
    found.append(Reason(name="本行加减分", points=own_points(view)))
    return in_order(found)


def in_order(found: Iterable[Reason]) -> list[Reason]:
    """Reasons that count, largest first."""
    return sorted((reason for reason in found if reason.points), key=lambda reason: (-abs(reason.points), reason.name))


def run_reasons(name: str, found: Runs, table: Mapping[str, float]) -> list[Reason]:
    """The runs of characters as two reasons: what they add and what they take."""
    weighed = [(weight, run) for run in found if (weight := table.get(run)) is not None]
    reasons = []
    for label, part in ((f"{name}像要点", [pair for pair in weighed if pair[0] > 0]), (f"{name}不像要点", [pair for pair in weighed if pair[0] < 0])):
        if part:
            points = POINTS * sum([weight for weight, _ in part]) / damp(found)
            reasons.append(Reason(name=label, points=points, evidence="、".join(telling(part, EVIDENCE))))
    return reasons


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
    asking = sum(score.candidate and view.zone is not Zone.CASE and bool(view.kinds() & ASKING) for view, score in zip(views, scores, strict=True))
    telling = sum(bool(view.kinds() & TELLING) for view in views)
    return asking > 0 and asking >= FEW_PER_TALE * telling
