"""What is written as XML is read back as it was."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from digest.render.xml_text import NOT_XML, escaped, quoted


@given(st.text())
def test_a_text_comes_back_but_for_what_xml_cannot_hold(text):
    """Between tags and as an attribute, marks and line breaks included (XML 1.0, 2.11 turns a carriage return between tags into a line feed)."""
    read = etree.fromstring(f"<a b={quoted(text)}>{escaped(text)}</a>")
    kept = NOT_XML.sub("", text)

    assert read.get("b") == kept
    assert (read.text or "") == kept.replace("\r\n", "\n").replace("\r", "\n")
