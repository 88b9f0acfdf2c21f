"""OFD: lines by geometry, templates and tables kept, annotations left alone, pictures to OCR, damage told."""

import io
import zipfile
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from digest.errors import DigestError, Encrypted, MissingTool, NoText, Unreadable
from digest.ingest import ocr as recogniser
from digest.ingest.recognised import Recognised
from digest.model.document import BlockKind, Box
from tests.ingest.make_docx import pack as pack_docx
from tests.ingest.make_docx import para, zipped
from tests.ingest.make_ofd import SIZE, SPACE, grid, lines, pack, picture, read, text, texts

PROSE = [
    "　　为进一步规范个人大额现金存取业务操作，统一服务标",
    "准，总行在广泛征求意见的基础上制定本办法，请认真遵照",
    "执行。",
    "　　一、各网点应当于每日营业终了前核对现金。",
]


def picture_bytes():
    """A white picture with some ink."""
    image = Image.new("L", (800, 1100), "white")
    image.paste(0, (100, 100, 700, 140))
    stream = io.BytesIO()
    image.save(stream, "PNG")
    return stream.getvalue()


def test_lines_with_their_places():
    """Each line is a block with page, box in points, size and indent."""
    document = read(pack(lines(PROSE), title="关于核对现金的通知"))

    assert texts(document) == [line.strip("　") for line in PROSE]
    assert [block.style.indent for block in document.blocks] == [2, 0, 0, 2]
    assert {block.style.size for block in document.blocks} == {16.0}
    assert round(document.blocks[1].box.x0, 1) == 79.4
    assert (document.form, document.pages, document.properties) == ("ofd", 1, (("title", "关于核对现金的通知"),))


def test_order_is_that_of_the_page():
    """A file that draws its objects in another order is read from top to bottom."""
    pieces = [text(line.strip("　"), 28, 40 + at * 9.9, ident=at) for at, line in enumerate(PROSE)]

    document = read(pack("".join(reversed(pieces))))

    assert texts(document) == [line.strip("　") for line in PROSE]


def test_fake_bold_is_read_once():
    """Characters printed twice, a hair apart, are one."""
    document = read(pack(text("示例银行文件", 60, 40) + text("示例银行文件", 60.2, 40, ident=2)))

    assert texts(document) == ["示例银行文件"]


def test_template_text_is_read():
    """What stands in a template page belongs to the page; repeated at the edge it is furniture."""
    body = [f'<ofd:Page {SPACE}><ofd:Template TemplateID="5"/><ofd:Content><ofd:Layer ID="2">{lines(PROSE)}</ofd:Layer></ofd:Content></ofd:Page>'] * 3

    document = read(pack(*body, templates={"5": text("内部资料", 28, 15)}))

    assert [block.kind for block in document.blocks if block.raw == "内部资料"] == [BlockKind.FURNITURE] * 3


def test_annotations_and_watermarks_are_not_text():
    """Annotations are not read at all, askew text is furniture."""
    annots = (
        f'<ofd:PageAnnot {SPACE}><ofd:Annot ID="1" Type="Watermark"><ofd:Appearance>{text("保密资料", 30, 60)}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>'
    )
    askew = text("请勿外传", 60, 150, ident=77, turn="0.7 -0.7 0.7 0.7 0 0")

    document = read(pack(lines(PROSE) + askew, more={"Doc_0/Annots/Annot_0.xml": annots}))

    assert texts(document) == [line.strip("　") for line in PROSE]
    assert [block.raw for block in document.blocks if block.kind is BlockKind.FURNITURE] == ["请勿外传"]


def test_ruled_table():
    """Drawn rules make a table; a cell over two columns spans them."""
    xs, ys = [30, 80, 130, 180], [60, 72, 84, 96]
    rules = grid(xs, ys[1:]) + grid([30, 180], ys[:2])
    words = text("库存限额", 90, 69) + "".join(
        text(word, xs[column] + 3, 69 + 12 * row, ident=200 + row * 3 + column)
        for row, words in ((1, ("凭证种类", "上限", "期限")), (2, ("存单", "300份", "每季")))
        for column, word in enumerate(words)
    )

    document = read(pack(lines(PROSE[:2]) + rules + words + lines(["附件：核对表"], y=110)))

    assert texts(document)[-1] == "附件：核对表"
    cells = [(block.raw, block.cell.row, block.cell.column, block.cell.columns) for block in document.blocks if block.cell]
    assert cells == [
        ("库存限额", 0, 0, 3),
        *((word, 1, at, 1) for at, word in enumerate(("凭证种类", "上限", "期限"))),
        *((word, 2, at, 1) for at, word in enumerate(("存单", "300份", "每季"))),
    ]


def test_attachments_are_read():
    """A file attached to the paper becomes a part; one that cannot be read is named."""
    document = read(pack(lines(PROSE), attachments={"核对表.docx": pack_docx(para("凭证种类及数量")), "数据.dat": bytes(range(32)) * 9}))

    assert [(each.name, each.read) for each in document.attachments] == [("核对表.docx", True), ("数据.dat", False)]
    assert [block.raw for block in document.blocks if block.part == 1] == ["凭证种类及数量"]


def test_page_picture_goes_to_ocr(monkeypatch):
    """A page that is only a picture is read by OCR, on paper of the page's size."""
    seen = {}

    def fake(image, *, page, width, height, sharper=None):
        seen.update(size=image.size, page=page, width=round(width), height=round(height))
        return (Recognised(text="各网点应当核对现金。", box=Box(page=page, x0=80, top=100, x1=300, bottom=116)),)

    monkeypatch.setattr(recogniser, "read_page", fake)
    document = read(pack(picture(0, 0, 210, 297), media={"7": picture_bytes()}))

    assert texts(document) == ["各网点应当核对现金。"]
    assert seen == {"size": (1654, 2339), "page": 1, "width": 595, "height": 842}
    assert [notice.code for notice in document.notices] == ["ocr"]


def test_page_picture_without_ocr(monkeypatch):
    """Without OCR the refusal says so; with other text the unread page is told."""

    def missing(*_args, **_fields):
        raise MissingTool("没有装文字识别")

    scan = picture(0, 0, 210, 297)
    with pytest.raises(NoText, match="--no-ocr"):
        read(pack(scan, media={"7": picture_bytes()}), ocr=False)
    monkeypatch.setattr(recogniser, "read_page", missing)
    with pytest.raises(MissingTool):
        read(pack(scan, media={"7": picture_bytes()}))
    document = read(pack(lines(PROSE), scan, media={"7": picture_bytes()}))
    assert [(notice.code, notice.place) for notice in document.notices] == [("pages_unread", "第2页")]


SECRET = "".join(chr(0xE100 + at) for at in range(20))  # codes of a converter that knew no better
FONT = resources.files("digest.typeset").joinpath("fonts/SheetSansSC-Regular.ttf")


def test_text_of_senseless_codes_is_drawn_and_recognised(monkeypatch):
    """Private codes are never handed out as text: the page is drawn with its own font and read by OCR."""
    inks = []

    def fake(image, *, page, width, height, sharper=None):
        inks.append(sum(image.convert("L").histogram()[:128]))
        return (Recognised(text="各网点应当核对现金。", box=Box(page=page, x0=80, top=100, x1=300, bottom=116)),)

    monkeypatch.setattr(recogniser, "read_page", fake)
    document = read(pack(text(SECRET, 28, 40), lines(PROSE), fonts={"1": FONT.read_bytes()}))

    assert texts(document) == ["各网点应当核对现金。", *(line.strip("　") for line in PROSE)]
    assert inks[0] > 1000
    assert sorted(notice.code for notice in document.notices) == ["garbled_layer", "ocr"]


@pytest.mark.parametrize(("fonts", "ocr"), [({}, True), ({"1": b"no font"}, True), ({"1": b""}, False)])
def test_senseless_codes_that_cannot_be_drawn(fonts, ocr):
    """Without an embedded font, or without OCR, such a file is refused, and a page of it is told."""
    with pytest.raises(NoText, match="乱码"):
        read(pack(text(SECRET, 28, 40), fonts=fonts), ocr=ocr)
    document = read(pack(lines(PROSE), text(SECRET, 28, 40), fonts=fonts), ocr=ocr)
    assert texts(document) == [line.strip("　") for line in PROSE]
    assert sorted((notice.code, notice.place) for notice in document.notices) == [("garbled_layer", "第2页"), ("pages_unread", "第2页")]


def test_a_directory_of_senseless_codes_is_found_out():
    """The dots that lead to the page numbers do not hide that the words are senseless."""
    with pytest.raises(NoText, match="乱码"):
        read(pack("".join(text(SECRET[:6] + "." * 60 + "12", 28, 40 + at * 9, size=2, ident=at) for at in range(8))), ocr=False)


def test_odd_namespace_and_case():
    """Producers use odd namespaces, backslashes, and paths in another case than the files have."""
    data = pack(lines(PROSE), more={})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {info.filename: archive.read(info).decode() for info in archive.infolist()}
    odd = {name.replace("Doc_0/Pages", "DOC_0\\pages"): content.replace("www.ofdspec.org/2016", "example.org/ofd") for name, content in parts.items()}

    assert texts(read(zipped(odd))) == [line.strip("　") for line in PROSE]


def test_damaged_page_is_told():
    """One broken page is passed over and said; the others are read."""
    document = read(pack(lines(PROSE), "<ofd:Page " + "<<<"))

    assert len(texts(document)) == 4
    assert [notice.code for notice in document.notices] == ["incomplete"]


def test_nothing_but_repeated_lines():
    """Two pages that say the same few words at the top are not taken for all furniture."""
    assert texts(read(pack(text("内部学习", 80, 20), text("内部学习", 80, 20)))) == ["内部学习"] * 2


def test_refusals():
    """Damage and encryption each have their sentence."""
    with pytest.raises(Unreadable, match="另存为 PDF"):
        read(pack(more={"OFD.xml": "<x/>"}))
    with pytest.raises(Encrypted, match="加密"):
        read(pack(lines(PROSE), more={"Encryptions.xml": "<x/>"}))
    with pytest.raises(NoText):
        read(pack(""))


@settings(derandomize=True, deadline=None, max_examples=60)
@given(at=st.integers(0, 1500), value=st.binary(min_size=1, max_size=6), content=st.text(alphabet='<>/="ofd:TextCode0 gML-', max_size=60))
def test_any_damage_ends_in_a_sentence(at, value, content):
    """Whatever is broken, the result is a document or a refusal."""
    data = bytearray(pack(lines(PROSE[:1]), content))
    data[at : at + len(value)] = value
    try:
        document = read(bytes(data), ocr=False)
    except DigestError as error:
        assert "《" in str(error)
    else:
        assert document.blocks


def test_huge_sizes_do_no_harm():
    """Absurd numbers in the geometry neither crash nor hang the reader."""
    wild = text("核对现金", 28, 40).replace(f'Size="{SIZE}"', 'Size="1e300"') + text("凭证", 1e12, -1e12, ident=3)

    assert set(line.strip("　") for line in PROSE) <= set(texts(read(pack(lines(PROSE) + wild))))
