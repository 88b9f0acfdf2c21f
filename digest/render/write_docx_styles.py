"""Faces in, the styles and settings of the document out: exact lines, no grid, one named style a role."""

from digest.render.write_docx_boxes import Face
from digest.render.write_docx_xml import NAMESPACES, twips
from digest.render.xml_text import quoted

PROGRAM = "digest"
W = f'xmlns:w="{NAMESPACES["w"]}"'
STRIPE = 4.5  # pt: the bar left of a section's heading
RUNS = {
    "Reverse": ("学习单反白", '<w:b/><w:color w:val="FFFFFF"/><w:shd w:val="clear" w:color="auto" w:fill="111111"/>'),
    "Badge": (
        "学习单反白序号",
        '<w:b/><w:color w:val="FFFFFF"/><w:sz w:val="{small}"/><w:szCs w:val="{small}"/><w:shd w:val="clear" w:color="auto" w:fill="111111"/>',
    ),
    "Missing": ("学习单待补", '<w:bdr w:val="single" w:sz="6" w:space="0" w:color="111111"/>'),
    "Boxed": ("学习单方框", '<w:b/><w:bdr w:val="single" w:sz="8" w:space="0" w:color="111111"/>'),
    "Mark": ("学习单条末", '<w:sz w:val="{small}"/><w:szCs w:val="{small}"/>'),
    "Box": ("学习单勾选", ""),
}


def styles_xml(faces: dict[str, Face], font: str) -> str:
    """The styles part."""
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0"/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )
    small = round(faces["mark"].size * 2)
    paragraphs = "".join(paragraph_style(key, face) for key, face in faces.items())
    characters = "".join(character_style(key, name, look.format(small=small)) for key, (name, look) in RUNS.items())
    return f"<w:styles {W}>{defaults(font)}{normal}{paragraphs}{characters}</w:styles>"


def defaults(font: str) -> str:
    """Our font for every script, Chinese as the language."""
    named = " ".join(f"w:{script}={quoted(font)}" for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    fonts = f'<w:rFonts {named} w:hint="eastAsia"/>'
    size = '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    air = '<w:pPrDefault><w:pPr><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/></w:pPr></w:pPrDefault>'
    return f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{size}</w:rPr></w:rPrDefault>{air}</w:docDefaults>"


def paragraph_style(key: str, face: Face) -> str:
    """One role; the schema wants its properties in this order."""
    before, after, leading = twips(face.before), twips(face.after), twips(face.leading)
    keep = "<w:keepNext/>" if face.keep_next else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{face.fill}"/>' if face.fill else ""
    spacing = f'<w:spacing w:before="{before}" w:after="{after}" w:line="{leading}" w:lineRule="exact"/>'
    indent = f'<w:ind w:left="{twips(face.hang)}" w:hanging="{twips(face.hang)}"/>' if face.hang else ""
    if face.stripe:
        indent = f'<w:ind w:left="{twips(STRIPE * 2)}"/>'
    paragraph = f'{keep}<w:widowControl w:val="0"/>{rules(face)}{shade}<w:snapToGrid w:val="0"/>{spacing}{indent}<w:jc w:val="{face.align}"/>'
    weight = "<w:b/>" if face.bold else ""
    colour = '<w:color w:val="FFFFFF"/>' if face.white else '<w:color w:val="111111"/>'
    size = round(face.size * 2)
    character = f'{weight}{colour}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    head = f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{key}"><w:name w:val={quoted(face.name)}/><w:basedOn w:val="Normal"/><w:qFormat/>'
    return f"{head}<w:pPr>{paragraph}</w:pPr><w:rPr>{character}</w:rPr></w:style>"


def rules(face: Face) -> str:
    """Lines beside and below a paragraph."""
    left = f'<w:left w:val="single" w:sz="{round(STRIPE * 8)}" w:space="4" w:color="111111"/>' if face.stripe else ""
    below = f'<w:bottom w:val="single" w:sz="{round(face.rule_below * 8)}" w:space="2" w:color="111111"/>' if face.rule_below else ""
    return f"<w:pBdr>{left}{below}</w:pBdr>" if left or below else ""


def character_style(key: str, name: str, look: str) -> str:
    """One role of characters."""
    head = f'<w:style w:type="character" w:customStyle="1" w:styleId="{key}"><w:name w:val={quoted(name)}/>'
    return f'{head}<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{look}</w:rPr></w:style>'


def settings_xml(*, embedded: bool) -> str:
    """The settings part: the way Word 2013 and later lay out, fonts kept inside on saving."""
    fonts = "<w:embedTrueTypeFonts/>" if embedded else ""
    mode = '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    return (
        f'<w:settings {W}>{fonts}<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{mode}</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )
