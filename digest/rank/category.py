"""What a unit is to its reader: a duty, a ban, a number, a deadline…; decides its section on the sheet."""

import re
from collections.abc import Mapping, Sequence
from operator import mul

from digest.model.facts import FactKind
from digest.model.outline import SentenceKind, Zone
from digest.model.ranking import Category
from digest.rank.learned import Weights
from digest.rank.view import View
from digest.zh import clauses

REPORTING = re.compile(
    r"(?:报送|上报|报告|报备|备案|报至|反馈|填报|提交)[^，。；]{0,20}(?:部|行|局|中心|机关|机构|委员会|人民银行|可疑交易|大额交易)|向[^，。；]{2,24}(?:报告|报送|报备|备案|反馈)"
)
STEPPING = re.compile(r"^(?:第[一二三四五六七八九十]步|步骤|首先|其次|然后|最后)")
DUTIES_OF = re.compile(r"负责|职责|牵头|首接|责任人")
CASE = re.compile(r"[^，。；：]{0,30}的[，,]")  # what stands in 不再使用的， is the case and not what is said about it
RIGHTS = re.compile(r"(?:权利|有权)(?:[：:；。]|$)")

NAMED = {category.value: category for category in Category}
OURS = frozenset({Category.CHANGE, Category.STEP})  # the rules' own: readers had no such category
# classes of words without which these are not believed: on paper a duty under 不得做 says the opposite
NO_BAN = 1.0  # points; 拒绝 and the like are what somebody does more often than what he must not
ASKED = frozenset({"duty", "strong", "ask", "only", "ban"})  # without these what one may do is no duty: 可以不报告 under 必须做 says the opposite
ASKS = frozenset({Category.DO, Category.REPORT, Category.ROLE, Category.TIME, Category.LIMIT})
MAY_BE_RIGHT = frozenset({Category.DO, Category.TIME, Category.REPORT, Category.ROLE, Category.LIMIT})
EVIDENCE = {Category.BAN: frozenset({"ban"}), Category.RIGHT: frozenset({"permission", "exception"})}


def decide(view: View, features: Mapping[str, float], weights: Weights, runs: Sequence[tuple[float, ...]]) -> Category:
    """The likeliest category by what was learned, the rules' answer counting as one feature; rules alone for change and step.

    ``runs`` are the votes of the unit's own runs of characters and of its stem's, where they have any.
    """
    ruled = categorise(view)
    if ruled in OURS or is_right(view) or not weights.categories:
        return ruled
    votes = weights.votes
    rows = [votes["base"][""], *(row for row in runs if row)]
    shares = [1.0] * len(rows)
    for name, value in (*features.items(), (f"rule_{ruled.value}", 1.0)):
        if name in votes["feature"].written:
            rows.append(votes["feature"][name])
            shares.append(value)
    totals = [sum(map(mul, column, shares)) for column in zip(*rows, strict=True)]
    hits = [*(hit for hit in view.hits if not CASE.match(view.plain, hit.end)), *view.stem_hits]
    said = {hit.kind for hit in hits if hit.kind != "ban" or hit.weight > NO_BAN}
    ordered = sorted(zip(totals, weights.categories, strict=True), reverse=True)
    barred = {Category.RIGHT} if asks_first(view) else set()
    best = next(each for _, name in ordered if (each := NAMED[name]) not in barred and (each not in EVIDENCE or EVIDENCE[each] & said))
    return worded(view, best, allowed="permission" in said and not said & ASKED and not barred)


def worded(view: View, best: Category, *, allowed: bool) -> Category:
    """The category, but what opens with a ban is one, what one may do without being asked anything is a right, and what is punished no duty."""
    if best in ASKS and "penalty" in view.stem_classes:
        return Category.PENALTY
    if best in ASKS and clauses.leading(view.stem or view.plain) is clauses.Sort.BAN:
        return Category.BAN
    if best in MAY_BE_RIGHT and (clauses.only_allows(view.stem or view.text) or (not view.stem and clauses.allows_first(view.text))):
        return allowing(view)
    if best is Category.BAN and not view.stem and not clauses.prohibits(view.text):
        return allowing(view) if clauses.leading(view.text) is clauses.Sort.MAY else Category.DO
    if best is Category.RIGHT and not view.stem and clauses.only_asks(view.text):
        return Category.DO
    return allowing(view) if best is Category.RIGHT or (best is Category.DO and allowed) else best


def allowing(view: View) -> Category:
    """What one may do is a right; but not where a business stops first (中止非柜面业务，客户可到柜面…), or where the branch must do the rest."""
    if view.stem:
        return Category.RIGHT
    return Category.BAN if clauses.stops_first(view.text) else Category.DO if clauses.turns_to_us(view.text) else Category.RIGHT


def asks_first(view: View) -> bool:
    """Whether a unit of several sentences asks for something first: what one may do behind it is the exception, not the rule."""
    return len(view.unit.sentences) > 1 and clauses.leading(view.text) in (clauses.Sort.DUTY, clauses.Sort.BAN)


def is_right(view: View) -> bool:
    """Whether it is one of the rights that a stem announces, or calls itself one."""
    return RIGHTS.search(view.stem) is not None or RIGHTS.search(view.plain.rstrip()) is not None


def categorise(view: View) -> Category:
    """The category by rules, most telling first."""
    kinds, facts = view.classes, {fact.kind for fact in view.facts}
    if view.zone is Zone.PENALTY or "penalty" in kinds:
        return Category.PENALTY
    if is_right(view):
        return Category.RIGHT
    if FactKind.CHANGE in facts or "repeal" in kinds:
        return Category.CHANGE
    if "ban" in kinds or (view.stem and "ban" in view.stem_classes):
        return Category.BAN
    if REPORTING.search(view.plain):
        return Category.REPORT
    return categorise_measure(view, kinds, facts)


def categorise_measure(view: View, kinds: frozenset[str], facts: set[FactKind]) -> Category:
    """Numbers, days, rights and plain duties."""
    if facts & {FactKind.EFFECTIVE, FactKind.DEADLINE}:
        return Category.TIME
    if facts & {FactKind.AMOUNT, FactKind.RATIO, FactKind.COUNT, FactKind.RETENTION} and "limit" in kinds:
        return Category.LIMIT
    if STEPPING.match(view.plain) or view.kind is SentenceKind.ROW:
        return Category.STEP if STEPPING.match(view.plain) else Category.INFO
    if "permission" in kinds or "exception" in kinds:
        return Category.RIGHT
    if DUTIES_OF.search(view.plain):
        return Category.ROLE
    return Category.DO if kinds & {"duty", "strong", "ask", "check", "record", "control", "tell", "serve"} else Category.INFO
