"""The PDF's tags: everything printed stands in the tree once, in reading order, as what it is; decoration stands outside."""

from io import BytesIO
from itertools import accumulate

import pdfplumber
import pytest
from msgspec.structs import replace
from pdfminer.pdftypes import resolve1

from digest import sheet as layout
from digest.model.page import Disc, Glyphs, Page, Rule
from digest.model.ranking import Category
from digest.render import write_pdf
from digest.render.write_pdf_roles import COLUMN, Node, name_rows, tree
from digest.sheet import handouts
from tests.render import pages, sheets
from tests.render.pictures import logo
from tests.sheet.understood import Said, understood

TEXTS = (
    "重要空白凭证每日营业终了前由双人核对，账实不符的立即报告运营主管，喆堃镕𬱖四人除外",
    "办理单笔5万元以上（含）现金存取的，柜员应当核对客户身份证件原件，并在系统中登记资金来源或者用途",
    "网点应于2026年4月30日前报送下列材料：自查报告；整改台账；责任人名单",
    "大额交易资料自业务关系结束之日起至少保存5年",
)


class Tagged:
    """One page of a PDF with its tree, read by a program that knows nothing of ours."""

    def __init__(self, data, number=0):
        """Read it."""
        with pdfplumber.open(BytesIO(data)) as opened:
            page = opened.pages[number]
            self.top = page.structure_tree
            self.chars = page.chars
            self.drawn = [*page.rects, *page.lines, *page.curves]
            self.rows = [resolved(row) for row in rows_of(resolve1(opened.doc.catalog["StructTreeRoot"]))]
        self.texts = {}
        for char in self.chars:
            self.texts[char["mcid"]] = self.texts.get(char["mcid"], "") + char["text"]

    def nodes(self, *roles):
        """All tags, or those of some roles, in the order of the tree."""
        found, left = [], list(self.top)
        while left:
            node = left.pop(0)
            found.append(node)
            left[:0] = node.get("children", [])
        return [node for node in found if not roles or node["type"] in roles]

    def text(self, node):
        """What stands in a tag and below it, in the order of the tree, without spaces."""
        own = "".join(self.texts.get(number, "") for number in node.get("mcids", []))
        return squeezed(own) + "".join(self.text(child) for child in node.get("children", []))

    def cells(self):
        """The texts of every table, row by row; pdfplumber's own tree leaves empty cells out."""
        return [["".join(squeezed(self.texts[number]) for number in resolve1(cell.get("K", []))) for cell in row] for row in self.rows]

    def said(self, *roles):
        """The texts of all tags of some roles."""
        return [self.text(node) for node in self.nodes(*roles)]


def rows_of(node):
    """The rows of all tables below a tag of the file, in order."""
    for kid in resolve1(node.get("K", [])):
        if isinstance(tag := resolve1(kid), dict):
            if tag["S"].name == "TR":
                yield tag
            yield from rows_of(tag)


def resolved(row):
    """The cells of a row."""
    return [resolve1(cell) for cell in resolve1(row["K"])]


def squeezed(text):
    """A text without spaces, which stand otherwise on paper."""
    return "".join(text.split())


def filled(design, **fields):
    """A sheet of statements that fill chose and numbered, its page and its look."""
    look = pages.look_of(design, **fields)
    said = [Said(text=text, value=9 - number, roles=("柜员",)) for number, text in enumerate(TEXTS)]
    said += [Said(text="不得代客户保管存单、密码或者印章", category=Category.BAN), Said(text="单笔5万元以上须登记", category=Category.LIMIT)]
    return *layout.fill(*understood(said), look), look


def written(sheet, page, look):
    """A page as read back."""
    return Tagged(write_pdf.write(sheet, page, look))


@pytest.mark.parametrize("design", pages.DESIGNS)
@pytest.mark.parametrize("make", [pages.laid_out, pages.fullest, filled], ids=lambda make: make.__name__)
def test_every_character_stands_in_one_tag(design, make):
    """No text is left outside the tree, none is in it twice, and no tag names content that is not there."""
    made = written(*make(design))
    named = [number for node in made.nodes() for number in node.get("mcids", [])]

    assert len(named) == len(set(named))
    assert {char["mcid"] for char in made.chars} == set(named)
    assert {char["tag"] for char in made.chars} <= {"H1", "H2", "P", "Lbl", "LBody", "TH", "TD"}


@pytest.mark.parametrize("design", pages.DESIGNS)
def test_the_tree_reads_as_the_page_does(design):
    """Title, point, lines by their printed numbers, questions, the boxes to sign and the foot follow each other."""
    sheet, page, look = filled(design)
    made = written(sheet, page, look)
    lines = sorted(sheet.lines, key=lambda line: line.number)
    words = (sheet.title, sheet.point, *(line.text for line in lines), look.words.questions, look.words.notes, *look.sign_off, sheet.footer)
    whole = "".join(made.text(node) for node in made.top)
    places = [whole.rindex(squeezed(text)) for text in words]

    assert len(lines) >= 4
    assert places == sorted(places)


@pytest.mark.parametrize("design", ["cards", "large", "brief"])
def test_a_line_is_an_item_with_its_number(design):
    """A reader hears the number first, then the words, then article and post."""
    sheet, page, look = filled(design)
    made = written(sheet, page, look)
    listed = {line.number: line for section in sheet.sections for line in section.lines}
    items = {made.text(item["children"][0]): made.text(item["children"][1]) for item in made.nodes("LI") if len(item["children"]) == 2}

    assert len(listed) >= 3
    for number, line in listed.items():
        assert items[str(number)].startswith(squeezed(line.text))


@pytest.mark.parametrize("design", pages.DESIGNS)
def test_headings_are_the_title_and_the_sections(design):
    """One title; below it the point, every section and the boxes at the foot."""
    sheet, page, look = filled(design)
    made = written(sheet, page, look)
    boxes = [look.words.point, look.words.questions, look.words.notes]

    assert made.said("H1") == [squeezed(sheet.title)]
    named = made.said("H2", "TH") if design == "ledger" else made.said("H2")
    assert {squeezed(section.title) for section in sheet.sections} | set(boxes) <= set(named)


def test_facts_are_names_with_values():
    """Each cell of the facts strip is an item: its name, what it says."""
    made = written(*pages.laid_out("cards"))
    cells = [[made.text(part) for part in item["children"]] for item in made.nodes("LI")]

    assert ["来源", "示例银行运营管理部"] in cells
    assert ["岗位", "待补"] in cells


def test_days_and_limits_are_items():
    """Each day stands with what it is, each limit with its lines."""
    said = written(*pages.laid_out("cards")).said("LBody")

    assert {"8月6日印发", "12月1日存量补登截止（推算）"} <= set(said)
    assert any(text.startswith("每日营业终了前逐笔勾对大额现金登记簿") for text in said)


@pytest.mark.parametrize("design", ["cards", "large", "brief"])
def test_numbers_are_a_table_with_a_cell_for_each_column(design):
    """Every row has number, matter, standard, time limit and article in this order, and empty cells where it has none."""
    sheet = sheets.sheet()
    rows = next(section for section in sheet.sections if section.rows).rows
    kept = tuple(replace(row, due="") if place == 1 else row for place, row in enumerate(rows))
    sheet = replace(sheet, sections=tuple(replace(section, rows=kept) if section.rows else section for section in sheet.sections))
    made = written(*pages.laid_out(design, sheet))

    assert made.cells() == [[str(row.line.number), row.item, row.standard, row.due, row.mark] for row in kept]


def test_the_ledger_is_a_table_with_heads_for_columns_and_sections():
    """Column names head the columns, section names head their rows, and all rows are as long."""
    sheet, page, look = pages.laid_out("ledger")
    made = written(sheet, page, look)
    sections = [section for section in sheet.sections if section.lines]
    head, *rows = made.rows
    first = [0, *accumulate(len(section.lines) for section in sections)][:-1]

    assert made.cells()[0] == ["栏目", "序", "执行要点", "时限", "责任", "依据", "完成"]
    assert {(cell["S"].name, cell["A"]["Scope"].name) for cell in head} == {("TH", "Column")}
    assert [cells[0] for cells in [made.cells()[1:][row] for row in first]] == [section.title for section in sections]
    assert [rows[row][0]["A"]["RowSpan"] for row in first] == [len(section.lines) for section in sections]
    assert [len(row) + (0 if number in first else 1) for number, row in enumerate(rows)] == [len(head)] * len(rows)


@pytest.mark.parametrize(("drawn", "count", "named", "span"), [(3, 2, 2, 2), (1, 3, 1, 1), (0, 2, 1, 1), (1, 0, 2, 1)])
def test_a_name_spans_no_more_rows_than_were_drawn(drawn, count, named, span):
    """A design may draw fewer rows than its ledger counts: the name spans those that are there, never the heads of the columns."""
    table = Node("Table")
    table.add("TR").add("TH", attributes=COLUMN)
    for _ in range(drawn):
        table.add("TR").add("TD")
    name_rows(table, [7], count)

    assert table.kids[named].kids[0].marks == [7]
    assert table.kids[named].kids[0].attributes["RowSpan"] == span
    assert len(table.kids) == max(drawn, named) + 1


@pytest.mark.parametrize("design", pages.DESIGNS)
def test_pictures_say_what_they_are(design):
    """The branch's mark and the code have words that stand for them, and a place."""
    sheet, page, look = filled(design, logo=logo(), archive_url="https://archive.example/s/")
    made = written(sheet, page, look)
    figures = made.nodes("Figure")

    assert [figure["alt_text"] for figure in figures] == ["示例银行城东支行标志", f"二维码：原文存放处 https://archive.example/s/{sheet.source_hash[:16]}"]
    spots = {spot.key: spot for spot in page.spots}
    for figure, key in zip(figures, ("logo", "code"), strict=True):
        assert figure["attributes"]["BBox"][:2] == pytest.approx([spots[key].x, spots[key].y])
        assert len(figure["mcids"]) == 1


def test_rules_boxes_and_tints_stand_outside_the_tree():
    """Nothing but text is in the tree of a page without pictures; what is drawn besides is marked as decoration."""
    made = written(*pages.laid_out("cards"))

    assert made.drawn
    assert {mark["tag"] for mark in made.drawn} == {"Artifact"}
    assert {mark["mcid"] for mark in made.drawn} == {None}


def test_text_that_no_box_holds_is_a_paragraph():
    """A page that tells nothing of itself is still read, in the order in which it is drawn."""
    look = pages.look_of("cards")
    texts = ("第一段", "第二段")
    marks = [Glyphs(x=20, y=70 - 20 * row, text=text, font="SheetSansSC-Bold", size=12) for row, text in enumerate(texts)]
    page = Page(width=200, height=100, marks=(marks[0], Disc(x=9, y=50, radius=2), Rule(x0=1, y0=1, x1=9, y1=9), marks[1]), spots=(), size=12, fill=1.0)

    assert [(node.role, node.marks) for node in tree(page, look).kids] == [("P", [0, 3])]
    assert written(sheets.sheet(), page, look).said("P") == ["".join(texts)]


def test_a_missing_character_keeps_its_cell():
    """〓 drawn for a character that no font has stands in the cell of the text that it belongs to."""
    sheet = sheets.sheet()
    rows = tuple(replace(row, item="留存\U0001f3e6期限") for row in next(section for section in sheet.sections if section.rows).rows)
    sheet = replace(sheet, sections=tuple(replace(section, rows=rows) if section.rows else section for section in sheet.sections))
    made = written(*pages.laid_out("cards", sheet))

    assert {row[1] for row in made.cells()} == {"留存〓期限"}


def test_each_numbered_copy_is_a_part_of_its_own():
    """Every page's text is in the tree, and hangs below its own part."""
    look, said = pages.look_of("cards"), sheets.sheet(restriction="内部学习·编号______·用后收回")
    data = write_pdf.write_pages(said, handouts.copies(said, look, 3), look)
    with pdfplumber.open(BytesIO(data)) as opened:
        root = resolve1(opened.doc.catalog["StructTreeRoot"])
        whole = resolve1(root["K"][0])
        assert [resolve1(part)["S"].name for part in whole["K"]] == ["Part"] * 3
    for number in range(3):
        made = Tagged(data, number)
        assert {char["mcid"] for char in made.chars} == {mcid for node in made.nodes() for mcid in node.get("mcids", [])}
        assert f"内部学习·编号{number + 1:03d}·用后收回" in made.said("P")


def test_the_parent_tree_leads_back_to_every_tag():
    """From a stretch of content its tag is found: same number, same tag, on the page that the tag names."""
    with pdfplumber.open(BytesIO(write_pdf.write(*pages.laid_out("cards")))) as opened:
        page, root = opened.doc.catalog, resolve1(opened.doc.catalog["StructTreeRoot"])
        first = opened.pages[0].page_obj
        nums = resolve1(resolve1(root["ParentTree"])["Nums"])
        parents = [resolve1(each) for each in resolve1(nums[1])]

    assert resolve1(page["MarkInfo"])["Marked"] is True
    assert (nums[0], first.attrs["StructParents"], first.attrs["Tabs"].name) == (0, 0, "S")
    for number, parent in enumerate(parents):
        assert number in resolve1(parent["K"])
        assert parent["Pg"].objid == first.pageid
