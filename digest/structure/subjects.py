"""主体: who must act, from the sentence, or inherited from the sentence before, the stem or the article's head.

41 % of the duty sentences of real regulations name nobody in the clause of their modal verb (domain.md 0.6).
"""

import re

from msgspec import Struct

from digest.model.outline import NodeKind, SentenceKind, Zone
from digest.structure.draft import Draft, Work
from digest.zh.actors import AS_WHOSE
from digest.zh.lexicon import Lexicon

LONGEST = 48  # characters of a subject
AGENT_NEAR = 12  # characters behind the modal verb within which 由… names the actor
MODAL = re.compile(
    r"应当|必须|不得|严禁|禁止|不准|须(?!知)|可以|方可|均可|有权|负责|(?<![相对反响供适照理感效呼顺因答一内])应(?![用急对答付收变有届邀聘激酬力试战计验援声])"
    r"|要(?!求|素|点|件|约|么)|不能|可(?![疑能靠行追转])|需(?!求|要)|请(?!示|假|客|求)|予以|承担|履行|确保|加强|建立"
)
FRAMES = {NodeKind.ARTICLE, NodeKind.H1, NodeKind.H2, NodeKind.CHAPTER, NodeKind.SECTION, NodeKind.ANNEX, NodeKind.ROOT}  # nothing is inherited over them
CASE_END = re.compile(r"[^，；：。]{0,60}?(?:的|时|后|前|期间|情况下|情形下|过程中)，")  # a clause that ends so says when, not what: its modal verb is no duty
OF_WHOM = re.compile(rf"的|为|{AS_WHOSE}")  # behind a name: it only tells whose
EXPLAINED = re.compile(r"由[^，。；]{2,40}解释")  # who explains a paper does not act in what follows
CONDITION = re.compile(r"(?:的|时|后|前|内|起|中|外|情况下|过程中|以上|以下|为|原因)$")  # of a customer: what the branch must do follows
LETTER = r"(?:(?![由转另请为将对向在被把给应须不经至从自按因于是可要并且或的了到使有与以每])[\u4e00-\u9fff])"
BANK = r"(?<!手机)(?<!网上)(?<!电子)(?<!电话)银行"
ENDINGS = rf"(?:机构|部门|{BANK}|分行|支行|总行|公司|单位|人员|中心|委员会|法院|机关|主管|经理|负责人|柜员|员工|网点|主任|行长|组织|协会|人)"
GENERIC = rf"{LETTER}{{1,12}}?{ENDINGS}(?=应|须|要|可|不|必|在|对|按|根据|于|因|将|以|与|向|负责|每|有|需|严|禁|，|、|和|及)"
OFFICE = (
    r"(?:(?:运营|信息|科技|内控|合规|风险|安全|保卫|个人|零售|公司|人力|财务|会计|消费者|权益|保护|审计|采购|渠道|管理|金融|业务|资源|清算|国际|信贷|授信|审批|法律|事务|资产|负债"
    r"|数据|客户|服务|支付|结算|纪检|监察|党委|宣传|反洗钱|电子|机构|信用卡|普惠|农村|养老|综合|监督|稽核|相关|有关|主管|职能|各|牵头|远程|银行){1,6}(?:部门?|中心|办公室|处|室|条线))"
)
ACTS = re.compile(
    r"应|须|要|可|不|必|在|对|按|根据|于|因|将|已|向|负责|每|有权|需|严|禁|，|由|自|通过|采取|收到|发现|登录|办理|使用|核对|审核|受理|填写|登记|报|提交|领用|保管|组织|承担"
)
QUALIFIER = r"(?:(?:各|全体|所有|本|该|相关|有关|任何|其他|每(?:个|家|位|名)?|上述|前款|境内|第三方|合作|辖内|辖属)+(?:级)?(?:相关|有关|的)?)?"
JOINT = r"(?:、|和|与|及其?|以及|或者?|会同)"


class Names(Struct, frozen=True, kw_only=True):
    """Patterns for actors: at a clause's start, and behind 由."""

    start: re.Pattern[str]
    agent: re.Pattern[str]
    end: re.Pattern[str]
    customers: frozenset[str]


def make_names(lexicon: Lexicon) -> Names:
    """Patterns from the lexicon's actors, longest first, with what may stand around a name."""
    known = "|".join(re.escape(actor.word) for actor in lexicon.actors) or "(?!)"
    behind = r"门?(?:及其(?:分支机构|工作人员|员工|从业人员)|(?:的)?(?:任何)?(?:工作人员|负责人|员工|总部|从业人员|分支机构|一般)|（[^（）]{1,16}）)?"
    one = rf"(?:{QUALIFIER}(?:(?:{known}){OFFICE}?|{OFFICE}){behind}|(?:各级?|全)行(?!为|业|政|动|使))"
    group = rf"{one}(?:{JOINT}{one})*(?:等)?"
    return Names(
        end=re.compile(rf"{group}$"),
        customers=frozenset(actor.word for actor in lexicon.actors if actor.audience == "customer"),
        start=re.compile(rf"(?:{group}|{QUALIFIER}{GENERIC}(?:{JOINT}{QUALIFIER}{GENERIC})*)"),
        agent=re.compile(
            rf"由((?:{group})|{GENERIC}|[\u4e00-\u9fff、]{{2,14}}?(?=负责|办理|审批|决定|批准|组织|统一|予以|给予|处|依|按|责令|承担|制定|保管|核))"
        ),
    )


def mark_subjects(work: Work, lexicon: Lexicon) -> None:
    """Set every sentence's subject, in place."""
    names = make_names(lexicon)
    by_node: dict[int, str] = {}  # the subject that goes on within a numbered place
    for draft in work.drafts:
        if draft.kind in (SentenceKind.HEADING, SentenceKind.ROW) or draft.zone is Zone.SAMPLE:
            continue
        draft.subject, lasting = find_subject(draft.text, names)
        if not draft.subject:
            draft.subject = inherited(work, draft, by_node)
            draft.inherited = bool(draft.subject)
        elif lasting:
            by_node[draft.node] = "" if is_customer(draft.subject, names) else draft.subject


def inherited(work: Work, draft: Draft, by_node: dict[int, str]) -> str:
    """The subject of the stem, of the sentences before in the same place, or of the places above up to the article."""
    if draft.stem is not None:
        return work.drafts[draft.stem].subject
    if not MODAL.search(draft.text):
        return ""
    node: int | None = draft.node
    while node is not None:
        if node in by_node:
            return by_node[node]
        if work.nodes[node].kind in FRAMES:
            return ""
        node = work.nodes[node].parent
    return ""


def find_subject(text: str, names: Names) -> tuple[str, bool]:
    """Who acts in a sentence, and whether that goes on in the next.

    Looked for at the head of the modal's clause, behind 由 (for this clause only), or at the head of a clause before.
    """
    text = EXPLAINED.sub(lambda found: "　" * len(found.group()), text)
    modal = duty_in(text)
    agent = names.agent.search(text)
    if not modal:
        opening = opening_name(text, names)
        return (opening, True) if opening or not agent else (agent.group(1)[:LONGEST], False)
    start = max(text.rfind(mark, 0, modal.start()) for mark in "，；：。") + 1
    if subject := head_name(text, start, modal.start(), names):
        return subject, True
    if agent and agent.start() <= modal.end() + AGENT_NEAR:
        return agent.group(1)[:LONGEST], False
    return earlier_name(text, start, names), True


def duty_in(text: str) -> re.Match[str] | None:
    """The modal verb that tells the duty: the first that stands in no condition (需要他行配合的，他行应当配合), else the first."""
    found = list(MODAL.finditer(text))
    return next((each for each in found if not CASE_END.match(text, each.end())), found[0] if found else None)


def head_name(text: str, start: int, end: int, names: Names) -> str:
    """The name that the clause text[start:end] begins with, unless it is a condition or goes on with 的."""
    found = names.start.match(text, start)
    if not found or found.end() > end or len(found.group()) > LONGEST or OF_WHOM.match(text, found.end()):
        return ""
    name = bare_name(found.group(), names)
    return "" if is_customer(name, names) and CONDITION.search(text[start:end]) else name


def is_customer(name: str, names: Names) -> bool:
    """Whether a subject is the customer."""
    return re.sub(rf"^{QUALIFIER}", "", name) in names.customers


def bare_name(name: str, names: Names) -> str:
    """The known name at the end of a longer match (假期期间各网点 is 各网点)."""
    known = names.end.search(name)
    return known.group() if known else name


def earlier_name(text: str, stop: int, names: Names) -> str:
    """The name at the head of the nearest clause before ``stop`` that is no condition."""
    while stop > 0:
        start = max(text.rfind(mark, 0, stop - 1) for mark in "，；：。") + 1
        if subject := head_name(text, start, stop - 1, names):
            return subject
        stop = start
    return ""


def opening_name(text: str, names: Names) -> str:
    """The name a clause without modal verb begins with (自查期间，各网点每周五更新进度)."""
    start = 0
    while start >= 0:
        found = names.start.match(text, start)
        if found and len(found.group()) <= LONGEST and ACTS.match(text, found.end()):
            return bare_name(found.group(), names)
        start = text.find("，", start) + 1 or -1
    return ""
