"""RTF to text: paragraphs and table rows with the numbers that the word processor wrote out; pages packed in RTF unpacked.

Only what text needs of the RTF 1.9.1 specification: groups, destinations, code pages, Unicode, paragraphs, cells.
"""

import re
import struct
from collections.abc import Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from digest.ingest.encoding import decode

TOKEN = re.compile(rb"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL)
HIDDEN = frozenset(
    b"fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf listtable listoverridetable"
    b" revtbl rsidtbl generator themedata colorschememapping datastore latentstyles xmlnstbl fldinst bkmkstart bkmkend objdata nonshppict"
    b" pntxta pntxtb template filetbl annotation atnid atnauthor mmathPr wgrffmtfilter factoidname".split()
)
CHARSETS = {0: "cp1252", 134: "gb18030", 136: "cp950", 128: "cp932", 129: "cp949", 204: "cp1251", 238: "cp1250"}
MARKS = {b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " "}
GROUPS_MOST = 2000
PACK_START = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New Roman"
    b"Courier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
PACKED, PLAIN = b"LZFu", b"MELA"
UNPACKED_MOST = 64 * 1024 * 1024


class State(Struct):
    """What holds inside a group."""

    hidden: bool = False
    font: int = 0
    skip: int = 1  # characters to skip after a Unicode one (\\uc)
    html: bool = False  # inside \\*\\htmltag


class Shape(Struct, frozen=True):
    """The right edge of a cell in twips, and whether it goes on from the cell above."""

    right: int = 0
    goes_on: bool = False


class Row(Struct):
    """One paragraph, or one table row with its cells; ``listed`` paragraphs begin with their written-out number and a tab."""

    cells: list[str] = field(default_factory=list)
    is_table: bool = False
    listed: bool = False
    shapes: list[Shape] = field(default_factory=list)  # as the file states them; their number may differ from that of the cells

    def labelled(self) -> tuple[str, str]:
        """Number and text of a paragraph."""
        text = " ".join(self.cells)
        label, tab, rest = text.partition("\t")
        return (label.strip(), rest.replace("\t", " ").strip()) if self.listed and tab else ("", text.replace("\t", " ").strip())


class Reader(Struct):
    """Bytes of RTF to rows."""

    data: bytes
    page: bool = False  # collect the page that an RTF body wraps, not the text
    state: State = field(default_factory=State)
    stack: list[State] = field(default_factory=list)
    fonts: dict[int, str] = field(default_factory=dict)
    charset: str = "gb18030"
    raw: bytearray = field(default_factory=bytearray)
    text: list[str] = field(default_factory=list)
    row: Row = field(default_factory=Row)
    rows: list[Row] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)  # of the row that was defined last
    goes_on: bool = False
    skipping: int = 0
    star: bool = False
    cut: bool = False  # \\htmlrtf: text that only the RTF shows

    def read(self) -> list[Row]:
        """All rows."""
        self._find_fonts()
        for found in TOKEN.finditer(self.data):
            word, number, byte, symbol, brace, plain = found.groups()
            if word:
                self._word(word, int(number) if number else None)
            elif byte or plain:
                self._bytes(bytes.fromhex(byte.decode()) if byte else plain)
            elif symbol:
                self._symbol(symbol)
            elif brace:
                self._brace(brace)
        self._end_paragraph()
        return self.rows

    def _find_fonts(self) -> None:
        """The encoding of each font, and of the document."""
        for number, charset in re.findall(rb"\\f(\d+)[^{}]*?\\fcharset(\d+)", self.data[:400_000]):
            self.fonts[int(number)] = CHARSETS.get(int(charset), "")
        page = re.search(rb"\\ansicpg(\d+)", self.data[:4096])
        if page:
            self.charset = {"936": "gb18030", "950": "cp950"}.get(page[1].decode(), f"cp{page[1].decode()}")

    def _brace(self, brace: bytes) -> None:
        """Enter or leave a group."""
        self._flush()
        self.star = False
        if brace == b"{":
            if len(self.stack) < GROUPS_MOST:
                self.stack.append(replace(self.state))
        elif self.stack:
            self.state = self.stack.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        """One control word."""
        if word == b"u" and number is not None:
            self._say(chr(number % 65536))
            self.skipping = self.state.skip
            return
        self._flush()
        if word == b"htmltag":
            self.state.hidden, self.state.html = not self.page, True
        elif word in HIDDEN or (self.star and word not in (b"htmltag", b"shppict", b"listtext", b"pntext")):
            self.state.hidden = True
        elif word in (b"listtext", b"pntext"):
            self.row.listed = not self.row.cells
        elif word == b"htmlrtf":
            self.cut = self.page and number != 0
        elif word in (b"par", b"line", b"row", b"cell", b"nestcell", b"nestrow", b"sect", b"page"):
            self._break(word)
        else:
            self._set(word, number)
        self.star = False

    def _set(self, word: bytes, number: int | None) -> None:
        """A word that changes how the following is read, or stands for a mark."""
        if word == b"uc" and number is not None:
            self.state.skip = max(0, min(number, 8))
        elif word == b"f" and number is not None:
            self.state.font = number
        elif word == b"v":
            self.state.hidden = self.state.hidden or number != 0
        elif word == b"tab":
            self._say("\t")
        elif word == b"trowd":
            self.shapes, self.goes_on = [], False
        elif word == b"clvmrg":
            self.goes_on = True
        elif word == b"cellx":
            self.shapes, self.goes_on = [*self.shapes, Shape(number or 0, self.goes_on)], False
        elif word in MARKS:
            self._say(MARKS[word])

    def _break(self, word: bytes) -> None:
        """The end of a paragraph, a cell or a row."""
        if self.state.hidden or self.cut:
            return
        if self.page:
            self._say("\n")
        elif word in (b"cell", b"nestcell"):
            self.row.cells.append("".join(self.text).strip())
            self.row.is_table = True
            self.text = []
        elif word in (b"row", b"nestrow"):
            self.row.shapes = self.shapes
            self._end_paragraph()
        elif self.row.is_table or word == b"line":
            self._say("\n")
        else:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        """Put the row away."""
        self._flush()
        rest = "".join(self.text)
        if rest.strip() or not self.row.is_table:
            self.row.cells.append(rest.strip("\n"))
        self.rows.append(self.row)
        self.row, self.text = Row(), []

    def _symbol(self, symbol: bytes) -> None:
        """A control symbol."""
        if symbol == b"*":
            self.star = True
        elif symbol in b"{}\\":
            self._bytes(symbol)
        elif symbol == b"~":
            self._say(" ")
        elif symbol == b"_":
            self._say("-")

    def _bytes(self, data: bytes) -> None:
        """Bytes of text in the font's encoding; those that stand in for a Unicode character are skipped."""
        if self.skipping:
            taken = min(self.skipping, len(data))
            self.skipping -= taken
            data = data[taken:]
        if not self.state.hidden and not self.cut:
            self.raw += data

    def _flush(self) -> None:
        """Decode the bytes collected so far."""
        self.skipping = 0
        if self.raw:
            encoding = self.fonts.get(self.state.font) or self.charset
            self.text.append(decode(bytes(self.raw), encoding).text if max(self.raw) > 127 else self.raw.decode("ascii"))
            self.raw.clear()

    def _say(self, text: str) -> None:
        """Text that is no bytes."""
        skipping = self.skipping
        self._flush()
        self.skipping = skipping
        if not self.state.hidden and not self.cut:
            self.text.append(text)


def rows_of(data: bytes) -> list[Row]:
    """The paragraphs and table rows of RTF."""
    return [_whole(row) for row in Reader(data).read()]


def _whole(row: Row) -> Row:
    """A row whose characters beyond the basic plane, written as two, are made one."""
    return Row([cell.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for cell in row.cells], row.is_table, row.listed, row.shapes)


def text_of_rtf(data: bytes) -> str:
    """The text of RTF, cells of a row parted by tabs."""
    return "\n".join("\t".join(row.cells) for row in rows_of(data)) if data else ""


def page_in_rtf(data: bytes) -> str:
    """The html page that an RTF body wraps ([MS-OXRTFEX]); empty where it wraps none."""
    if b"\\fromhtml" not in data[:1000]:
        return ""
    return "".join(cell for row in Reader(data, page=True).read() for cell in row.cells)


def unpacked(data: bytes) -> bytes:
    """A compressed RTF body to RTF ([MS-OXRTFCP]); empty where it is none or damaged."""
    if len(data) < 16:
        return b""
    _, size, kind, _ = struct.unpack_from("<II4sI", data)
    if kind == PLAIN:
        return data[16 : 16 + size]
    return _inflated(data[16:], min(size, UNPACKED_MOST)) if kind == PACKED else b""


def _inflated(data: bytes, size: int) -> bytes:
    """The LZ77 scheme of compressed RTF: runs of eight tokens, references into a ring of 4096 bytes."""
    ring = bytearray(PACK_START) + bytearray(4096 - len(PACK_START))
    write = len(PACK_START)
    out = bytearray()
    for token in _tokens(data):
        for value in token if isinstance(token, bytes) else _copied(ring, token, write):
            out.append(value)
            ring[write % 4096] = value
            write += 1
        if len(out) >= size or (not isinstance(token, bytes) and token[0] == write % 4096 and not token[1]):
            break
    return bytes(out[:size])


def _tokens(data: bytes) -> Iterator[bytes | tuple[int, int]]:
    """Literal bytes, and references as (place, length)."""
    at = 0
    while at < len(data):
        flags = data[at]
        at += 1
        for bit in range(8):
            reference = bool(flags >> bit & 1)
            if at + reference >= len(data):
                return
            if reference:
                pair = data[at] << 8 | data[at + 1]
                yield pair >> 4, (pair & 15) + 2
                at += 2
            else:
                yield data[at : at + 1]
                at += 1


def _copied(ring: bytearray, token: tuple[int, int], write: int) -> Iterator[int]:
    """The bytes of a reference; it may run into what it writes itself. A reference to the writing place is the end."""
    place, length = token
    if place == write % 4096:
        return
    for step in range(length):
        yield ring[(place + step) % 4096]
