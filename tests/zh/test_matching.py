"""The quick search for guarded words finds what looking every word up at every place finds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.zh.matching import QUOTED, SHIELD, Entry, Matcher, shield

LETTERS = "不得可以应"
WORDS = st.text(LETTERS, min_size=1, max_size=4)
ENTRIES = st.lists(
    st.builds(
        Entry,
        kind=st.sampled_from(["ban", "duty"]),
        word=WORDS,
        weight=st.sampled_from([0.0, 1.0, 2.5]),
        not_after=st.text(LETTERS, max_size=2),
        not_before=st.text(LETTERS, max_size=2),
    ),
    max_size=12,
    unique_by=lambda entry: (entry.kind, entry.word),
)


def plainly(entries, text):
    """The same the plain way: at each place every word, longest first."""
    found, place = [], 0
    while place < len(text):
        fitting = [each for each in entries if text.startswith(each.word, place) and each.allowed(text, place, place + len(each.word))]
        longest = max((len(each.word) for each in fitting), default=0)
        found += [(place, place + longest, each.kind, each.weight) for each in fitting if len(each.word) == longest and each.weight]
        place += longest or 1
    return sorted(found)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(entries=ENTRIES, text=st.text(LETTERS + "，", max_size=30))
def test_every_guarded_word_is_found_where_it_stands(entries, text):
    """Words are looked up by their first two letters only; none is lost, those of one letter and at the text's end included."""
    hits = Matcher(tuple(entries)).find(text)

    assert [(hit.start, hit.end, hit.kind, hit.weight) for hit in hits] == plainly(entries, text)


@settings(derandomize=True, deadline=None, max_examples=300)
@given(pieces=st.lists(st.sampled_from([*"《》〔〕［］[]【】﹝﹞（）()“”号第某以", "2025", "3号", "以下简称", "以下统称", "银发", "，"]), max_size=14))
def test_a_text_is_passed_over_only_where_nothing_is_quoted(pieces):
    """Texts without an opening mark are not looked through for names and numbers of documents: there are none in them."""
    text = "".join(pieces)

    assert shield(text) == QUOTED.sub(lambda found: SHIELD * len(found.group()), text)
