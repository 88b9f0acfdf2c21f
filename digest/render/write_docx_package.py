"""A document part in, the bytes of the whole .docx out: styles, fonts and the draft inside, the same bytes each time."""

import io
import re
import uuid
import zipfile
from datetime import datetime
from functools import lru_cache
from typing import Any

from msgspec import Struct

from digest.model.sheet import Sheet
from digest.render.write_docx_boxes import Face
from digest.render.write_docx_styles import PROGRAM, settings_xml, styles_xml
from digest.render.write_docx_xml import LOGO_RELATION
from digest.render.write_docx_zip import pack, zip_file
from digest.render.xml_text import escaped

FIXED = datetime(2000, 1, 1)  # dates inside the file: the same sheet is the same file
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FONT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
DRAFT_TYPE = "application/xml"
DRAFT_PROPS_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
DRAFT_NAMESPACE = "urn:digest:sheet"
DRAFT_ITEM = "{5C1D0E5A-2B7B-4B55-9C52-6A1F3D0B7E11}"  # names the draft's part to Word
DRAFT_PART = "/customXml/item1.xml"
LOGO_PART = "/word/media/logo.png"
OBFUSCATED = 32  # bytes, ECMA-376 part 4, 9.1.8
ALTERNATIVE = "微软雅黑"  # what Word takes where it may not use the embedded font
KEPT = ("/styles", "/settings", "/fontTable", "/theme")  # relations of the empty document that the page needs
KEPT_OF_PACKAGE = ("/officeDocument", "/core-properties", "/extended-properties")


class Fonts(Struct, frozen=True):
    """The family the page names, and its files where they are put inside: regular and bold."""

    name: str
    regular: bytes = b""
    bold: bytes = b""


class Inside(Struct, frozen=True):
    """What the file carries beside its text: fonts, the draft, the branch's mark (a PNG) where the page shows one."""

    fonts: Fonts
    draft: bytes
    logo: bytes = b""


def write_package(document: str, faces: dict[str, Face], sheet: Sheet, inside: Inside) -> bytes:
    """The whole file; the draft goes with the keys of the fields that are printed."""
    import docx
    from docx.oxml import parse_xml

    fonts = inside.fonts
    made: Any = docx.Document()
    drop_relations(made)
    made.part._element = parse_xml(document)
    part_of(made, "/styles")._element = parse_xml(styles_xml(faces, fonts.name))
    part_of(made, "/settings")._element = parse_xml(settings_xml(embedded=bool(fonts.regular)))
    describe(made, sheet)
    blobs = add_fonts(made, fonts)
    add_logo(made, inside.logo)
    add_draft(made, inside.draft, keys_of(document))
    buffer = io.BytesIO()
    made.save(buffer)
    return repacked(buffer.getvalue(), blobs)


def drop_relations(made: Any) -> None:
    """Leave out what the library's empty document brings along: thumbnail, web settings, numbering."""
    for relations, kept in ((made.part.rels, KEPT), (made.part.package.rels, KEPT_OF_PACKAGE)):
        for name in [name for name, relation in relations.items() if not relation.reltype.endswith(kept)]:
            del relations[name]


def part_of(made: Any, ending: str) -> Any:
    """The part a relation points to."""
    return next(relation.target_part for relation in made.part.rels.values() if relation.reltype.endswith(ending))


def describe(made: Any, sheet: Sheet) -> None:
    """Title and subject in the document's properties; no clock."""
    about = made.core_properties
    about.title, about.subject, about.keywords = clean(sheet.title), clean(sheet.footer), clean(sheet.kind)
    about.author = about.last_modified_by = PROGRAM
    about.comments, about.language, about.revision = "", "zh-CN", 1
    about.created = about.modified = FIXED


def clean(text: str) -> str:
    """A text as a property: without control characters, 255 at most."""
    return "".join(char for char in text if char.isprintable())[:255]


def add_fonts(made: Any, fonts: Fonts) -> dict[str, bytes]:
    """Name the family in the font table and reserve parts for its files: part name to bytes, put in when the file is packed."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    table = part_of(made, "/fontTable")
    blobs: dict[str, bytes] = {}
    inner = ""
    for number, (tag, data) in enumerate(files_of(fonts), start=1):
        if not data:
            continue
        name, key = f"/word/fonts/font{number}.odttf", key_of(fonts, tag)
        part = Part(PackURI(name), FONT_TYPE, b"", made.part.package)
        inner += f'<w:{tag} r:id="{table.relate_to(part, RELATION + "/font")}" w:fontKey="{{{str(key).upper()}}}"/>'
        blobs[name.lstrip("/")] = obfuscated(data, key)
    table._blob = font_table(fonts.name, inner).encode()
    return blobs


def key_of(fonts: Fonts, tag: str) -> uuid.UUID:
    """The key that a font file is mixed with."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{fonts.name}/{tag}")


def pack_ahead(fonts: Fonts) -> None:
    """Deflate the font files, which takes half of a first document's time and needs no other part of it."""
    for tag, data in files_of(fonts):
        pack(obfuscated(data, key_of(fonts, tag)))


def files_of(fonts: Fonts) -> tuple[tuple[str, bytes], ...]:
    """The font files with their tag in the font table; an empty one is not put inside."""
    return ("embedRegular", fonts.regular), ("embedBold", fonts.bold)


@lru_cache(maxsize=4)
def obfuscated(data: bytes, key: uuid.UUID) -> bytes:
    """A font as it is put into a document: its first 32 bytes mixed with the key."""
    mask = key.bytes[::-1]
    head = bytes(byte ^ mask[place % len(mask)] for place, byte in enumerate(data[:OBFUSCATED]))
    return head + data[OBFUSCATED:]


def font_table(name: str, inner: str) -> str:
    """The font table: our family, what may stand in for it, and where its files lie."""
    spaces = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{RELATION}"'
    about = f'<w:altName w:val="{ALTERNATIVE}"/><w:charset w:val="86"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {spaces}><w:font w:name="{escaped(name)}">{about}{inner}</w:font></w:fonts>'


def add_logo(made: Any, data: bytes) -> None:
    """Put the branch's mark inside, under the relation that the page names."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    if data:
        made.part.rels.add_relationship(RELATION + "/image", Part(PackURI(LOGO_PART), "image/png", data, made.part.package), LOGO_RELATION)


def keys_of(document: str) -> str:
    """The keys of every field on the page."""
    return " ".join(re.findall(r'<w:tag w:val="([\w-]+)"', document))


def add_draft(made: Any, draft: bytes, keys: str) -> None:
    """Put the sheet's JSON inside, where Word keeps it when the file is saved again."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    text = f'<?xml version="1.0" encoding="UTF-8"?><sheet xmlns="{DRAFT_NAMESPACE}" keys="{keys}">{escaped(draft.decode())}</sheet>'
    props = (
        f'<?xml version="1.0" encoding="UTF-8"?><ds:datastoreItem ds:itemID="{DRAFT_ITEM}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
        f'<ds:schemaRefs><ds:schemaRef ds:uri="{DRAFT_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
    )
    item = Part(PackURI(DRAFT_PART), DRAFT_TYPE, text.encode(), made.part.package)
    item.relate_to(Part(PackURI("/customXml/itemProps1.xml"), DRAFT_PROPS_TYPE, props.encode(), made.part.package), RELATION + "/customXmlProps")
    made.part.relate_to(item, RELATION + "/customXml")


def repacked(data: bytes, blobs: dict[str, bytes]) -> bytes:
    """The same parts in the same order without a clock; reserved parts get their bytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        return zip_file({name: blobs.get(name) or old.read(name) for name in old.namelist()})
