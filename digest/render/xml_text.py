"""A text as XML holds it. The library's own (xml.sax.saxutils) would load a web client and ssl for it, 13 ms of every start."""

import re

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2: what no document may hold
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
