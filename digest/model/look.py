"""Look: one design as read from its folder under templates/, ready to use; places.py makes it, nothing here reads."""

from msgspec import Struct


class Margins(Struct, frozen=True, kw_only=True):
    """Free paper around the sheet, in points."""

    top: float = 30.0
    right: float = 36.0
    bottom: float = 28.0
    left: float = 36.0


class SectionPlan(Struct, frozen=True, kw_only=True):
    """One section in the order of the page: which categories of lines it gathers and what its heading says.

    ``key`` is also the name in page.xml. ``reverse`` sets the heading white on black (不得做). ``rows`` makes it a table of
    numbers (记住这些数). ``most`` limits its lines; 0 is no limit.
    """

    key: str
    title: str
    categories: tuple[str, ...] = ()
    reverse: bool = False
    rows: bool = False
    most: int = 0


class Words(Struct, frozen=True, kw_only=True):
    """The fixed wording of the page; every piece of text that is neither the source's nor the program's."""

    tag: str = "网点晨会学习单"
    point: str = "一句话"
    missing: str = "待补"
    computed: str = "推算"
    continued: str = "续"
    disclaimer: str = "学习摘要，以原文为准"
    restricted: str = "内部学习·编号______·用后收回"
    circulate: str = "传阅即可：没有读到限期必办的事项，以原文为准。"
    others: str = "本文主要规定{谁}自身职责，网点传阅即可。"
    ours: str = "本文主要规定{谁}自身职责，网点传阅即可；与我行有关的有下列{几}项。"
    rest: str = "其余供了解。"
    notes: str = "主管补充"
    questions: str = "考一考"
    answers: str = "答案（主管用）"
    contact: str = "联系"
    mixed: str = "含禁止"
    see_point: str = "见一句话"
    legend: str = "黑底序号：含禁止"
    also: str = "另见"
    also_many: str = "另见黑底序号"
    doubtful: str = "请核对"
    partial: str = "原文没有读全，请对照原件"
    internal: str = "内部"
    forwarded: str = "转发要求"
    columns: tuple[str, ...] = ("栏目", "序", "执行要点", "时限", "责任", "依据", "完成")


class FontFile(Struct, frozen=True, kw_only=True):
    """A font of the user's own, lying in the design's folder."""

    name: str
    data: bytes


class Look(Struct, frozen=True, kw_only=True):
    """Everything a design decides. ``sizes`` are body sizes in points, the one to try first first.

    ``page_text`` and ``html_text`` are Jinja2 sources; ``folder`` and the ``*_file`` names serve messages only. ``most_characters``
    caps the body at each of ``sizes`` (domain: 850 at 12 pt, 1050 at 10.5 pt). ``branch`` and ``edition`` (rules' version) are
    printed in the head and the foot; empty ones fold away. ``archive_url`` makes a QR code; empty means none.
    """

    name: str
    title: str
    page_text: str
    html_text: str = ""
    folder: str = ""
    page_file: str = "page.xml"
    html_file: str = "sheet.html"
    sizes: tuple[float, ...] = (12.0, 11.0, 10.5)
    leading: tuple[float, float] = (1.30, 1.50)
    margins: Margins = Margins()
    columns: int = 2
    sections: tuple[SectionPlan, ...] = ()
    details: tuple[str, ...] = ("来源", "文号", "发文日", "施行日", "类型", "适用岗位")
    words: Words = Words()
    sign_off: tuple[str, ...] = ("宣讲人", "日期", "签到")
    questions: int = 3
    note_lines: int = 2
    most_lines: int = 18
    most_characters: tuple[int, ...] = (850, 950, 1050)
    smaller_earns: float = 1.08  # a smaller body size must place so much more value
    boxes: bool = True  # a check box after every line to be done
    branch: str = ""
    logo: bytes = b""
    regular: FontFile | None = None
    bold: FontFile | None = None
    edition: str = ""
    archive_url: str = ""
    kinds: tuple[str, ...] = ()  # the kinds of paper this design is taken for by itself
    least_share: float = 0.0  # taken for its kinds only if it holds this share of what the first design would hold; 0 is always
    most_candidates: int = 0  # taken for any paper with no more candidates than this; 0 is never
    answers: bool = False  # the manager's copy: answers to the questions are printed

    def plan(self, key: str) -> SectionPlan | None:
        """The section called ``key``; None where the design has none."""
        return next((plan for plan in self.sections if plan.key == key), None)

    def plan_for(self, category: str) -> SectionPlan | None:
        """The section that gathers a category; None where the design leaves it out."""
        return next((plan for plan in self.sections if category in plan.categories), None)
