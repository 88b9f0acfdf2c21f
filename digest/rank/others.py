"""Papers whose duties are somebody else's: told as such, with the lines that concern the bank and no others (传阅即可)."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from digest.model.outline import SentenceKind, Zone
from digest.model.ranking import Audience, Category, Others, Score
from digest.rank.audience import named_after
from digest.rank.view import View
from digest.zh.actors import BANK, houses
from digest.zh.lexicon import Lexicon

ASKING = frozenset({"duty", "strong", "ask", "ban", "only", "deadline"})
ASIDE = frozenset({Zone.SAMPLE, Zone.CASE, Zone.OPENING, Zone.DEFINITION})
THEIRS = frozenset({Audience.REGULATOR, Audience.OTHER_INDUSTRY, Audience.HEAD_OFFICE})
# by reading all texts of the benchmark, the circulars and the real files: papers for others have 0.88 to 0.97, the next 0.74
MOSTLY = 0.85  # share of a paper's duties that must be theirs
OURS_MOST = 0.12  # share that may be ours, at most
FEWEST = 8  # duties below which a share says nothing
BANKS_OWN = "别的行业的规定，银行的另有一条"
NOT_THE_BANKS = "别家的职责，与银行无关"
CLAUSE = re.compile(r"[，。；：]")
NAMED = 2  # of those who must act, how many are told
OFTEN = 0.15  # and with how large a share of the duties
KEPT = frozenset({Category.RIGHT, Category.PENALTY})  # what the inspected may and what he is punished for keeps its section


def mainly(views: Sequence[View], categories: Sequence[Category], lexicon: Lexicon) -> Others | None:
    """Whose duties fill the paper, if nearly all of them are somebody else's."""
    duties = [view for view, category in zip(views, categories, strict=True) if is_duty(view, category)]
    theirs = [view for view in duties if is_theirs(view, lexicon)]
    ours = sum(view.audience is Audience.BRANCH for view in duties)
    if len(duties) < FEWEST or not any(view.audience in THEIRS for view in theirs) or len(theirs) < MOSTLY * len(duties) or ours > OURS_MOST * len(duties):
        return None
    audience = Counter(view.audience for view in theirs if view.audience in THEIRS).most_common(1)[0][0]
    inspects = audience is Audience.REGULATOR
    seen = zip(views, categories, strict=True)
    numbers = frozenset(view.unit.number for view, category in seen if concerns(view, category, lexicon, inspects=inspects))
    names = Counter(view.whose.actor for view in theirs if view.audience is audience)
    return Others(audience=audience, names=tuple(name for name, count in names.most_common(NAMED) if count >= OFTEN * names.total()), ours=numbers)


def is_duty(view: View, category: Category) -> bool:
    """Whether a unit says what somebody must do: no right, no sanction, no definition."""
    kinds = view.classes | view.stem_classes
    aside = view.kind is SentenceKind.HEADING or view.zone in ASIDE or category is Category.RIGHT or "penalty" in kinds
    return not aside and bool(kinds & ASKING)


def is_theirs(view: View, lexicon: Lexicon) -> bool:
    """Whether a duty can be nobody's in a bank's branch.

    Another branch office of the own house passes its duties on, and a bank may itself be what is named after a line of business (收单机构).
    """
    actor = view.whose.actor
    if view.audience is Audience.HEAD_OFFICE:
        return not actor.endswith("行")
    if view.audience is Audience.OTHER_INDUSTRY:
        return not named_after(actor, lexicon)
    return view.audience is Audience.REGULATOR or (view.audience is Audience.UNKNOWN and lexicon.cues["相对人"].search(view.plain) is not None)


def concerns(view: View, category: Category, lexicon: Lexicon, *, inspects: bool) -> bool:
    """Whether a line of such a paper is for the bank all the same: it names the bank, nobody may do it, or what the inspected may, must and must not.

    In a regulator's paper (``inspects``) nobody's duty to hand over, to sign or not to refuse (不得拒绝检查) is the inspected one's.
    """
    aside = category is Category.INFO or view.zone in ASIDE or view.zone is Zone.CLOSING or "scope" in view.classes
    if aside or (category is Category.PENALTY and view.audience is Audience.REGULATOR):
        return False
    said = view.stem + view.plain
    if BANK in houses(said, lexicon) or ("ban" in view.classes and lexicon.cues["任何人"].search(said)):
        return True
    if inspects and view.audience is Audience.UNKNOWN and lexicon.cues["配合"].search(view.plain):
        return True
    return any(lexicon.cues["相对人"].search(clause) and lexicon.cues["配合"].search(clause) for clause in CLAUSE.split(said))


def set_apart(score: Score, view: View, others: Others) -> Score:
    """A score in such a paper: what concerns the bank, and of another trade's duties what may be good to know; nobody else's has a box."""
    if not score.candidate:
        return score
    if score.unit in others.ours:
        kept = view.audience is Audience.BRANCH or score.category in KEPT
        return score if kept else replace(score, category=Category.INFO)
    told = others.audience is Audience.OTHER_INDUSTRY is view.audience and view.whose.actor in view.stem + view.plain
    return replace(score, category=Category.INFO) if told else replace(score, candidate=False, why=NOT_THE_BANKS, sunk=True)


def for_others(view: View, category: Category, views: Sequence[View], lexicon: Lexicon) -> str:
    """Why a line for another trade is none of the sheet where the paper gives the bank's own; empty if it does not."""
    if view.audience is not Audience.OTHER_INDUSTRY or not is_theirs(view, lexicon):
        return ""
    penal = category is Category.PENALTY
    own = (each for each in views if each.audience is Audience.BRANCH and is_penal(each) == penal and (penal or each.article == view.article))
    return BANKS_OWN if any(not each.whose.inherited or each.stem for each in own) else ""


def is_penal(view: View) -> bool:
    """Whether a unit, or the stem it hangs on, imposes a sanction."""
    return "penalty" in view.classes or "penalty" in view.stem_classes
