"""A text as XML holds it. The library's own (xml.sax.saxutils) would load a web client and ssl for it, 13 ms of every start."""

import re

# XML 1.0, 2.2: what no document may hold; said as what it is, as in sheet/page_text.py: what it is not takes ten times as long to compile
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
CONTROLS = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}  # an attribute's blanks would come back as spaces


def escaped(text: str) -> str:
    """Text between tags; what XML cannot hold is left out."""
    return NOT_XML.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """An attribute's value in its quotation marks."""
    found = escaped(text).replace('"', "&quot;")
    for control, name in CONTROLS.items():
        found = found.replace(control, name)
    return f'"{found}"'
