"""Features, learned weights and rules to one Ranking."""

from collections.abc import Mapping, Sequence

from digest.model.facts import Facts
from digest.model.outline import Outline
from digest.model.profile import Profile
from digest.model.ranking import Ranking, Reason, Score
from digest.rank.audience import posts_of
from digest.rank.candidates import why_not
from digest.rank.category import categorise
from digest.rank.features import features_of
from digest.rank.redundancy import find_repeats
from digest.rank.topic import Topic, find_topic
from digest.rank.view import View, view_units
from digest.zh.lexicon import Lexicon

SMALLEST_REASON = 0.05  # points; smaller contributions are not shown


def rank_units(outline: Outline, facts: Facts, lexicon: Lexicon, profile: Profile) -> Ranking:
    """Every unit scored; candidates ordered best first."""
    views = view_units(outline, facts, lexicon, profile)
    title = outline.masthead.subject or outline.masthead.title.value
    topic = find_topic(title, [view.text for view in views], lexicon.office)
    scores = tuple(score_unit(view, topic, lexicon) for view in views)
    order = sorted((score.unit for score in scores if score.candidate), key=lambda unit: (-scores[unit].value, unit))
    repeats = find_repeats(views, order)
    return Ranking(
        scores=tuple(mark_repeat(score, repeats) for score in scores),
        order=tuple(unit for unit in order if unit not in repeats),
        words=topic.words,
        actionable=is_actionable(views, scores),
    )


def score_unit(view: View, topic: Topic, lexicon: Lexicon) -> Score:
    """One unit's score with its reasons."""
    reasons = explain(view, features_of(view, topic, lexicon), lexicon)
    why = why_not(view)
    return Score(
        unit=view.unit.number,
        value=round(sum(reason.points for reason in reasons), 4),
        category=categorise(view),
        audience=view.audience,
        roles=posts_of(view.plain, lexicon),
        reasons=tuple(reason for reason in reasons if abs(reason.points) >= SMALLEST_REASON),
        candidate=not why,
        why=why,
    )


def explain(view: View, features: Mapping[str, float], lexicon: Lexicon) -> list[Reason]:
    """Each feature's contribution, largest first."""
    found: list[Reason] = []
    for name, value in features.items():
        if name in lexicon.classes:
            group = lexicon.classes[name]
            found.append(Reason(name=group.title, points=abs(group.weight) * value, evidence=evidence(view, name)))
        elif name in lexicon.features:
            found.append(Reason(name=lexicon.features[name].title, points=lexicon.features[name].weight * value, evidence=place_evidence(view, name)))
    return sorted(found, key=lambda reason: (-abs(reason.points), reason.name))


def evidence(view: View, key: str) -> str:
    """The words of a class that stand in the unit, at most three."""
    return "、".join(dict.fromkeys(hit.word for hit in view.hits if hit.kind == key))[:24]


def place_evidence(view: View, name: str) -> str:
    """Who or what told a feature, where a word did."""
    if name.startswith("whose_"):
        return view.whose.actor
    return "、".join(view.whose.not_ours) if name == "not_ours" else ""


def mark_repeat(score: Score, repeats: Mapping[int, int]) -> Score:
    """The score with the unit it repeats, if any."""
    if score.unit not in repeats:
        return score
    return Score(
        unit=score.unit,
        value=score.value,
        category=score.category,
        audience=score.audience,
        roles=score.roles,
        reasons=score.reasons,
        candidate=score.candidate,
        why=score.why,
        repeats=repeats[score.unit],
    )


def is_actionable(views: Sequence[View], scores: Sequence[Score]) -> bool:
    """Whether anything in the document asks the branch to do or leave something."""
    asking = {"duty", "strong", "ask", "ban", "deadline", "limit"}
    return any(score.candidate and view.kinds() & asking for view, score in zip(views, scores, strict=True))
